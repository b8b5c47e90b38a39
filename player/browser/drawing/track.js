// A run on the surface in 3-D: over hills and through valleys, dim where a hill stands before it, and nothing where the surface ends.

import { around } from "../base/layer.js";
import { drawAway } from "./edge.js";
import { BEHIND } from "./relief.js";
import { drawAlong, drawHead, drawStart, strokePath, strokeTrail } from "./trail.js";

const MOST = 24; // parts of a step: beyond this a straight line is a good enough way over the hills
const [GAP, SEEN, HIDDEN] = [0, 1, 2];

const ways = new WeakMap(); // each path's way over the surface, until the surface changes

/**
 * The path's points on the surface, with as many between them as there are cells to cross.
 *
 * Each has a place, a (fractional) step, and a gap before it where the path comes back from outside.
 */
function way(path, relief) {
  const known = ways.get(path);
  if (known?.relief === relief) return known;
  const places = { x: [], y: [], z: [] };
  const steps = [];
  const gaps = [];
  const [xs, ys] = path;
  const add = (x, y, step, gap) => {
    const z = relief.height(x, y) + relief.lift;
    places.x.push(x);
    places.y.push(y);
    places.z.push(z);
    steps.push(step);
    gaps.push(gap || Number.isNaN(z));
  };
  let away = true;
  if (!Number.isNaN(relief.height(xs[0], ys[0]))) {
    add(xs[0], ys[0], 0, true);
    away = false;
  }
  for (let k = 1; k < xs.length; k++) {
    const [x, y, dx, dy] = [xs[k - 1], ys[k - 1], xs[k] - xs[k - 1], ys[k] - ys[k - 1]];
    const [from, to] = within(relief.ranges, [x, y], [dx, dy]);
    if (!(from <= to)) {
      away = true;
      continue;
    }
    if (from > 0 || away) add(x + from * dx, y + from * dy, k - 1 + from, true);
    const cells = (to - from) * Math.max(Math.abs(dx / relief.x.step), Math.abs(dy / relief.y.step));
    const parts = Math.min(Math.max(Math.ceil(cells), 1), MOST);
    for (let part = 1; part <= parts; part++) {
      const t = from + ((to - from) * part) / parts;
      add(x + t * dx, y + t * dy, k - 1 + t, false);
    }
    away = to < 1;
  }
  const made = { relief, places, steps, gaps };
  ways.set(path, made);
  return made;
}

/** The part [from, to] of a step that lies within the ranges; to < from where none does. */
function within(ranges, start, move) {
  let [from, to] = [0, 1];
  for (const [axis, [low, high]] of ranges.entries()) {
    const [p, d] = [start[axis], move[axis]];
    if (!Number.isFinite(p + d)) return [1, 0];
    if (d === 0) {
      if (p < low || p > high) return [1, 0];
      continue;
    }
    const ends = [(low - p) / d, (high - p) / d];
    from = Math.max(from, Math.min(...ends));
    to = Math.min(to, Math.max(...ends));
  }
  return [from, to];
}

export class Track {
  /** `points`: where each step's point is in pixels, NaN where the surface has ended. */
  constructor(path, space) {
    this.path = path;
    this.space = space;
    this.points = space.place(path);
    const { places, steps, gaps } = way(path, space.relief);
    const { x, y, near } = space.onScreenAll(places);
    this.steps = steps;
    this.pixels = new Float64Array(2 * x.length);
    this.kinds = new Uint8Array(x.length);
    for (let i = 0; i < x.length; i++) {
      this.pixels[2 * i] = x[i];
      this.pixels[2 * i + 1] = y[i];
      this.kinds[i] = gaps[i] ? GAP : space.hides(x[i], y[i], near[i]) ? HIDDEN : SEEN;
    }
    this.bounds = around(this.pixels, space.box);
    this.pens = {};
  }

  /** The whole steps up to a step, dim behind hills; colours = {line, casing}. */
  drawPast(context, step, colours, { past, hidden }) {
    const whole = Math.min(Math.floor(step), this.path[0].length - 1);
    if (this.kinds.includes(HIDDEN)) {
      const alpha = context.globalAlpha;
      context.globalAlpha = BEHIND * alpha;
      hidden.put(context, this, whole, (layer, from, to) => {
        this.way(layer, HIDDEN, from, to);
        strokePath(layer, colours);
      });
      context.globalAlpha = alpha;
    }
    past.put(context, this, whole, (layer, from, to) => {
      this.way(layer, SEEN, from, to);
      strokeTrail(layer, colours);
    });
    if (colours.marked) drawAlong(context, this.points, whole, colours);
  }

  /** Trace the parts of one kind, seen or hidden, of the steps after `from`. A pen = {i: the next point, x, y} stays where the last call left it. */
  way(path, wanted, from, to) {
    const { steps, pixels, kinds, pens } = this;
    path.beginPath();
    const pen = from === 0 ? (pens[wanted] = { i: 0, x: NaN, y: NaN }) : pens[wanted];
    let drawing = false;
    for (; pen.i < steps.length && steps[pen.i] <= to; pen.i++) {
      const [x, y, kind] = [pixels[2 * pen.i], pixels[2 * pen.i + 1], kinds[pen.i]];
      if (kind !== GAP && Math.abs(x - pen.x) + Math.abs(y - pen.y) < 0.5) continue; // nothing to see, and every join costs
      if (kind === wanted && !drawing) path.moveTo(pen.x, pen.y);
      drawing = kind === wanted;
      if (drawing) path.lineTo(x, y);
      [pen.x, pen.y] = [x, y];
    }
  }

  /** Trace the part of the step under way that lies behind the head. */
  underWay(path, whole, end, headX, headY) {
    const { steps, pixels, kinds } = this;
    path.beginPath();
    let i = firstAfter(steps, whole);
    if (i > 0) path.moveTo(pixels[2 * i - 2], pixels[2 * i - 1]);
    for (; i < steps.length && steps[i] <= end; i++) path[kinds[i] === GAP ? "moveTo" : "lineTo"](pixels[2 * i], pixels[2 * i + 1]);
    if (i > 0) path.lineTo(headX, headY);
  }

  /** The step under way, the start and the head. */
  drawNow(context, step, shape, colours) {
    const {
      path: [xs, ys],
      points,
      space,
    } = this;
    const end = Math.min(step, xs.length - 1);
    const whole = Math.floor(end);
    const next = Math.min(whole + 1, xs.length - 1);
    const head = [xs, ys].map((values) => values[whole] + (end - whole) * (values[next] - values[whole]));
    const [x, y, near] = space.onScreen(space.lifted(...head));
    const covered = space.hides(x, y, near);
    const alpha = context.globalAlpha;
    if (covered) context.globalAlpha = BEHIND * alpha;
    this.underWay(context, whole, end, x, y);
    strokePath(context, colours);
    context.globalAlpha = alpha;
    if (Number.isFinite(points[0])) drawStart(context, points[0], points[1], colours);
    if (Number.isFinite(x)) drawHead(context, shape, x, y, colours, covered);
    else this.drawAway(context, shape, head, colours);
  }

  /** The head beyond the surface: at the edge, with an arrow to where it is; nothing where the surface has a gap. */
  drawAway(context, shape, head, colours) {
    const { relief } = this.space;
    const edge = head.map((v, axis) => Math.min(Math.max(v, relief.ranges[axis][0]), relief.ranges[axis][1]));
    const off = head.map((v, axis) => v - edge[axis]);
    const far = Math.hypot(...off);
    if (!(far > 0 && Number.isFinite(far))) return;
    const place = this.space.lifted(...edge);
    const size = relief.ranges[0][1] - relief.ranges[0][0];
    const [x, y] = this.space.onScreen(place);
    const [u, v] = this.space.onScreen([place[0] + (0.1 * size * off[0]) / far, place[1] + (0.1 * size * off[1]) / far, place[2]]);
    const length = Math.hypot(u - x, v - y);
    if (length > 0) drawAway(context, shape, { at: [x, y], to: [(u - x) / length, (v - y) / length] }, colours);
  }
}

/** The index of the first of these rising numbers that is larger. */
function firstAfter(steps, step) {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle] > step) high = middle;
    else low = middle + 1;
  }
  return low;
}

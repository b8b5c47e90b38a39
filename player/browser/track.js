// A run on the surface in 3-D: over hills and through valleys, dim where a hill stands before it, and nothing where the surface ends.

import { drawHead, drawStart, strokeTrail } from "./trail.js";

const MOST = 24; // parts of a step: beyond this a straight line is a good enough way over the hills
const DIM = 0.28;
const [GAP, SEEN, HIDDEN] = [0, 1, 2];

const ways = new WeakMap(); // each path's way over the surface, until the surface changes

/** The path's points on the surface, with as many between them as there are cells to cross: place, (fractional) step, and whether the path comes back there from outside. */
function way(path, relief) {
  const known = ways.get(path);
  if (known?.relief === relief) return known;
  const places = [];
  const steps = [];
  const gaps = [];
  const [xs, ys] = path;
  const add = (x, y, step, gap) => {
    places.push([x, y, relief.height(x, y) + relief.lift]);
    steps.push(step);
    gaps.push(gap || Number.isNaN(places.at(-1)[2]));
  };
  let away = true;
  if (!Number.isNaN(relief.height(xs[0], ys[0]))) {
    add(xs[0], ys[0], 0, true);
    away = false;
  }
  for (let k = 1; k < xs.length; k++) {
    const [x, y, dx, dy] = [xs[k - 1], ys[k - 1], xs[k] - xs[k - 1], ys[k] - ys[k - 1]];
    const [from, to] = inside(relief.ranges, [x, y], [dx, dy]);
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
function inside(ranges, start, move) {
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
  constructor(path, scene) {
    this.path = path;
    this.scene = scene;
    this.points = scene.place(path);
    const { relief } = scene;
    const { places, steps, gaps } = way(path, relief);
    this.steps = steps;
    this.pixels = new Float64Array(2 * places.length);
    this.kinds = new Uint8Array(places.length);
    let looked = null; // what lies within a cell of the last look is as visible as that
    let kind = SEEN;
    for (const [i, place] of places.entries()) {
      [this.pixels[2 * i], this.pixels[2 * i + 1]] = scene.onScreen(place);
      if (!looked || Math.abs(place[0] - looked[0]) > relief.x.step || Math.abs(place[1] - looked[1]) > relief.y.step) {
        kind = relief.hides(place, scene.eye) ? HIDDEN : SEEN;
        looked = place;
      }
      this.kinds[i] = gaps[i] ? GAP : kind;
    }
  }

  /** Draw it up to the (fractional) step; colours = {line, casing}. */
  draw(context, step, shape, colours) {
    const { path: [xs, ys], scene, steps, pixels, kinds } = this;
    const whole = Math.min(Math.floor(step), xs.length - 1);
    const rest = Math.min(step, xs.length - 1) - whole;
    const next = Math.min(whole + 1, xs.length - 1);
    const head = scene.lifted(xs[whole] + rest * (xs[next] - xs[whole]), ys[whole] + rest * (ys[next] - ys[whole]));
    const [headX, headY] = scene.onScreen(head);
    const covered = scene.relief.hides(head, scene.eye);

    const lines = { [SEEN]: new Path2D(), [HIDDEN]: new Path2D() };
    let [atX, atY, pen] = [NaN, NaN, GAP];
    const on = (kind, x, y) => {
      if (kind !== GAP && Math.abs(x - atX) + Math.abs(y - atY) < 0.5) return; // nothing to see, and every join costs
      if (kind !== GAP) {
        if (kind !== pen) lines[kind].moveTo(atX, atY);
        lines[kind].lineTo(x, y);
      }
      [atX, atY, pen] = [x, y, kind];
    };
    let i = 0;
    for (; i < steps.length && steps[i] <= whole + rest; i++) on(kinds[i], pixels[2 * i], pixels[2 * i + 1]);
    if (Number.isFinite(headX) && i > 0) on(covered ? HIDDEN : SEEN, headX, headY);

    context.lineJoin = "round";
    context.lineCap = "round";
    const alpha = context.globalAlpha;
    context.globalAlpha = DIM * alpha;
    context.strokeStyle = colours.line;
    context.lineWidth = 2;
    context.stroke(lines[HIDDEN]);
    context.globalAlpha = alpha;
    strokeTrail(context, colours, lines[SEEN]);
    if (Number.isFinite(this.points[0])) drawStart(context, this.points[0], this.points[1], colours);
    if (Number.isFinite(headX)) drawHead(context, shape, headX, headY, colours, covered);
  }
}

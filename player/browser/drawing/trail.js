// A run on the map: where it began, the way it took up to now, and where it is.

import { strokeLine } from "../base/canvas.js";
import { around } from "../base/layer.js";
import { traceMarker } from "../base/marker.js";
import { short } from "../base/format.js";
import { beyond, distanceBeyond, drawAside, drawAway } from "./edge.js";

const APART = 44; // pixels of way between two markers along it
const FAR = 1e5; // pixels; beyond this a canvas rounds coarsely, so a segment is cut there in its own direction

/** The path's points in pixels, given the functions that place x and y; what lies far outside is cut short in its own direction. */
export function place(path, toX, toY) {
  const [xs, ys] = [path[0], path[1]];
  const points = new Float64Array(2 * xs.length);
  for (let i = 0; i < xs.length; i++) {
    let [x, y] = [toX(xs[i]), toY(ys[i])];
    const reach = Math.max(Math.abs(x), Math.abs(y));
    if (i > 0 && reach > FAR) {
      const [fromX, fromY] = at(points, i - 1);
      const part = Number.isFinite(reach) ? FAR / reach : 0;
      [x, y] = part ? [fromX + part * (x - fromX), fromY + part * (y - fromY)] : [fromX, fromY];
    }
    points[2 * i] = x;
    points[2 * i + 1] = y;
  }
  return points;
}

/** A run's way on the map: what is behind it, and where it is now. */
export class Trail {
  /** `points` as `place` gives them of a path; box: the plot area, view: the ranges of the surface that are seen in it. */
  constructor(points, box, path, view) {
    Object.assign(this, { points, box, path, view });
    this.bounds = around(points, box);
  }

  /** The whole steps up to a step; colours = {line, casing}. */
  drawPast(context, step, colours, { past }) {
    const whole = Math.min(Math.floor(step), this.points.length / 2 - 1);
    past.put(context, this, whole, (layer, from, to) => this.extend(layer, from, to, colours));
    if (colours.marked) drawAlong(context, this.points, whole, colours);
  }

  extend(context, from, to, colours) {
    if (from === 0) this.pen = at(this.points, 0);
    context.beginPath();
    context.moveTo(...this.pen);
    for (let i = from + 1; i <= to; i++) {
      const [x, y] = at(this.points, i);
      if (Math.abs(x - this.pen[0]) + Math.abs(y - this.pen[1]) < 0.5) continue; // nothing to see, and every join costs
      context.lineTo(x, y);
      this.pen = [x, y];
    }
    strokeTrail(context, colours);
  }

  /** The step under way, the start and the head. */
  drawNow(context, step, shape, colours) {
    const { points } = this;
    const end = Math.min(step, points.length / 2 - 1);
    const whole = Math.floor(end);
    const [x0, y0] = at(points, whole);
    const [x1, y1] = end > whole ? at(points, whole + 1) : [x0, y0];
    const [x, y] = [x0 + (end - whole) * (x1 - x0), y0 + (end - whole) * (y1 - y0)];
    context.beginPath();
    context.moveTo(x0, y0);
    context.lineTo(x, y);
    strokePath(context, colours); // with its casing once the step is whole
    drawStart(context, points[0], points[1], colours);
    const away = beyond([x, y], this.box);
    if (away) {
      drawAway(context, shape, away, colours);
      this.drawDistance(context, end, away, colours);
    } else drawHead(context, shape, x, y, colours);
  }

  /** How far beyond the edge the head is, as `colours.away` says it; far steps have another place in pixels than on the surface. */
  drawDistance(context, step, away, colours) {
    if (!colours.away) return;
    const k = Math.floor(step);
    const head = this.path.map((values) => values[k] + (step - k) * (values[Math.min(k + 1, values.length - 1)] - values[k]));
    const far = distanceBeyond(head, this.view);
    if (Number.isFinite(far)) drawAside(context, colours.away.replace("{distance}", short(far, 2)), away.at, this.box, colours);
  }
}

/** The lane's marker again and again along its way: on paper without colours it says whose way this is. */
export function drawAlong(context, points, last, { line, casing, marker }) {
  let far = 0;
  for (let k = 1; k <= last; k++) {
    const [[x0, y0], [x, y]] = [at(points, k - 1), at(points, k)];
    const step = Math.hypot(x - x0, y - y0);
    if (!(step < FAR)) continue; // cut short, or there is no such place
    far += step;
    if (far < APART) continue;
    far = 0;
    traceMarker(context, marker, x, y, 3.2);
    Object.assign(context, { fillStyle: line, strokeStyle: casing, lineWidth: 1 });
    context.fill();
    context.stroke();
  }
}

/** The path in its casing, which is drawn under what is there already: where a path crosses itself, no line is cut. */
export function strokeTrail(context, colours) {
  strokePath(context, colours);
  context.globalCompositeOperation = "destination-over";
  context.strokeStyle = colours.casing;
  context.lineWidth = (colours.width ?? 2) + 2;
  context.stroke();
  context.globalCompositeOperation = "source-over";
}

export function strokePath(context, colours) {
  context.lineJoin = context.lineCap = "round";
  context.strokeStyle = colours.line;
  context.lineWidth = colours.width ?? 2;
  context.stroke();
}

/** Where a run began. */
export function drawStart(context, x, y, colours) {
  context.beginPath();
  context.arc(x, y, 4, 0, 2 * Math.PI);
  context.fillStyle = colours.casing;
  context.fill();
  context.strokeStyle = colours.line;
  context.lineWidth = 1.5;
  context.stroke();
}

/** Where a run is; only its outline where a hill stands before it. */
export function drawHead(context, shape, x, y, colours, covered = false) {
  traceMarker(context, shape, x, y, 6);
  context.fillStyle = colours.line;
  if (!covered) context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = covered ? colours.line : colours.casing;
  context.stroke();
}

/** A point that belongs to the step under way, such as a look-ahead, tied to the point the step starts from. */
export function drawMark(context, marks, points, step, colours) {
  const k = Math.min(Math.floor(step), marks.length / 2 - 1);
  const [x0, y0] = at(points, k);
  const [x1, y1] = at(marks, k);
  if (!Number.isFinite(x1 + y1)) return;
  const draw = (colour, width) => {
    context.strokeStyle = colour;
    context.lineWidth = width;
    strokeLine(context, [x0, y0], [x1, y1], [3, 3]);
    context.beginPath();
    context.arc(x1, y1, 4, 0, 2 * Math.PI);
    context.stroke();
  };
  draw(colours.casing, 3.5);
  draw(colours.line, 1.5);
}

function at(points, i) {
  return [points[2 * i], points[2 * i + 1]];
}

// A run on the map: where it began, the way it took up to now, and where it is.

import { traceMarker } from "./marker.js";

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

/** Draw the trail up to the (fractional) step; colours = {line, casing}. */
export function drawTrail(context, points, step, shape, colours) {
  const count = points.length / 2;
  const whole = Math.min(Math.floor(step), count - 1);
  const rest = Math.min(step, count - 1) - whole;
  context.lineJoin = "round";
  context.lineCap = "round";
  context.beginPath();
  context.moveTo(points[0], points[1]);
  let [atX, atY] = at(points, 0);
  for (let i = 1; i <= whole; i++) {
    const [x, y] = at(points, i);
    if (Math.abs(x - atX) + Math.abs(y - atY) < 0.5) continue; // nothing to see, and every join costs
    context.lineTo((atX = x), (atY = y));
  }
  const [x0, y0] = at(points, whole);
  const [x1, y1] = rest > 0 ? at(points, whole + 1) : [x0, y0];
  const [x, y] = [x0 + rest * (x1 - x0), y0 + rest * (y1 - y0)];
  context.lineTo(x, y);
  strokeTrail(context, colours);
  drawStart(context, points[0], points[1], colours);
  drawHead(context, shape, x, y, colours);
}

/** The path in its casing. */
export function strokeTrail(context, colours, ...path) {
  context.strokeStyle = colours.casing;
  context.lineWidth = 4;
  context.stroke(...path);
  context.strokeStyle = colours.line;
  context.lineWidth = 2;
  context.stroke(...path);
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
  for (const [colour, width] of [[colours.casing, 3.5], [colours.line, 1.5]]) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.setLineDash([3, 3]);
    context.beginPath();
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
    context.stroke();
    context.setLineDash([]);
    context.beginPath();
    context.arc(x1, y1, 4, 0, 2 * Math.PI);
    context.stroke();
  }
}

function at(points, i) {
  return [points[2 * i], points[2 * i + 1]];
}

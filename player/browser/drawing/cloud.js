// Many runs at once: where they all are at a step, and where theory has them in the long run.

import { strokeCased } from "../base/canvas.js";

const CORNERS = 64;
const FAR = 50; // widths of the map: a larger ellipse would be seen as a line at most, and dashing it would take too long
const RADIUS = 2.25; // pixels

/** A dot for each run at the (fractional) step; `points` = [xs, ys] of all runs at step 0, then at step 1, …; colours = {line, casing}. */
export function drawCloud(context, { points, count }, ground, step, colours) {
  const last = points[0].length / count - 1;
  const whole = Math.min(Math.floor(step), last);
  const rest = Math.min(step, last) - whole;
  const next = (rest > 0 ? count : 0) + whole * count;
  context.beginPath();
  for (let i = 0; i < count; i++) {
    const [x, y] = points.map((values) => values[whole * count + i] + rest * (values[next + i] - values[whole * count + i]));
    const [px, py] = ground.project(x, y);
    context.moveTo(px + RADIUS, py);
    context.arc(px, py, RADIUS, 0, 2 * Math.PI);
  }
  context.lineWidth = 2;
  context.strokeStyle = colours.casing;
  context.stroke();
  context.fillStyle = colours.line;
  context.fill();
}

/** A dashed ellipse with its centre and its half-axes in the surface's own units. */
export function drawEllipse(context, { at, axes: [u, v] }, ground, colours) {
  const size = Math.hypot(...u, ...v) / (ground.view[0][1] - ground.view[0][0]);
  if (!(size < FAR)) return;
  context.beginPath();
  for (let i = 0; i < CORNERS; i++) {
    const angle = (2 * Math.PI * i) / CORNERS;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    context.lineTo(...ground.project(at[0] + c * u[0] + s * v[0], at[1] + c * u[1] + s * v[1]));
  }
  context.closePath();
  strokeCased(context, colours, [3, 1.25], [5, 4]);
}

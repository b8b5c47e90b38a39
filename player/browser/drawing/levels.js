// The ground of a map from its level lines, on any 2-D context: bands of heights, axes, colour bar and stationary points. It knows no page.

import { contours } from "../../d3-contour/d3-contour.js";
import { roundBetween } from "../base/axis.js";
import { clipped, strokeLine } from "../base/canvas.js";
import { channels, ink } from "../base/colour.js";
import { short } from "../base/format.js";
import { drawMarks } from "./marks.js";

const TICK = 3; // units that a tick is long
const [ACROSS, MOST] = [40, 6]; // units for a number below the map, and how many there are at most along an axis
const NEAR = 0.35; // units: what lies no farther from the last point of a line is not seen
const LOWEST = -Number.MAX_VALUE; // every number is above it, and a gap in the surface is not
const BAR = { beside: 16, width: 10, head: 16 }; // units of the colour bar

const known = new WeakMap(); // by the surface's trace its bands, in columns and rows of its grid

/** The areas above each level, the whole surface first: [{level, rings: [[[column, row], …], …]}]. */
function bandsOf(trace) {
  if (!known.has(trace)) {
    const { z, contours: levels } = trace;
    const lines = Math.max(Math.floor((levels.end - levels.start) / levels.size + 1e-6) + 1, 0);
    const thresholds = [LOWEST, ...Array.from({ length: lines }, (_, k) => levels.start + k * levels.size)];
    const areas = contours().size([z[0].length, z.length]).thresholds(thresholds)(z.flatMap((row) => Array.from(row)));
    known.set(
      trace,
      areas.map(({ value, coordinates }) => ({ level: value, rings: coordinates.flat() })),
    );
  }
  return known.get(trace);
}

/** The colour of each band, from the lowest on. */
function coloursOf(scale, count) {
  return Array.from({ length: count }, (_, k) => {
    const part = count > 1 ? k / (count - 1) : 0;
    const next = Math.max(
      scale.findIndex(([at]) => at >= part),
      1,
    );
    const [[from, a], [to, b]] = [scale[next - 1], scale[next]].map(([at, css]) => [at, channels(css)]);
    return `rgb(${[0, 1, 2].map((i) => Math.round(a[i] + ((part - from) / (to - from)) * (b[i] - a[i]))).join(",")})`;
  });
}

/**
 * Draw the part of a surface that a plane shows, with its axes; with a colour bar where the plane's box says `bar`.
 *
 * figure: {data, themes} as the server sends them; marks: whether stationary points are drawn
 */
export function drawLevels(context, { data: [trace, points], themes }, plane, colours, marks = true) {
  const { box } = plane;
  const own = themes[colours.name];
  const bands = bandsOf(trace);
  const fills = coloursOf(own[0].colorscale, bands.length);
  clipped(context, box, () => {
    const { digits } = context;
    if (context.vector) context.digits = 1;
    context.strokeStyle = own[0].line.color;
    context.lineWidth = 0.8 * (colours.thick ?? 1);
    context.lineJoin = "round";
    bands.forEach(({ rings }, k) => {
      context.beginPath();
      for (const ring of rings) traceRing(context, ring, trace, plane);
      context.fillStyle = fills[k];
      context.fill("evenodd");
      if (k) context.stroke();
    });
    if (context.vector) context.digits = digits;
    if (marks && points) drawMarks(context, { data: [trace, points], themes }, (x, y) => [...plane.project(x, y), false], colours, true);
  });
  drawScales(context, plane, colours);
  if (box.bar) drawBar(context, trace, fills, box, colours);
}

/** A closed line through the grid; a value stands in the middle of its cell. */
function traceRing(context, ring, { x0, dx, y0, dy }, plane) {
  let [lastX, lastY] = [NaN, NaN];
  ring.forEach(([column, row], k) => {
    const [x, y] = [plane.toX(x0 + (column - 0.5) * dx), plane.toY(y0 + (row - 0.5) * dy)];
    if (k === ring.length - 1 || Math.abs(x - lastX) + Math.abs(y - lastY) < NEAR) return; // the last point is the first one
    context[k ? "lineTo" : "moveTo"](x, y);
    [lastX, lastY] = [x, y];
  });
  context.closePath();
}

function drawScales(context, plane, colours) {
  const { box, view } = plane;
  const { x, y, width, height } = box;
  context.font = `11px ${colours.font}`;
  context.lineWidth = 1;
  context.strokeStyle = ink(colours, 0.3);
  context.fillStyle = ink(colours, 0.75);
  const [left, top] = [(value) => plane.toX(value), (value) => plane.toY(value)];
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const value of roundBetween(...view[0], Math.max(3, Math.min(MOST, Math.floor(width / ACROSS))))) {
    strokeLine(context, [left(value), y + height], [left(value), y + height + TICK]);
    context.fillText(short(value, 6), left(value), y + height + TICK + 3);
  }
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const value of roundBetween(...view[1], MOST)) {
    strokeLine(context, [x - TICK, top(value)], [x, top(value)]);
    context.fillText(short(value, 6), x - TICK - 3, top(value));
  }
}

function drawBar(context, { zmin, zmax, colorbar }, fills, { x, y, width, height }, colours) {
  const [left, top, high] = [x + width + BAR.beside, y + BAR.head, height - BAR.head];
  fills.forEach((fill, k) => {
    context.fillStyle = fill;
    const [from, to] = [k, k + 1].map((each) => top + high * (1 - each / fills.length));
    context.fillRect(left, to, BAR.width, from - to + (k ? 0.5 : 0)); // no seam between two
  });
  context.fillStyle = ink(colours, 0.75);
  context.strokeStyle = ink(colours, 0.3);
  context.lineWidth = 1;
  context.textAlign = "left";
  context.textBaseline = "middle";
  colorbar.tickvals.forEach((value, k) => {
    const at = top + high * (1 - (value - zmin) / (zmax - zmin || 1));
    strokeLine(context, [left + BAR.width, at], [left + BAR.width + TICK, at]);
    context.fillText(colorbar.ticktext[k], left + BAR.width + TICK + 3, at);
  });
  context.fillText(colorbar.title.text, left - 2, y + 4);
}

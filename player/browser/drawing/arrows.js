// A step on the map: the way downhill, the velocity or mean gradient, the step itself, and how far the rule goes along each axis.

import { strokeCased, strokeLine } from "../base/canvas.js";
import { ink } from "../base/colour.js";
import { stepAt } from "../stage/lane.js";
import { isLit } from "../stage/lit.js";

const RADIUS = 26; // pixels; the longer half-axis of the ellipse
const FAR = 1e4;
const [NEAR, LIT] = [7, 2.5]; // pixels beside an arrow that count as it; by which one is thicker that is pointed at

/** The arrows of the step under way, from the point where it begins: {from, rates, arrows: [{name, to, label, colour, width, dash}]}. */
function arrowsOf(inspected, ground, time, colours) {
  const k = stepAt(inspected, time);
  const [x, y] = inspected.path.map((values) => values[k]);
  const eta = inspected.rates[k];
  const to = ([dx, dy]) => ground.project(x + dx, y + dy);
  const arrows = [{ name: "g", to: to(inspected.slope.map((values) => -eta * values[k])), label: "−η∇f", colour: ink(colours, 0.75), width: 1.25 }];
  if (inspected.arrow) {
    const { name, scaled, label } = inspected.arrow;
    const by = inspected.shown[name].map((values) => (scaled ? -eta : 1) * values[k]);
    arrows.push({ name, to: to(by), label, colour: ink(colours, 0.9), width: 2, dash: [5, 3] });
  }
  const step = inspected.path.map((values) => values[k + 1] - values[k]);
  arrows.push({ name: "p", to: to(step), label: inspected.words.arrow, colour: colours.line, width: 2.5 });
  const rates = ground.level ? inspected.shown.rate?.map((values) => values[k]) : null; // an ellipse would stand up in 3-D
  return { from: ground.project(x, y), rates, arrows };
}

/** The arrows; inspected: the lane's numbers of every step, colours = the theme's with {line, casing}. Those that are pointed at are thicker. */
export function drawStep(context, inspected, ground, time, colours) {
  const { from, rates, arrows } = arrowsOf(inspected, ground, time, colours);
  if (rates) drawRates(context, from, rates, colours);
  for (const arrow of arrows) drawArrow(context, from, arrow.to, thick(arrow), colours);
}

/** What they are called, in a corner [right, bottom] of the map. */
export function drawNames(context, inspected, ground, time, corner, colours) {
  const { rates, arrows } = arrowsOf(inspected, ground, time, colours);
  drawLegend(context, rates ? [...arrows, { label: inspected.words.rate, ellipse: true }] : arrows, ground.box, corner, colours);
}

/** The name of the arrow at a place [x, y] in the ground's units, the thinnest of several; null for none. */
export function arrowAt(inspected, ground, time, [x, y]) {
  const { from, arrows } = arrowsOf(inspected, ground, time, { text: "#000", line: "#000" });
  const near = arrows.filter(({ to }) => distance([x, y], from, to) < NEAR);
  return near.length ? near[0].name : null;
}

/** From a place to the line between two others; infinite where that has no length. */
function distance([x, y], [x0, y0], [x1, y1]) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const square = dx * dx + dy * dy;
  if (!(square >= 1) || !Number.isFinite(square)) return Infinity;
  const part = Math.min(Math.max(((x - x0) * dx + (y - y0) * dy) / square, 0), 1);
  return Math.hypot(x - x0 - part * dx, y - y0 - part * dy);
}

const thick = (arrow) => (isLit(arrow.name) ? { ...arrow, width: arrow.width + LIT } : arrow);

function drawArrow(context, [x0, y0], [x1, y1], { colour, width, dash = [] }, { casing }) {
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (!Number.isFinite(length) || length < 1) return;
  const [dx, dy] = [(x1 - x0) / length, (y1 - y0) / length];
  const drawn = Math.min(length, FAR); // its end is far outside in any case
  const [endX, endY] = [x0 + drawn * dx, y0 + drawn * dy];
  const head = Math.min(9, length / 2);
  for (const { stroke, wide, lines } of [
    { stroke: casing, wide: width + 2, lines: [] },
    { stroke: colour, wide: width, lines: dash },
  ]) {
    context.strokeStyle = stroke;
    context.lineWidth = wide;
    strokeLine(context, [x0, y0], [endX, endY], lines);
    context.beginPath();
    context.moveTo(endX - head * (dx + 0.45 * dy), endY - head * (dy - 0.45 * dx));
    context.lineTo(endX, endY);
    context.lineTo(endX - head * (dx - 0.45 * dy), endY - head * (dy + 0.45 * dx));
    context.stroke();
  }
}

/** The rate along each axis, as the half-axes of an ellipse; its longer one has always the same length. */
function drawRates(context, [x, y], rates, colours) {
  const most = Math.max(...rates);
  if (!(most > 0 && Number.isFinite(most))) return;
  context.beginPath();
  context.ellipse(x, y, (RADIUS * rates[0]) / most, (RADIUS * rates[1]) / most, 0, 0, 2 * Math.PI);
  strokeCased(context, colours, [3, 1]);
}

function drawLegend(context, items, { x, y, width, height }, [right, bottom], colours) {
  context.font = `11px ${colours.font}`;
  context.textAlign = "left";
  context.textBaseline = "middle";
  const wide = Math.max(...items.map(({ label }) => context.measureText(label).width)) + 41;
  const high = items.length * 15 + 3;
  const [left, top] = [x + 8 + right * (width - wide - 16), y + 8 + bottom * (height - high - 16)];
  context.fillStyle = colours.background;
  context.globalAlpha = 0.8;
  context.fillRect(left, top, wide, high);
  context.globalAlpha = 1;
  items.map(thick).forEach(({ label, colour, width: line, dash, ellipse }, i) => {
    const [start, middle] = [left + 5, top + 9 + 15 * i];
    context.strokeStyle = colour ?? colours.line;
    context.lineWidth = line ?? 1;
    context.setLineDash(dash ?? []);
    context.beginPath();
    if (ellipse) context.ellipse(start + 12, middle, 10, 4, 0, 0, 2 * Math.PI);
    else {
      context.moveTo(start, middle);
      context.lineTo(start + 24, middle);
    }
    context.stroke();
    context.setLineDash([]);
    context.fillStyle = ink(colours, 0.9);
    context.fillText(label, start + 30, middle);
  });
}

// A step on the map: the way downhill, the velocity or mean gradient, the step itself, and how far the rule goes along each axis.

import { strokeCased, strokeLine } from "../base/canvas.js";
import { ink } from "../base/colour.js";
import { stepAt } from "../stage/lane.js";

const RADIUS = 26; // pixels; the longer half-axis of the ellipse
const FAR = 1e4;

/** Arrows from the point where the step under way begins; inside: the lane's numbers of every step, colours = the theme's with {line, casing}. */
export function drawStep(context, inside, ground, time, colours) {
  const k = stepAt(inside, time);
  const [x, y] = inside.path.map((values) => values[k]);
  const eta = inside.rates[k];
  const from = ground.project(x, y);
  const arrows = [{ by: inside.slope.map((values) => -eta * values[k]), label: "−η∇f", colour: ink(colours, 0.75), width: 1.25 }];
  if (inside.arrow) {
    const { name, scaled, label } = inside.arrow;
    arrows.push({
      by: inside.shown[name].map((values) => (scaled ? -eta : 1) * values[k]),
      label,
      colour: ink(colours, 0.9),
      width: 2,
      dash: [5, 3],
    });
  }
  arrows.push({ by: inside.path.map((values) => values[k + 1] - values[k]), label: inside.words.arrow, colour: colours.line, width: 2.5 });
  const rates = ground.level ? inside.shown.rate?.map((values) => values[k]) : null; // an ellipse would stand up in 3-D
  if (rates) drawRates(context, from, rates, colours);
  for (const arrow of arrows) drawArrow(context, from, ground.project(x + arrow.by[0], y + arrow.by[1]), arrow, colours);
  drawLegend(context, rates ? [...arrows, { label: inside.words.rate, ellipse: true }] : arrows, ground.box, colours);
}

function drawArrow(context, [x0, y0], [x1, y1], { colour, width, dash = [] }, { casing }) {
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (!Number.isFinite(length) || length < 1) return;
  const [dx, dy] = [(x1 - x0) / length, (y1 - y0) / length];
  const drawn = Math.min(length, FAR); // its end is far outside in any case
  const [endX, endY] = [x0 + drawn * dx, y0 + drawn * dy];
  const head = Math.min(9, length / 2);
  for (const { stroke, thick, lines } of [
    { stroke: casing, thick: width + 2, lines: [] },
    { stroke: colour, thick: width, lines: dash },
  ]) {
    context.strokeStyle = stroke;
    context.lineWidth = thick;
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

function drawLegend(context, items, { x, y, width }, colours) {
  context.font = `11px ${colours.font}`;
  context.textBaseline = "middle";
  const wide = Math.max(...items.map(({ label }) => context.measureText(label).width));
  const [left, top] = [x + width - wide - 42, y + 34];
  context.fillStyle = colours.background;
  context.globalAlpha = 0.8;
  context.fillRect(left - 5, top - 9, wide + 41, items.length * 15 + 3);
  context.globalAlpha = 1;
  items.forEach(({ label, colour, width: thick, dash, ellipse }, i) => {
    const middle = top + 15 * i;
    context.strokeStyle = colour ?? colours.line;
    context.lineWidth = thick ?? 1;
    context.setLineDash(dash ?? []);
    context.beginPath();
    if (ellipse) context.ellipse(left + 12, middle, 10, 4, 0, 0, 2 * Math.PI);
    else {
      context.moveTo(left, middle);
      context.lineTo(left + 24, middle);
    }
    context.stroke();
    context.setLineDash([]);
    context.fillStyle = ink(colours, 0.9);
    context.fillText(label, left + 30, middle);
  });
}

// One small chart: over the steps a line a lane up to the cursor, its head, and its name where there is room; or whole lines over a setting's values.

import { stepTicks } from "../base/axis.js";
import { newCanvas, sized, strokeLine } from "../base/canvas.js";
import { ink } from "../base/colour.js";
import { traceMarker } from "../base/marker.js";
import { drawBand, drawLine, drawLines } from "./lines.js";
import { drawNames, roomOf } from "./names.js";
import { LINE, placeX, placeY, plotOf } from "./plot.js";

const AFTER = 8; // pixels after the last step that its heads and rings need
const MENU = 15; // pixels for the sign that the title opens a menu

/**
 * Draw a chart with its lines up to a step.
 *
 * chart = {title: [its parts, of which as many are shown as fit], axis, total, step: the word for one, series, text?: how values are written}
 * series = [{values, colour, dash, marker, name, band?: [low, high], level?}]
 * Over the values of a setting, `at` has the part of the way across of each, `ticks(width)` are those of its axis, {at, label}; the step is an index.
 * Where each line has its own way across, `across` is true, and a series has `at`: the part of the way of each of its steps.
 * ground(context, chart, plot) draws under the lines, once for all charts that have the same.
 * box = {width, height, names, menu, titled, own?}: its size in CSS pixels, whether names stand beside the heads, or how many of these pixels
 * they have, whether the title opens a menu, and whether the axis of the steps has its title
 */
export function drawChart(context, chart, step, colours, box) {
  const plot = plotOf(box);
  if (context.vector) return plainly(context, chart, step, colours, plot, box);
  const { axes, whole } = layers(context, chart, colours, plot, box);
  if (chart.across) {
    context.drawImage(axes, 0, 0, box.width, box.height);
    return apart(context, chart, step, colours, plot, box);
  }
  const { a: scale, e, f } = context.getTransform();
  const { width, height } = axes;
  // Left of the cursor the chart with its lines, right of it the axes alone: copied pixel by pixel, none of them twice.
  const cut = !chart.at && step < chart.total ? Math.round((plot.x + (step / chart.total) * plot.width) * scale) : width;
  context.save();
  context.setTransform(1, 0, 0, 1, Math.round(e), Math.round(f));
  context.drawImage(whole, 0, 0, cut, height, 0, 0, cut, height);
  if (cut < width) context.drawImage(axes, cut, 0, width - cut, height, cut, 0, width - cut, height);
  context.restore();
  ends(context, chart, step, colours, plot, box);
}

/** The heads of the lines, and their names. */
function ends(context, chart, step, colours, plot, box) {
  context.save();
  clip(context, plot);
  const place = (series) => (chart.across ? of(series, chart) : chart);
  const heads = chart.series.map((series) => head(context, series, place(series), step, colours, plot)).filter(({ y }) => Number.isFinite(y));
  context.restore();
  if (box.names) drawNames(context, heads, colours, plot, roomOf(box));
}

/** All of it on a context that keeps no pictures: the lines end at the cursor. */
function plainly(context, chart, step, colours, plot, box) {
  frame(context, chart, colours, plot, box);
  chart.ground?.(context, chart, plot);
  if (chart.across) return apart(context, chart, step, colours, plot, box);
  context.save();
  clip(context, plot);
  if (!chart.at && step < chart.total) {
    context.beginPath();
    context.rect(0, 0, plot.x + (step / chart.total) * plot.width, box.height);
    context.clip();
  }
  drawLines(context, chart, colours, plot);
  context.restore();
  ends(context, chart, step, colours, plot, box);
}

/** Lines that lie each in its own way across, up to the step: none of them is cut where another one is. */
function apart(context, chart, step, colours, plot, box) {
  context.save();
  clip(context, plot);
  const upTo = (values) => values.slice(0, Math.floor(step) + 1);
  for (const series of chart.series) if (series.band) drawBand(context, { ...series, band: series.band.map(upTo) }, of(series, chart), plot);
  for (const series of chart.series) drawLine(context, { ...series, values: upTo(series.values) }, of(series, chart), colours, plot);
  context.restore();
  ends(context, chart, step, colours, plot, box);
}

const of = ({ at }, chart) => ({ ...chart, at });

function clip(context, plot) {
  context.beginPath();
  context.rect(plot.x - 6, plot.y - 7, plot.width + 6 + AFTER, plot.height + 14);
  context.clip();
}

// By canvas, or by box.own where one has several, its chart's axes, and the same with its whole lines: while it plays only the cursor moves.
const drawn = new WeakMap();

function layers(context, chart, colours, plot, box) {
  const scale = context.getTransform().a;
  const key = [box.width, box.height, scale, box.menu, colours.background, colours.text, colours.font].join();
  const place = box.own ?? context.canvas;
  const before = drawn.get(place);
  if (before?.chart !== chart || before.key !== key) {
    // The same ones again: under a moving hand every lane's line is new each time.
    const { axes, whole } = before ?? { axes: newCanvas(), whole: newCanvas() };
    if (!chart.ground || before?.key !== key || before.chart.ground !== chart.ground) {
      const under = sized(axes, box.width, box.height, scale);
      frame(under, chart, colours, plot, box);
      chart.ground?.(under, chart, plot);
    }
    const canvas = sized(whole, box.width, box.height, scale);
    canvas.drawImage(axes, 0, 0, box.width, box.height);
    canvas.save();
    clip(canvas, plot);
    drawLines(canvas, chart, colours, plot);
    canvas.restore();
    drawn.set(place, { chart, key, axes, whole });
  }
  return drawn.get(place);
}

function frame(context, chart, colours, plot, box) {
  const { title, axis, total, ticks } = chart;
  context.font = `12px ${colours.font}`;
  context.textBaseline = "alphabetic";
  context.textAlign = "left";
  context.fillStyle = ink(colours, 0.85);
  const titles = title.map((_, i) => title.slice(0, title.length - i).join(" · "));
  const begin = box.menu ? MENU : 2;
  if (box.menu) opener(context);
  const room = box.width - begin - 2;
  context.fillText(titles.find((text) => context.measureText(text).width < room) ?? title[0], begin, 12, room);
  context.font = `11px ${colours.font}`;
  context.fillStyle = ink(colours, 0.65);
  context.strokeStyle = ink(colours, 0.1);
  context.lineWidth = 1;
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { at, label } of axis.ticks) {
    const y = Math.round(plot.y + (1 - at) * plot.height) + 0.5;
    strokeLine(context, [plot.x, y], [plot.x + plot.width, y]);
    context.fillText(label, plot.x - 6, y);
  }
  context.textBaseline = "top";
  context.textAlign = "center";
  const across = ticks?.(plot.width) ?? stepTicks(total, plot.width / 70);
  for (const { at, label } of across) context.fillText(label, plot.x + at * plot.width, plot.y + plot.height + 6);
  if (box.titled) context.fillText(chart.step, plot.x + plot.width / 2, plot.y + plot.height + 6 + LINE);
  context.strokeStyle = ink(colours, 0.3);
  strokeLine(context, [plot.x, plot.y + plot.height + 0.5], [plot.x + plot.width, plot.y + plot.height + 0.5]);
  for (const { level, colour } of chart.series) {
    if (level === undefined || level === null) continue;
    const y = placeY(level, chart, plot);
    if (y < plot.y || y > plot.y + plot.height) continue;
    context.strokeStyle = colour;
    strokeLine(context, [plot.x, y], [plot.x + plot.width, y], [5, 4]);
  }
}

/** A small triangle before the title. */
function opener(context) {
  context.beginPath();
  context.moveTo(2, 5.5);
  context.lineTo(10, 5.5);
  context.lineTo(6, 10);
  context.fill();
}

/** The lane's marker at the cursor, between two steps on the straight line between them. */
function head(context, series, chart, step, colours, plot) {
  const { values } = series;
  const end = Math.min(step, values.length - 1);
  const whole = Math.floor(end);
  const [from, to] = [whole, Math.min(whole + 1, values.length - 1)].map((k) => placeY(values[k], chart, plot));
  const y = from + (end - whole) * (to - from);
  traceMarker(context, series.marker, placeX(end, chart, plot), y, 4.5);
  context.fillStyle = series.colour;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = colours.background;
  context.stroke();
  return { y, series };
}

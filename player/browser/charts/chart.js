// One small chart: over the steps a line a lane up to the cursor, its head, and its name where there is room; or whole lines over a setting's values.

import { stepTicks } from "../base/axis.js";
import { newCanvas, sized, strokeLine } from "../base/canvas.js";
import { ink } from "../base/colour.js";
import { traceMarker } from "../base/marker.js";

const PAD = { left: 46, top: 26, bottom: 20, right: 12 };
const AFTER = 8; // pixels after the last step that its heads and rings need
const NAMES = 128; // pixels for the names at the right
const LINE = 14;
const MENU = 15; // pixels for the sign that the title opens a menu

/** The part of a chart's box in which its lines lie. */
export function plotOf(box) {
  const right = box.names ? NAMES : PAD.right;
  const bottom = PAD.bottom + (box.titled ? LINE : 0);
  return { x: PAD.left, y: PAD.top, width: box.width - PAD.left - right, height: box.height - PAD.top - bottom };
}

/**
 * Draw a chart with its lines up to a step.
 *
 * chart = {title: [its parts, of which as many are shown as fit], axis, total, step: the word for one, series, text?: how values are written}
 * series = [{values, colour, dash, marker, name, band?: [low, high], level?}]
 * Over the values of a setting, `at` has the part of the way across of each, `ticks(width)` are those of its axis, {at, label}; the step is an index.
 * Where each line has its own way across, `across` is true, and a series has `at`: the part of the way of each of its steps.
 * ground(context, chart, plot) draws under the lines, once for all charts that have the same.
 * box = {width, height, names, menu, titled}: its size in CSS pixels, whether names stand beside the heads, whether the title opens a menu, and
 * whether the axis of the steps has its title
 */
export function drawChart(context, chart, step, colours, box) {
  const plot = plotOf(box);
  const { axes, whole } = layers(context, chart, colours, plot, box);
  if (chart.across) return apart(context, axes, chart, step, colours, plot, box);
  const { a: scale, e, f } = context.getTransform();
  const { width, height } = axes;
  // Left of the cursor the chart with its lines, right of it the axes alone: copied pixel by pixel, none of them twice.
  const cut = !chart.at && step < chart.total ? Math.round((plot.x + (step / chart.total) * plot.width) * scale) : width;
  context.save();
  context.setTransform(1, 0, 0, 1, e, f);
  context.drawImage(whole, 0, 0, cut, height, 0, 0, cut, height);
  if (cut < width) context.drawImage(axes, cut, 0, width - cut, height, cut, 0, width - cut, height);
  context.restore();
  context.save();
  clip(context, plot);
  const heads = chart.series.map((series) => head(context, series, chart, step, colours, plot)).filter(({ y }) => Number.isFinite(y));
  context.restore();
  if (box.names) names(context, heads, chart, colours, plot);
}

/** Lines that lie each in its own way across, up to the step: none of them is cut where another one is. */
function apart(context, axes, chart, step, colours, plot, box) {
  context.drawImage(axes, 0, 0, box.width, box.height);
  context.save();
  clip(context, plot);
  const upTo = (values) => values.slice(0, Math.floor(step) + 1);
  for (const series of chart.series) if (series.band) band(context, { ...series, band: series.band.map(upTo) }, of(series, chart), plot);
  for (const series of chart.series) line(context, { ...series, values: upTo(series.values) }, of(series, chart), colours, plot);
  const heads = chart.series.map((series) => head(context, series, of(series, chart), step, colours, plot)).filter(({ y }) => Number.isFinite(y));
  context.restore();
  if (box.names) names(context, heads, chart, colours, plot);
}

const of = ({ at }, chart) => ({ ...chart, at });

function clip(context, plot) {
  context.beginPath();
  context.rect(plot.x - 6, plot.y - 7, plot.width + 6 + AFTER, plot.height + 14);
  context.clip();
}

const drawn = new WeakMap(); // by canvas its chart's axes, and the same with its whole lines: while it plays only the cursor moves

function layers(context, chart, colours, plot, box) {
  const scale = context.getTransform().a;
  const key = [box.width, box.height, scale, box.menu, colours.background, colours.text, colours.font].join();
  const before = drawn.get(context.canvas);
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
    for (const series of chart.series) if (series.band) band(canvas, series, chart, plot);
    for (const series of chart.series) line(canvas, series, chart, colours, plot);
    canvas.restore();
    drawn.set(context.canvas, { chart, key, axes, whole });
  }
  return drawn.get(context.canvas);
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
  context.fillText(titles.find((text) => context.measureText(text).width < box.width - begin - 2) ?? title[0], begin, 12);
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

export const placeX = (k, { at, total }, plot) => plot.x + (at ? part(at, k) : k / total) * plot.width;
export const placeY = (v, { axis }, plot) => plot.y + (1 - Math.min(Math.max(axis.place(v), -2), 3)) * plot.height;

/** The part of the way at a step, or between two. */
function part(at, k) {
  const i = Math.floor(k);
  return i === k ? at[k] : at[i] + (k - i) * (at[i + 1] - at[i]);
}

function band(context, { band: [low, high], colour }, chart, plot) {
  context.beginPath();
  for (const [from, to] of pieces(low, chart, plot)) {
    for (let k = from; k <= to; k++) context[k === from ? "moveTo" : "lineTo"](placeX(k, chart, plot), placeY(low[k], chart, plot));
    for (let k = to; k >= from; k--) context.lineTo(placeX(k, chart, plot), placeY(high[k], chart, plot));
  }
  context.globalAlpha = 0.16;
  context.fillStyle = colour;
  context.fill();
  context.globalAlpha = 1;
}

/** The places [first, last] of each stretch of values that has no gap. */
export function pieces(values, chart, plot) {
  const found = [];
  values.forEach((v, k) => {
    if (Number.isNaN(placeY(v, chart, plot))) return;
    if (found.at(-1)?.[1] === k - 1) found.at(-1)[1] = k;
    else found.push([k, k]);
  });
  return found;
}

/** A line through values, parted where there are none. */
export function trace(context, values, chart, plot) {
  let down = false;
  values.forEach((v, k) => {
    const y = placeY(v, chart, plot);
    if (down) context.lineTo(placeX(k, chart, plot), y);
    else context.moveTo(placeX(k, chart, plot), y);
    down = !Number.isNaN(y);
  });
}

function line(context, { values, colour, dash }, chart, colours, plot) {
  context.strokeStyle = colour;
  context.lineWidth = 1.75;
  context.lineJoin = "round";
  context.setLineDash(dash);
  context.beginPath();
  trace(context, values, chart, plot);
  context.stroke();
  context.setLineDash([]);
  zeros(context, values, chart, plot, colour, colours);
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

/** An exact zero has no place on a log axis: it sits on the floor, and a ring marks where that begins. */
function zeros(context, values, chart, plot, colour, colours) {
  values.forEach((v, k) => {
    if (v !== 0 || values[k - 1] === 0) return;
    context.beginPath();
    context.arc(placeX(k, chart, plot), placeY(0, chart, plot), 4, 0, 2 * Math.PI);
    context.fillStyle = colours.background;
    context.fill();
    context.strokeStyle = colour;
    context.lineWidth = 1.75;
    context.stroke();
  });
}

/** Names beside the heads, pushed apart where they would overlap. */
function names(context, heads, chart, colours, plot) {
  const [top, bottom] = [plot.y, plot.y + plot.height];
  const rows = heads.map(({ y, series }) => ({ y: Math.min(Math.max(y, top), bottom), series })).sort((a, b) => a.y - b.y);
  for (let i = 1; i < rows.length; i++) rows[i].y = Math.max(rows[i].y, rows[i - 1].y + LINE);
  let limit = bottom + 4;
  for (let i = rows.length - 1; i >= 0; i--) {
    rows[i].y = Math.min(rows[i].y, limit);
    limit = rows[i].y - LINE;
  }
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.font = `600 12px ${colours.font}`;
  for (const { y, series } of rows) {
    const x = plot.x + plot.width + 16;
    traceMarker(context, series.marker, x, y, 4);
    context.fillStyle = series.colour;
    context.fill();
    context.fillStyle = series.letters;
    context.fillText(series.name, x + 9, y, NAMES - 30);
  }
}

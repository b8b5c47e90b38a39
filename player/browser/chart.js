// One small chart over the steps: a line a lane up to the cursor, its head, and its name where there is room.

import { sized } from "./canvas.js";
import { stepTicks } from "./axis.js";
import { traceMarker } from "./marker.js";
import { ink } from "./theme.js";

const PAD = { left: 46, top: 26, bottom: 20, right: 12 };
const NAMES = 128; // pixels for the names at the right
const LINE = 14;

/** chart = {title, axis, series: [{values, colour, dash, marker, name}], total}; box = {width, height, names} in CSS pixels. */
export function drawChart(context, chart, step, colours, box) {
  const right = box.names ? NAMES : PAD.right;
  const plot = { x: PAD.left, y: PAD.top, width: box.width - PAD.left - right, height: box.height - PAD.top - PAD.bottom };
  drawFrame(context, chart, colours, plot, box);
  context.save();
  context.beginPath();
  context.rect(plot.x - 1, plot.y - 7, plot.width + 8, plot.height + 14);
  context.clip();
  const heads = chart.series.map((series) => line(context, series, chart, step, colours, plot));
  context.restore();
  if (box.names) names(context, heads, chart, colours, plot);
}

const frames = new WeakMap(); // each chart's axes, which do not move while it plays

function drawFrame(context, chart, colours, plot, box) {
  const scale = context.getTransform().a;
  const key = [box.width, box.height, scale, colours.text, colours.font].join();
  if (frames.get(chart)?.key !== key) {
    const canvas = document.createElement("canvas");
    frame(sized(canvas, box.width, box.height, scale), chart, colours, plot);
    frames.set(chart, { key, canvas });
  }
  context.drawImage(frames.get(chart).canvas, 0, 0, box.width, box.height);
}

function frame(context, { title, axis, total }, colours, plot) {
  context.font = `12px ${colours.font}`;
  context.textBaseline = "alphabetic";
  context.textAlign = "left";
  context.fillStyle = ink(colours, 0.85);
  context.fillText(title, 2, 12);
  context.font = `11px ${colours.font}`;
  context.fillStyle = ink(colours, 0.65);
  context.strokeStyle = ink(colours, 0.1);
  context.lineWidth = 1;
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { at, label } of axis.ticks) {
    const y = Math.round(plot.y + (1 - at) * plot.height) + 0.5;
    stroke(context, plot.x, y, plot.x + plot.width, y);
    context.fillText(label, plot.x - 6, y);
  }
  context.textBaseline = "top";
  context.textAlign = "center";
  for (const { at, label } of stepTicks(total, plot.width / 70)) context.fillText(label, plot.x + at * plot.width, plot.y + plot.height + 6);
  context.strokeStyle = ink(colours, 0.3);
  stroke(context, plot.x, plot.y + plot.height + 0.5, plot.x + plot.width, plot.y + plot.height + 0.5);
}

function stroke(context, x0, y0, x1, y1) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

function line(context, series, { axis, total }, step, colours, plot) {
  const { values } = series;
  const end = Math.min(step, values.length - 1);
  const whole = Math.floor(end);
  const toX = (k) => plot.x + (k / total) * plot.width;
  const toY = (v) => plot.y + (1 - Math.min(Math.max(axis.place(v), -2), 3)) * plot.height;
  context.strokeStyle = series.colour;
  context.lineWidth = 1.75;
  context.lineJoin = "round";
  context.setLineDash(series.dash);
  context.beginPath();
  let y = toY(values[0]);
  context.moveTo(toX(0), y);
  for (let k = 1; k <= whole; k++) context.lineTo(toX(k), (y = toY(values[k])));
  if (end > whole) context.lineTo(toX(end), (y = y + (end - whole) * (toY(values[whole + 1]) - y)));
  context.stroke();
  context.setLineDash([]);
  zeros(context, values, whole, toX, toY(0), series.colour, colours);
  traceMarker(context, series.marker, toX(end), y, 4.5);
  context.fillStyle = series.colour;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = colours.background;
  context.stroke();
  return { y, series };
}

/** An exact zero has no place on a log axis: it sits on the floor, and a ring marks where that begins. */
function zeros(context, values, whole, toX, floor, colour, colours) {
  for (let k = 0; k <= whole; k++) {
    if (values[k] !== 0 || values[k - 1] === 0) continue;
    context.beginPath();
    context.arc(toX(k), floor, 4, 0, 2 * Math.PI);
    context.fillStyle = colours.background;
    context.fill();
    context.strokeStyle = colour;
    context.lineWidth = 1.75;
    context.stroke();
  }
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
    context.fillText(series.name, x + 9, y, NAMES - 30);
  }
}

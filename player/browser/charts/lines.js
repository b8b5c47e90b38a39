// The lines of a chart, with their bands.

import { traceMarker } from "../base/marker.js";
import { pieces, placeX, placeY, trace } from "./plot.js";

const APART = 70; // pixels between two markers along a line on paper

/** All lines of a chart, the bands under them. */
export function drawLines(context, chart, colours, plot) {
  for (const series of chart.series) if (series.band) drawBand(context, series, chart, plot);
  for (const series of chart.series) drawLine(context, series, chart, colours, plot);
}

export function drawBand(context, { band: [low, high], colour }, chart, plot) {
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

export function drawLine(context, { values, colour, dash, marker }, chart, colours, plot) {
  context.strokeStyle = colour;
  context.lineWidth = 1.75 * (colours.thick ?? 1);
  context.lineJoin = "round";
  context.setLineDash(dash.map((length) => length * (colours.thick ?? 1)));
  context.beginPath();
  trace(context, values, chart, plot);
  context.stroke();
  context.setLineDash([]);
  if (colours.marked && marker) along(context, values, marker, chart, colours, plot, colour);
  zeros(context, values, chart, plot, colour, colours);
}

/** The line's marker again and again: on paper it says which line this is. */
function along(context, values, marker, chart, colours, plot, colour) {
  let last = -Infinity;
  values.forEach((v, k) => {
    const [x, y] = [placeX(k, chart, plot), placeY(v, chart, plot)];
    if (x - last < APART || Number.isNaN(y)) return;
    last = x;
    traceMarker(context, marker, x, y, 3);
    context.fillStyle = colour;
    context.fill();
  });
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

// The names of a chart's lines, each beside its head.

import { traceMarker } from "../base/marker.js";

export const NAMES = 128; // pixels that they have at the right
const LINE = 14;

/** heads = [{y, series}]; the names are pushed apart where they would overlap. */
export function drawNames(context, heads, colours, plot) {
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

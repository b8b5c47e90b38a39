// The names of a chart's lines, each beside its head.

import { traceMarker } from "../base/marker.js";
import { widthOf } from "../base/measure.js";

const NAMES = 128; // pixels that they have at the right
const BESIDE = 30; // of these that no letters have: for the marker, and at the edge
const TYPE = "600 12px";

/** The pixels that names have in a box: none, the usual ones, or as many as it says. */
export const roomOf = ({ names }) => (names ? (names === true ? NAMES : names) : 0);

/** The pixels that these names need, the usual ones at least. */
export const roomFor = (names, font) => Math.max(NAMES, ...names.map((name) => Math.ceil(widthOf(name, `${TYPE} ${font}`)) + BESIDE));
const LINE = 14;

/** heads = [{y, series}]; the names, which have so many pixels, are pushed apart where they would overlap. */
export function drawNames(context, heads, colours, plot, room) {
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
  context.font = `${TYPE} ${colours.font}`;
  for (const { y, series } of rows) {
    const x = plot.x + plot.width + 16;
    traceMarker(context, series.marker, x, y, 4);
    context.fillStyle = series.colour;
    context.fill();
    context.fillStyle = series.letters;
    context.fillText(series.name, x + 9, y, room - BESIDE);
  }
}

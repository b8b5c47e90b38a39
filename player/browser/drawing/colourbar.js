// A colour bar for what is drawn in the row of colours, with its numbers below it. It knows no page.

import { strokeLine } from "../base/canvas.js";
import { ink } from "../base/colour.js";
import { lineAt } from "../base/palette.js";
import { axisTicks } from "../base/scale.js";

export const HIGH = 34; // pixels of it with its numbers
const [BAR, EDGE, EACH] = [10, 10, 46]; // its height, the room beside it, pixels for a number

/** The bar of values from low to high on a logarithm, as wide as this; at: the part of the way at which a mark stands, or null. */
export function drawColourBar(context, width, [low, high], at, colours) {
  const length = width - 2 * EDGE;
  for (let k = 0; k < length; k++) {
    context.fillStyle = lineAt((k + 0.5) / length, colours);
    context.fillRect(EDGE + k, 5, 1.5, BAR);
  }
  context.font = `11px ${colours.font}`;
  context.fillStyle = context.strokeStyle = ink(colours, 0.85);
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineWidth = 1;
  for (const { at: part, label } of axisTicks([low, high], "log", Math.max(2, Math.floor(length / EACH))).ticks) {
    const left = EDGE + part * length;
    strokeLine(context, [left, 5 + BAR], [left, 8 + BAR]);
    context.fillText(label, left, 10 + BAR);
  }
  if (at === null) return;
  context.lineWidth = 2;
  strokeLine(context, [EDGE + at * length, 1], [EDGE + at * length, 7 + BAR]);
}

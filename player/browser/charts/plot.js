// Where a chart's lines lie in its box, and where a value lies among them.

import { roomOf } from "./names.js";

const PAD = { left: 46, top: 26, bottom: 20, right: 12 };
export const LINE = 14; // pixels of a line of text

/** The part of a chart's box in which its lines lie. */
export function plotOf(box) {
  const right = roomOf(box) || PAD.right;
  const bottom = PAD.bottom + (box.titled ? LINE : 0);
  return { x: PAD.left, y: PAD.top, width: box.width - PAD.left - right, height: box.height - PAD.top - bottom };
}

export const placeX = (k, { at, total }, plot) => plot.x + (at ? part(at, k) : k / total) * plot.width;
export const placeY = (v, { axis }, plot) => plot.y + (1 - Math.min(Math.max(axis.place(v), -2), 3)) * plot.height;

/** The part of the way at a step, or between two. */
function part(at, k) {
  const i = Math.floor(k);
  return i === k ? at[k] : at[i] + (k - i) * (at[i + 1] - at[i]);
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

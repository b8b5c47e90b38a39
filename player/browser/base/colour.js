// Colours as CSS has them, and what is mixed of them.

import { newCanvas } from "./canvas.js";

/** How light a colour is, from 0 to 1. */
export function luminance(colour) {
  const [r, g, b] = channels(colour);
  return (0.299 * r + 0.587 * g + 0.114 * b) / 255;
}

const known = new Map([["transparent", [0, 0, 0, 0]]]); // a colour's channels, worked out once
let pad = null;

/** Its red, green and blue, from 0 to 255, and how much of it is seen, from 0 to 1. */
export function channels(colour) {
  if (!known.has(colour)) known.set(colour, read(colour) ?? read(asCanvas(colour)));
  return known.get(colour);
}

/** The channels of #rgb, #rrggbb, rgb(r, g, b) or rgba(r, g, b, a), or null. */
function read(colour) {
  const hex = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(colour)?.[1];
  if (hex) return [...hex.match(hex.length === 3 ? /./g : /../g).map((each) => parseInt(each.padStart(2, each), 16)), 1];
  const parts = /^rgba?\(([\d.,\s]+)\)$/.exec(colour)?.[1].split(",").map(Number);
  return parts && parts.length >= 3 ? [...parts, 1].slice(0, 4) : null;
}

/** A canvas turns any CSS colour into #rrggbb or rgba(r, g, b, a). */
function asCanvas(colour) {
  pad ??= newCanvas().getContext("2d");
  pad.fillStyle = colour;
  return pad.fillStyle;
}

/** A theme's text colour at a strength between 0 and 1. */
export function ink({ text }, strength) {
  const [r, g, b] = channels(text);
  return `rgba(${r},${g},${b},${strength})`;
}

/** The same on the theme's background, opaque: [r, g, b]. */
export function mixed({ text, background }, strength) {
  const [over, under] = [channels(text), channels(background)];
  return [0, 1, 2].map((i) => strength * over[i] + (1 - strength) * under[i]);
}

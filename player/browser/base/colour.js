// Colours as CSS has them, and what is mixed of them.

import { newCanvas } from "./canvas.js";

/** How light a colour is, from 0 to 1. */
export function luminance(colour) {
  const [r, g, b] = channels(colour);
  return (0.299 * r + 0.587 * g + 0.114 * b) / 255;
}

const known = new Map(); // a colour's channels, worked out once
let pad = null;

/** Its red, green and blue, from 0 to 255, and how much of it is seen, from 0 to 1. */
export function channels(colour) {
  if (!known.has(colour)) {
    pad ??= newCanvas().getContext("2d");
    pad.fillStyle = colour; // the canvas turns any CSS colour into #rrggbb or rgba(r, g, b, a)
    const css = pad.fillStyle;
    known.set(colour, css.startsWith("#") ? [...[1, 3, 5].map((i) => parseInt(css.slice(i, i + 2), 16)), 1] : css.match(/[\d.]+/g).map(Number));
  }
  return known.get(colour);
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

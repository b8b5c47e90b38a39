// How wide a text is, as the browser says it, or whoever else draws.

import { newCanvas } from "./canvas.js";

let pen = null;

let measure = (text, font) => {
  pen ??= newCanvas().getContext("2d");
  pen.font = font;
  return pen.measureText(text).width;
};

/** Ask this from now on: (text, font as CSS has it) → its width in CSS pixels. */
export function measureBy(other) {
  measure = other;
}

/** The width of a text in CSS pixels. */
export function widthOf(text, font) {
  return measure(text, font);
}

/** A text in lines of at most this width, parted at `gap`; no lines for no text. */
export function wrapped(text, width, font, gap) {
  const lines = [];
  for (const part of text.split(gap).filter(Boolean)) {
    const longer = lines.length ? `${lines.at(-1)}${gap}${part}` : part;
    if (lines.length && widthOf(longer, font) <= width) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}

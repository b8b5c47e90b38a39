// What has been made becomes a file of the person who made it.

import { sized } from "../base/canvas.js";
import { withTexts } from "./png.js";
import { svgOf } from "./svgfile.js";

const KEPT = 1000; // milliseconds that the browser has to take it
const INCH = 96; // CSS pixels
const TWICE = 2;

/** Save it under this name, which is returned. */
export function save(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
  return name;
}

/** A figure at a step on a canvas, with so many pixels to a CSS pixel. */
export function canvasOf(figure, step, density, canvas = document.createElement("canvas")) {
  figure.draw(sized(canvas, figure.width, figure.height, density), step);
  return canvas;
}

/** The same as a PNG, which says what it is of and how large it is on paper. Raises RangeError where it is too large for this browser. */
export async function pngOf(figure, step, density) {
  const canvas = canvasOf(figure, step, density);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new RangeError(`${canvas.width} × ${canvas.height} px`);
  const { note = "", link = "" } = figure;
  const texts = { Title: note.replace("{step}", Math.floor(step)), Source: link, Software: "Descent Lab" };
  return new Blob([withTexts(new Uint8Array(await blob.arrayBuffer()), texts, density * INCH)], { type: "image/png" });
}

/** Save a figure as the small buttons beside it do: a PNG on white paper, at twice its size. */
export async function saveFigure(figure, step = 0) {
  return save(await pngOf(figure, step, TWICE), `${figure.file}.png`);
}

/** The same as an SVG. */
export function svgBlobOf(figure, step) {
  return new Blob([svgOf(figure, step)], { type: "image/svg+xml" });
}

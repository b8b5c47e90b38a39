// Small pictures side by side: the weights of neurons, and digits with what they are and what they are taken for.

import { sized } from "../base/canvas.js";
import { channels, ink, mixed } from "../base/colour.js";

const GAP = 4; // pixels between two
const LINE = 13; // pixels for the words below one
const SIGNS = { light: ["#B2500A", "#0072B2"], dark: ["#F0883E", "#5AB0EE"] }; // negative, positive

/** How many columns fit, and how large the canvas is: {columns, width, height}. */
function laid(count, tile, words, width) {
  const columns = Math.max(1, Math.min(count, Math.floor((width + GAP) / (tile + GAP))));
  const below = words ? LINE : 0;
  return { columns, width: columns * (tile + GAP) - GAP, height: Math.ceil(count / columns) * (tile + below + GAP) - GAP, below };
}

/** Draw tiles = [{pixels: rows of numbers, text?}] on a canvas no wider than this; colour(v) gives [r, g, b] of a pixel. */
function tiled(canvas, tiles, tile, colour, colours, most) {
  const { columns, width, height, below } = laid(tiles.length, tile, tiles[0]?.text !== undefined, most);
  const context = sized(canvas, Math.max(width, 1), Math.max(height, 1));
  context.imageSmoothingEnabled = false;
  context.font = `11px ${colours.font}`;
  context.textAlign = "center";
  context.textBaseline = "top";
  context.fillStyle = ink(colours, 0.9);
  tiles.forEach(({ pixels, text }, k) => {
    const [x, y] = [(k % columns) * (tile + GAP), Math.floor(k / columns) * (tile + below + GAP)];
    context.drawImage(small(pixels, colour), x, y, tile, tile);
    if (text !== undefined) context.fillText(text, x + tile / 2, y + tile + 1);
  });
}

/** A picture of as many pixels as there are numbers. */
function small(rows, colour) {
  const picture = new ImageData(rows[0].length, rows.length);
  rows.forEach((row, y) =>
    row.forEach((v, x) => {
      picture.data.set([...colour(v), 255], 4 * (y * row.length + x));
    }),
  );
  const canvas = Object.assign(document.createElement("canvas"), { width: picture.width, height: picture.height });
  canvas.getContext("2d").putImageData(picture, 0, 0);
  return canvas;
}

const between = (a, b, part) => a.map((v, i) => Math.round(v + part * (b[i] - v)));

/** The weights of each neuron, from −1 to 1: one colour for those below zero, another for those above. */
export function drawWeights(canvas, weights, colours, width, tile) {
  const paper = mixed(colours, 0.04);
  const [below, above] = SIGNS[colours.name].map((css) => channels(css).slice(0, 3));
  const colour = (v) => between(paper, v < 0 ? below : above, Math.abs(v));
  const tiles = weights.map((pixels) => ({ pixels }));
  tiled(canvas, tiles, tile, colour, colours, width);
}

/** Digits, from 0 (paper) to 255 (ink), with their labels and what they are taken for. */
export function drawDigits(canvas, digits, labels, taken, colours, width, tile) {
  const [paper, full] = [mixed(colours, 0.05), mixed(colours, 0.95)];
  const tiles = digits.map((pixels, k) => ({ pixels, text: `${labels[k]} → ${taken[k]}` }));
  tiled(canvas, tiles, tile, (v) => between(paper, full, v / 255), colours, width);
}

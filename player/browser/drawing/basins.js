// A map of basins: starts in the colour of the minimum that they lead to, patterns for the others, level lines and minima. It knows no page.

import { channels, ink } from "../base/colour.js";
import { newCanvas, strokeLine } from "../base/canvas.js";
import { KINDS, word } from "../base/palette.js";
import { axisTicks } from "../base/scale.js";
import { OUTCOMES, paint, patternsOf } from "./heat.js";
import { spot } from "./sweep.js";

const MARGIN = { left: 30, right: 8, top: 3, bottom: 18 };
const EACH = 56; // pixels for a tick's label
const DIM = 0.6; // of a colour on a dark page
const CROWD = 9; // more minima are marked smaller
export const SCALES = ["even", "even"];
const ARRIVED = 1; // a fate

/** The colour of a minimum in a theme, [r, g, b]. */
export function colourOf(minimum, { dark, background }) {
  const own = channels(KINDS[minimum % KINDS.length]);
  const [part, page] = [dark ? DIM : 1, channels(background)];
  return [0, 1, 2].map((i) => Math.round(part * own[i] + (1 - part) * page[i]));
}

/** The name of the pattern of a fate. */
export const patternOf = (fate) => OUTCOMES[fate];

/** Where the plot lies in a drawing of this width, in units of `scale` pixels; aspect: height to width. */
export function layoutOf(outer, aspect, scale = 1) {
  const width = Math.max(outer - MARGIN.left - MARGIN.right, 60);
  const height = Math.round(width * aspect);
  return { x: MARGIN.left, y: MARGIN.top, width, height, outer, total: height + MARGIN.top + MARGIN.bottom, scale };
}

/** How wide a drawing is whose plot has this height. */
export const widthFor = (height, aspect) => height / aspect + MARGIN.left + MARGIN.right;
export const AROUND = MARGIN.top + MARGIN.bottom;

/** The starts of a map in view; `canvas` is one to work on. */
export function drawBasins(context, canvas, box, map, view, colours, density) {
  const [width, height] = [Math.round(box.width * density), Math.round(box.height * density)];
  Object.assign(canvas, { width, height });
  const image = new ImageData(width, height);
  const seen = { n: map.n, x: map.x, y: map.y, scales: SCALES, words: wordsOf(map, colours) };
  paint(new Uint32Array(image.data.buffer), width, height, seen, view, patternsOf(colours), Math.max(1, Math.round(density)));
  canvas.getContext("2d").putImageData(image, 0, 0);
  context.drawImage(canvas, box.x, box.y, box.width, box.height);
  context.save();
  context.beginPath();
  context.rect(box.x, box.y, box.width, box.height);
  context.clip();
  drawLines(context, box, map.lines, view, colours);
  drawMinima(context, box, map.minima, view, colours);
  context.restore();
}

/** One word a start: a colour, or 1 + the number of a pattern. */
function wordsOf(map, colours) {
  const table = map.minima.map((_, i) => word(colourOf(i, colours)));
  return Uint32Array.from(map.fates, (fate, k) => (fate === ARRIVED ? table[map.minimum[k]] : 1 + fate));
}

function drawLines(context, box, lines, view, colours) {
  const at = (x, y) => spot([x, y], box, view, SCALES);
  context.beginPath();
  for (let k = 0; k < lines.length; k += 4) {
    context.moveTo(...at(lines[k], lines[k + 1]));
    context.lineTo(...at(lines[k + 2], lines[k + 3]));
  }
  context.lineWidth = 0.7;
  context.strokeStyle = ink(colours, 0.38);
  context.stroke();
}

function drawMinima(context, box, minima, view, colours) {
  const radius = minima.length > CROWD ? 5.5 : 7.5;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.font = `600 ${radius + 3}px ${colours.font}`;
  for (const { x, y, name } of minima) {
    const [left, top] = spot([x, y], box, view, SCALES);
    context.beginPath();
    context.arc(left, top, radius, 0, 2 * Math.PI);
    context.fillStyle = colours.background;
    context.fill();
    context.lineWidth = 1.25;
    context.strokeStyle = ink(colours, 0.9);
    context.stroke();
    context.fillStyle = ink(colours, 1);
    context.fillText(name, left, top + 0.5);
  }
}

/** The frame with the numbers of both axes. */
export function drawFrame(context, { x, y, width, height }, view, colours) {
  context.strokeStyle = ink(colours, 0.4);
  context.lineWidth = 1;
  context.strokeRect(x - 0.5, y - 0.5, width + 1, height + 1);
  context.font = `10px ${colours.font}`;
  context.fillStyle = ink(colours, 0.75);
  const across = axisTicks(view[0], "even", Math.max(Math.floor(width / EACH), 2));
  const along = axisTicks(view[1], "even", Math.max(Math.floor(height / EACH), 2));
  context.textBaseline = "top";
  context.textAlign = "center";
  for (const { at, label } of across.ticks) {
    strokeLine(context, [x + at * width, y + height], [x + at * width, y + height + 3]);
    context.fillText(label, Math.min(x + at * width, x + width - context.measureText(label).width / 2 + MARGIN.right), y + height + 5);
  }
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { at, label } of along.ticks) {
    const top = y + (1 - at) * height;
    strokeLine(context, [x - 3, top], [x, top]);
    context.fillText(label, x - 5, Math.min(Math.max(top, y + 5), y + height - 3), MARGIN.left - 6);
  }
}

/** A colour's or a pattern's swatch, as a canvas of its own. */
export function swatchOf({ minimum, fate }, colours, density = 2) {
  const canvas = Object.assign(newCanvas(), { width: 18 * density, height: 12 * density });
  const words = minimum === null ? patternsOf(colours)[patternOf(fate)] : null;
  const image = new ImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(image.data.buffer);
  const side = words ? Math.sqrt(words.length) : 0;
  const at = (k) => Math.floor(Math.floor(k / canvas.width) / density) % side;
  const own = words ? 0 : word(colourOf(minimum, colours));
  for (let k = 0; k < pixels.length; k++) pixels[k] = words ? words[at(k) * side + (Math.floor((k % canvas.width) / density) % side)] : own;
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}

// A map of runs as pixels: a colour for what has a value, and a pattern for each outcome that has none. It knows no page.

import { newCanvas } from "../base/canvas.js";
import { mixed } from "../base/colour.js";
import { LEVELS, PALETTE, word } from "../base/palette.js";
import { place } from "../base/scale.js";

const TILE = 8; // pixels of a pattern before it is repeated

/** The outcomes, by the numbers that runs/cells.py gives them. */
export const OUTCOMES = ["under way", "reached", "elsewhere", "left", "diverged"];

/** How dark a pattern is at a pixel of its tile: the strength of the page's ink. */
const PATTERNS = {
  "under way": () => 0.16,
  elsewhere: (x, y) => (y % 4 < 2 ? 0.6 : 0.12),
  left: (x, y) => (x % 4 < 2 && y % 4 < 2 ? 0.6 : 0.1),
  diverged: (x, y) => ((x + y) % TILE < 3 ? 0.6 : 0.2),
};

/** The patterns in a theme's colours, by outcome: words of TILE × TILE pixels. */
export function patternsOf(colours) {
  return Object.fromEntries(
    Object.entries(PATTERNS).map(([outcome, strength]) => [
      outcome,
      Uint32Array.from({ length: TILE * TILE }, (_, k) => word(mixed(colours, strength(k % TILE, Math.floor(k / TILE))))),
    ]),
  );
}

/** A pattern as a canvas, with which to fill. */
export function tileOf(words) {
  const size = Math.sqrt(words.length);
  const canvas = newCanvas();
  Object.assign(canvas, { width: size, height: size });
  canvas.getContext("2d").putImageData(new ImageData(new Uint8ClampedArray(words.buffer.slice(0)), size, size), 0, 0);
  return canvas;
}

/** The place of a value in the row of colours, from 0, the best, to 1; NaN for what has none. */
export function partOf(value, { low, high, log }) {
  if (!Number.isFinite(value)) return NaN;
  if (!log) return (value - low) / (high - low);
  return value > 0 ? Math.max(Math.log10(value / low) / Math.log10(high / low), 0) : 0;
}

/** A map's colours, one word a cell; 1 to 5 in place of a colour: 1 + the number of an outcome that is a pattern. */
export function coloursOf({ values, outcomes, range, coloured }) {
  const words = new Uint32Array(values.length);
  for (let k = 0; k < words.length; k++) {
    const part = coloured[outcomes[k]] ? partOf(values[k], range) : NaN;
    words[k] = Number.isNaN(part) ? 1 + outcomes[k] : PALETTE[Math.min(Math.floor(part * LEVELS), LEVELS - 1)];
  }
  return words;
}

/**
 * Fill pixels, the upper row first, with the part of a map that lies in `view`; what lies beside the map is left as it is.
 *
 * map = {n, x: [low, high], y, scales: [of x, of y], words}; unit: pixels of the screen to one of the pattern
 */
export function paint(pixels, width, height, map, view, patterns, unit) {
  const columns = cellsOf(width, map.n, map.x, view[0], map.scales[0]);
  const rows = cellsOf(height, map.n, map.y, view[1], map.scales[1]).reverse();
  const tiles = [0, ...OUTCOMES.map((outcome) => patterns[outcome] ?? patterns["under way"])];
  for (let v = 0; v < height; v++) {
    if (rows[v] < 0) continue;
    const [row, tileRow] = [rows[v] * map.n, (Math.floor(v / unit) % TILE) * TILE];
    for (let u = 0, at = v * width; u < width; u++, at++) {
      if (columns[u] < 0) continue;
      const cell = map.words[row + columns[u]];
      pixels[at] = cell > OUTCOMES.length ? cell : tiles[cell][tileRow + (Math.floor(u / unit) % TILE)];
    }
  }
}

/** The cell that lies under the middle of each pixel, −1 where none does. */
function cellsOf(count, n, own, seen, scale) {
  const [low, high, first, last] = [...own, ...seen].map((v) => place(v, scale));
  return Int32Array.from({ length: count }, (_, k) => {
    const cell = Math.floor((n * (first + ((k + 0.5) / count) * (last - first) - low)) / (high - low));
    return cell >= 0 && cell < n ? cell : -1;
  });
}

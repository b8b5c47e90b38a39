// A map of runs whole: its cells, what theory says on them, legend and frame, and the marks of the cells that are kept. It knows no page.

import { hides } from "../stage/mode.js";
import { coloursOf, OUTCOMES, paint, patternsOf } from "./heat.js";
import { drawCell, drawFrame, drawLegend, drawTheory, spot } from "./sweep.js";

/** The signs of the legend; null where there is none. */
export function signsOf(map, words) {
  if (hides("legend")) return null;
  if (!map) return [];
  return map.shares.map(([outcome, share]) => ({ outcome: OUTCOMES[outcome], text: `${words.outcomes[OUTCOMES[outcome]]} ${share}` }));
}

/**
 * Everything but the marks. map: as the program sends it, or null while it is on its way; data: what the page says of it; view: the ranges in view;
 * canvas: one to work on
 */
export function drawMap(context, canvas, box, { map, data, view }, colours, density) {
  if (map) drawCells(context, canvas, box, { map, data, view }, colours, density);
  drawFrame(context, box, data.axes, view, colours);
}

function drawCells(context, canvas, box, { map, data, view }, colours, density) {
  const scales = data.axes.map((axis) => axis.scale);
  const [width, height] = [Math.round(box.width * density), Math.round(box.height * density)];
  map.words ??= coloursOf(map);
  Object.assign(canvas, { width, height });
  const image = new ImageData(width, height);
  const seen = { n: map.n, x: map.x, y: map.y, scales, words: map.words };
  paint(new Uint32Array(image.data.buffer), width, height, seen, view, patternsOf(colours), Math.max(1, Math.round(density)));
  canvas.getContext("2d").putImageData(image, 0, 0);
  context.drawImage(canvas, box.x, box.y, box.width, box.height);
  if (map.theory && !hides("theory")) drawTheory(context, box, map.theory, view, scales, colours);
  const signs = signsOf(map, data.words);
  if (signs) drawLegend(context, box, map, signs, colours);
}

/** The marks of the cells that are kept. */
export function drawKept(context, box, { kept, looks, axes }, view, colours) {
  const scales = axes.map((axis) => axis.scale);
  kept.forEach((cell, k) => {
    const { marker, light, dark } = looks[k];
    drawCell(context, spot(cell, box, view, scales), box, { marker, colour: { light, dark }[colours.name] }, colours);
  });
}

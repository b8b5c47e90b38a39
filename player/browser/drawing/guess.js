// Where a run was guessed to end, and the cross-hair that the keys move.

import { clipped, strokeCased } from "../base/canvas.js";

/** A ring with a cross at the guess and a cross-hair at the aim, where there are such points; colours = {line, casing}. */
export function drawGuess(context, { guess, aim }, ground, colours) {
  if (!guess && !aim) return;
  clipped(context, ground.box, () => {
    context.beginPath();
    if (guess) {
      const [x, y] = ground.project(...guess);
      context.arc(x, y, 8, 0, 2 * Math.PI);
      cross(context, x, y, 4, 13);
    }
    if (aim) cross(context, ...ground.project(...aim), 3, 22);
    strokeCased(context, colours, [4.5, 2]);
  });
}

function cross(context, x, y, from, to) {
  context.moveTo(x + from, y);
  context.lineTo(x + to, y);
  context.moveTo(x - from, y);
  context.lineTo(x - to, y);
  context.moveTo(x, y + from);
  context.lineTo(x, y + to);
  context.moveTo(x, y - from);
  context.lineTo(x, y - to);
}

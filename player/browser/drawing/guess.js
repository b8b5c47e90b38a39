// Where a run was guessed to end, and the cross-hair that the keys move.

import { guessOf, waiting } from "../stage/predict.js";

/** The mark of a guess, a ring with a cross in the lane's colour, and the cross-hair that the keys move. */
export function drawGuess(context, { lane, map, aim }, { line, casing }) {
  const point = guessOf(lane.index);
  for (const [width, colour] of [
    [4.5, casing],
    [2, line],
  ]) {
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.setLineDash([]);
    context.beginPath();
    if (point) {
      const [x, y] = map.project(...point);
      context.arc(x, y, 8, 0, 2 * Math.PI);
      cross(context, x, y, 4, 13);
    }
    if (aim && waiting()) cross(context, ...map.project(...aim), 3, 22);
    context.stroke();
  }
}

function cross(context, x, y, from, to) {
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ]) {
    context.moveTo(x + from * dx, y + from * dy);
    context.lineTo(x + to * dx, y + to * dy);
  }
}

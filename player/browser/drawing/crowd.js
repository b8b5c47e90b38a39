// Many guesses as dots.

import { clipped } from "../base/canvas.js";

const FULL = 2 * Math.PI;

/** A dot at each point, the paler the more there are, so that heaps show; colours = {line, casing}. */
export function drawCrowd(context, points, ground, { line, casing }) {
  if (!points.length) return;
  clipped(context, ground.box, () => {
    context.globalAlpha = Math.max(0.45, Math.min(0.85, 30 / points.length));
    context.fillStyle = line;
    context.strokeStyle = casing;
    context.lineWidth = 1;
    for (const point of points) {
      context.beginPath();
      context.arc(...ground.project(...point), 5, 0, FULL);
      context.fill();
      context.stroke();
    }
  });
}

// A run that has left the picture: its marker at the edge, and an arrow to where it is.

import { traceMarker } from "../base/marker.js";

const INSET = 19; // pixels from the edge to the marker's middle: the arrow lies between
const RADIUS = 4.5;
const [TIP, BACK, HALF] = [16, 9, 4.5]; // pixels along the arrow's way from the marker's middle, and beside it

/** Where a head at [x, y] is shown at a box's edge: {at: [x, y], to: unit vector}; null where it lies inside, or nowhere. */
export function beyond([x, y], box) {
  if (!Number.isFinite(x + y) || (x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height)) return null;
  const clamp = (v, low, size) => Math.min(Math.max(v, low + INSET), low + size - INSET);
  const at = [clamp(x, box.x, box.width), clamp(y, box.y, box.height)];
  const [dx, dy] = [x - at[0], y - at[1]];
  const far = Math.hypot(dx, dy);
  return { at, to: [dx / far, dy / far] };
}

/** The lane's marker, hollow, with an arrow; colours = {line, casing}. */
export function drawAway(context, shape, { at: [x, y], to: [dx, dy] }, { line, casing }) {
  context.lineJoin = "round";
  traceMarker(context, shape, x, y, RADIUS);
  arrow(context, x, y, dx, dy);
  context.lineWidth = 4.5;
  context.strokeStyle = casing;
  context.stroke();
  context.fillStyle = casing;
  context.fill();
  context.lineWidth = 1.75;
  context.strokeStyle = line;
  context.stroke();
  context.beginPath();
  arrow(context, x, y, dx, dy);
  context.fillStyle = line;
  context.fill();
}

function arrow(context, x, y, dx, dy) {
  context.moveTo(x + TIP * dx, y + TIP * dy);
  for (const side of [1, -1]) context.lineTo(x + BACK * dx + side * HALF * dy, y + BACK * dy - side * HALF * dx);
  context.closePath();
}

// A run that has left the picture: its marker at the edge, and an arrow to where it is.

import { traceMarker } from "../base/marker.js";

const INSET = 19; // pixels from the edge to the marker's middle: the arrow lies between
const RADIUS = 4.5;
const ASIDE = 17; // pixels from the marker's middle to the text beside it
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

/** How far a point of the surface lies outside the ranges [[x0, x1], [y0, y1]] in view; 0 inside. */
export function distanceBeyond(point, ranges) {
  return Math.hypot(...point.map((v, axis) => v - Math.min(Math.max(v, ranges[axis][0]), ranges[axis][1])));
}

/** What stands beside the marker, on the side of the middle. */
export function drawAside(context, text, [x, y], box, { line, casing, font }) {
  context.font = `600 11px ${font}`;
  context.textBaseline = "middle";
  const right = x > box.x + box.width / 2;
  context.textAlign = right ? "right" : "left";
  const at = [x + (right ? -ASIDE : ASIDE), y > box.y + box.height - 2 * INSET ? y - ASIDE : y]; // sentences stand on the lower edge
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.strokeStyle = casing;
  context.strokeText(text, ...at);
  context.fillStyle = line;
  context.fillText(text, ...at);
  context.textAlign = "left";
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

// The gradient field: an arrow of −∇f in every cell of the view, quiet enough to lie under the trails.

import { clipped } from "../base/canvas.js";
import { ink } from "../base/colour.js";

const [SHORTEST, LONGEST] = [0.3, 0.9]; // of a cell
const HEAD = 0.26; // of an arrow's length
const STRENGTH = 0.38; // of the text's colour

/** Show a surface's field in a picture over a plane's box; it stands still, and a canvas would be looked at in every frame. */
export function showField(picture, surface, plane, colours) {
  const { x, y, width, height, scale } = plane.box;
  const pixels = (length) => `${length * scale}px`;
  Object.assign(picture.style, { left: pixels(x), top: pixels(y), width: pixels(width), height: pixels(height) });
  picture.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
  const path = picture.firstElementChild;
  path.setAttribute("d", fieldPath(surface, plane));
  path.setAttribute("stroke", ink(colours, STRENGTH));
}

/** The same on a canvas. */
export function drawField(context, surface, plane, colours) {
  clipped(context, plane.box, () => {
    context.lineWidth = 1;
    context.lineCap = "round";
    context.strokeStyle = ink(colours, STRENGTH);
    context.beginPath();
    for (const [first, ...others] of fieldLines(surface, plane)) {
      context.moveTo(...first);
      for (const point of others) context.lineTo(...point);
    }
    context.stroke();
  });
}

function fieldPath(surface, plane) {
  return fieldLines(surface, plane).map(lineThrough).join("");
}

/** Each arrow as its shaft and its head, as points of the box. */
function fieldLines(surface, plane) {
  const { at, towards, length, cell } = surface.field;
  const [x0, x1] = plane.view[0];
  const width = (cell / (x1 - x0)) * plane.box.width;
  const lines = [];
  for (let i = 0; i < length.length; i++) {
    const size = width * (SHORTEST + (LONGEST - SHORTEST) * length[i]);
    const [dx, dy] = [size * towards[0][i], -size * towards[1][i]]; // a unit of x is as long on the screen as one of y
    const [endX, endY] = [plane.toX(at[0][i]) + dx / 2, plane.toY(at[1][i]) + dy / 2];
    const corner = (side) => [endX - HEAD * (dx + side * dy), endY - HEAD * (dy - side * dx)];
    const [begin, end] = [
      [endX - dx, endY - dy],
      [endX, endY],
    ];
    lines.push([begin, end], [corner(-0.6), end, corner(0.6)]);
  }
  return lines;
}

function lineThrough(points) {
  return `M${points.map((point) => point.map((v) => v.toFixed(2)).join(" ")).join("L")}`;
}

// The gradient field: an arrow of −∇f in every cell of the view, quiet enough to lie under the trails.

import { ink } from "../base/theme.js";
import { stage } from "../stage/store.js";

const [SHORTEST, LONGEST] = [0.3, 0.9]; // of a cell
const COLUMNS = 16; // in the view that the field was made for
const HEAD = 0.26; // of an arrow's length
const STRENGTH = 0.38; // of the text's colour

export const fieldShown = () => stage.link.field === "1";

/** Show the field in a picture over a map's plot area; it stands still, and a canvas would be looked at in every frame. */
export function showField(picture, map, colours) {
  const { x, y, width, height } = map.box;
  Object.assign(picture.style, {
    left: `${x * map.scale}px`,
    top: `${y * map.scale}px`,
    width: `${width * map.scale}px`,
    height: `${height * map.scale}px`,
  });
  picture.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
  const path = picture.firstElementChild;
  path.setAttribute("d", fieldPath(map));
  path.setAttribute("stroke", ink(colours, STRENGTH));
}

/** The same on a canvas. */
export function drawField(context, map, colours) {
  const { x, y, width, height } = map.box;
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.lineWidth = 1;
  context.lineCap = "round";
  context.strokeStyle = ink(colours, STRENGTH);
  context.stroke(new Path2D(fieldPath(map)));
  context.restore();
}

function fieldPath(map) {
  const { at, towards, length } = stage.surface.field;
  const [x0, x1] = stage.surface.view[0];
  const cell = (map.toX(x1) - map.toX(x0)) / COLUMNS;
  const lines = [];
  for (let i = 0; i < length.length; i++) {
    const size = cell * (SHORTEST + (LONGEST - SHORTEST) * length[i]);
    const [dx, dy] = [size * towards[0][i], -size * towards[1][i]]; // a unit of x is as long on the screen as one of y
    const [endX, endY] = [map.toX(at[0][i]) + dx / 2, map.toY(at[1][i]) + dy / 2];
    const corner = (side) => [endX - HEAD * (dx + side * dy), endY - HEAD * (dy - side * dx)];
    for (const points of [
      [
        [endX - dx, endY - dy],
        [endX, endY],
      ],
      [corner(-0.6), [endX, endY], corner(0.6)],
    ]) {
      lines.push(`M${points.map((point) => point.map((v) => v.toFixed(2)).join(" ")).join("L")}`);
    }
  }
  return lines.join("");
}

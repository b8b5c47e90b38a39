// The gradient field: an arrow of −∇f in every cell of the view, quiet enough to lie under the trails.

import { stage } from "./store.js";
import { ink } from "./theme.js";

const [SHORTEST, LONGEST] = [0.3, 0.9]; // of a cell
const COLUMNS = 16; // in the view that the field was made for
const HEAD = 0.26; // of an arrow's length

export const fieldShown = () => stage.link.field === "1";

/** Draw the field on a map, clipped to its plot area. */
export function drawField(context, map, colours) {
  const { x, y, width, height } = map.box;
  const { at, towards, length } = stage.surface.field;
  const [x0, x1] = stage.surface.view[0];
  const cell = (map.toX(x1) - map.toX(x0)) / COLUMNS;
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.beginPath();
  for (let i = 0; i < length.length; i++) {
    const size = cell * (SHORTEST + (LONGEST - SHORTEST) * length[i]);
    const [dx, dy] = [size * towards[0][i], -size * towards[1][i]]; // a unit of x is as long on the screen as one of y
    const [endX, endY] = [map.toX(at[0][i]) + dx / 2, map.toY(at[1][i]) + dy / 2];
    context.moveTo(endX - dx, endY - dy);
    context.lineTo(endX, endY);
    for (const side of [-0.6, 0.6]) {
      context.moveTo(endX - HEAD * (dx + side * dy), endY - HEAD * (dy - side * dx));
      context.lineTo(endX, endY);
    }
  }
  context.lineWidth = 1;
  context.lineCap = "round";
  context.strokeStyle = ink(colours, 0.38);
  context.stroke();
  context.restore();
}

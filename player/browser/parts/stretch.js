// A map under fingers or a wheel: what is drawn moves with them, and once they leave it all maps show the part that is then in view.

import { setView, stage } from "../stage/store.js";

/** Move what is drawn so that what lay at `from` lies at `to`, grown so many times; both {x, y}, in pixels from the map's corner. */
export function stretch(parts, from, to, grown) {
  const moves = `translate(${to.x - grown * from.x}px, ${to.y - grown * from.y}px) scale(${grown})`;
  for (const part of parts) Object.assign(part.style, { transformOrigin: "0 0", transform: moves });
}

/** Draw what is then seen, on all maps. */
export function settle(parts, { x, y, width, height, scale }, from, to, grown) {
  for (const part of parts) part.style.transform = "";
  if (grown === 1 && to.x === from.x && to.y === from.y) return;
  // Where the plot area's corners were before they were moved: what lay there is seen in them now.
  const back = (v, axis) => ((v * scale - to[axis]) / grown + from[axis]) / scale;
  const [[x0, x1], [y0, y1]] = stage.view;
  const [left, right] = [back(x, "x"), back(x + width, "x")].map((v) => x0 + ((v - x) / width) * (x1 - x0));
  const [top, bottom] = [back(y, "y"), back(y + height, "y")].map((v) => y1 - ((v - y) / height) * (y1 - y0));
  setView([
    [left, right],
    [bottom, top],
  ]);
}

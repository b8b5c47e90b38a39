// A box that is drawn on a map with the mouse: all maps then show what was in it.

import { keepAspect } from "../../drawing/map.js";
import { mode } from "../../stage/mode.js";
import { setView, stage } from "../../stage/store.js";

const LEAST = 8; // pixels of a box that is one

/** Listen to a map's element; `frame` is shown while the box is drawn, ground() is what lies there now. */
export function listenToBox(element, frame, ground, signal) {
  let from = null; // the corner at which the box began
  const listen = (target, name, act) => target.addEventListener(name, act, { signal });
  const placed = ({ clientX, clientY }) => {
    const { left, top } = element.getBoundingClientRect();
    const { x, y, width, height, scale } = ground().box;
    const within = (v, low, size) => Math.min(Math.max(v / scale, low), low + size);
    return [within(clientX - left, x, width), within(clientY - top, y, height)];
  };
  const sides = (to) => [0, 1].map((i) => [Math.min(from[i], to[i]), Math.max(from[i], to[i])]);
  const isOne = (box) => Math.max(...box.map(([low, high]) => high - low)) >= LEAST;

  listen(element, "pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0 || mode.predict) return;
    event.preventDefault();
    document.activeElement?.blur(); // the keys stay the clock's
    from = placed(event);
  });
  listen(window, "pointermove", (event) => {
    if (!from) return;
    const box = sides(placed(event));
    const { scale } = ground().box;
    const [[left, right], [top, bottom]] = box.map((side) => side.map((v) => v * scale));
    frame.hidden = !isOne(box);
    Object.assign(frame.style, { left: `${left}px`, top: `${top}px`, width: `${right - left}px`, height: `${bottom - top}px` });
  });
  listen(window, "pointerup", (event) => {
    if (!from) return;
    const box = sides(placed(event));
    from = null;
    frame.hidden = true;
    if (!isOne(box)) return;
    const [[left, right], [top, bottom]] = box;
    const { view } = ground();
    const { x, y, width, height } = ground().box;
    const across = [left, right].map((v) => view[0][0] + ((v - x) / width) * (view[0][1] - view[0][0]));
    const up = [bottom, top].map((v) => view[1][1] - ((v - y) / height) * (view[1][1] - view[1][0]));
    setView(keepAspect([across, up], stage.surface.home));
  });
}

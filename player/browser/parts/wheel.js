// The wheel with Ctrl, and a trackpad's pinch, which comes as such: they zoom a map about the pointer.

import { settle, stretch } from "./stretch.js";

const REST = 200; // milliseconds without the wheel until all maps show what it has zoomed to
const ZOOM = 0.01; // of a zoom's logarithm for a pixel
const MOST = 25; // pixels of one event: a notch of a mouse's wheel says 100 or more, which would be too much
const LINE = 16; // pixels of a wheel that counts lines
const CORNER = { x: 0, y: 0 };

/** Listen to a map's element; ground(): what lies there now, parts: what moves with the wheel. Returns what ends it. */
export function listenToWheel(element, ground, parts) {
  let now = null; // {corner, at, grown}: where the map's corner was on the screen, where it is now from there, how many times it has grown
  let timer = null;
  const rest = () => {
    const { at, grown } = now;
    now = null;
    if (ground()?.level) settle(parts, ground().box, CORNER, at, grown);
  };
  const turned = (event) => {
    if (!event.ctrlKey || !ground()?.level) return;
    event.preventDefault();
    now ??= { corner: element.getBoundingClientRect(), at: CORNER, grown: 1 };
    const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1);
    const by = Math.exp(-ZOOM * Math.max(-MOST, Math.min(MOST, pixels)));
    const about = { x: event.clientX - now.corner.left, y: event.clientY - now.corner.top };
    const away = (axis) => about[axis] + by * (now.at[axis] - about[axis]);
    now = { ...now, at: { x: away("x"), y: away("y") }, grown: by * now.grown };
    stretch(parts, CORNER, now.at, now.grown);
    clearTimeout(timer);
    timer = setTimeout(rest, REST);
  };
  element.addEventListener("wheel", turned, { passive: false });
  return () => clearTimeout(timer);
}

// What a pointer does on a panel's map: a click or a tap picks a point, the start is dragged, a hover reads the surface's value.

import { fixed } from "../base/format.js";
import { arrowAt } from "../drawing/arrows.js";
import { clock } from "../stage/clock.js";
import { light } from "../stage/lit.js";
import { stage } from "../stage/store.js";
import { Grip, placed } from "./grip.js";
import { Touch } from "./touch.js";
import { listenToWheel } from "./wheel.js";

const STILL = 4; // pixels that a click may wander

/**
 * Listen to a map's elements; ground() is what lies there now, pick(point) takes a point that is clicked, back.go() shows the whole again where
 * that is back.needed(); inspected() is the inspected lane's numbers where its arrows are drawn here. Returns a function that ends it.
 */
export function listenToMap({ map, canvas, field, hover }, ground, pick, back, inspected) {
  const touch = new Touch(map, ground, [map, canvas, field], back);
  const grip = new Grip(map, ground, pick);
  let down = null;
  const pointedAt = ({ clientX, clientY }) => {
    const on = ground();
    if (!on) return [];
    const { left, top } = map.getBoundingClientRect();
    const name = arrowAt(
      inspected(),
      on,
      clock.step,
      [clientX - left, clientY - top].map((v) => v / on.box.scale),
    );
    return name ? [name] : [];
  };
  const local = ({ clientX, clientY }) => {
    const { left, top } = map.getBoundingClientRect();
    return ground()?.at(clientX - left, clientY - top) ?? null;
  };
  map.addEventListener(
    "pointerdown",
    (event) => {
      if (grip.hold) return;
      down = [event.clientX, event.clientY];
      grip.take(event);
    },
    true,
  );
  map.addEventListener(
    "pointercancel",
    () => {
      down = null;
      grip.putBack();
    },
    true,
  );
  // What takes the start draws no box and scrolls no page; a second finger lets it go, to zoom.
  const gripped = (event) => {
    if (!grip.hold) return;
    if (event.touches?.length > 1) return grip.putBack();
    event.preventDefault();
    event.stopPropagation();
    document.activeElement?.blur(); // the keys stay the clock's
  };
  map.addEventListener("mousedown", gripped, true);
  map.addEventListener("touchstart", gripped, { capture: true, passive: false });
  const released = (event) => {
    if (grip.hold?.id === event.pointerId && grip.letGo()) down = null;
    const still = down && Math.hypot(event.clientX - down[0], event.clientY - down[1]) < STILL;
    down = null;
    const point = still && event.button === 0 ? local(event) : null;
    if (!point) return;
    const picked = () => pick(placed(point));
    if (event.pointerType === "touch" || !ground().level)
      touch.tap(picked); // a double click ends a turn as a double tap does
    else picked();
  };
  map.addEventListener("pointermove", (event) => {
    grip.offer(event);
    const text = valueAt(local(event));
    if (text) hover.textContent = text;
    if (inspected()) light(pointedAt(event));
  });
  map.addEventListener("pointerleave", () => {
    hover.textContent = "";
    if (inspected()) light([]);
  });
  // On the window: Plotly covers the page while a box is drawn, and the release lands there.
  window.addEventListener("pointerup", released, true);
  const unlisten = listenToWheel(map, ground, [map, canvas, field]);
  return () => {
    unlisten();
    grip.putBack();
    window.removeEventListener("pointerup", released, true);
  };
}

/** The surface's value at the nearest point of the grid that the map is drawn from, with that point, as text; null outside the map. */
function valueAt(point) {
  const { grid, curve } = stage.surface ?? {};
  if (!point || !grid) return null;
  if (curve) {
    const k = Math.min(Math.max(Math.round((point[0] - curve.from) / curve.step), 0), curve.values.length - 1);
    return `f(${fixed(curve.from + k * curve.step)}) = ${fixed(curve.values[k])}`;
  }
  const index = (v, axis) => Math.min(Math.max(Math.round((v - axis.from) / axis.step), 0), axis.count - 1);
  const [i, j] = [index(point[0], grid.x), index(point[1], grid.y)];
  const f = grid.base + grid.scale * Math.sinh(stage.surface.figure.data[0].z[j][i]);
  const [x, y] = [grid.x.from + i * grid.x.step, grid.y.from + j * grid.y.step];
  return `f(${fixed(x)}, ${fixed(y)}) = ${fixed(f)}`;
}

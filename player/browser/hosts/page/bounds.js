// What can be looked at where no finer or wider map can come: no more than the whole surface.

import { onChange, setSurface, setView, stage } from "../../stage/store.js";

const EDGE = 1e-9; // of a range: so far beyond it is rounding

/** From now on every view stays on the surface; all() is all of it, where what is shown at first is a part. */
export function keepInside(all) {
  onChange((what) => {
    const whole = all();
    if (what !== "view" || inside(stage.surface.grid)) return;
    if (whole && stage.surface.figure !== whole.figure) setSurface({ ...whole, view: within(whole.home) });
    else setView(within(stage.surface.home));
  });
}

function inside({ x, y }) {
  return [x, y].every(({ from, step, count }, axis) => {
    const [low, high] = stage.view[axis];
    const size = step * (count - 1);
    return low >= from - EDGE * size && high <= from + size + EDGE * size;
  });
}

/** The view moved into these ranges, and made no larger than they are. */
function within(ranges) {
  return stage.view.map(([low, high], axis) => {
    const [from, to] = ranges[axis];
    const size = Math.min(high - low, to - from);
    const start = Math.min(Math.max(low, from), to - size);
    return size === to - from ? [from, to] : [start, start + size];
  });
}

// Lines over what each lane has seen of its data: epochs, or the gradients of single examples that it has taken. One step sees a few or all of them.

import { power, short } from "../base/format.js";

const ROOM = 55; // pixels between two ticks

/** {name, at: for each lane the part of the way across of its steps, ticks(width)}, on a logarithmic scale from nothing; null over the iterations. */
export function acrossOf(lanes, name) {
  if (!["epochs", "examples"].includes(name) || !lanes.every(({ seen }) => seen)) return null;
  const amounts = lanes.map(({ seen, examples, evaluations }) => Array.from(seen, (v) => (name === "epochs" ? v / examples : v * evaluations)));
  const unit = Math.min(...amounts.map((values) => values[1]));
  const most = Math.max(...amounts.map((values) => values.at(-1)));
  const place = (v) => Math.log1p(v / unit) / Math.log1p(most / unit);
  return { name, at: amounts.map((values) => values.map(place)), ticks: (width) => ticksOf(unit, most, place, width) };
}

/** 0 and powers of ten, as far apart as their labels need. */
function ticksOf(unit, most, place, width) {
  const ticks = [{ at: 0, label: "0" }];
  for (let k = Math.ceil(Math.log10(unit)); 10 ** k <= most; k++) {
    const at = place(10 ** k);
    if ((at - ticks.at(-1).at) * width >= ROOM) ticks.push({ at, label: Math.abs(k) < 5 ? short(10 ** k) : power(k) });
  }
  return ticks;
}

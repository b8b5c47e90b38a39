// The scale of a setting's values, as core/scale.py has it: "even", "log", or "near_one", which is logarithmic in 1 − v; and the ticks of an axis.

import { roundBetween } from "./axis.js";
import { short } from "./format.js";

const NARROW = 1e-4; // of a value: in a narrower range ticks tell how far they are from one value
const DECADES = 0.7; // of them, from which ticks are powers of ten

const SCALES = {
  even: [(v) => v, (u) => u],
  log: [Math.log10, (u) => 10 ** u],
  near_one: [(v) => -Math.log10(1 - v), (u) => 1 - 10 ** -u],
};

/** Where a value stands on the scale, and the value at such a place. */
export const place = (value, scale) => SCALES[scale][0](value);
export const valueAt = (at, scale) => SCALES[scale][1](at);

/** The ticks of an axis from `low` to `high`, at most so many: {ticks: [{value, at: part of the way, label}], from: what labels are counted from}. */
export function axisTicks([low, high], scale, most) {
  const [first, last] = [place(low, scale), place(high, scale)];
  const part = (value) => (place(value, scale) - first) / (last - first);
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (high - low < NARROW * size) {
    const from = Number(((low + high) / 2).toPrecision(Math.ceil(-Math.log10((high - low) / size)) + 1));
    const found = roundBetween(low - from, high - from, most);
    return { from, ticks: found.map((off) => ({ value: from + off, at: (from - low + off) / (high - low), label: signed(off) })) };
  }
  const values = scale !== "even" && last - first >= DECADES ? decades(low, high, scale, most) : roundBetween(low, high, most);
  return { from: null, ticks: values.map((value) => ({ value, at: part(value), label: short(value, 6) })) };
}

function signed(off) {
  return off > 0 ? `+${short(off)}` : short(off);
}

/** Powers of ten between two values, with 2 and 5 times them where there is room; of 1 − v on that scale. */
function decades(low, high, scale, most) {
  const near = scale === "near_one";
  const [from, to] = near ? [1 - high, 1 - low] : [low, high];
  const [first, last] = [Math.floor(Math.log10(from) + 1e-9), Math.ceil(Math.log10(to) - 1e-9)];
  const stride = Math.max(1, Math.ceil((last - first) / most));
  const steps = 3 * (last - first) <= most ? [1, 2, 5] : [1];
  const found = [];
  for (let k = first; k <= last; k += stride) for (const m of steps) found.push(Number(`${m}e${k}`));
  const values = near ? found.map((v) => Number((1 - v).toPrecision(12))) : found;
  return values.filter((v) => v >= low && v <= high);
}

// Scales of the curves: from a value to a height between 0 (bottom) and 1 (top), with ticks.

import { power, short } from "./format.js";

/** A logarithmic axis from 10^low to 10^high. */
export function logAxis(low, high) {
  const stride = Math.max(1, Math.ceil((high - low) / 6));
  const ticks = [];
  for (let k = Math.ceil(low / stride) * stride; k <= high; k += stride) ticks.push({ at: (k - low) / (high - low), label: power(k) });
  return { place: (v) => (v > 0 ? (Math.log10(v) - low) / (high - low) : v === 0 ? 0 : NaN), ticks };
}

/** An even axis from one value to another. */
export function evenAxis(low, high) {
  const place = (v) => (v - low) / (high - low);
  return { place, ticks: roundBetween(low, high, 5).map((v) => ({ at: place(v), label: short(v, 6) })) };
}

/** A symmetric-log axis: linear within ±knee, logarithmic beyond (asinh). */
export function symlogAxis(least, most, knee) {
  const squeeze = (v) => Math.asinh(v / knee);
  const [low, high] = [squeeze(least), squeeze(most)];
  const place = (v) => (squeeze(v) - low) / (high - low);
  const first = Math.round(Math.log10(knee)) + 1;
  const decades = Math.ceil(Math.log10(Math.max(Math.abs(least), Math.abs(most), knee)));
  const stride = Math.max(1, Math.ceil((decades - first) / 3));
  const marks = [{ at: place(0), label: "0" }];
  for (let k = first; k <= decades; k += stride) {
    marks.push({ at: place(10 ** k), label: power(k) }, { at: place(-(10 ** k)), label: `−${power(k)}` });
  }
  return { place, ticks: marks.filter(({ at }) => at >= 0 && at <= 1) };
}

/** The round numbers between two, at most so many of them. */
export function roundBetween(low, high, most) {
  const raw = (high - low) / Math.max(most, 1);
  if (!(raw > 0 && Number.isFinite(raw))) return [];
  const unit = 10 ** Math.floor(Math.log10(raw));
  const stride = unit * [1, 2, 5, 10].find((m) => m * unit >= raw);
  const found = [];
  for (let k = Math.ceil(low / stride - 1e-9); k * stride <= high + 1e-9 * stride; k++) found.push(Number((k * stride).toPrecision(12)));
  return found;
}

/** Round steps on the x axis, from 0 to the last. */
export function stepTicks(total, most) {
  const raw = total / most;
  const unit = 10 ** Math.floor(Math.log10(raw));
  const stride = Math.max(1, unit * [1, 2, 5, 10].find((m) => m * unit >= raw));
  const ticks = [];
  for (let k = 0; k <= total; k += stride) ticks.push({ at: k / total, label: String(k) });
  return ticks;
}

/**
 * The axis for f − f* and other sizes: up to `room` times the start, and down as far as the runs go.
 *
 * It ends sixteen decades below its top: what lies deeper is rounding.
 */
export function gapAxis(series, start, room = 100) {
  let low = Infinity;
  let high = start > 0 ? start : 0;
  for (const values of series) {
    for (const v of values) {
      if (v > 0 && v < low) low = v;
      if (v > high && v <= room * start) high = v;
    }
  }
  if (!(high > 0)) high = Number.isFinite(low) ? low : 1;
  if (!Number.isFinite(low)) low = high / 10;
  const top = Math.ceil(Math.log10(high) + 0.05);
  return logAxis(Math.min(Math.floor(Math.log10(Math.max(low, high * 1e-16))), top - 1), top);
}

/**
 * The axis for f where it has no lowest value or falls below it; runs that leave it by far leave the picture.
 *
 * How far is by f at the start, or where that is 0 by the least of the first steps.
 */
export function valueAxis(series, start) {
  const first = series.map((values) => Math.abs(values[1] - start)).filter(Number.isFinite);
  const size = Math.max(Math.abs(start) > 1e-3 || !first.length ? Math.abs(start) : Math.min(...first), 1e-3);
  let [low, high] = [start, start];
  for (const values of series) {
    for (const v of values) {
      if (v < low) low = Math.max(v, -1e4 * size);
      if (v > high) high = Math.min(v, 100 * size);
    }
  }
  if (low === high) [low, high] = [low - size, high + size];
  return symlogAxis(low, high, 10 ** Math.floor(Math.log10(size) - 2));
}

/** The axis for learning rates: at most eight decades; exact zeros lie on its floor. */
export function rateAxis(series) {
  let [low, high] = [Infinity, 0];
  for (const values of series) {
    for (const v of values) {
      if (v > high) high = v;
      if (v > 0 && v < low) low = v;
    }
  }
  if (!(high > 0)) return logAxis(-3, 0);
  const top = Math.ceil(Math.log10(high) + 0.05);
  return logAxis(Math.max(Math.floor(Math.log10(low) - 0.05), top - 8), top);
}

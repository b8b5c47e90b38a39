// The scale on which a surface's values are its heights in 3-D: f itself, or its logarithm above the lowest value.

import { roundBetween } from "../base/axis.js";
import { short } from "../base/format.js";

const KNEE = 0.05; // of the greatest |f − f*|: below this the logarithm is level, or a minimum would be a funnel that swallows what goes into it

/**
 * {of, low, high, ticks(most), title}: of(z) is the height where a map has the level z = asinh((f − base) / scale), as the server sends it.
 *
 * ticks: [{at: a height, text: f there, or how far above the lowest value}], at most about so many; kind: "f" or "log"
 */
export function heightsOf({ figure, grid: { base, scale }, lowest }, kind) {
  const { zmin, zmax } = figure.data[0];
  const [least, most] = [zmin, zmax].map((z) => scale * Math.sinh(z));
  const knee = KNEE * Math.max(Math.abs(least), Math.abs(most));
  const log = kind === "log" && knee > 0;
  const height = log ? (rise) => Math.asinh(rise / knee) : (rise) => rise;
  const offset = log && lowest !== null ? 0 : base;
  const ticks = (count) => {
    const some = log ? roundOnALogarithm(least, most, knee) : [];
    const rises = some.length > 2 ? some : roundBetween(offset + least, offset + most, count).map((value) => value - offset);
    return rises.map((rise) => ({ at: height(rise), text: short(offset + rise, 6) }));
  };
  return { of: (z) => height(scale * Math.sinh(z)), low: height(least), high: height(most), ticks, title: log && lowest !== null ? "f − f*" : "f" };
}

/** Zero and round numbers on both sides of it, where a logarithm tells them apart. */
function roundOnALogarithm(least, most, knee) {
  const found = [0];
  const first = Math.floor(Math.log10(knee));
  for (let k = first; k < first + 3; k++) for (const m of [1, 2, 5]) found.push(m * 10 ** k, -m * 10 ** k);
  return found.filter((rise) => rise >= least && rise <= most && (rise === 0 || Math.abs(rise) >= knee)).sort((a, b) => a - b);
}

// The loss on a plane through a network's weights: the paths of trainings in it, coloured by their true loss, and the numbers at a point of them.

import { fixed } from "../base/format.js";
import { drawColourBar } from "./colourbar.js";
import { Tinted } from "./tinted.js";

/**
 * The paths of a plane as they are drawn: {lanes: [{points, true, shown, share, look, parts: the place of each point's loss in the row of colours}],
 * range: of the losses, longest: the index of the last point}.
 *
 * paths: as the program sends them; looks: of the page's lanes
 */
export function slicedPaths(paths, looks) {
  const all = paths.flatMap(({ true: losses }) => Array.from(losses)).filter((v) => v > 0 && Number.isFinite(v));
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const range = [low, high > low ? high : 1.001 * low];
  const part = (v) => (v > low ? Math.min(Math.log(v / low) / Math.log(range[1] / low), 1) : 0);
  const lanes = paths.map((path) => ({ ...path, look: looks[path.lane - 1], parts: Array.from(path.true, part) }));
  return { lanes, range, longest: Math.max(...paths.map(({ true: { length } }) => length)) - 1 };
}

/** What draws each of these paths. */
export const tintedOf = ({ lanes }) => lanes.map(({ points, parts, look }) => new Tinted(points, parts, look));

/** The row of colours with the losses below it, and a mark at the point that is looked at where there is one path. */
export function drawLosses(context, width, { lanes, range }, index, colours) {
  const [{ parts }] = lanes;
  drawColourBar(context, width, range, lanes.length === 1 ? parts[Math.min(index, parts.length - 1)] : null, colours);
}

/** The point at a part of the training, from 0 to 1. */
export const pointAt = (moment, { longest }) => Math.round(moment * longest);

/**
 * What is said of the point that is looked at: {now, one: whether there is one path, caption, heads: of the columns, rows: [{title, look, texts}]}.
 *
 * steps: taken at each point; total: of the training
 */
export function numbersAt({ lanes }, index, steps, { steps: total, plane: { words } }) {
  const now = words.step.replace("{step}", steps[index]).replace("{steps}", total);
  const row = (title, lane, k, look) => {
    const at = Math.min(k, lane.true.length - 1);
    return { title, look, texts: [fixed(lane.true[at]), fixed(lane.shown[at])] };
  };
  const held = ({ share }) => `${fixed(100 * share)} %`;
  const heads = [words.true, words.shown];
  if (lanes.length > 1) {
    const rows = lanes.map((lane) => row(lane.look.title, lane, index, lane.look));
    rows.forEach(({ texts }, i) => texts.unshift(held(lanes[i])));
    return { now, one: false, caption: now, heads: [words.held, ...heads], rows };
  }
  const [first] = lanes;
  const rows = [row(words.start, first, 0), row(now, first, index), row(words.end, first, first.true.length - 1)];
  return { now, one: true, caption: `${first.look.title}: ${words.holds.replace("{share}", held(first))}`, heads, rows };
}

// The curves of trainings: losses and accuracies of all lanes, over iterations, epochs or the seconds of a processor.

import { evenAxis, gapAxis, rateAxis } from "../base/axis.js";
import { fixed, short } from "../base/format.js";
import { axisTicks } from "../base/scale.js";

const EACH = 64; // pixels for a tick's label
const SHARES = [0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999];
// Of a lane's curves.
export const ROWS = {
  loss: 0,
  test_loss: 1,
  accuracy: 2,
  test_accuracy: 3,
  rate: 5,
  validation_loss: 6,
  sharpness: 8,
  preconditioned: 9,
  negative: 10,
};
const SECONDS = 4;

export const SIDES = ["loss", "middle", "test_accuracy"]; // the middle one shows what its menu says
export const NAMED = "test_accuracy"; // the lanes' names stand beside its heads

const shownOn = (side, { curve }) => (side === "middle" ? curve : side);

/** Whether what has come answers these settings, and has what the middle chart is to show. */
export function answers(found, data) {
  return found.lanes.length === data.lanes.length && Boolean(found.lanes[0].curves[ROWS[shownOn("middle", data)]]);
}

/** The chart of each side; found and data as `trainingChart` has them, and the curve of the middle. */
export function chartsOf(found, data, colours) {
  return Object.fromEntries(SIDES.map((side) => [side, trainingChart(shownOn(side, data), found, data, colours)]));
}

/** An axis for shares that is logarithmic in what is missing to 1; half an example of so many is the least that can be told from 1. */
export function shareAxis(lines, count) {
  const least = 0.5 / count;
  const depth = (v) => -Math.log10(Math.max(1 - v, least));
  const seen = lines.flatMap((values) => Array.from(values)).filter(Number.isFinite);
  const [low, high] = [depth(Math.min(...seen, 0.9)), depth(1)];
  const place = (v) => (depth(v) - low) / (high - low);
  const ticks = [...SHARES.filter((v) => 1 - v >= 2 * least), 1].map((v) => ({ at: place(v), label: short(v, 4) }));
  return { place, ticks: ticks.filter(({ at }) => at >= 0 && at <= 1) };
}

/** The chart of one of the `ROWS`. found: what has come; lanes: how they look; over: "steps", "epochs" or "seconds". */
export function trainingChart(name, found, { lanes, words, over }, colours) {
  const grid = gridOf(found, over);
  const values = found.lanes.map(({ curves }) => along(shown(name, curves[ROWS[name]]), over === "seconds" ? curves[SECONDS] : null, grid));
  const series = lanes.map((lane, i) => ({
    values: values[i],
    colour: lane.colours[colours.name],
    letters: lane.letters[colours.name],
    dash: lane.dash,
    marker: lane.marker,
    name: lane.title,
    level: lane.edges[name] ?? null,
  }));
  const last = grid.at(-1);
  return {
    title: [words[name === "rate" ? "rates" : name]],
    axis: axisOf(name, values, series, found.tests),
    at: Array.from(grid, (v) => v / last),
    ticks: (width) => axisTicks([0, last], "even", Math.max(2, Math.floor(width / EACH))).ticks,
    total: grid.length - 1,
    step: words.over,
    series,
    reading: (k) => read(series, k, `${words.over} ${short(grid[k], 4)}`),
  };
}

function axisOf(name, values, series, tests) {
  if (name.endsWith("accuracy")) return shareAxis(values, tests);
  const levels = series.flatMap(({ level }) => (level ? [[level]] : []));
  if (["rate", "preconditioned"].includes(name)) return rateAxis([...values, ...levels]);
  if (name === "negative") return evenAxis(0, Math.max(0.02, ...values.flatMap((each) => Array.from(each)).filter(Number.isFinite)));
  return gapAxis([...values, ...levels], values[0]?.[0] ?? 1);
}

/** A row as it is drawn: what is measured at some marks alone is joined by straight lines, as far as it goes. */
function shown(name, values) {
  if (name !== "negative") return values;
  const there = Array.from(values.keys()).filter((k) => !Number.isNaN(values[k]));
  const found = values.slice(0, (there.at(-1) ?? -1) + 1);
  for (let i = 0; i + 1 < there.length; i++) {
    const [from, to] = [there[i], there[i + 1]];
    for (let k = from + 1; k < to; k++) found[k] = values[from] + ((k - from) / (to - from)) * (values[to] - values[from]);
  }
  return found;
}

/** The places along the horizontal axis at which curves are drawn. */
function gridOf({ marks, per_epoch: perEpoch, lanes }, over) {
  if (over === "steps") return Array.from(marks);
  if (over === "epochs") return Array.from(marks, (step) => step / perEpoch);
  const longest = Math.max(...lanes.map(({ curves }) => curves[SECONDS].at(-1)), 1e-3);
  return Array.from({ length: marks.length }, (_, k) => (longest * k) / (marks.length - 1));
}

/** A curve's values as far as they go: its own at the marks, or with `times` those at the grid's, between two of them on the straight line. */
function along(values, times, grid) {
  if (!times) return values;
  const found = [];
  let j = 0;
  for (const time of grid) {
    while (j + 1 < times.length && times[j + 1] < time) j += 1;
    if (j + 1 >= times.length) break;
    const part = times[j + 1] > times[j] ? (time - times[j]) / (times[j + 1] - times[j]) : 1;
    found.push(values[j] + Math.min(Math.max(part, 0), 1) * (values[j + 1] - values[j]));
  }
  return Float32Array.from(found.length ? found : values.slice(0, 1));
}

/** What is read at a place: where it is, and every lane's value, the largest first. */
function read(series, k, head) {
  const rows = series.filter(({ values }) => k < values.length).sort((a, b) => b.values[k] - a.values[k] || 0);
  return [head, ...rows.map(({ values, name }) => `${name}  ${fixed(values[k])}`)];
}

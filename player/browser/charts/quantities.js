// What a chart can show of the lanes, each by its name in the link: the numbers, their axis and their title.

import { gapAxis, rateAxis, valueAxis } from "../base/axis.js";
import { short } from "../base/format.js";

const ROUNDING = 8 * Number.EPSILON;
const ROOM = 1e4; // how many times its first value a rule's inner state may reach before the axis no longer follows it

/** The quantities that these lanes can show. */
export function offered(lanes) {
  const more = [...new Set(lanes.flatMap(({ offers }) => offers))];
  const distance = more.filter((name) => name === "distance");
  return ["gap", "slope", "rate", ...distance, ...more.filter((name) => name !== "distance")];
}

/** A quantity's name in a menu; lowest: the surface's f*, or null. */
export function label(name, words, lowest) {
  return name === "gap" && lowest === null ? words.value : words[name];
}

/**
 * A quantity of these lanes: {title: [its parts], axis, values}, with {values, band?, level?} for each lane, or null where it has no such thing.
 *
 * With `text` where its values are written in a way of their own. lowest: the surface's f*, or null
 */
export function quantity(name, lanes, words, lowest) {
  if (name === "gap") return losses(lanes, words, lowest);
  if (name === "rate") return rates(lanes, words);
  const logs = lanes.map((lane) => (name === "slope" ? lane.slope : lane.further[name]));
  const values = logs.map((log) => (log ? Float64Array.from(log, (v) => 10 ** v) : null));
  const found = values.filter(Boolean);
  const start = Math.max(0, ...found.map(([first]) => first).filter(Number.isFinite));
  const lacking = lanes.filter(({ offers }) => name !== "slope" && !offers.includes(name)).map(({ title }) => title);
  const title = lacking.length ? [words[name], words.lacking.replace("{lanes}", lacking.join(", "))] : [words[name]];
  const axis = gapAxis(found, start, name === "slope" || name === "distance" ? undefined : ROOM);
  return { title, axis, values: values.map((each) => each && { values: each }) };
}

function losses(lanes, words, lowest) {
  const all = lanes.flatMap(({ loss, many }) => (many ? [many.loss.mean, many.loss.low, many.loss.high] : [loss]));
  const below = lowest !== null && all.some((values) => gap(values, lowest).some((v) => v < 0));
  const log = lowest !== null && !below;
  const shown = (values) => (log ? gap(values, lowest) : values);
  const drawn = all.map(shown);
  const start = drawn[0]?.[0] ?? 1;
  const values = lanes.map(({ loss, many }) => {
    if (!many) return { values: shown(loss) };
    const { mean, low, high } = many.loss;
    return { values: shown(mean), band: [shown(low), shown(high)], level: many.predicted && shown([many.predicted.loss])[0] };
  });
  const title = [log ? words.gap : lowest === null ? words.value : words.below];
  if (lanes.some(({ many }) => many)) title.push(words.many);
  if (lanes.some(({ many }) => many?.predicted)) title.push(words.predicted);
  return { title, axis: log ? gapAxis(drawn, start) : valueAxis(drawn, start), values };
}

function rates(lanes, words) {
  const values = lanes.map(({ rate, loss }) => (rate.length > 1 ? rate : new Float64Array(loss.length - 1).fill(rate[0])));
  return { title: [words.rate], axis: rateAxis(values), values: values.map((each) => ({ values: each })), text: short };
}

/** f − f* in double precision; what differs from f* by rounding alone is an exact zero. */
export function gap(loss, lowest) {
  const rounding = ROUNDING * Math.abs(lowest);
  return loss.map((f) => (Math.abs(f - lowest) <= rounding ? 0 : f - lowest));
}

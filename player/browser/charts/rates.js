// The charts of what a learning rate does: the steps that each rate needs, and the loss of one run whose rate rises.

import { evenAxis, gapAxis, valueAxis } from "../base/axis.js";
import { strokeLine } from "../base/canvas.js";
import { channels, ink } from "../base/colour.js";
import { short } from "../base/format.js";
import { traceMarker } from "../base/marker.js";
import { axisTicks } from "../base/scale.js";
import { patternsOf, tileOf } from "../drawing/heat.js";
import { INK } from "../stage/lane.js";
import { nearest } from "./reading.js";

const SIGN = 9; // pixels
const EACH = 70; // pixels for a tick's label
const BAND = "#009e73"; // the bluish green of Okabe and Ito

/** Where rates lie across both charts, which begin and end with the sweep's. */
function across(values) {
  const [low, high] = [values[0], values.at(-1)];
  const [first, last] = [low, high].map(Math.log10);
  return {
    part: (rate) => (Math.log10(rate) - first) / (last - first),
    ticks: (width) => axisTicks([low, high], "log", Math.max(2, Math.floor(width / EACH))).ticks,
  };
}

/** The index at which a chart has its head: that of the rate nearest to the page's own; none for one beside the chart. */
export function headOf(chart, rate) {
  const part = chart.part(rate);
  return part < -0.01 || part > 1.01 ? NaN : nearest(chart.at, part);
}

/** The steps that each rate needs; the good range is shaded, and each of the four rates has its line. */
export function sweepOf({ values, since, stays, level, band, four }, { words, looks }, colours) {
  const { part, ticks } = across(values);
  const at = Array.from(values, part);
  const seen = since.filter(Number.isFinite);
  const axis = evenAxis(0, Math.max(...seen, 1));
  const ground = (context, chart, plot) => {
    const x = (u) => plot.x + u * plot.width;
    if (band) shade(context, x(at[band[0]]), x(at[band[1]]), plot);
    const patterns = patternsOf(colours);
    since.forEach((v, k) => {
      if (!Number.isNaN(v)) return;
      const [left, right] = [k ? (at[k - 1] + at[k]) / 2 : 0, k + 1 < at.length ? (at[k] + at[k + 1]) / 2 : 1];
      context.fillStyle = context.createPattern(tileOf(patterns[stays[k] ? "under way" : "diverged"]), "repeat");
      context.fillRect(x(left), plot.y + plot.height - SIGN, x(right) - x(left) + 0.5, SIGN);
    });
    for (const { index, key } of four) {
      const { marker, colours: own } = looks[ORDER.indexOf(key)];
      context.strokeStyle = context.fillStyle = own[colours.name];
      context.lineWidth = 1.5;
      strokeLine(context, [x(at[index]), plot.y], [x(at[index]), plot.y + plot.height]);
      traceMarker(context, marker, x(at[index]), plot.y, 4.5);
      context.fill();
    }
  };
  return {
    ...{ title: [level ? words.since_level.replace("{level}", level) : words.since, ...(band ? [words.band] : [])], axis, at, part, ticks, ground },
    total: at.length - 1,
    step: words.rate,
    series: [line(since, colours)],
    reading: (k) => [
      `η = ${short(values[k], 4)}`,
      Number.isNaN(since[k]) ? words[stays[k] ? "under way" : "left"] : String(since[k]),
      ...four.filter(({ index }) => index === k).map(({ name }) => name),
    ],
  };
}

export const ORDER = ["too low", "good", "high", "too high"]; // of the looks
export const OWN = ORDER.length + 1; // the number of the lane with the page's own rate

/** How a lane of the losses looks beside its own look: one of the four by its number, or the one with the page's own rate. */
export function lookOf(index, { four }, rate) {
  const shown = four.find(({ key }) => key === ORDER[index - 1]);
  return shown ? { title: shown.name } : { ...INK, title: `η ${short(rate)}` };
}

/** The loss of the range test over its rate, with what it suggests and the sweep's good rate. */
export function testOf({ values, four, band, lowest, test }, { words }, colours) {
  const { part, ticks } = across(values);
  const at = Array.from(test.rates, part);
  const seen = test.loss.filter(Number.isFinite);
  const start = seen[0] ?? 1;
  const axis = lowest === null ? valueAxis([seen], start) : gapAxis([seen], start);
  const good = four.find(({ key }) => key === "good");
  const ground = (context, chart, plot) => {
    const x = (u) => plot.x + u * plot.width;
    if (band) shade(context, x(part(values[band[0]])), x(part(values[band[1]])), plot);
    const marks = [
      [test.steepest, words.steepest, [5, 3]],
      [test.lowest, words.lowest, [2, 3]],
    ].flatMap(([k, text, dash]) => (k === null ? [] : [{ u: at[k], text, dash }]));
    if (good) marks.push({ u: part(good.rate), text: words.best, dash: [] });
    context.font = `11px ${colours.font}`;
    context.textBaseline = "alphabetic";
    context.lineWidth = 1.25;
    marks.forEach(({ u, text, dash }, k) => {
      context.strokeStyle = ink(colours, 0.7);
      strokeLine(context, [x(u), plot.y], [x(u), plot.y + plot.height], dash);
      const right = u > 0.75;
      context.textAlign = right ? "right" : "left";
      context.fillStyle = ink(colours, 0.9);
      context.fillText(text, x(u) + (right ? -4 : 4), plot.y + 11 + 14 * k);
    });
  };
  const title = words.test.replace("{loss}", lowest === null ? "f" : "f − f*");
  return {
    ...{ title: [title], axis, at, part, ticks, ground },
    total: at.length - 1,
    step: words.rate,
    series: [line(test.loss, colours)],
    reading: (k) => [`η = ${short(test.rates[k], 4)}`, `${lowest === null ? "f" : "f − f*"} ${short(test.loss[k])}`],
  };
}

const line = (values, colours) => ({ values, colour: ink(colours, 0.85), dash: [], marker: "circle", name: "" });

function shade(context, left, right, plot) {
  context.fillStyle = `rgba(${channels(BAND).slice(0, 3).join(",")},0.16)`;
  context.fillRect(left, plot.y, Math.max(right - left, 2), plot.height);
}

// The charts of one setting at all its values: every run's loss over the steps, and a measure of each run over the values.

import { evenAxis, gapAxis, valueAxis } from "../base/axis.js";
import { ink } from "../base/colour.js";
import { fixed, setting, short } from "../base/format.js";
import { lineAt } from "../base/palette.js";
import { axisTicks, place } from "../base/scale.js";
import { OUTCOMES, patternsOf, tileOf } from "../drawing/heat.js";
import { hides } from "../stage/mode.js";
import { trace } from "./plot.js";
import { quantity } from "./quantities.js";
import { nearest } from "./reading.js";

const FAINT = 0.25; // how much is seen of each run's loss
const SIGN = { height: 9, box: 14, gap: 12 }; // pixels
const EACH = 90; // pixels for a tick's label

/** The runs with the place of each value on its axis, `at`, from 0 to 1. */
export function withPlaces(runs, axis) {
  return Object.assign(runs, { at: Array.from(runs.values, (value) => partOf(value, runs, axis)) });
}

function partOf(value, { range }, { scale }) {
  const [low, high, at] = [...range, value].map((v) => place(v, scale));
  return (at - low) / (high - low);
}

/** The run that is nearest to a value. */
export const indexOf = (value, runs, axis) => nearest(runs.at, partOf(value, runs, axis));

/** The losses of all runs, as a function from the index of the chosen one to its chart. */
export function lossesOf({ loss, lowest, at }, words, colours) {
  const lanes = loss.map((each) => ({ loss: each }));
  const { title, axis, values } = quantity("gap", lanes, words.charts, lowest);
  const total = loss[0].length - 1;
  const ground = (context, chart, plot) => {
    context.save();
    context.rect(plot.x, plot.y, plot.width, plot.height);
    context.clip();
    context.globalAlpha = FAINT;
    context.lineWidth = 1;
    values.forEach((each, k) => {
      context.strokeStyle = lineAt(at[k], colours);
      context.beginPath();
      trace(context, each.values, chart, plot);
      context.stroke();
    });
    context.restore();
  };
  const look = { colour: ink(colours, 1), dash: [], marker: "circle", name: "" };
  return (index) => ({ title, axis, total, step: words.step, ground, series: [{ ...look, ...values[index] }] });
}

/** A measure of each run over the values in a range; a run that has none has a sign on the floor, as on a map. */
export function measureOf(runs, { axis: across, words }, colours, range) {
  const { measured, title, whole, log, shares, outcomes, values } = runs;
  const { from } = axisTicks(range, across.scale, 1);
  const [low, high] = range.map((v) => place(v, across.scale));
  const at = Array.from(values, (v) => (place(v, across.scale) - low) / (high - low));
  const seen = measured.filter(Number.isFinite);
  const most = Math.max(...seen, 0);
  const axis = whole ? evenAxis(0, most || 1) : log ? gapAxis([seen], most) : valueAxis([seen], seen[0] ?? 1);
  const ground = (context, chart, plot) => {
    const patterns = patternsOf(colours);
    const fill = (outcome) => (context.fillStyle = context.createPattern(tileOf(patterns[outcome] ?? patterns["under way"]), "repeat"));
    measured.forEach((v, k) => {
      if (!Number.isNaN(v)) return;
      const ends = [k ? (at[k - 1] + at[k]) / 2 : 0, k + 1 < at.length ? (at[k] + at[k + 1]) / 2 : 1];
      const [left, right] = ends.map((part) => Math.min(Math.max(part, 0), 1));
      fill(OUTCOMES[outcomes[k]]);
      context.fillRect(plot.x + left * plot.width, plot.y + plot.height - SIGN.height, (right - left) * plot.width + 0.5, SIGN.height);
    });
    if (hides("legend")) return;
    let x = plot.x + plot.width;
    context.font = `11px ${colours.font}`;
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (const [outcome, share] of shares.toReversed()) {
      const text = `${words.outcomes[OUTCOMES[outcome]]} ${share}`;
      context.fillStyle = ink(colours, 0.8);
      context.fillText(text, x, 8);
      x -= context.measureText(text).width + SIGN.box + 4;
      fill(OUTCOMES[outcome]);
      context.fillRect(x, 3, SIGN.box, 10);
      x -= SIGN.gap;
    }
  };
  return {
    title: [title],
    axis,
    total: at.length - 1,
    at,
    ticks: (width) => axisTicks(range, across.scale, Math.max(2, Math.floor(width / EACH))).ticks,
    step: from === null ? across.label : `${across.letter || across.label} − ${short(from, 17)}`,
    ground,
    series: [{ values: measured, colour: ink(colours, 0.85), dash: [], marker: "circle", name: "" }],
    reading: (k) => [valued(across, runs.values[k]), said(runs, k, words)],
  };
}

/** A value of the setting, with its letter. */
export function valued({ letter, label }, value) {
  const text = setting(value);
  return `${letter || label} ${text.startsWith("≈") ? text : `= ${text}`}`;
}

/** What is said of a run: its measure, or how it ended. */
export function said({ measured, outcomes, title, whole }, k, words) {
  if (Number.isNaN(measured[k])) return words.outcomes[OUTCOMES[outcomes[k]]];
  return `${title} ${whole ? measured[k] : fixed(measured[k])}`;
}

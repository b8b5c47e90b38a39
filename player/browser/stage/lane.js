// A lane's run at a step: its numbers, what is said of it, and which step is under way.

import { fixed, short } from "../base/format.js";

const OURS = { light: "#1f2a35", dark: "#e3e8ed" }; // the page's ink

/** How a lane looks that is drawn in the page's ink. */
export const INK = { colours: OURS, letters: OURS, marker: "circle" };

/** The numbers at a step, as [name, label, text, title]. */
export function readout({ loss, slope, rate, words, evaluations }, step) {
  const k = Math.min(Math.floor(step), loss.length - 1);
  return [
    ["step", words.step, evaluations === 1 ? String(k) : `${k} · ${k * evaluations} ∇f`, words.step],
    ["f", "f", fixed(loss[k]), "f"],
    ["slope", "‖∇f‖", fixed(10 ** slope[k]), "‖∇f‖"],
    ["rate", "η", short(rate[Math.min(k, rate.length - 1)]), words.rate],
  ];
}

/** What is said of the lane at a step: {text, kind}. */
export function verdict({ loss, verdicts }, step) {
  const k = Math.min(Math.floor(step), loss.length - 1);
  return verdicts.find((said) => said.step <= k && k <= said.until) ?? { text: "", kind: "" };
}

/** The step under way at this time, counted from 0; at the end the last one. */
export function stepAt(inspected, time) {
  return Math.min(Math.floor(time), inspected.path[0].length - 2);
}

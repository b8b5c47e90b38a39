// A lane's numbers under its panel, and what is said of it, at a step.

import { fixed, short } from "./format.js";
import { setText } from "./text.js";

/** The numbers at a step, as [name, label, text, title]. */
export function numbers({ loss, slope, rate, words, evaluations }, step) {
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

/** The same in an element of the page. */
export function writeVerdict(element, lane, step) {
  const { text, kind } = verdict(lane, step);
  setText(element, text);
  if (element.title !== text) element.title = text; // where there is no room for all of it
  if (element.dataset.kind !== kind) element.dataset.kind = kind;
}

export class Readout {
  constructor(element) {
    this.element = element;
    this.values = new Map();
  }

  /** Labels and numbers, at once: a readout is never empty. */
  fill(lane, step) {
    this.element.replaceChildren();
    for (const [name, label, text, title] of numbers(lane, step)) {
      const value = Object.assign(document.createElement("b"), { className: `dl-${name}`, textContent: text });
      const item = Object.assign(document.createElement("span"), { title });
      if (name === "step" && lane.evaluations > 1) value.style = `display: inline-block; min-width: ${numbers(lane, Infinity)[0][2].length}ch`;
      item.append(`${label} `, value);
      this.element.append(item);
      this.values.set(name, value);
    }
  }

  write(lane, step) {
    for (const [name, , text] of numbers(lane, step)) setText(this.values.get(name), text);
  }
}

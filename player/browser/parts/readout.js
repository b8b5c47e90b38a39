// A lane's numbers under its panel, and what is said of it, as elements of the page.

import { setText } from "../base/text.js";
import { readout, verdict } from "../stage/lane.js";

/** Write what is said of the lane at a step. */
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

  /** Labels and numbers, at once: a readout is never empty. Where only numbers have changed, the elements stay. */
  fill(lane, step) {
    const last = readout(lane, Infinity);
    const made = JSON.stringify([lane.evaluations, last[0], last.map(([name, label, , title]) => [name, label, title])]);
    if (made === this.made) return this.write(lane, step);
    this.made = made;
    this.element.replaceChildren();
    for (const [name, label, text, title] of readout(lane, step)) {
      const value = Object.assign(document.createElement("b"), { className: `dl-${name}`, textContent: text });
      const item = Object.assign(document.createElement("span"), { title });
      if (name === "step" && lane.evaluations > 1) value.style = `display: inline-block; min-width: ${last[0][2].length}ch`;
      item.append(`${label} `, value);
      this.element.append(item);
      this.values.set(name, value);
    }
  }

  write(lane, step) {
    for (const [name, , text] of readout(lane, step)) setText(this.values.get(name), text);
  }
}

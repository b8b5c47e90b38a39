// One of several answers, in an order that is drawn once.

import { element } from "../../base/element.js";

let made = 0; // groups of options so far

export class Choice {
  constructor({ text, options }, { words, kept, changed }) {
    Object.assign(this, { options, kept, words, lanes: [] });
    kept.order ??= shuffled(options.map((_, k) => k));
    const name = `dl-choice-${++made}`;
    this.labels = kept.order.map((k) => {
      const field = element("input", { type: "radio", name, value: String(k), checked: kept.answer === k });
      field.addEventListener("change", () => {
        kept.answer = k;
        this.mark();
        changed();
      });
      return element("label", {}, field, element("span", {}, options[k].text));
    });
    this.root = element("fieldset", { className: "dl-lesson-choice" }, element("legend", { className: "dl-lesson-legend" }, text), ...this.labels);
    this.mark();
  }

  get answer() {
    return this.kept.answer ?? null;
  }

  mark() {
    this.labels.forEach((label, i) => label.toggleAttribute("data-chosen", this.kept.order[i] === this.answer));
  }

  freeze(on) {
    this.root.disabled = on;
  }

  tell() {
    const right = this.options.findIndex((option) => option.right);
    const label = this.labels[this.kept.order.indexOf(right)];
    if (!label.hasAttribute("data-right"))
      label.append(element("b", { className: "dl-lesson-mark", title: this.words.correct }, `✓ ${this.words.correct}`));
    label.setAttribute("data-right", "");
    if (this.answer === null) return [];
    return [this.answer === right ? this.words.right : this.words.wrong.replace("{answer}", this.options[right].text)];
  }

  end() {}
}

function shuffled(list) {
  return list
    .map((each) => [Math.random(), each])
    .sort(([a], [b]) => a - b)
    .map(([, each]) => each);
}

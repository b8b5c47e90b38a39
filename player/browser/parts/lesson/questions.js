// The questions of a lesson. Each is {root, answer: null until there is one, verdict(words): a sentence on it, freeze(on), end()}.

import { element } from "../../base/element.js";
import { short } from "../../base/format.js";
import { onPredict, progress } from "../../stage/predict.js";

const STEPS = 200; // of a slider

/** What asks it; changed() is called with each answer. */
export function questionOf(question, words, changed) {
  return new KINDS[question.kind](question, words, changed);
}

class Choice {
  constructor({ options }, words, changed) {
    this.answer = null;
    const name = `dl-choice-${Math.random()}`;
    this.options = shuffled(options).map((option) => {
      const field = element("input", { type: "radio", name });
      field.addEventListener("change", () => {
        this.answer = option;
        for (const each of this.options) each.field.parentElement.toggleAttribute("data-chosen", each.field.checked);
        changed();
      });
      return { option, field };
    });
    this.right = options.find(({ right }) => right);
    const labels = this.options.map(({ option, field }) => element("label", {}, field, option.text));
    this.root = element("fieldset", { className: "dl-lesson-choice" }, ...labels);
  }

  freeze(on) {
    this.root.disabled = on;
  }

  verdict(words) {
    if (!this.answer) return "";
    return this.answer.right ? words.right : words.wrong.replace("{answer}", this.right.text);
  }

  end() {}
}

class Slide {
  constructor({ symbol, low, high, log, answer }, words, changed) {
    Object.assign(this, { answer: null, right: answer });
    const [from, to] = log ? [Math.log(low), Math.log(high)] : [low, high];
    const valueAt = (k) => {
      const value = from + ((to - from) * k) / STEPS;
      return log ? Math.exp(value) : value;
    };
    this.field = element("input", { type: "range", min: 0, max: STEPS, step: 1, value: STEPS / 2, ariaLabel: symbol });
    this.said = element("output", {}, `${symbol} = ?`);
    this.field.addEventListener("input", () => {
      this.answer = valueAt(Number(this.field.value));
      this.said.textContent = `${symbol} = ${short(this.answer)}`;
      this.field.setAttribute("aria-valuetext", this.said.textContent);
      changed();
    });
    this.root = element("div", { className: "dl-lesson-slide" }, this.said, this.field);
  }

  freeze(on) {
    this.field.disabled = on;
  }

  verdict(words) {
    return this.answer === null ? "" : words.missed.replace("{guess}", short(this.answer)).replace("{answer}", short(this.right));
  }

  end() {}
}

class Place {
  constructor(question, words, changed) {
    this.root = element("span", {});
    this.over = onPredict(changed);
  }

  get answer() {
    const { set } = progress();
    return set ? set : null;
  }

  freeze() {}

  verdict() {
    return ""; // the maps say it
  }

  end() {
    this.over();
  }
}

const KINDS = { choice: Choice, slide: Slide, place: Place, sketch: Place };

function shuffled(list) {
  return list
    .map((each) => [Math.random(), each])
    .sort(([a], [b]) => a - b)
    .map(([, each]) => each);
}

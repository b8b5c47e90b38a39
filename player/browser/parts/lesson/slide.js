// A number to slide to; once the run is over the true one is marked on the same scale.

import { element } from "../../base/element.js";
import { short } from "../../base/format.js";

const STEPS = 400; // of the slider
const NEAR = { factor: 1.1, part: 0.03 }; // so far off is as good as right: on a logarithmic scale, and of an even one's length
const CLOSE = { factor: 2, part: 0.1 };

export class Slide {
  constructor({ text, symbol, low, high, log, whole, answer }, { words, kept, changed }) {
    Object.assign(this, { symbol, low, high, log, whole, right: answer, words, kept, lanes: [] });
    const at = kept.answer === undefined ? STEPS / 2 : Math.round(this.part(kept.answer) * STEPS);
    this.field = element("input", { type: "range", min: 0, max: STEPS, step: 1, value: String(at), ariaLabel: `${text} ${symbol}` });
    this.said = element("output", {});
    const take = () => {
      kept.answer = this.valueAt(Number(this.field.value) / STEPS);
      this.write();
      changed();
    };
    this.field.addEventListener("input", take);
    this.field.addEventListener("pointerup", take); // where it stands already
    this.field.addEventListener("keydown", (event) => event.key === "Enter" && take());
    this.truth = element("span", { className: "dl-lesson-truth", hidden: true });
    const ends = element(
      "span",
      { className: "dl-lesson-scale", ariaHidden: "true" },
      element("span", {}, short(low)),
      element("span", {}, short(high)),
    );
    this.rail = element("div", { className: "dl-lesson-rail" }, this.field, this.truth);
    this.root = element("div", { className: "dl-lesson-slide" }, this.said, this.rail, ends);
    this.write();
  }

  get answer() {
    return this.kept.answer ?? null;
  }

  /** The part of the scale at which a value lies. */
  part(value) {
    const { low, high, log } = this;
    return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  }

  valueAt(part) {
    const { low, high, log, whole } = this;
    const value = log ? low * (high / low) ** part : low + (high - low) * part;
    return whole ? Math.round(value) : value;
  }

  write() {
    const text = `${this.symbol} = ${this.answer === null ? "?" : short(this.answer)}`;
    this.said.textContent = text;
    this.field.setAttribute("aria-valuetext", text);
    this.root.toggleAttribute("data-open", this.answer === null);
  }

  freeze(on) {
    this.field.disabled = on;
  }

  tell() {
    const { right, answer, words, truth } = this;
    truth.hidden = false;
    truth.textContent = short(right);
    truth.title = `${this.symbol} = ${short(right)}`;
    truth.style.setProperty("--at", this.part(right));
    if (answer === null) return [];
    const off = this.log ? Math.max(answer / right, right / answer) : Math.abs(answer - right);
    const within = ({ factor, part }) => (this.log ? off <= factor : off <= part * (this.high - this.low));
    const high = answer > right;
    const far = this.log ? (high ? words.times_high : words.times_low) : high ? words.more : words.less;
    const sentence = within(NEAR) ? words.slide_near : within(CLOSE) ? `${words.not_far} ${far}` : far;
    return [filled(sentence, { guess: short(answer), answer: short(right), off: short(off, 2) })];
  }

  end() {}
}

function filled(sentence, values) {
  return sentence.replace(/{(\w+)}/g, (_, name) => values[name]);
}

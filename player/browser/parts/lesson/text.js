// What stands beside a lesson's scene: the setting, the question, and after the run what happened and what can be tried.

import { element } from "../../base/element.js";
import { clock, onText } from "../../stage/clock.js";
import { reveal, waiting } from "../../stage/predict.js";
import { questionOf } from "./questions.js";
import { Trying } from "./trying.js";

export class Text {
  /** `turn(by)` goes to another step; `live`: whether a server works out what is tried. */
  constructor(root, slider, board, { turn, live }) {
    Object.assign(this, { root, slider, board, turn, live });
    onText(() => this.told());
  }

  show(lesson, step, anew) {
    Object.assign(this, { lesson, step });
    const { words } = lesson;
    const before = anew ? null : this.asked?.answer;
    const over = !anew && this.over;
    this.asked?.end();
    this.trying?.end();
    this.asked = step.question && questionOf(step.question, words, () => this.press());
    this.asked?.restore?.(before);
    this.run = element("button", { type: "button", className: "dl-lesson-run", textContent: words.skip });
    this.run.addEventListener("click", () => reveal());
    const last = step.number === lesson.steps.length - 1;
    const next = element("button", { type: "button", className: "dl-lesson-next", textContent: last ? words.end : words.next });
    next.hidden = last && !this.live;
    next.addEventListener("click", () => this.turn(1));
    const back = element("button", { type: "button", className: "dl-lesson-back", textContent: words.back, disabled: step.number === 0 });
    back.addEventListener("click", () => this.turn(-1));
    this.after = element("div", { className: "dl-lesson-after", hidden: true, role: "status" });
    this.rest = element("div", { className: "dl-lesson-rest", hidden: true });
    this.said = element("p", { className: "dl-lesson-said", role: "status" });
    const count = words.step.replace("{number}", step.number + 1).replace("{count}", lesson.steps.length);
    const asking = step.question ? [element("h3", {}, words.predict), ...paragraphs(step.question.text), this.asked.root, this.run] : [];
    this.root.replaceChildren(
      element("p", { className: "dl-lesson-count" }, count),
      element("h2", {}, step.title),
      ...paragraphs(step.setting),
      element("div", { className: "dl-lesson-asking" }, ...asking),
      this.after,
      this.rest,
      this.said,
      element("div", { className: "dl-lesson-ends" }, back, next),
    );
    this.over = false;
    if (anew) this.root.scrollTop = 0;
    if (!step.scene || over) this.tell();
    this.press();
  }

  say(text) {
    if (this.said) this.said.textContent = text;
  }

  /** The button says whether a guess goes with the run. */
  press() {
    this.run.textContent = (this.asked?.answer ?? null) === null ? this.lesson.words.skip : this.lesson.words.run;
  }

  /** Once the run is over, the rest is told. */
  told() {
    if (!this.step?.scene) return;
    this.run.hidden = !waiting();
    this.asked?.freeze(!waiting());
    if (!this.over && !waiting() && clock.step >= clock.total) this.tell();
  }

  tell() {
    const { words } = this.lesson;
    this.over = true;
    const answer = this.asked?.verdict(words) ?? "";
    const parts = [element("h3", {}, words.happened), ...(answer ? [element("p", { className: "dl-lesson-verdict" }, answer)] : [])];
    this.after.replaceChildren(...parts, ...paragraphs(this.step.happened));
    this.after.hidden = false;
    if (this.step.try || this.step.sliders.length || this.step.challenge) {
      this.trying = new Trying(this.rest, this.slider, this.board, this.lesson, this.step, this.live);
      this.rest.prepend(element("h3", {}, words.try), ...paragraphs(this.step.try));
      this.rest.hidden = false;
    }
    if (this.live)
      this.rest.after(element("a", { className: "dl-lesson-open", href: this.step.link, target: "_blank", rel: "noopener" }, this.step.open));
  }
}

/** A text's paragraphs, which blank lines part. */
function paragraphs(text) {
  return text ? text.split(/\n\s*\n/).map((part) => element("p", {}, part)) : [];
}

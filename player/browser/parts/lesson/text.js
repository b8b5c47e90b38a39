// What stands beside a lesson's scene: the setting, the question, and after the run what happened and what can be tried.

import { element } from "../../base/element.js";
import { setText } from "../../base/text.js";
import { clock, onText, pause } from "../../stage/clock.js";
import { ask, reveal, waiting } from "../../stage/predict.js";
import { Accounts } from "./accounts.js";
import { tellLesson } from "./heard.js";
import { questionOf } from "./questions.js";
import { Trying } from "./trying.js";

export class Text {
  /**
   * `turn(by)` goes to another step, `anew()` shows this one as at first; `live`: whether a server works out what is tried, `home`: where else one
   * does.
   */
  constructor(root, slider, board, { turn, anew, live, home }) {
    Object.assign(this, { root, slider, board, turn, anew, live, home });
    this.notes = element("div", { className: "dl-lesson-notes" });
    this.body = element("div", { className: "dl-lesson-body" });
    this.said = element("p", { className: "dl-lesson-said", role: "status" });
    this.back = element("button", { type: "button", className: "dl-lesson-back" });
    this.next = element("button", { type: "button", className: "dl-lesson-next" });
    this.back.addEventListener("click", () => this.turn(-1));
    this.next.addEventListener("click", () => this.turn(1));
    root.replaceChildren(this.notes, this.body, this.said, element("div", { className: "dl-lesson-ends" }, this.back, this.next));
    onText(() => this.told());
  }

  /** A step; `anew`: what was answered and tried before is forgotten. */
  show(lesson, step, anew) {
    Object.assign(this, { lesson, step });
    const { words } = lesson;
    if (anew) Object.assign(this, { kept: {}, tried: { lanes: {}, start: null }, over: false });
    this.drop();
    const { board, kept } = this;
    this.asked = step.question ? questionOf(step.question, { words, kept, changed: () => this.answered(), board }) : null;
    this.run = element("button", { type: "button", className: "dl-lesson-run" });
    this.run.addEventListener("click", () => this.start());
    this.held = null;
    if (anew) ask(this.asked?.lanes ?? []);
    this.after = element("section", { className: "dl-lesson-after", hidden: true });
    this.rest = element("section", { className: "dl-lesson-rest", hidden: true });
    const count = words.step.replace("{number}", step.number + 1).replace("{count}", lesson.steps.length);
    this.body.replaceChildren(
      element("p", { className: "dl-lesson-count" }, count),
      element("h2", { tabIndex: -1 }, step.title),
      ...paragraphs(step.setting),
      ...(this.asked ? [this.asking()] : []),
      this.after,
      this.rest,
    );
    this.body.tabIndex = -1;
    const last = step.number === lesson.steps.length - 1;
    Object.assign(this.next, { textContent: last ? words.end : words.next, hidden: last && !this.live });
    Object.assign(this.back, { textContent: words.back, disabled: step.number === 0 });
    if (anew) this.body.scrollTop = 0;
    if (this.over) this.tell();
    this.press();
    this.told();
  }

  asking() {
    const { words } = this.lesson;
    const { question } = this.step;
    const text = question.kind === "choice" ? [] : paragraphs(question.text); // a choice has it as its legend
    return element("section", { className: "dl-lesson-asking" }, element("h3", {}, words.predict), ...text, this.asked.root, this.run);
  }

  /** Nothing of a step is left. */
  drop() {
    this.asked?.end();
    this.accounts?.end();
    this.trying?.end();
    this.asked = this.accounts = this.trying = null;
  }

  /** A sentence below the text: what is waited for, or what went wrong. */
  say(text) {
    setText(this.said, text);
  }

  /** What of the address was ignored. */
  note(sentences) {
    this.notes.replaceChildren(...sentences.map((each) => element("p", { className: "dl-complaint", role: "status" }, each)));
  }

  /** Run it; or once that is over, ask again. */
  start() {
    if (waiting()) {
      this.called = true; // what is told is brought into sight
      reveal();
      if (!this.step.scene) pause(); // a page in a frame has no clock of ours
      return;
    }
    this.anew();
  }

  answered() {
    this.press();
    tellLesson("answer", this.step.question, this.asked.answer);
  }

  /** The button says whether a guess goes with the run, and afterwards asks again. */
  press() {
    const { words } = this.lesson;
    const answered = (this.asked?.answer ?? null) !== null;
    const [run, skip] = this.step.scene ? [words.run, words.skip] : [words.tell, words.tell];
    setText(this.run, !waiting() ? words.again : answered ? run : skip);
    this.run.toggleAttribute("data-quiet", !waiting() || !answered);
  }

  /** Once the run is over, the rest is told. */
  told() {
    if (!this.step) return;
    const held = waiting();
    if (this.held !== held) {
      this.held = held;
      this.asked?.freeze(!held);
      this.press();
    }
    if (!this.over && !held && (!this.step.scene || clock.step >= clock.total)) this.tell();
  }

  tell() {
    const { words } = this.lesson;
    const first = !this.over;
    this.over = true;
    const verdicts = (this.asked?.tell() ?? []).map((each) => element("p", { className: "dl-lesson-verdict" }, each));
    const news = element("div", { role: "status" }); // what is put into it then is read out
    this.accounts = this.step.scene && new Accounts(words);
    this.after.replaceChildren(news, this.accounts?.root ?? "");
    this.after.hidden = false;
    news.append(element("h3", {}, words.happened), ...verdicts, ...paragraphs(this.step.happened));
    this.rest.hidden = false;
    this.trying = new Trying(this.rest, this.slider, this.board, {
      lesson: this.lesson,
      step: this.step,
      live: this.live,
      home: this.home,
      tried: this.tried,
    });
    this.rest.prepend(...(this.trying.offers ? [element("h3", {}, words.try), ...paragraphs(this.step.try)] : []));
    if (first && this.called) this.bring(news);
    this.called = false;
  }

  /** Into sight, where it is not; only after a press of the button, so that nothing moves under a reader. */
  bring(part) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    part.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
  }
}

/** A text's paragraphs, which blank lines part. */
function paragraphs(text) {
  return text ? text.split(/\n\s*\n/).map((part) => element("p", {}, part)) : [];
}

// The keys of who presents a lesson: Page Down and Page Up as a clicker sends them, B for a black screen, a number and Enter for a step.

import { element } from "../../base/element.js";

const LATE = 3000; // milliseconds that a typed number waits for Enter
const FIELDS = "input, select, textarea, [contenteditable=true]";
const CLICKED = "input[type=range], input[type=radio], input[type=checkbox], select";

export class Presenter {
  /** turn(by) and go(number) lead to other steps; lesson() is what is shown. */
  constructor(player, { turn, go, lesson }) {
    Object.assign(this, { player, turn, go, lesson, typed: "" });
    player.classroom.presenting = {}; // what Page keys do on the Race page
    this.black = element("div", { className: "dl-lesson-black", hidden: true });
    this.black.addEventListener("pointerdown", () => this.darken(false));
    document.body.append(this.black);
    document.addEventListener("keydown", (event) => this.pressed(event), true);
    document.addEventListener("pointerdown", (event) => (this.clicked = event.target), true);
    document.addEventListener("focusin", (event) => event.target !== this.clicked && (this.clicked = null));
  }

  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]") || this.writing(event.target)) return;
    const act = this.act(event.key);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  /** What a key does, or nothing. */
  act(key) {
    const { typed } = this;
    const by = { PageDown: 1, PageUp: -1 }[key];
    if (by) return () => this.leave(() => this.turn(by));
    if (key === "b" || key === "B" || key === ".") return () => this.darken(this.black.hidden);
    if (!this.black.hidden) return () => this.darken(false); // any key brings it back
    if (/^\d$/.test(key)) return () => this.type(typed + key);
    if (key === "Enter" && typed) return () => this.enter();
    if (typed) this.type("");
    return null;
  }

  darken(on) {
    this.black.hidden = !on;
  }

  leave(act) {
    this.darken(false);
    this.type("");
    act();
  }

  /** The number so far; it is said, and forgotten after a while. */
  type(text) {
    clearTimeout(this.timer);
    this.typed = text;
    if (!text) return;
    this.player.say(this.lesson().words.goto.replace("{number}", text));
    this.timer = setTimeout(() => (this.typed = ""), LATE);
  }

  enter() {
    const number = Number(this.typed);
    const { steps, words } = this.lesson();
    this.type("");
    if (number >= 1 && number <= steps.length) this.go(number - 1);
    else this.player.say(words.no_step.replace("{number}", number).replace("{count}", steps.length));
  }

  /** Whether keys belong to a field: a slider or a choice that was only clicked gives them back. Its document may be that of a frame. */
  writing(target) {
    return Boolean(target.matches?.(FIELDS)) && !(target === this.clicked && target.matches(CLICKED));
  }
}

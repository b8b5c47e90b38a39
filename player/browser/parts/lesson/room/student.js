// A student in a lecture hall's room: follows the teacher where that is wanted, and sends what is predicted.

import { element } from "../../../base/element.js";
import { setText } from "../../../base/text.js";
import { onLesson } from "../heard.js";
import { sent } from "./answer.js";
import { post, remember, state, stranger } from "./calls.js";
import { Poll } from "./poll.js";

const PACE = 1000; // milliseconds between two answers

export class Student {
  /** room = {code, era, who}; left() is called once it is over. */
  constructor(root, lesson, words, room, left) {
    Object.assign(this, { root, lesson, words, left, following: true, mine: null, told: null, place: null });
    this.room = { era: "", ...room, who: room.who ?? stranger() };
    this.following = room.following ?? true;
    this.make();
    this.ends = [onLesson("step", (_lesson, anew) => this.stepped(anew)), onLesson("answer", (question, answer) => this.answered(question, answer))];
    this.poll = new Poll(() => this.ask());
  }

  make() {
    this.parts = {
      name: element("b", { className: "dl-room-name" }),
      follow: element("input", { type: "checkbox", checked: this.following }),
      label: element("span", {}),
      there: element("button", { type: "button", className: "dl-room-there", hidden: true }),
      said: element("span", { className: "dl-room-said", role: "status" }),
      leave: element("button", { type: "button", className: "dl-room-leave" }),
      about: element("details", { className: "dl-room-about" }, element("summary", {}, element("span", {})), element("p", {})),
    };
    const { name, follow, label, there, said, leave, about } = this.parts;
    follow.addEventListener("change", () => this.follow(follow.checked));
    there.addEventListener("click", () => this.go());
    leave.addEventListener("click", () => this.end());
    this.toggle = element("label", { className: "dl-room-follow" }, follow, label);
    this.root.replaceChildren(name, this.toggle, there, said, about, leave);
    this.speak(this.words);
  }

  /** In another language. */
  speak(words) {
    this.words = words;
    const { name, label, there, leave, about } = this.parts;
    setText(name, words.room.replace("{code}", this.room.code));
    setText(label, words.follow);
    setText(there, words.there);
    setText(leave, "×");
    leave.title = words.leave;
    leave.setAttribute("aria-label", words.leave);
    setText(about.querySelector("span"), words.about);
    about.firstChild.title = words.about;
    setText(about.lastChild, words.student);
    this.write();
  }

  async ask() {
    const { code, who, era } = this.room;
    try {
      const told = await state({ code, who, era, since: this.since ?? "" });
      this.away = false;
      if (told) this.take(told);
      await this.send();
      this.write();
    } catch (error) {
      if (!error.why) {
        this.away = true;
        this.write();
        throw error;
      }
      if (error.final) return this.stop(error.message);
      this.write(error.message);
      return error.after;
    }
    return 0;
  }

  take({ since, era, lesson, step, revealed }) {
    const moved = this.place?.lesson !== lesson || this.place?.step !== step;
    if (this.revealed && !revealed) this.told = null; // it may be answered again
    Object.assign(this, { since, revealed, place: { lesson, step } });
    this.room.era = era;
    this.keep();
    if (moved && this.following) this.go();
  }

  /** Whether this page is where the teacher is. */
  get here() {
    const { lesson, now } = this.lesson;
    return !this.place || (lesson?.name === this.place.lesson && now?.name === this.place.step);
  }

  go() {
    if (this.here) return;
    const { lesson, step } = this.place;
    const number = this.lesson.lesson.steps.findIndex(({ name }) => name === step);
    if (lesson === this.lesson.lesson.name) this.lesson.go(number);
    else location.assign(new URL(`lessons?${new URLSearchParams({ lesson, step, lang: this.lesson.language })}`, document.baseURI));
  }

  follow(on) {
    this.following = on;
    this.keep();
    if (on && this.place) this.go();
  }

  keep() {
    remember({ ...this.room, following: this.following });
  }

  stepped(anew) {
    if (anew) [this.mine, this.told] = [null, null];
    this.write();
  }

  answered(question, answer) {
    this.mine = sent(question, answer);
    clearTimeout(this.later);
    this.later = setTimeout(() => this.poll.soon(), Math.max(0, (this.due ?? 0) - Date.now()));
    this.write();
  }

  /** Send what has been answered since. */
  async send() {
    const now = JSON.stringify(this.mine);
    if (this.mine === null || now === this.told || !this.here || this.revealed || Date.now() < (this.due ?? 0)) return;
    this.due = Date.now() + PACE;
    const { code, who, era } = this.room;
    try {
      await post("tell", { code, who, era, ...this.place, answer: this.mine });
      this.told = now;
    } catch (error) {
      if (!["shown", "elsewhere", "unreadable"].includes(error.why)) throw error;
    }
  }

  write(said = "") {
    const { words, mine, told, away, revealed, here } = this;
    const { there } = this.parts;
    there.hidden = here;
    const counted = mine !== null && JSON.stringify(mine) === told;
    const asked = Boolean(this.lesson.now?.question);
    const usual =
      !here || !this.place || !asked ? "" : revealed ? words.shown : counted ? words.counted : mine !== null ? words.sending : words.predict;
    setText(this.parts.said, said || (away ? words.away : usual));
  }

  /** The room is over; the lesson goes on. */
  stop(text) {
    this.quit();
    setText(this.parts.said, text);
    for (const part of [this.toggle, this.parts.there, this.parts.about]) part.hidden = true;
    this.root.setAttribute("data-over", "");
  }

  quit() {
    if (!this.poll.over) remember(null);
    this.poll.end();
    clearTimeout(this.later);
    for (const end of this.ends) end();
  }

  end() {
    this.quit();
    this.left();
  }
}

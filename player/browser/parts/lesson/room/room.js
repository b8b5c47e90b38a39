// The room of a lecture hall on a lesson's page: who opened it leads it, who came by its code follows; everybody else has a button to do either.

import { element } from "../../../base/element.js";
import { setText } from "../../../base/text.js";
import { onLesson } from "../heard.js";
import { post, remembered } from "./calls.js";
import { Student } from "./student.js";
import { Teacher } from "./teacher.js";

export class Room {
  /** words: what it says, by language. */
  constructor(lesson, words) {
    Object.assign(this, { lesson, all: words, side: null });
    this.strip = element("section", { className: "dl-room", hidden: true });
    document.querySelector(".dl-lesson-top").after(this.strip);
    this.button = element("button", { type: "button", className: "dl-room-open" });
    this.button.addEventListener("click", () => this.dialog.showModal());
    document.querySelector(".dl-choices").prepend(this.button);
    this.make();
    onLesson("step", () => {
      this.speak();
      if (!this.came) this.come();
    });
  }

  get words() {
    return this.all[this.lesson.language];
  }

  make() {
    this.parts = {
      title: element("h2", {}),
      teach: element("p", {}),
      open: element("button", { type: "button" }),
      study: element("p", {}),
      code: element("input", { maxLength: 8, size: 6, autocomplete: "off", spellcheck: false, autocapitalize: "characters", required: true }),
      join: element("button", {}),
      said: element("p", { className: "dl-room-said", role: "status" }),
      close: element("button", { type: "button" }),
    };
    const { title, teach, open, study, code, join, said, close } = this.parts;
    const form = element("form", { className: "dl-room-door" }, code, join);
    this.dialog = element(
      "dialog",
      { className: "dl-dialog dl-room-opening" },
      title,
      teach,
      open,
      study,
      form,
      said,
      element("div", { className: "dl-ends" }, close),
    );
    open.addEventListener("click", () => this.open());
    close.addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.dialog.close();
      this.enter(Student, { code: code.value.toUpperCase().replace(/[^A-Z0-9]/g, "") });
    });
    document.body.append(this.dialog);
  }

  speak() {
    const { words } = this;
    const { title, teach, open, study, code, join, close } = this.parts;
    setText(this.button, words.button);
    setText(title, words.title);
    setText(teach, words.teacher);
    setText(open, words.open);
    setText(study, words.study);
    code.setAttribute("aria-label", words.code);
    code.placeholder = words.code;
    setText(join, words.join);
    setText(close, words.shut);
    this.strip.setAttribute("aria-label", words.title);
    if (this.spoken && this.spoken !== words) this.side?.speak(words);
    this.spoken = words;
  }

  /** By a link with a code, or back after a while. */
  come() {
    this.came = true;
    const address = new URL(location.href);
    const code = address.searchParams.get("room");
    const kept = remembered();
    if (code) {
      address.searchParams.delete("room");
      history.replaceState(history.state, "", address);
    }
    if (kept?.secret && (!code || code === kept.code)) return this.enter(Teacher, kept);
    if (code && code !== kept?.code) return this.enter(Student, { code });
    if (kept?.code) this.enter(Student, kept);
  }

  async open() {
    const { open, said } = this.parts;
    open.disabled = true;
    try {
      const { lesson, now } = this.lesson;
      const room = await post("open", { lesson: lesson.name, step: now.name });
      this.dialog.close();
      this.enter(Teacher, room);
      this.side.wall.open();
      setText(said, "");
    } catch (error) {
      setText(said, error.why ? error.message : this.words.away);
    }
    open.disabled = false;
  }

  enter(Side, room) {
    this.strip.removeAttribute("data-over");
    this.strip.hidden = false;
    this.button.hidden = true;
    this.strip.dataset.side = Side === Teacher ? "teacher" : "student";
    this.side = new Side(this.strip, this.lesson, this.words, room, () => this.leave());
    this.fit();
  }

  leave() {
    this.side = null;
    this.strip.hidden = true;
    this.button.hidden = false;
    this.fit();
  }

  /** The scene has another height. */
  fit() {
    dispatchEvent(new Event("resize"));
  }
}

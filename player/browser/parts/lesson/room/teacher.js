// The teacher's side of a lecture hall's room: its code for the wall, how many are here and have answered, and what they answered once it is shown.

import { element } from "../../../base/element.js";
import { setText } from "../../../base/text.js";
import { onLesson } from "../heard.js";
import { Answers } from "./answers.js";
import { post, remember, state } from "./calls.js";
import { Poll } from "./poll.js";
import { Wall } from "./wall.js";

export class Teacher {
  /** room = {code, era, secret}; left() is called once it is over. */
  constructor(root, lesson, words, room, left) {
    Object.assign(this, { root, lesson, words, room, left, revealed: false, told: null });
    this.wall = new Wall(room.code);
    this.answers = new Answers(lesson);
    this.make();
    this.ends = [onLesson("step", () => this.stepped())];
    this.poll = new Poll(() => this.ask());
    this.stepped();
    remember(room);
  }

  make() {
    const button = (name) => element("button", { type: "button", className: `dl-room-${name}` });
    this.parts = {
      name: element("b", { className: "dl-room-name" }),
      count: element("span", { className: "dl-room-count" }),
      said: element("span", { className: "dl-room-said", role: "status" }),
      show: button("show"),
      wall: button("wall"),
      close: button("close"),
      about: element("details", { className: "dl-room-about" }, element("summary", {}, element("span", {})), element("p", {})),
    };
    const { name, count, said, show, wall, close, about } = this.parts;
    show.addEventListener("click", () => this.reveal());
    wall.addEventListener("click", () => this.wall.open());
    close.addEventListener("click", () => this.close());
    this.root.replaceChildren(name, wall, count, show, said, about, close);
    this.speak(this.words);
  }

  speak(words) {
    this.words = words;
    const { name, wall, close, about } = this.parts;
    setText(name, words.room.replace("{code}", this.room.code));
    setText(wall, words.wall);
    setText(close, words.close);
    setText(about.querySelector("span"), words.about);
    about.firstChild.title = words.about;
    setText(about.lastChild, words.teacher);
    this.wall.speak(words);
    this.write();
  }

  async ask() {
    const { code, era, secret } = this.room;
    try {
      await this.lead();
      const told = await state({ code, era, since: this.since ?? "" }, secret);
      this.away = false;
      if (told) this.take(told);
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

  take(told) {
    this.since = told.since;
    this.told = told;
    this.answers.show(this.here ? told : null);
  }

  /** Whether the room is known to be at the step that is shown. */
  get here() {
    return this.told?.step === this.lesson.now.name && this.told?.lesson === this.lesson.lesson.name;
  }

  stepped() {
    const place = { lesson: this.lesson.lesson.name, step: this.lesson.now.name };
    if (place.lesson !== this.place?.lesson || place.step !== this.place?.step) {
      // A page that was loaded again leaves shown what was shown.
      [this.place, this.wanted] = [
        place,
        this.place ? { ...place, revealed: false } : { ...place, revealed: this.told?.revealed ?? false, first: true },
      ];
      this.poll?.soon();
    }
    this.answers.show(this.here ? this.told : null); // what stands beside the scene was made anew
    this.write();
  }

  /** Show the answers, or hide them; where another page has led the room elsewhere, bring it here. */
  reveal() {
    this.wanted = { ...this.place, revealed: this.here && !this.told.revealed };
    this.poll.soon();
  }

  /** Tell the room what is wanted of it, until it has heard. */
  async lead() {
    const { wanted } = this;
    if (!wanted) return;
    const { code, era, secret } = this.room;
    if (wanted.first) {
      const told = await state({ code, era, since: "" }, secret);
      if (told.lesson === wanted.lesson && told.step === wanted.step) wanted.revealed = told.revealed;
    }
    const { lesson, step, revealed } = wanted;
    await post("lead", { code, era, secret, lesson, step, revealed });
    if (this.wanted === wanted) this.wanted = null;
  }

  async close() {
    const { code, era, secret } = this.room;
    try {
      await post("lead", { code, era, secret, close: true });
    } catch (error) {
      if (!error.final) return this.write(error.why ? error.message : this.words.away);
    }
    this.end();
  }

  write(said = "") {
    const { words, told, away } = this;
    const { count, show } = this.parts;
    const here = told && this.here;
    const counts = here ? (told.kind ? words.counts : words.students).replace("{students}", told.students).replace("{answers}", told.answers) : "";
    setText(count, counts);
    this.wall.count(here ? words.students.replace("{students}", told.students) : "");
    show.hidden = !told || Boolean(this.wanted) || (here && !told.kind);
    setText(show, !here ? words.bring : told.revealed ? words.hide : words.show);
    show.setAttribute("aria-pressed", String(Boolean(here && told.revealed)));
    setText(this.parts.said, said || (away ? words.away : ""));
  }

  stop(text) {
    this.quit();
    setText(this.parts.said, text);
    for (const name of ["count", "show", "wall", "about"]) this.parts[name].hidden = true;
    this.wall.close();
    setText(this.parts.close, "×");
    this.parts.close.title = this.words.leave;
    this.parts.close.setAttribute("aria-label", this.words.leave);
    this.close = () => {
      this.wall.end();
      this.left();
    };
    this.root.setAttribute("data-over", "");
  }

  quit() {
    if (!this.poll.over) remember(null);
    this.poll.end();
    this.answers.show(null);
    for (const end of this.ends) end();
  }

  end() {
    this.quit();
    this.wall.end();
    this.left();
  }
}

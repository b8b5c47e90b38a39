// The page of a lesson: which step is shown, in which language, and what the keys and the address have to do with it.

import { element } from "../../base/element.js";
import { setText } from "../../base/text.js";
import { Examples } from "../../parts/examples.js";
import { Dots } from "../../parts/lesson/dots.js";
import { reach } from "../../parts/lesson/reached.js";
import { Text } from "../../parts/lesson/text.js";
import { Board } from "../page/board.js";
import { onTheme, turnTheme } from "../page/theme.js";

const find = (selector) => document.querySelector(selector);

export class Lesson {
  constructor(source) {
    this.source = source;
    this.board = new Board(Examples, () => {});
    this.text = new Text(find(".dl-lesson-text"), find("#dl-slider"), this.board, {
      turn: (by) => this.turn(by),
      live: source.live,
    });
    this.dots = new Dots(find(".dl-lesson-dots"), (number) => this.go(number));
    this.look = find(".dl-look");
    this.menu = find(".dl-language");
    this.look.addEventListener("click", turnTheme);
    this.menu.addEventListener("change", () => this.speak(this.menu.value));
    addEventListener("popstate", () => this.arrive());
    document.addEventListener("keydown", (event) => this.key(event));
    onTheme(() => this.now && this.board.now && this.board.colour());
    this.language = source.language;
    this.go(source.live ? source.number : this.addressed(), false);
  }

  /** The number of the step that the address names, in a file after #. */
  addressed() {
    const name = this.source.live ? new URLSearchParams(location.search).get("step") : location.hash.slice(1);
    const number = this.lesson?.steps.findIndex((step) => step.name === name) ?? 0;
    return Math.max(number, 0);
  }

  arrive() {
    const language = new URLSearchParams(location.search).get("lang");
    if (this.source.live && language) this.language = language;
    this.go(this.addressed(), false);
  }

  /** To a step; `kept`: as an entry of the history. */
  async go(number, kept = true) {
    const turn = (this.turning = {});
    const { language } = this;
    let told;
    try {
      told = await this.source.step(number, language);
    } catch (error) {
      console.warn(error);
      if (turn === this.turning) this.text.say(this.lesson?.words.lost ?? error.message);
      return;
    }
    if (turn !== this.turning) return; // another one was asked for meanwhile
    this.lesson = told.lesson;
    const anew = this.now?.name !== told.step.name;
    this.now = told.step;
    this.number = number;
    reach(told.lesson.name, number);
    if (kept) this.keep();
    this.show(anew);
    if (this.source.live && number + 1 < this.lesson.steps.length) this.source.step(number + 1, language).catch(() => {}); // it is there at once then
  }

  turn(by) {
    const to = this.number + by;
    if (to >= this.lesson.steps.length && this.source.live) location.href = new URL(`lessons?lang=${this.language}`, document.baseURI).href;
    else if (to >= 0 && to < this.lesson.steps.length) this.go(to);
  }

  /** The address of the step that is shown. */
  keep() {
    if (!this.source.live) return history.replaceState(null, "", `#${this.now.name}`);
    const query = new URLSearchParams({ lesson: this.lesson.name, step: this.now.name, lang: this.language });
    if (`?${query}` !== location.search) history.pushState(null, "", `?${query}`);
  }

  async speak(language) {
    this.language = language;
    await this.go(this.number);
  }

  show(anew) {
    const { lesson, now } = this;
    document.documentElement.lang = lesson.language;
    document.title = `${now.title} · ${lesson.title}`;
    setText(find(".dl-lesson-top .dl-title"), lesson.title);
    const home = element("a", { href: this.source.live ? `lessons?lang=${lesson.language}` : "#", textContent: lesson.words.lessons });
    find(".dl-lesson-way").replaceChildren(...(this.source.live ? [home] : []));
    this.dots.show(lesson, this.number);
    this.menu.replaceChildren(...lesson.languages.map(({ language, name }) => element("option", { value: language }, name)));
    this.menu.value = lesson.language;
    for (const [control, text] of [
      [this.look, lesson.words.look],
      [this.menu, lesson.words.language],
    ]) {
      control.title = text;
      control.setAttribute("aria-label", text);
    }
    this.scene(anew);
    this.text.show(lesson, now, anew);
  }

  scene(anew) {
    const { scene } = this.now;
    const frame = find(".dl-lesson-frame");
    find(".dl-maps").hidden = find(".dl-player").hidden = !scene;
    find(".dl-data").hidden = !scene?.data;
    frame.hidden = Boolean(scene);
    if (!scene) return this.framed(frame);
    const mode = { ...scene.transport.mode, predict: this.now.question ? 1 : 0 };
    const reset = anew ? (this.resets = (this.resets ?? 0) + 1) : this.resets;
    this.board.show({ ...scene, transport: { ...scene.transport, mode, reset } }, anew);
  }

  /** Another page of the program, as it is there. */
  framed(frame) {
    frame.title = this.now.title;
    const address = new URL(this.now.link, document.baseURI);
    address.searchParams.set("lang", this.language);
    if (frame.src !== address.href) frame.src = address.href;
  }

  /** Page Down and Page Up are a clicker's. */
  key(event) {
    if (document.querySelector("dialog[open]") || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { PageDown: 1, PageUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    this.turn(by);
  }
}

// The page of a lesson: which step is shown, in which language, and what the address has to do with it.

import { element } from "../../base/element.js";
import { setText } from "../../base/text.js";
import { Examples } from "../../parts/examples.js";
import { Dots } from "../../parts/lesson/dots.js";
import { Frame } from "../../parts/lesson/frame.js";
import { tellLesson } from "../../parts/lesson/heard.js";
import { Papers } from "../../parts/lesson/papers.js";
import { Presenter } from "../../parts/lesson/presenter.js";
import { reach } from "../../parts/lesson/reached.js";
import { Shown } from "../../parts/lesson/second.js";
import { Text } from "../../parts/lesson/text.js";
import { clock, seek } from "../../stage/clock.js";
import { mode } from "../../stage/mode.js";
import { guess, guessNext, waiting } from "../../stage/predict.js";
import { answerWith } from "../../stage/quiet.js";
import { Board } from "../page/board.js";
import { onTheme, turnTheme } from "../page/theme.js";

const PATIENCE = 300; // milliseconds until it is said that a step is on its way
const LATER = 2000; // milliseconds until a server that did not answer is asked again

const find = (selector) => document.querySelector(selector);

export class Lesson {
  constructor(source) {
    this.source = source;
    this.board = new Board(Examples, (settings) => this.text.trying?.keep(settings));
    this.board.pick = (index, point) => this.pick(index, point);
    this.text = new Text(find(".dl-lesson-text"), find("#dl-slider"), this.board, {
      turn: (by) => this.turn(by),
      anew: () => this.show(true),
      live: source.live,
      home: source.home,
    });
    this.dots = new Dots(find(".dl-lesson-dots"), (number) => this.go(number));
    this.presenter = new Presenter(this.board.player, {
      turn: (by) => this.turn(by),
      go: (number) => this.go(number),
      lesson: () => this.lesson,
    });
    this.papers = source.live && new Papers(find(".dl-choices"));
    this.second = source.live && new Shown((by) => this.turn(by));
    this.frame = new Frame(find(".dl-lesson-frame"), (event) => this.presenter.pressed(event));
    this.look = find(".dl-look");
    this.menu = find(".dl-language");
    this.look.addEventListener("click", turnTheme);
    this.menu.addEventListener("change", () => this.speak(this.menu.value));
    this.board.player.classroom.send = ({ hide }) => {
      this.board.player.classroom.sent = null; // nobody answers: the next step's mode is the one that holds
      this.hidden = hide;
    };
    if (!source.live) answerWith(async (path) => new Response(this.now.scene.accounts[Number(path.match(/\d+/)[0]) - 1]));
    addEventListener("popstate", () => this.arrive());
    addEventListener("beforeprint", () => seek(clock.total)); // on paper stands the end, unless that is still to be predicted
    onTheme(() => this.now && this.board.now && this.board.colour());
    this.language = source.language;
    this.text.note(source.said);
    this.go(source.live ? source.number : this.addressed(), false);
  }

  /** The number of the step that the address names, in a file after #. */
  addressed() {
    const name = this.source.live ? new URLSearchParams(location.search).get("step") : location.hash.slice(1);
    const steps = this.lesson?.steps ?? this.source.steps ?? [];
    const number = steps.findIndex((step) => step.name === name);
    return Math.max(number, 0);
  }

  arrive() {
    const language = new URLSearchParams(location.search).get("lang");
    if (this.source.live && language) this.language = language;
    this.go(this.addressed(), false);
  }

  /** To a step; `kept`: as an entry of the history. Once the server answers again where it does not. */
  async go(number, kept = true) {
    const turn = (this.turning = {});
    const { language } = this;
    const patience = setTimeout(() => this.text.say(this.lesson?.words.waiting ?? ""), PATIENCE);
    let told;
    try {
      told = await this.source.step(number, language);
    } catch (error) {
      if (turn !== this.turning) return;
      this.text.say(error.why ? error.message : (this.lesson?.words.lost ?? ""));
      setTimeout(() => turn === this.turning && this.go(number, kept), LATER);
      return;
    } finally {
      clearTimeout(patience);
    }
    if (turn !== this.turning) return; // another one was asked for meanwhile
    const anew = this.now?.name !== told.step.name;
    if (anew && this.now) this.text.note([]);
    Object.assign(this, { lesson: told.lesson, now: told.step, number });
    reach(told.lesson.name, number);
    if (this.second) this.second.show(told.lesson.name, told.step.name);
    if (kept) this.keep();
    this.text.say("");
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
    if (this.papers) this.papers.show(lesson);
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
    tellLesson("step", this, anew);
  }

  scene(anew) {
    const { scene } = this.now;
    const { words } = this.lesson;
    find(".dl-maps").hidden = find(".dl-bar").hidden = !scene;
    find(".dl-data").hidden = !scene?.data;
    find(".dl-charts").dataset.note = words.curves_later;
    find(".dl-lesson-scene").dataset.note = words.page_later;
    document.documentElement.dataset.scene = scene ? this.now.page : "frame";
    const { classroom } = this.lesson;
    const { present } = this.shown ? mode : classroom.mode;
    this.shown = true;
    if (!scene) {
      this.board.player.classroom.show({ ...classroom, mode: { present, hide: [], predict: this.now.question ? 1 : 0 }, predictable: false });
      return this.source.live ? this.frame.show(this.address(), this.now.title, words.page_waiting) : this.frame.away(words.no_page);
    }
    this.frame.hide();
    const told = scene.transport.mode;
    const transport = {
      ...scene.transport,
      mode: { present, hide: this.hidden ?? told.hide, predict: this.now.question ? 1 : 0 },
      predictable: false,
    };
    const reset = anew ? (this.resets = (this.resets ?? 0) + 1) : this.resets;
    const settings = this.source.live ? { ...scene.settings, ...scene.start } : scene.settings; // a start that can be moved
    this.board.show({ ...scene, settings, transport: { ...transport, reset } }, anew);
  }

  /** The page of the program that a step shows as it is, without its row at the top. */
  address() {
    const url = new URL(this.now.link, document.baseURI);
    const hidden = [url.searchParams.get("hide"), "top"].filter(Boolean).join();
    for (const [name, value] of Object.entries({ lang: this.language, hide: hidden })) url.searchParams.set(name, value);
    return url.href;
  }

  /** A click on a map: a guess, or after the run another start. */
  pick(index, point) {
    if (waiting()) return index === null ? guessNext(point) : guess(index, point);
    if (this.source.live && this.text.trying) return this.text.trying.move(point);
    for (const panel of this.board.panels) panel.settle(); // a start that was dragged is where it was
  }
}

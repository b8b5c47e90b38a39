// What can be tried once a lesson's run is over: sliders that the runs follow, another start, and a challenge with the person's best.

import { element } from "../../base/element.js";
import { setText } from "../../base/text.js";
import { clock } from "../../stage/clock.js";
import { lanesInOrder, onChange, setLink, stage, wholeLink } from "../../stage/store.js";
import { Slider } from "../slider.js";
import { bestOf, keepBest } from "./best.js";
import { Kept } from "./kept.js";

const NOT_LINKED = ["at", "play", "predict", "present", "hide", "loop"]; // of the page where it is opened

export class Trying {
  /**
   * `tried` outlives it: {lanes: {setting: value}, start: [x, y] or null}. live: whether a server works it out; else home, where it is known, is the
   * address of one.
   */
  constructor(root, template, board, { lesson, step, live, home, tried }) {
    Object.assign(this, { root, board, lesson, step, live, base: live ? document.baseURI : home, tried });
    const { words } = lesson;
    this.sliders = live && step.scene ? step.sliders.map((data) => this.slider(template, data)) : [];
    this.home = element("button", { type: "button", className: "dl-lesson-home", textContent: words.settings });
    this.home.addEventListener("click", () => this.goHome());
    this.result = element("p", { className: "dl-lesson-challenge", role: "status" });
    this.open = element("a", { className: "dl-lesson-open", target: "_blank", rel: "noopener", textContent: step.open });
    this.kept = new Kept((lost) => this.say(lost));
    this.said = element("p", { className: "dl-lesson-lost", role: "status" });
    const needs = !live && (step.sliders.length || !step.scene);
    const note = needs ? [element("p", { className: "dl-lesson-file" }, words.needs)] : [];
    const ends = live ? [this.open, ...(step.scene ? [this.home] : [])] : [...note, ...(home ? [this.open] : [])];
    root.replaceChildren(...this.sliders.map(({ place }) => place), this.result, this.said, element("div", { className: "dl-lesson-more" }, ...ends));
    this.over = onChange((what) => ["lane", "link"].includes(what) && this.judge());
    this.judge();
    if (this.changed) this.bring(); // the language has changed: what was tried is still what is shown
  }

  /** Whether there is anything to try here. */
  get offers() {
    return Boolean(this.step.try || this.sliders.length || this.step.challenge);
  }

  get changed() {
    return Boolean(this.tried.start) || Object.keys(this.tried.lanes).length > 0;
  }

  slider(template, data) {
    const place = element("div", { className: "dl-lesson-slider" });
    place.append(template.content.cloneNode(true));
    const slider = new Slider(place);
    slider.heard = () => false;
    slider.keep = (value) => this.keep({ [data.name]: value });
    slider.show(data);
    if (data.name in this.tried.lanes) slider.typed(String(this.tried.lanes[data.name])); // it stands where it was left
    slider.heard = () => true;
    return { slider, place, data };
  }

  /** The runs with these settings of lanes, to stay. */
  keep(settings) {
    Object.assign(this.tried.lanes, settings);
    this.bring(new Set(Object.keys(settings).map((name) => Number(name.split(".")[0]))));
  }

  /** All runs from another start. */
  move([x, y]) {
    this.tried.start = [x, y];
    setLink({ ...stage.link, x: String(x), y: String(y) });
    this.bring();
  }

  /** The runs of lanes, or of all, with what is tried. */
  bring(lanes = new Set(lanesInOrder().map(({ index }) => index))) {
    for (const lane of lanes) {
      const own = Object.entries(this.tried.lanes).filter(([name]) => name.startsWith(`${lane}.`));
      this.kept.show(lane, Object.fromEntries(own));
    }
    this.judge();
  }

  /** As the lesson has it. */
  goHome() {
    this.kept.drop();
    Object.assign(this.tried, { lanes: {}, start: null });
    setLink({ ...stage.link, ...this.step.scene.start });
    this.step.scene.lanes.forEach((lane) => stage.panels.get(lane.index)?.show({ lane }));
    for (const { slider, data } of this.sliders) slider.show({ ...data });
    this.judge();
  }

  say(lost) {
    setText(this.said, lost ? this.lesson.words.lost : "");
  }

  /** Where what is shown can be opened; whether the challenge is met, and the best so far, which this browser keeps. */
  judge() {
    this.home.disabled = !this.changed;
    if (this.base) this.open.href = new URL(this.address(), this.base).href;
    const { challenge } = this.step;
    if (!challenge) return;
    const { words } = this.lesson;
    const verdicts = stage.lanes.get(challenge.lane)?.verdicts ?? [];
    const verdict = verdicts.find(({ kind, until }) => kind === "reached" && until === clock.total); // and stays there
    const name = `${this.lesson.name} ${this.step.name}`;
    const fair = !this.tried.start && Object.keys(this.tried.lanes).every((each) => this.step.sliders.some((slider) => slider.name === each));
    if (fair && verdict) keepBest(name, verdict.step);
    const best = bestOf(name);
    const met = fair && verdict && verdict.step <= challenge.within;
    const asked = words.challenge.replace("{lane}", challenge.lane).replace("{within}", challenge.within);
    const now = met ? words.met.replace("{step}", verdict.step) : fair ? words.not_yet : words.elsewhere;
    const record = best === null ? "" : words.best.replace("{step}", best);
    setText(this.result, [asked, now, record].filter(Boolean).join(" "));
    this.result.toggleAttribute("data-met", Boolean(met));
  }

  /** The page of the program with what is shown now. */
  address() {
    const { page, link, scene } = this.step;
    const language = this.lesson.language;
    if (!scene) {
      const [path, query] = link.split("?");
      return `${path || "./"}?${new URLSearchParams([...new URLSearchParams(query), ["lang", language]])}`;
    }
    const settings = wholeLink();
    for (const name of NOT_LINKED) settings.delete(name);
    return `${page === "race" ? "./" : page}?${settings}`;
  }

  end() {
    this.over();
    this.kept.drop();
    for (const { slider } of this.sliders) slider.end();
    this.root.replaceChildren();
  }
}

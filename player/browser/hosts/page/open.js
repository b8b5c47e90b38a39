// The page of a single file: everything that it shows stands in it, and no server is asked.

import { element } from "../../base/element.js";
import { formulaOf } from "../../base/mathml.js";
import { unpack } from "../../base/unpack.js";
import { flat } from "../../drawing/scene.js";
import { Curves } from "../../parts/curves.js";
import { Overlay } from "../../parts/overlay.js";
import { Panel } from "../../parts/panel.js";
import "../../parts/paper.js";
import { Player } from "../../parts/player.js";
import { settleIn } from "../../parts/room.js";
import { clock } from "../../stage/clock.js";
import { mode } from "../../stage/mode.js";
import { guess, guessNext } from "../../stage/predict.js";
import { answerWith } from "../../stage/quiet.js";
import { setCount, setLink, setSurface, stage } from "../../stage/store.js";
import { keepInside } from "./bounds.js";
import { Head } from "./head.js";
import { LevelMap } from "./levelmap.js";
import { onTheme } from "./theme.js";

const find = (selector) => document.querySelector(selector);

/** Open it; Examples: what shows the data, where the race is one on data. */
export function open(Examples = null) {
  const told = unpack(Uint8Array.from(atob(find("#dl-told").textContent), (letter) => letter.charCodeAt(0)));
  flat.Kind = LevelMap;
  new Page(told, Examples);
}

class Page {
  constructor({ first, languages, live }, Examples) {
    Object.assign(this, { languages, live, controls: 0 });
    for (const name of ["link", "picture", "export"]) find(`.dl-bar .dl-${name}`)?.remove(); // what they do needs the program
    const lanes = [...document.querySelectorAll(".dl-lane")];
    this.abouts = lanes.map((lane) => lane.querySelector(".dl-about"));
    this.panels = lanes.map((lane) => new Panel(lane));
    this.overlay = new Overlay(find(".dl-large-map"));
    this.curves = new Curves(document);
    this.examples = Examples && new Examples(document);
    this.player = new Player(find(".dl-player"));
    this.head = new Head(languages, live && ((settings) => this.address(settings)), (language) => this.speak(language));
    for (const [i, panel] of this.panels.entries()) {
      panel.pickStart = (point) => guess(i + 1, point);
      panel.tryOut = (settings) => window.open(this.address(settings), "_blank", "noopener");
      panel.unfold = () => lanes[i].toggleAttribute("data-open");
    }
    this.overlay.pickStart = guessNext;
    this.curves.keepChoice = this.player.keep = this.player.classroom.send = () => {};
    answerWith(async (path) => new Response(this.now.accounts[Number(path.match(/\d+/)[0]) - 1]));
    this.speak(first);
    keepInside(this.now.whole);
    onTheme(() => this.colour());
    const watcher = new ResizeObserver(() => settleIn(() => this.surroundings()));
    for (const part of [find(".dl-top"), find(".dl-maps"), ...this.abouts]) watcher.observe(part);
  }

  /** The page in the program, at this step, with other settings. */
  address(settings) {
    const url = new URL(this.live);
    const { language } = this.now;
    for (const [name, value] of Object.entries({ lang: language, at: Math.floor(clock.step), ...settings })) url.searchParams.set(name, value);
    return url.href;
  }

  speak(language) {
    const before = this.now;
    const now = (this.now = this.languages.find((told) => told.language === language));
    document.documentElement.lang = language;
    document.title = now.title;
    if (!before) setSurface(now.surface);
    setLink({ ...(before ? stage.link : now.settings), lang: language }, now.words.maps);
    setCount(now.lanes.length, 0);
    now.lanes.forEach((lane, i) => {
      this.panels[i].show({ lane });
      const settings = lane.settings.filter(Boolean).map((text) => element("p", {}, text));
      this.abouts[i].replaceChildren(...lane.formula.map((line) => element("div", {}, formulaOf(line))), ...settings);
    });
    this.overlay.show(now.overlay);
    this.curves.show(now.curves);
    this.examples?.show(now.data);
    this.player.show({ ...now.transport, ...(before && { speed: clock.speed, loop: clock.loop, mode: { ...mode } }) });
    this.head.show(now);
  }

  /** In the theme's colours. */
  colour() {
    for (const panel of this.panels) panel.show(panel.data);
    this.overlay.show(this.now.overlay);
    this.curves.show(this.now.curves);
    this.examples?.show(this.now.data);
  }

  /** Where the maps begin and how much room they have across, and how high the most that is said of a lane is, also while it is folded. */
  surroundings() {
    const { top, width } = find(".dl-maps").getBoundingClientRect();
    const heights = this.abouts.map((about) => about.offsetHeight);
    for (const line of document.querySelectorAll(".dl-about > div")) line.tabIndex = line.scrollWidth > line.clientWidth ? 0 : -1; // it can be rolled
    if (document.documentElement.dataset.controls !== "folded") this.controls = Math.max(...heights);
    return { top: top + scrollY, width, controls: this.controls };
  }
}

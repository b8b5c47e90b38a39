// The maps, the charts and the player of a race whose parts come all at once, on a page without Streamlit.

import { element } from "../../base/element.js";
import { formulaOf } from "../../base/mathml.js";
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
import { setCount, setLink, setSurface, stage } from "../../stage/store.js";
import { keepInside } from "./bounds.js";
import { LevelMap } from "./levelmap.js";

const find = (selector) => document.querySelector(selector);

export class Board {
  /** `Examples`: what shows the data, where there are some; `tryOut(settings)` is called with what an account suggests. */
  constructor(Examples, tryOut) {
    flat.Kind = LevelMap;
    for (const name of ["link", "picture", "export"]) find(`.dl-bar .dl-${name}`)?.remove(); // what they do needs the program
    Object.assign(this, { tryOut, controls: 0, lanes: [], panels: [] });
    this.place = find(".dl-lanes");
    this.template = this.place.querySelector("template");
    this.overlay = new Overlay(find(".dl-large-map"));
    this.curves = new Curves(document);
    this.examples = Examples && new Examples(document);
    this.player = new Player(find(".dl-player"));
    this.overlay.pickStart = (point) => this.pick(null, point);
    this.curves.keepChoice = this.player.keep = this.player.classroom.send = () => {};
    this.watcher = new ResizeObserver(() => settleIn(() => this.surroundings()));
    for (const part of [find(".dl-top"), find(".dl-maps")]) this.watcher.observe(part);
  }

  /** The race that is told, {language, surface, whole, settings, words, lanes, overlay, curves, data, transport}; `anew`: another one than before. */
  show(now, anew) {
    const first = !this.now;
    this.now = now;
    this.fit(now.lanes.length);
    if (anew) setSurface(now.surface);
    setLink({ ...(anew ? now.settings : stage.link), lang: now.language }, now.words.maps);
    setCount(now.lanes.length, 0);
    now.lanes.forEach((lane, i) => {
      this.panels[i].show({ lane });
      const settings = lane.settings.filter(Boolean).map((text) => element("p", {}, text));
      this.about(i).replaceChildren(...lane.formula.map((line) => element("div", {}, formulaOf(line))), ...settings);
    });
    this.overlay.show(now.overlay);
    this.curves.show(now.curves);
    if (now.data) this.examples?.show(now.data);
    this.player.show({ ...now.transport, ...(!anew && { speed: clock.speed, loop: clock.loop, mode: { ...mode } }) });
    if (first) keepInside(() => this.now.whole);
  }

  /** A point that was clicked on a lane's map, or for null on that of all. */
  pick(index, point) {
    if (index === null) guessNext(point);
    else guess(index, point);
  }

  /** So many lanes. */
  fit(count) {
    while (this.lanes.length > count) {
      this.panels.pop().end();
      const lane = this.lanes.pop();
      this.watcher.unobserve(lane.querySelector(".dl-about"));
      lane.remove();
    }
    while (this.lanes.length < count) this.add();
  }

  add() {
    const lane = this.template.content.firstElementChild.cloneNode(true);
    this.place.append(lane);
    const panel = new Panel(lane);
    const index = this.lanes.push(lane);
    this.panels.push(panel);
    panel.pickStart = (point) => this.pick(index, point);
    panel.tryOut = this.tryOut;
    panel.unfold = () => lane.toggleAttribute("data-open");
    this.watcher.observe(this.about(index - 1));
  }

  about(i) {
    return this.lanes[i].querySelector(".dl-about");
  }

  /** In the theme's colours. */
  colour() {
    for (const panel of this.panels) panel.show(panel.data);
    this.overlay.show(this.now.overlay);
    this.curves.show(this.now.curves);
    if (this.now.data) this.examples?.show(this.now.data);
  }

  /** Where the maps begin and how much room they have across, and how high the most that is said of a lane is, also while it is folded. */
  surroundings() {
    const { top, width } = [find(".dl-maps"), find("main")].find((part) => part.offsetWidth || part.matches("main")).getBoundingClientRect();
    const abouts = this.lanes.map((_, i) => this.about(i));
    for (const line of document.querySelectorAll(".dl-about > div")) line.tabIndex = line.scrollWidth > line.clientWidth ? 0 : -1; // it can be rolled
    if (document.documentElement.dataset.controls !== "folded") this.controls = Math.max(0, ...abouts.map((about) => about.offsetHeight));
    return { top: top + scrollY, width, controls: this.controls };
  }
}

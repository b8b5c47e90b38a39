// The player's bar: play, pause, step, scrub, speed and loop, and the keys for them.

import { setText } from "../base/text.js";
import { back, clock, configure, forward, onFrame, onText, play, repaint, restart, seek, toggle } from "../stage/clock.js";
import { listenToSaid } from "../stage/said.js";
import { stage } from "../stage/store.js";
import { Classroom } from "./classroom.js";
import { overlayOnStage } from "./overlay.js";
import { Skip } from "./skip.js";

const PATIENCE = 3000; // milliseconds

let opened = false; // the race starts by itself once a visit, not after every change

export class Player {
  /** `keep()` is called when speed or loop has changed; `copyLink()` where the classroom's dialog is asked for the link. */
  constructor(parent) {
    this.root = parent.querySelector(".dl-bar");
    const find = (name) => this.root.querySelector(`.dl-${name}`);
    this.names = ["restart", "back", "forward", "scrub", "speed", "loop"];
    this.parts = Object.fromEntries(["play", "count", ...this.names].map((name) => [name, find(name)]));
    this.parts.said = parent.querySelector(".dl-said");
    const { parts } = this;
    parts.play.addEventListener("click", toggle);
    parts.restart.addEventListener("click", restart);
    parts.back.addEventListener("click", back);
    parts.forward.addEventListener("click", forward);
    parts.scrub.addEventListener("input", () => seek(Number(parts.scrub.value)));
    parts.speed.addEventListener("change", () => {
      configure({ speed: Number(parts.speed.value) });
      this.keep();
      if (this.byMouse) parts.speed.blur();
    });
    parts.speed.addEventListener("pointerdown", () => (this.byMouse = true));
    parts.speed.addEventListener("keydown", () => (this.byMouse = false));
    // A control that was used with the mouse gives the keys back to the player.
    this.root.addEventListener("click", (event) => event.detail > 0 && event.target.closest("button")?.blur());
    parts.loop.addEventListener("click", () => {
      configure({ loop: !clock.loop });
      this.keep();
    });
    this.classroom = new Classroom(
      parent,
      () => this.copyLink(),
      (text) => this.say(text),
    );
    this.skip = new Skip(parts.play);
    this.pressed = (event) => onKey(event, this.classroom);
    document.addEventListener("keydown", this.pressed);
    this.ends = [onFrame(() => this.start()), onText(() => this.draw()), listenToSaid((text) => this.say(text))];
  }

  show(data) {
    const { words } = data;
    this.data = data;
    this.root.setAttribute("aria-label", words.bar);
    this.skip.show(words.skip);
    for (const name of this.names) {
      this.parts[name].title = words[name];
      this.parts[name].setAttribute("aria-label", words[name]);
    }
    this.parts.speed.replaceChildren(...data.speeds.map((v) => Object.assign(document.createElement("option"), { value: v, textContent: `${v}×` })));
    this.classroom.show(data);
    this.parts.count.style.width = `${2 * String(data.steps).length + 2}ch`;
    configure({ total: data.steps, speed: data.speed, loop: data.loop });
    if (!opened || data.reset !== this.reset) this.open(data);
    this.reset = data.reset;
    this.parts.speed.value = String(clock.speed);
    this.draw();
  }

  /** At the step that the link names, and on from there where it says so; without one it plays, or for those who want no motion stands at the end. */
  open({ at, play: on }) {
    opened = true;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const plays = on === null ? at === null : Boolean(on);
    seek(at ?? (still && plays ? clock.total : 0));
    this.waiting = plays && !still; // for the first panel to have something to show
  }

  /** The race begins when every map is there, or after a while without some: one that cannot be fetched is asked for again. */
  start() {
    if (!this.waiting || !stage.surface || !stage.lanes.size || stage.lanes.size < stage.count) return;
    const shown = overlayOnStage() ? [overlayOnStage()] : [...stage.panels.values()];
    if (!this.impatient && !shown.every(({ area }) => area.map.there)) {
      this.tired ??= setTimeout(() => {
        this.impatient = true;
        repaint();
      }, PATIENCE);
      return;
    }
    clearTimeout(this.tired);
    this.waiting = false;
    play();
  }

  draw() {
    const { parts, data } = this;
    if (!data) return;
    const k = Math.floor(clock.step);
    const state = clock.playing ? "pause" : "play";
    if (parts.play.title !== data.words[state]) {
      parts.play.dataset.state = state;
      parts.play.title = data.words[state];
      parts.play.setAttribute("aria-label", data.words[state]);
    }
    const now = [k, clock.total, clock.loop, document.activeElement === parts.scrub].join();
    if (now === this.shown) return; // each change of the page costs a layout
    this.shown = now;
    parts.scrub.max = clock.total;
    parts.scrub.setAttribute("aria-valuetext", `${k} / ${clock.total}`);
    parts.scrub.value = String(k);
    parts.scrub.style.setProperty("--part", `${(100 * k) / clock.total}%`);
    setText(parts.count, `${k} / ${clock.total}`);
    parts.loop.setAttribute("aria-pressed", String(clock.loop));
  }

  say(text) {
    this.parts.said.textContent = text;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.parts.said.textContent = ""), 5000);
  }

  end() {
    for (const end of this.ends) end();
    this.classroom.end();
    this.skip.end();
    document.removeEventListener("keydown", this.pressed);
  }
}

const ROLES = ["slider", "combobox", "listbox", "option", "menu", "dialog", "tab", "radio"];
const TAKES_KEYS = ["input:not(.dl-scrub), textarea, select, [contenteditable=true]", ...ROLES.map((role) => `[role=${role}]`)].join();
const KEYS = { " ": toggle, ArrowLeft: back, ArrowRight: forward, Home: () => seek(0), End: () => seek(clock.total) };

/** The player's keys, unless the key belongs to a control that has the focus. */
function onKey(event, classroom) {
  if (document.querySelector("dialog[open]")) return;
  const act = KEYS[event.key] ?? classroom.act(event.key);
  if (!act || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const target = event.target instanceof Element ? event.target : document.body;
  const slider = event.key === " " && target.matches("input[type=range]"); // a slider has no use for it
  if (!slider && target.closest(TAKES_KEYS)) return;
  if (event.key === " " && target.closest("button, a, summary, [role=button]")) return;
  event.preventDefault();
  act();
}

// The transport bar: play, pause, step, scrub, speed and loop, the link and the picture.

import { setText } from "../base/text.js";
import { back, clock, configure, forward, onFrame, onText, play, repaint, restart, seek, toggle } from "../stage/clock.js";
import { listenToSaid } from "../stage/said.js";
import { stage, wholeLink } from "../stage/store.js";
import { Classroom } from "./classroom.js";
import { overlayOnStage } from "./overlay.js";
import { savePicture } from "./picture.js";
import { Share } from "./share.js";
import { Skip } from "./skip.js";

const PATIENCE = 3000; // milliseconds

let opened = false; // the race starts by itself once a visit, not after every change

export class Transport {
  /** `keep()` is called when speed or loop has changed; `crowded`: whether the page's link has more settings than are read. */
  constructor(parent) {
    this.root = parent.querySelector(".dl-bar");
    const find = (name) => this.root.querySelector(`.dl-${name}`);
    this.parts = Object.fromEntries(
      ["play", "back", "forward", "restart", "scrub", "count", "speed", "loop", "link", "picture"].map((name) => [name, find(name)]),
    );
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
    parts.link.addEventListener("click", () => this.copyLink());
    parts.picture.addEventListener("click", ({ shiftKey }) => this.takePicture(shiftKey));
    this.classroom = new Classroom(
      parent,
      () => this.copyLink(),
      (text) => this.say(text),
    );
    this.skip = new Skip(parts.play);
    this.share = new Share(parent, (link) => this.copy(link));
    this.pressed = (event) => onKey(event, this.classroom);
    document.addEventListener("keydown", this.pressed);
    this.ends = [onFrame(() => this.start()), onText(() => this.draw()), listenToSaid((text) => this.say(text))];
  }

  show(data) {
    const { words } = data;
    this.data = data;
    this.root.setAttribute("aria-label", words.bar);
    this.skip.show(words.skip);
    for (const name of ["restart", "back", "forward", "scrub", "speed", "loop", "link", "picture"]) {
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
    if (this.crowded) this.say(this.data.words.crowded);
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

  /** The link has every value, the step shown, and whether it plays on from there. Each lane brings its own part. */
  async copyLink() {
    const url = new URL(document.baseURI);
    const now = { at: String(Math.floor(clock.step)), ...((clock.playing || this.waiting) && { play: "1" }) };
    url.search = new URLSearchParams({ ...Object.fromEntries(wholeLink()), ...now });
    await this.copy(url.href);
    await this.share.show(now, this.data);
  }

  async copy(link) {
    this.say((await toClipboard(link)) ? this.data.words.copied : link);
  }

  /** `own`: in the page's colours. */
  async takePicture(own) {
    const { picture } = this.parts;
    picture.disabled = true;
    this.say(this.data.words.drawing);
    try {
      this.say(await savePicture(this.data, own));
    } catch (error) {
      console.error(error);
      this.say(this.data.words.failed);
    } finally {
      picture.disabled = false;
    }
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
    this.share.end();
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

async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without a secure address there is no clipboard API; the old way works from a click.
    const field = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    return copied;
  }
}

// The bar's classroom buttons and dialogs: presentation mode, full screen, what is left out, predict-then-reveal, and the keys.

import { LAYERS, onEscape } from "../stage/escape.js";
import { hides, mode, setMode } from "../stage/mode.js";
import { again, onPredict, progress, reveal } from "../stage/predict.js";
import { setLink, stage } from "../stage/store.js";

const root = document.documentElement;

export class Classroom {
  /** `send(mode)` and `sendScene(number)` tell the page; `copy()` copies the link, `say(text)` shows a sentence. */
  constructor(parent, copy, say) {
    const find = (name) => parent.querySelector(`.dl-${name}`);
    this.parts = Object.fromEntries(
      ["present", "full", "classroom", "help", "shown", "keys", "predict", "predict-text", "reveal", "again"].map((name) => [name, find(name)]),
    );
    const { present, full, classroom, help, shown, keys, reveal: button, again: anew } = this.parts;
    present.addEventListener("click", () => this.present());
    full.hidden = !document.fullscreenEnabled;
    full.addEventListener("click", fullScreen);
    classroom.addEventListener("click", () => shown.showModal());
    help.addEventListener("click", () => keys.showModal());
    button.addEventListener("click", reveal);
    anew.addEventListener("click", again);
    for (const dialog of [shown, keys]) dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    shown.addEventListener("change", (event) => this.ticked(event.target));
    shown.addEventListener("click", (event) => event.target.closest(".dl-copy") && copy());
    this.ends = [onPredict(() => this.tell()), onEscape(LAYERS.presentation, () => this.leave())];
    this.say = say;
    this.acts = { p: () => this.present(), f: fullScreen, h: () => shown.showModal(), "?": () => keys.showModal() };
    this.presenting = { PageDown: () => this.turn(1), PageUp: () => this.turn(-1) };
  }

  /** What a key does here, or undefined. */
  act(key) {
    if (document.querySelector("dialog[open]")) return undefined;
    return (mode.present && this.presenting[key]) || this.acts[key.length === 1 ? key.toLowerCase() : key];
  }

  /** `predictable`: whether there are ends to predict; `shows`: what the page shows, which is not always something to play. */
  show({ words, mode: told, parts, keys, scene, predictable = true, shows = "race" }) {
    Object.assign(this, { words, predictable });
    root.dataset.shows = shows;
    this.scene = scene;
    if (this.wanted === scene[0]) this.wanted = null;
    for (const name of ["present", "full", "classroom", "help"]) {
      this.parts[name].title = words[name];
      this.parts[name].setAttribute("aria-label", words[name]);
    }
    this.parts.reveal.textContent = words.reveal;
    this.parts.again.textContent = words.again;
    // Where something was changed meanwhile, what the page says is older.
    if (this.sent === JSON.stringify(told)) this.sent = null;
    if (!this.sent) setMode(told);
    this.fill(parts, keys);
    this.tell();
  }

  fill(parts, keys) {
    const { shown, keys: help } = this.parts;
    const box = (name, text) => element("label", {}, element("input", { type: "checkbox", name }), text);
    const done = () => element("form", { method: "dialog" }, element("button", { className: "dl-close" }, this.words.close));
    shown.replaceChildren(
      element("h2", {}, this.words.classroom_title),
      box("present", this.words.present_box),
      this.predictable ? box("predict", this.words.predict_box) : "",
      element("fieldset", {}, element("legend", {}, this.words.hide), ...parts.map(([name, text]) => box(name, text))),
      element("p", {}, this.words.hide_note),
      element("div", { className: "dl-ends" }, element("button", { type: "button", className: "dl-copy" }, this.words.copy), done()),
    );
    const rows = keys.map(([key, text]) =>
      element("tr", {}, element("th", { scope: "row" }, ...key.split(" ").map((k) => element("kbd", {}, k))), element("td", {}, text)),
    );
    help.replaceChildren(
      element("h2", {}, this.words.keys_title),
      element("table", {}, element("tbody", {}, ...rows)),
      element("div", { className: "dl-ends" }, done()),
    );
    shown.setAttribute("aria-label", this.words.classroom_title);
    help.setAttribute("aria-label", this.words.keys_title);
    this.tick();
  }

  tick() {
    for (const field of this.parts.shown.querySelectorAll("input")) field.checked = Boolean(mode[field.name] ?? hides(field.name));
    this.parts.present.setAttribute("aria-pressed", String(Boolean(mode.present)));
  }

  ticked({ name, checked }) {
    if (name in mode) return this.change({ [name]: Number(checked) });
    const order = [...this.parts.shown.querySelectorAll("fieldset input")].filter((field) => field.checked).map((field) => field.name);
    this.change({ hide: order });
  }

  present(on = mode.present ? 0 : 1) {
    this.change({ present: on });
  }

  /** Leave presentation mode; whether it was on. */
  leave() {
    const was = Boolean(mode.present);
    if (was) this.present(0);
    return was;
  }

  end() {
    for (const end of this.ends) end();
  }

  /** To the next scene, or for −1 to the one before. The pages of a talk do not begin again after the last one, and these neither. */
  turn(by) {
    const [shown, count] = this.scene;
    const at = this.wanted ?? shown; // keys may come faster than scenes
    const next = Math.min(Math.max(at + by, 1), count);
    if (next === at) return this.say((by > 0 ? this.words.last_scene : this.words.first_scene).replace("{count}", count));
    this.wanted = next;
    this.sendScene(next);
  }

  change(part) {
    const wanted = { ...mode, ...part };
    setMode(wanted);
    this.tick();
    this.sent = JSON.stringify(wanted);
    setLink({ ...stage.link, ...wanted, hide: wanted.hide.join() });
    this.send(wanted);
  }

  /** The line that asks for guesses. */
  tell() {
    if (!this.words) return;
    const { asking, revealed, set, count } = progress();
    const all = set >= count && count > 0;
    const { predict, "predict-text": text, reveal: button, again: anew } = this.parts;
    predict.hidden = !asking;
    root.toggleAttribute("data-waiting", asking && !revealed); // what is to be seen is not to be said before
    button.hidden = revealed || !all;
    anew.hidden = !revealed;
    const said = revealed ? this.words.revealed : this.words.asked.replace("{set}", set).replace("{count}", count);
    if (text.textContent !== said) text.textContent = said;
  }
}

function fullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else root.requestFullscreen?.().catch(() => {}); // the browser may refuse
}

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

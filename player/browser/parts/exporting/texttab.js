// A text that the server makes of the page's link: menus say which, it is shown, and it can be copied and saved.

import { ask } from "../../base/ask.js";
import { toClipboard } from "../../base/clipboard.js";
import { element } from "../../base/element.js";
import { save } from "../../export/saved.js";
import { menu } from "./fields.js";
import { remember, remembered } from "./remembered.js";

export class TextTab {
  /** The text of this kind; `kept` are the menus whose choice is remembered, with what is usual. */
  constructor(parent, host, kind, kept) {
    Object.assign(this, { parent, host, kind, kept, words: host.words[kind], chosen: remembered(kind, kept) });
    this.fields = element("div", { className: "dl-export-fields" });
    this.shown = element("pre", { className: "dl-export-text", tabIndex: 0 });
    this.copying = this.button("copy", () => this.copy());
    this.saving = this.button("save", () => this.save());
    this.ends = element("div", { className: "dl-export-ends" }, this.copying, this.saving);
    parent.replaceChildren(this.fields, this.shown, this.ends);
  }

  button(name, act) {
    const made = element("button", { type: "button", textContent: this.words[name], className: name === "save" ? "dl-export-save" : "" });
    made.addEventListener("click", () => act());
    return made;
  }

  show() {
    return this.ask();
  }

  hide() {
    this.turn = null;
  }

  /** Ask for the text as it is chosen; an answer that comes after another question is left. */
  async ask() {
    const turn = (this.turn = {});
    for (const button of [this.copying, this.saving]) button.disabled = true;
    const query = new URLSearchParams({ ...this.chosen, link: this.host.link() });
    const answer = await ask(`export/text/${this.kind}?${query}`);
    const found = await answer.json();
    if (turn !== this.turn) return;
    const there = "text" in found; // else a sentence says why not
    this.fields.hidden = this.ends.hidden = !there;
    this.shown.classList.toggle("dl-export-sorry", !there);
    this.shown.classList.toggle("dl-export-wraps", Boolean(found.wraps));
    this.shown.textContent = there ? found.text : found.said;
    this.shown.ariaLabel = there ? found.file : "";
    this.shown.scrollTop = 0;
    if (!there) return;
    this.file = found.file;
    this.menus(found.menus);
    for (const button of [this.copying, this.saving]) button.disabled = false;
  }

  /** menus = {name: [what is chosen, [[choice, what it is called], …]], …}; they stay as they are where their choices do. */
  menus(menus) {
    const told = JSON.stringify(Object.entries(menus).map(([name, [, choices]]) => [name, choices]));
    if (told === this.told) return;
    this.told = told;
    const made = Object.entries(menus).map(([name, [chosen, choices]]) => {
      const { root, field } = menu(this.words[name], choices, chosen, () => this.choose(name, field.value));
      return root;
    });
    this.fields.replaceChildren(...made);
  }

  choose(name, value) {
    this.chosen[name] = value;
    remember(this.kind, Object.fromEntries(Object.keys(this.kept).map((each) => [each, this.chosen[each]])));
    this.ask().catch(this.host.fail);
  }

  async copy() {
    if (await toClipboard(this.shown.textContent, this.parent)) return this.host.say(this.words.copied);
    getSelection().selectAllChildren(this.shown);
    this.host.say(this.words.selected);
  }

  save() {
    const blob = new Blob([this.shown.textContent], { type: "text/plain;charset=utf-8" });
    this.host.say(this.host.words.dialog.saved.replace("{name}", save(blob, this.file)));
  }
}

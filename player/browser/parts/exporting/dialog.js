// The Export dialog: a tab for each kind of thing that can be made of the page. Which one was looked at last it remembers.

import { element } from "../../base/element.js";
import { setText } from "../../base/text.js";
import { figureNow } from "../../export/offered.js";
import { remember, remembered } from "./remembered.js";
import { TABS } from "./tabs.js";

const TURNS = { ArrowLeft: -1, ArrowRight: 1 };

export class Exporting {
  /** link() is the whole link of what the page shows, with the step. */
  constructor(parent, link) {
    this.root = parent.querySelector(".dl-export-dialog");
    this.link = link;
    this.root.addEventListener("click", (event) => event.target === this.root && this.root.close());
    this.root.addEventListener("close", () => this.tabs?.[this.shown]?.made?.hide());
  }

  /** words = {dialog: {…}, a section for each tab}. */
  show(words) {
    if (JSON.stringify(words) === this.told) return;
    this.told = JSON.stringify(words);
    this.words = words;
    this.tabs = null; // they are made anew in these words
    if (this.root.open) this.open();
  }

  open() {
    if (!this.words) return;
    if (!this.tabs) this.make();
    if (!this.root.open) this.root.showModal();
    this.say("");
    const { tab } = remembered("dialog", { tab: "" });
    this.choose(tab in this.tabs ? tab : Object.keys(this.tabs)[0], true);
    this.tabs[this.shown].button.focus();
  }

  make() {
    const { dialog } = this.words;
    const list = element("div", { className: "dl-export-tabs", role: "tablist", ariaLabel: dialog.tabs });
    this.said = element("p", { className: "dl-export-said", role: "status" });
    const done = element("form", { method: "dialog" }, element("button", { className: "dl-close" }, dialog.close));
    this.tabs = Object.fromEntries(Object.entries(TABS).map(([name, Tab]) => [name, this.tab(name, Tab, list)]));
    list.addEventListener("keydown", (event) => this.turn(event));
    const panels = Object.values(this.tabs).map(({ panel }) => panel);
    this.root.ariaLabel = dialog.title;
    this.root.replaceChildren(element("div", { className: "dl-export-head" }, element("h2", {}, dialog.title), done), list, ...panels, this.said);
  }

  tab(name, Tab, list) {
    const [id, label] = [`dl-export-${name}`, this.words[name].tab];
    const button = element("button", { type: "button", role: "tab", id: `${id}-tab`, textContent: label });
    button.setAttribute("aria-controls", id);
    button.addEventListener("click", () => this.choose(name));
    list.append(button);
    const panel = element("div", { className: `dl-export-panel ${id}`, role: "tabpanel", id, hidden: true });
    panel.setAttribute("aria-labelledby", button.id);
    return { button, panel, Tab, made: null };
  }

  /** The arrow keys go from tab to tab, Home and End to the first and the last. */
  turn(event) {
    const names = Object.keys(this.tabs);
    const at = names.indexOf(this.shown);
    const to = { Home: 0, End: names.length - 1 }[event.key] ?? (at + (TURNS[event.key] ?? 0) + names.length) % names.length;
    if (to === at) return;
    event.preventDefault();
    this.choose(names[to]);
    this.tabs[names[to]].button.focus();
  }

  async choose(name, anew = false) {
    if (name === this.shown && !anew) return;
    if (this.shown !== name) this.tabs[this.shown]?.made?.hide();
    this.shown = name;
    remember("dialog", { tab: name });
    for (const [other, { button, panel }] of Object.entries(this.tabs)) {
      button.setAttribute("aria-selected", String(other === name));
      button.tabIndex = other === name ? 0 : -1;
      panel.hidden = other !== name;
    }
    const tab = this.tabs[name];
    try {
      tab.made ??= new tab.Tab(tab.panel, this.host());
      if (this.shown === name && this.root.open) await tab.made.show();
    } catch (error) {
      this.fail(error);
    }
  }

  /** What a tab is given: {words, say(text), fail(error), figureNow(options), link()}. */
  host() {
    const { words, link } = this;
    const figure = async (options) => {
      const now = await figureNow(options);
      return now && { ...now, link: link() };
    };
    return { words, say: (text) => this.say(text), fail: (error) => this.fail(error), figureNow: figure, link };
  }

  say(text) {
    setText(this.said, text);
  }

  fail(error) {
    console.error(error);
    this.say(this.words.dialog.failed.replace("{reason}", error.message));
  }
}

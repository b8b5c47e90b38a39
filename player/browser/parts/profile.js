// The performance profile in the page: its plot, and a legend in which a rule can be picked out and its share at τ is read.

import { sized } from "../base/canvas.js";
import { short } from "../base/format.js";
import { setText } from "../base/text.js";
import { theme } from "../base/theme.js";
import { drawProfile, nearest, plotOf, profileChart, ranked, reach, rulesOf, shareAt } from "../charts/profile.js";
import { profileSheet } from "../export/sheets/profile.js";
import { narrow, scale } from "../stage/mode.js";
import { glyph } from "./ranking.js";

const HEIGHT = { desk: 470, phone: 300 };
const NUDGE = 1 / 8; // of an octave of τ, by an arrow key

export class Profile {
  /** pick(rule) is called when a person does so. */
  constructor(root, pick) {
    Object.assign(this, { root, pick, tau: null, over: null });
    this.canvas = root.querySelector("canvas");
    this.head = root.querySelector("p");
    this.list = root.querySelector("ul");
    this.canvas.addEventListener("pointermove", (event) => this.point(event));
    this.canvas.addEventListener("pointerleave", () => this.read(null, null));
    this.canvas.addEventListener("blur", () => this.read(null, null));
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.watcher = new ResizeObserver(() => this.draw());
    this.watcher.observe(root);
  }

  /** The page's words and rules, and the profile that has come, or null. */
  show(data, profile) {
    Object.assign(this, { data, profile });
    this.root.hidden = !profile;
    if (!profile) return;
    this.rules = rulesOf(data.looks, profile);
    this.order = ranked(this.rules);
    this.reach = reach(this.rules);
    this.canvas.setAttribute("aria-label", data.words.chart);
    const made = JSON.stringify([this.order.map(({ rule, title }) => [rule, title]), data.words.pick]);
    if (made !== this.made) {
      this.made = made;
      this.list.replaceChildren(...this.order.map((rule) => this.item(rule)));
    }
    this.draw();
  }

  item({ rule, title, marker, light, dark }) {
    const item = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { type: "button", title: this.data.words.pick.replace("{title}", title) });
    button.style.setProperty("--light", light);
    button.style.setProperty("--dark", dark);
    button.dataset.rule = rule;
    const [name, value] = [document.createElement("span"), document.createElement("b")];
    name.textContent = title;
    button.append(glyph(this.root, marker), name, value);
    button.addEventListener("click", () => this.pick(rule));
    for (const [event, over] of [
      ["pointerenter", rule],
      ["focus", rule],
      ["pointerleave", null],
      ["blur", null],
    ])
      button.addEventListener(event, () => this.read(this.tau, over));
    item.append(button);
    return item;
  }

  point({ offsetX, offsetY }) {
    const plot = plotOf(this.box);
    const [left, top] = [offsetX, offsetY].map((v) => v / scale());
    const part = (left - plot.x) / plot.width;
    if (part < -0.02 || part > 1.02) return this.read(null, null);
    const tau = 2 ** (Math.min(Math.max(part, 0), 1) * this.reach);
    this.read(tau, nearest(this.chart(this.colours), tau, top, plot));
  }

  key(event) {
    const now = Math.log2(this.tau ?? 1);
    const to = { ArrowLeft: now - NUDGE, ArrowDown: now - NUDGE, ArrowRight: now + NUDGE, ArrowUp: now + NUDGE, Home: 0, End: this.reach }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.read(2 ** Math.min(Math.max(to, 0), this.reach), this.over);
  }

  /** Read the shares at τ, null for the right end; `over`: the rule that is pointed at. */
  read(tau, over) {
    Object.assign(this, { tau, over });
    this.draw();
  }

  chart(colours) {
    return profileChart(this.rules, this.data, this.profile.done, colours, this);
  }

  draw() {
    if (!this.profile || !this.canvas.parentElement.clientWidth) return;
    this.colours = theme(this.root);
    const legend = narrow() ? 0 : this.list.parentElement.offsetWidth;
    const unit = scale();
    this.box = { width: (this.root.clientWidth - legend) / unit, height: narrow() ? HEIGHT.phone : HEIGHT.desk };
    const context = sized(this.canvas, this.box.width, this.box.height, undefined, unit);
    drawProfile(context, this.chart(this.colours), this.colours, this.box);
    const { words, picked } = this.data;
    setText(this.head, this.tau === null ? words.solved : words.at.replace("{tau}", short(this.tau)));
    for (const button of this.list.querySelectorAll("button")) {
      const { rule } = button.dataset;
      setText(button.lastChild, this.share(rule));
      button.setAttribute("aria-pressed", String(rule === picked));
      button.toggleAttribute("data-lit", rule === this.over);
    }
    const { title } = this.rules.find(({ rule }) => rule === picked);
    const read = { valuemax: this.reach, valuenow: Math.log2(this.tau ?? 1), valuetext: `${this.head.textContent}: ${title} ${this.share(picked)}` };
    for (const [name, value] of Object.entries(read)) this.canvas.setAttribute(`aria-${name}`, value);
  }

  /** A rule's share where it is read, in words. */
  share(name) {
    const { ratios } = this.rules.find(({ rule }) => rule === name);
    const share = this.tau === null ? ratios.length / this.profile.done : shareAt(ratios, this.tau, this.profile.done);
    return `${Math.round(100 * share)} %`;
  }

  /** The profile with its legend and how it was made. */
  figure(options) {
    if (!this.profile || !this.colours) return null;
    return profileSheet(this, options, this.colours.font);
  }

  end() {
    this.watcher.disconnect();
  }
}

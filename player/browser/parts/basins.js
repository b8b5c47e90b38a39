// Basins in the page: a map for each rule, a legend for all of them, and a picture.

import { setText } from "../base/text.js";
import { theme } from "../base/theme.js";
import { AROUND, swatchOf, widthFor } from "../drawing/basins.js";
import { aspectOf, entriesOf } from "../drawing/legend.js";
import { offerFigure } from "../export/offered.js";
import { saveFigure } from "../export/saved.js";
import { basinsSheet } from "../export/sheets/basins.js";
import { basins, followHand, leaveBasins, onBasins, ranges, showBasins } from "../stage/basins.js";
import { onFrame, repaint, restart, seek, clock } from "../stage/clock.js";
import { narrow, scale } from "../stage/mode.js";
import { onChange } from "../stage/store.js";
import { Basin } from "./basin.js";
import { Tools } from "./tools.js";

const [GAP, TEXT] = [16, 104]; // pixels between maps, and of the words around each
const [LEAST, MOST] = [200, 560]; // pixels of a map's width
const FEW_ROWS = 0.85; // of the width that maps could have, where they then stand in fewer rows
const FOOT = 130; // pixels below the maps

export class Basins {
  /** `keepView(view)` and `pickStart(point)` tell the page. */
  constructor(parent) {
    this.root = parent.querySelector(".dl-basins");
    const find = (name) => this.root.querySelector(`.dl-${name}`);
    this.parts = { maps: find("basins-maps"), legend: find("basins-legend"), note: find("basins-note") };
    this.template = this.root.querySelector("template");
    this.own = new Map(); // each rule's part
    Object.assign(ranges, { keep: (view) => this.keepView(view) });
    this.tools = new Tools(this.root, ranges, () => saveFigure(this.figure({ theme: "light" })));
    this.ends = [
      onBasins((what) => (what === "pointed" ? repaint() : this.request())),
      onChange((what) => (what === "mode" ? this.request() : repaint())),
      onFrame(() => this.mark()),
      offerFigure((options) => this.figure(options)),
    ];
    this.watcher = new ResizeObserver(() => this.request());
    this.watcher.observe(this.root);
    followHand();
  }

  show(data) {
    if (this.data === data) return this.request(); // the theme has changed
    this.data = data;
    const { words } = data;
    this.tools.name(words);
    this.root.setAttribute("aria-label", words.title);
    for (const [rule, part] of this.own) if (!data.maps.some((each) => each.rule === rule)) this.drop(rule, part);
    for (const { rule } of data.maps) if (!this.own.has(rule)) this.add(rule);
    data.maps.forEach((each, k) => {
      const part = this.own.get(each.rule);
      part.show(each, k + 1, words);
      if (this.parts.maps.children[k] !== part.root) this.parts.maps.insertBefore(part.root, this.parts.maps.children[k] ?? null);
    });
    showBasins(data);
  }

  add(rule) {
    const root = this.template.content.firstElementChild.cloneNode(true);
    this.parts.maps.append(root);
    this.own.set(rule, new Basin(root, this));
  }

  drop(rule, part) {
    part.end();
    this.own.delete(rule);
  }

  /** Draw in the next frame, once. */
  request() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.draw();
    });
  }

  get aspect() {
    return aspectOf(this.data.home);
  }

  draw() {
    if (!this.data || !ranges.view || !this.root.clientWidth) return;
    const colours = theme(this.root);
    const unit = scale();
    const [columns, width] = this.room(unit);
    this.parts.maps.style.gridTemplateColumns = `repeat(${columns}, ${width * unit}px)`;
    this.parts.maps.style.gap = `${GAP * unit}px`;
    for (const part of this.own.values()) part.draw(width, this.aspect, colours, unit);
    this.explain(colours);
    this.tools.update();
    setText(this.parts.note, this.data.words[ranges.ended ? "end" : "rule_of"]);
  }

  /** In how many columns the maps stand, and how wide each is, in units: about as large as they all fit into the window, in few rows. */
  room(unit) {
    const [count, whole] = [this.data.maps.length || 1, this.root.clientWidth / unit];
    if (narrow()) return [1, whole];
    const { top } = this.parts.maps.getBoundingClientRect();
    const tall = (window.innerHeight - (top + window.scrollY)) / unit - FOOT;
    const choices = Array.from({ length: count }, (_, k) => {
      const [columns, rows] = [k + 1, Math.ceil(count / (k + 1))];
      const high = (tall - (rows - 1) * GAP) / rows - TEXT - AROUND;
      return [columns, Math.floor(Math.min((whole - (columns - 1) * GAP) / columns, Math.max(widthFor(high, this.aspect), LEAST), MOST))];
    });
    const widest = Math.max(...choices.map(([, width]) => width));
    return choices.findLast(([, width]) => width >= FEW_ROWS * widest);
  }

  /** The newest map of each rule that has come. */
  get maps() {
    return this.data.maps.map(({ rule }) => basins.maps.get(rule) ?? null);
  }

  explain(colours) {
    const entries = entriesOf(this.maps, this.data.words);
    const key = JSON.stringify([entries, colours.background]);
    if (key === this.explained) return;
    this.explained = key;
    this.parts.legend.replaceChildren(
      ...entries.map((entry) => {
        const item = document.createElement("span");
        item.setAttribute("role", "listitem");
        const name = Object.assign(document.createElement("b"), { textContent: entry.name });
        item.append(swatchOf(entry, colours), name, ` ${entry.text}`);
        return item;
      }),
    );
  }

  mark() {
    for (const part of this.own.values()) part.mark();
  }

  /** Begin at a start that was clicked, and play its runs. */
  begin(point) {
    this.pickStart(point);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) seek(clock.total);
    else restart();
  }

  /** All maps with the legend. */
  figure(options) {
    if (!this.data) return null;
    return basinsSheet({ data: this.data, maps: this.maps, view: ranges.view }, options, theme(this.root).font);
  }

  end() {
    for (const end of this.ends) end();
    for (const [rule, part] of this.own) this.drop(rule, part);
    this.watcher.disconnect();
    cancelAnimationFrame(this.frame);
    leaveBasins();
  }
}

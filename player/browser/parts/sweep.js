// The map of runs in the page: drawn, pointed at, zoomed, and saved as a picture.

import { sized } from "../base/canvas.js";
import { place } from "../base/scale.js";
import { setText, setWaiting } from "../base/text.js";
import { theme } from "../base/theme.js";
import { drawKept, drawMap, signsOf } from "../drawing/runsmap.js";
import { drawCell, layoutOf, readingOf, spot } from "../drawing/sweep.js";
import { offerFigure } from "../export/offered.js";
import { saveFigure } from "../export/saved.js";
import { mapSheet } from "../export/sheets/map.js";
import { cells, keepCell, lookedAt, onCells, pointAt } from "../stage/cells.js";
import { narrow, scale } from "../stage/mode.js";
import { onChange } from "../stage/store.js";
import { followHand, leaveSweep, onSweep, ranges, showSweep, sweep } from "../stage/sweeps.js";
import { Hand } from "./hand.js";
import { Tools } from "./tools.js";

const FOOT = 128; // pixels below the map, for a sentence of three lines and the bar
const PHONE = 0.62; // of a phone's height for the map

export class Sweep {
  /** `keepView(view)` and `keepCells(cells)` tell the page. */
  constructor(parent) {
    this.root = parent.querySelector(".dl-sweep");
    const find = (name) => this.root.querySelector(`.dl-${name}`);
    this.parts = { map: find("sweep-map"), ground: find("sweep-ground"), over: find("sweep-over"), reading: find("sweep-reading") };
    Object.assign(this.parts, { summary: find("summary"), note: find("sweep-note") });
    this.canvas = document.createElement("canvas"); // the map alone, in pixels of the screen
    this.ranges = Object.assign(ranges, { keep: (view) => this.keepView(view) });
    this.tools = new Tools(this.root, ranges, () => saveFigure(this.figure({ theme: "light" })));
    this.hand = new Hand(this.parts.map, this);
    this.ends = [onSweep((what) => this.changed(what)), onCells(() => this.mark()), onChange((what) => what === "mode" && this.update())];
    this.ends.push(offerFigure((options) => this.figure(options)));
    this.watcher = new ResizeObserver(() => this.update());
    this.watcher.observe(this.root);
    followHand();
  }

  show(data) {
    if (this.data === data) return this.update(); // the theme has changed
    this.data = data;
    const { words } = data;
    this.tools.name(words);
    this.parts.map.setAttribute("aria-label", words.map);
    this.root.setAttribute("aria-label", words.title);
    showSweep(data);
    setWaiting(this.parts.map, sweep.map ? null : words.waiting);
  }

  get axes() {
    return this.data.axes;
  }

  get scales() {
    return this.axes.map((axis) => axis.scale);
  }

  /** The map that is shown, and the cell [i, j] of it that is pointed at; null where there is none. */
  get map() {
    return sweep.map;
  }

  get pointed() {
    return cells.at;
  }

  /** Where the cell lies that is pointed at. */
  get spot() {
    return cells.pointed && this.where(cells.pointed);
  }

  changed(what) {
    if (what === "map") {
      this.painted = null;
      setWaiting(this.parts.map, null);
      setText(this.parts.summary, sweep.map.summary);
      this.parts.map.setAttribute("aria-describedby", (this.parts.summary.id ||= "dl-sweep-summary"));
      const at = this.hand.under ?? this.spot;
      if (at) this.point(this.cellAt(...at)); // of another grid
    }
    this.request();
  }

  update() {
    this.box = null;
    this.request();
  }

  /** Draw in the next frame, once. */
  request() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.draw();
    });
  }

  draw() {
    if (!this.data || !ranges.view || !this.root.clientWidth) return;
    this.colours = theme(this.root);
    const { top } = this.root.getBoundingClientRect();
    const unit = scale();
    const tallest = narrow() ? PHONE * window.innerHeight : window.innerHeight - (top + window.scrollY) - FOOT * unit;
    const layout = layoutOf(this.root.clientWidth / unit, Math.max(tallest, 320) / unit, signsOf(sweep.map, this.data.words)?.length ?? null);
    this.box = { ...layout, scale: unit };
    const context = sized(this.parts.ground, this.box.outer, this.box.total, undefined, unit);
    this.parts.map.style.height = `${this.box.total * unit}px`;
    const seen = { map: sweep.map, data: this.data, view: ranges.view };
    drawMap(context, this.canvas, this.box, seen, this.colours, (window.devicePixelRatio || 1) * unit);
    this.tools.update();
    setText(this.parts.note, [ranges.ended && this.data.words.end, sweep.map?.note].filter(Boolean).join(" "));
    this.mark();
  }

  /** The cells that are kept and the one that is pointed at, and what is read there. */
  mark() {
    if (!this.box) return;
    const context = sized(this.parts.over, this.box.outer, this.box.total, undefined, this.box.scale);
    drawKept(context, this.box, this.data, ranges.view, this.colours);
    if (lookedAt()) drawCell(context, this.where(lookedAt()), this.box, {}, this.colours);
    this.hand.draw(context, this.box, this.colours);
    const reading = cells.at && sweep.map ? readingOf({ map: sweep.map, axes: this.axes, words: this.data.words }, cells.at) : null;
    setText(this.parts.reading, reading?.text ?? "");
  }

  where(cell) {
    return spot(cell, this.box, ranges.view, this.scales);
  }

  /** The cell [i, j] under a place of the drawing, or null. */
  cellAt(left, top) {
    const { map } = sweep;
    if (!map || !this.box) return null;
    const values = this.hand.valuesAt([left, top]);
    if (!values) return null;
    const cell = [map.x, map.y].map(([low, high], i) => {
      const [a, b, at] = [low, high, values[i]].map((v) => place(v, this.scales[i]));
      return Math.floor(((at - a) / (b - a)) * map.n);
    });
    return cell.every((k) => k >= 0 && k < map.n) ? cell : null;
  }

  point(cell) {
    const { map } = sweep;
    pointAt(cell, cell && [map.xs[cell[0]], map.ys[cell[1]]]);
  }

  keep(cell) {
    const { map } = sweep;
    if (cell && map) this.keepCells(keepCell(this.data.kept, [map.xs[cell[0]], map.ys[cell[1]]]));
  }

  /** The map with its axes, legend and marks. */
  figure(options) {
    if (!this.data || !this.colours) return null;
    return mapSheet({ data: this.data, map: sweep.map, view: ranges.view }, options, this.colours.font);
  }

  end() {
    for (const end of this.ends) end();
    this.hand.end();
    this.watcher.disconnect();
    cancelAnimationFrame(this.frame);
    leaveSweep();
  }
}

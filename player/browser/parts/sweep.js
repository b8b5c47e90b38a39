// The map of runs in the page: drawn, pointed at, zoomed, and saved as a picture.

import { sized } from "../base/canvas.js";
import { place, valueAt } from "../base/scale.js";
import { setText, setWaiting } from "../base/text.js";
import { theme } from "../base/theme.js";
import { coloursOf, OUTCOMES, paint, patternsOf } from "../drawing/heat.js";
import { drawCell, drawFrame, drawLegend, drawTheory, layoutOf, readingOf, spot } from "../drawing/sweep.js";
import { cells, keepCell, lookedAt, onCells, pointAt } from "../stage/cells.js";
import { hides, narrow } from "../stage/mode.js";
import { onChange } from "../stage/store.js";
import { followHand, leaveSweep, lookAt, onSweep, showSweep, sweep, told } from "../stage/sweeps.js";
import { Hand } from "./hand.js";
import { DENSITY, saveSheet } from "./sheet.js";

const FOOT = 112; // pixels below the map, for a sentence of two lines and the bar
const PHONE = 0.62; // of a phone's height for the map
const PICTURE = { width: 900, height: 760 };

export class Sweep {
  /** `keepView(view)` and `keepCells(cells)` tell the page. */
  constructor(parent) {
    this.root = parent.querySelector(".dl-sweep");
    const find = (name) => this.root.querySelector(`.dl-${name}`);
    this.parts = { map: find("sweep-map"), ground: find("sweep-ground"), over: find("sweep-over"), reading: find("sweep-reading") };
    Object.assign(this.parts, {
      home: find("home"),
      before: find("back"),
      picture: find("picture"),
      summary: find("summary"),
      note: find("sweep-note"),
    });
    this.canvas = document.createElement("canvas"); // the map alone, in pixels of the screen
    this.past = []; // views before this one
    this.hand = new Hand(this.parts.map, this);
    this.parts.home.addEventListener("click", () => this.home());
    this.parts.before.addEventListener("click", () => this.back());
    this.parts.picture.addEventListener("click", () => this.save());
    this.ends = [onSweep((what) => this.changed(what)), onCells(() => this.mark()), onChange((what) => what === "mode" && this.update())];
    this.watcher = new ResizeObserver(() => this.update());
    this.watcher.observe(this.root);
    followHand();
  }

  show(data) {
    if (this.data === data) return this.update(); // the theme has changed
    this.data = data;
    const { words } = data;
    for (const name of ["home", "before", "picture"]) {
      this.parts[name].title = words[name];
      this.parts[name].setAttribute("aria-label", words[name]);
    }
    this.parts.map.setAttribute("aria-label", words.map);
    this.root.setAttribute("aria-label", words.title);
    showSweep(data);
    setWaiting(this.parts.map, sweep.map ? null : words.waiting);
  }

  get axes() {
    return this.data.axes;
  }

  get scales() {
    return this.axes.map(({ scale }) => scale);
  }

  get view() {
    return sweep.view;
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
      setText(this.parts.note, sweep.map.note);
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

  entries() {
    if (!sweep.map || hides("legend")) return [];
    return sweep.map.shares.map(([outcome, share]) => ({
      outcome: OUTCOMES[outcome],
      text: `${this.data.words.outcomes[OUTCOMES[outcome]]} ${share}`,
    }));
  }

  draw() {
    if (!this.data || !sweep.view || !this.root.clientWidth) return;
    this.colours = theme(this.root);
    const { top } = this.root.getBoundingClientRect();
    const tallest = narrow() ? PHONE * window.innerHeight : window.innerHeight - (top + window.scrollY) - FOOT;
    this.box = layoutOf(this.root.clientWidth, Math.max(tallest, 320), this.entries().length);
    const context = sized(this.parts.ground, this.box.outer, this.box.total);
    this.parts.map.style.height = `${this.box.total}px`;
    this.compose(context, this.box, this.colours, window.devicePixelRatio || 1);
    this.parts.home.hidden = this.atHome();
    this.parts.before.hidden = !this.past.length;
    this.mark();
  }

  /** Everything but the marks, on any context. */
  compose(context, box, colours, density) {
    const { map } = sweep;
    if (map) {
      const [width, height] = [Math.round(box.width * density), Math.round(box.height * density)];
      map.words ??= coloursOf(map);
      Object.assign(this.canvas, { width, height });
      const image = new ImageData(width, height);
      const seen = { n: map.n, x: map.x, y: map.y, scales: this.scales, words: map.words };
      paint(new Uint32Array(image.data.buffer), width, height, seen, sweep.view, patternsOf(colours), Math.max(1, Math.round(density)));
      this.canvas.getContext("2d").putImageData(image, 0, 0);
      context.drawImage(this.canvas, box.x, box.y, box.width, box.height);
      if (map.theory && !hides("theory")) drawTheory(context, box, map.theory, sweep.view, this.scales, colours);
      if (!hides("legend")) drawLegend(context, box, map, this.entries(), colours);
    }
    drawFrame(context, box, this.axes, sweep.view, colours);
  }

  /** The cells that are kept and the one that is pointed at, and what is read there. */
  mark() {
    if (!this.box) return;
    const context = sized(this.parts.over, this.box.outer, this.box.total);
    this.marks(context, this.box, this.colours);
    if (lookedAt()) drawCell(context, this.where(lookedAt()), this.box, {}, this.colours);
    this.hand.draw(context, this.box, this.colours);
    const reading = cells.at && sweep.map ? readingOf({ map: sweep.map, axes: this.axes, words: this.data.words }, cells.at) : null;
    setText(this.parts.reading, reading?.text ?? "");
  }

  marks(context, box, colours) {
    this.data.kept.forEach((cell, k) => {
      const { marker, light, dark } = this.data.looks[k];
      drawCell(context, spot(cell, box, sweep.view, this.scales), box, { marker, colour: { light, dark }[colours.name] }, colours);
    });
  }

  where(cell) {
    return spot(cell, this.box, sweep.view, this.scales);
  }

  /** The cell [i, j] under a place of the drawing, or null. */
  cellAt(left, top) {
    const { map } = sweep;
    if (!map || !this.box) return null;
    const values = this.valuesAt(left, top);
    if (!values) return null;
    const cell = [map.x, map.y].map(([low, high], i) => {
      const [a, b, at] = [low, high, values[i]].map((v) => place(v, this.scales[i]));
      return Math.floor(((at - a) / (b - a)) * map.n);
    });
    return cell.every((k) => k >= 0 && k < map.n) ? cell : null;
  }

  /** The values on both axes under a place of the drawing; null beside the plot. */
  valuesAt(left, top) {
    const { x, y, width, height } = this.box;
    const part = [(left - x) / width, 1 - (top - y) / height];
    if (part.some((v) => v < 0 || v > 1)) return null;
    return part.map((v, i) => this.onAxis(i, v));
  }

  /** The value that lies at this part of the way along an axis. */
  onAxis(i, part) {
    const [low, high] = sweep.view[i].map((v) => place(v, this.scales[i]));
    return valueAt(low + part * (high - low), this.scales[i]);
  }

  point(cell) {
    const { map } = sweep;
    pointAt(cell, cell && [map.xs[cell[0]], map.ys[cell[1]]]);
  }

  keep(cell) {
    const { map } = sweep;
    if (cell && map) this.keepCells(keepCell(this.data.kept, [map.xs[cell[0]], map.ys[cell[1]]]));
  }

  // Zooming.

  /** Show these ranges, as near as double precision and the settings allow; remembered for the way back. */
  zoom(view, settle = true) {
    const next = view.map(([low, high], i) => this.allowed(i, low, high));
    if (next.some((range) => !range)) return setText(this.parts.note, this.data.words.end);
    if (settle) this.past.push(this.since ?? sweep.view);
    this.since = settle ? null : (this.since ?? sweep.view);
    lookAt(next);
    if (settle) this.tell(next);
  }

  /** Both ends within what the setting accepts; null where double precision could not tell the cells apart. */
  allowed(i, low, high) {
    const [least, most] = this.axes[i].limits;
    const [a, b] = [Math.max(low, least), Math.min(high, most)];
    return b - a >= this.axes[i].finest * Math.max(Math.abs(a), Math.abs(b)) ? [a, b] : null;
  }

  atHome() {
    return this.axes.every(({ home }, i) => home.every((v, k) => v === sweep.view[i][k]));
  }

  home() {
    this.zoom(this.axes.map(({ home }) => home));
  }

  back() {
    const before = this.past.pop();
    if (!before) return;
    lookAt(before);
    this.tell(before);
  }

  tell(view) {
    told(view);
    this.keepView(view);
  }

  /** Save the map with its axes, legend and marks. */
  save() {
    const box = layoutOf(PICTURE.width, PICTURE.height, this.entries().length);
    return saveSheet(this.data, this.colours, [box.outer, box.total], (context, colours) => {
      this.compose(context, box, colours, DENSITY);
      this.marks(context, box, colours);
    });
  }

  end() {
    for (const end of this.ends) end();
    this.hand.end();
    this.watcher.disconnect();
    cancelAnimationFrame(this.frame);
    leaveSweep();
  }
}

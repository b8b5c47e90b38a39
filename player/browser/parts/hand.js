// What a hand does on a map or a chart over values: it points at cells, keeps one by a click, and zooms by the wheel, a box, two fingers or keys.

import { ink } from "../base/colour.js";
import { place, valueAt } from "../base/scale.js";

const STILL = 4; // pixels that a click may wander
const REST = 250; // milliseconds without the wheel until the page hears of the zoom
const WHEEL = 0.0016; // of a zoom's logarithm for a pixel
const STEP = 1.5; // times that a key zooms
const FAR = 10; // cells that an arrow key goes with Shift

export class Hand {
  /**
   * `map` is the element, `keys` the one that has the focus, `sweep` what it belongs to:
   *
   * {ranges, scales: of each axis, box: where the plot lies in the element, map: {n} of its cells, cellAt(left, top), point(cell), keep(cell),
   * mark(), pointed: the cell that is pointed at, spot: where it lies}
   */
  constructor(map, sweep, keys = map) {
    Object.assign(this, { map, sweep, keys, pointers: new Map(), box: null, under: null });
    this.over = new AbortController();
    const on = (target, name, act, options = {}) => target.addEventListener(name, act, { signal: this.over.signal, ...options });
    on(map, "pointerdown", (event) => this.down(event));
    on(map, "pointermove", (event) => this.moved(event));
    on(map, "pointerup", (event) => this.up(event));
    on(map, "pointercancel", (event) => this.cancel(event));
    on(map, "pointerleave", () => this.left());
    on(map, "wheel", (event) => this.turned(event), { passive: false });
    on(keys, "keydown", (event) => this.pressed(event));
    on(map, "blur", () => this.sweep.point(null));
  }

  left() {
    this.under = null;
    if (!this.pointers.size) this.sweep.point(null);
  }

  /** Where it is, in units of the box. */
  at({ clientX, clientY }) {
    const { left, top } = this.map.getBoundingClientRect();
    return [clientX - left, clientY - top].map((v) => v / (this.sweep.box?.scale ?? 1));
  }

  get view() {
    return this.sweep.ranges.view;
  }

  /** The parts of the way along both axes. */
  partsOf([left, top]) {
    const { x, y, width, height } = this.sweep.box;
    return [(left - x) / width, 1 - (top - y) / height];
  }

  /** The values on the axes under a place of the drawing; null beside the plot. */
  valuesAt(here) {
    if (!this.sweep.box) return null;
    const parts = this.partsOf(here);
    return parts.some((v) => v < 0 || v > 1) ? null : this.view.map((_, i) => this.onAxis(i, parts[i]));
  }

  /** The value that lies at this part of the way along an axis. */
  onAxis(i, part) {
    const scale = this.sweep.scales[i];
    const [low, high] = this.view[i].map((v) => place(v, scale));
    return valueAt(low + part * (high - low), scale);
  }

  down(event) {
    if (event.button !== 0 || event.target.closest("button")) return;
    if (!this.valuesAt(this.at(event))) return;
    this.pointers.set(event.pointerId, this.at(event));
    this.map.setPointerCapture(event.pointerId);
    if (this.pointers.size === 2) this.pinch = { fingers: [...this.pointers.values()], view: this.view };
    this.box = this.pointers.size === 1 ? { from: this.at(event), to: this.at(event), touch: event.pointerType === "touch" } : null;
  }

  moved(event) {
    const here = this.at(event);
    this.under = null;
    if (!this.pointers.has(event.pointerId)) {
      if (event.pointerType !== "touch") this.sweep.point(this.sweep.cellAt(...here));
      return;
    }
    this.pointers.set(event.pointerId, here);
    if (this.pinch && this.pointers.size === 2) return this.pinched();
    if (!this.box) return;
    this.box.to = here;
    if (this.box.touch) return this.sweep.point(this.sweep.cellAt(...here)); // a finger reads
    this.sweep.mark();
  }

  up(event) {
    if (!this.pointers.delete(event.pointerId)) return;
    const { box, pinch } = this;
    if (pinch && !this.pointers.size) {
      this.pinch = null;
      return this.sweep.ranges.rest();
    }
    this.box = null;
    if (!box || pinch) return;
    const still = Math.hypot(box.to[0] - box.from[0], box.to[1] - box.from[1]) < STILL;
    if (still) {
      const cell = this.sweep.cellAt(...box.from);
      this.sweep.point(cell);
      return this.sweep.keep(cell);
    }
    if (!box.touch) this.boxed(box);
  }

  cancel(event) {
    this.pointers.delete(event.pointerId);
    this.box = this.pinch = null;
    this.sweep.mark();
  }

  boxed({ from, to }) {
    const [a, b] = [from, to].map((here) => this.partsOf(here).map((v) => Math.min(Math.max(v, 0), 1)));
    this.sweep.ranges.zoom(this.view.map((_, i) => [a[i], b[i]].sort((u, v) => u - v).map((part) => this.onAxis(i, part))));
  }

  /** Two fingers: what lay under their middle lies there still. */
  pinched() {
    const [first, now] = [this.pinch.fingers, [...this.pointers.values()]];
    const apart = ([a, b]) => Math.max(Math.hypot(a[0] - b[0], a[1] - b[1]), 10);
    const middle = ([a, b]) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
    this.sweep.ranges.zoom(this.about(this.pinch.view, middle(first), middle(now), apart(now) / apart(first)), false);
  }

  turned(event) {
    const here = this.at(event);
    if (!this.valuesAt(here)) return;
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1) * (event.ctrlKey ? 6 : 1);
    const grown = Math.exp(-WHEEL * Math.max(-250, Math.min(250, pixels)));
    this.sweep.ranges.zoom(this.about(this.view, here, here, grown), false);
    this.sweep.point(null);
    this.under = here; // where the map that comes is pointed at
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.sweep.ranges.rest(), REST);
  }

  /** The view that is grown so many times, with what lay at `from` at `to`. */
  about(view, from, to, grown) {
    const [before, after] = [this.partsOf(from), this.partsOf(to)];
    return view.map((ends, i) => {
      const scale = this.sweep.scales[i];
      const [low, high] = ends.map((v) => place(v, scale));
      const [at, wide] = [low + before[i] * (high - low), (high - low) / grown];
      return [at - after[i] * wide, at + (1 - after[i]) * wide].map((u) => valueAt(u, scale));
    });
  }

  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== this.keys || !this.sweep.box) return;
    const { sweep } = this;
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    const middle = sweep.spot ?? [sweep.box.x + sweep.box.width / 2, sweep.box.y + sweep.box.height / 2];
    if (by && !sweep.map) return;
    if (by) this.walk(by.map((v) => v * (event.shiftKey ? FAR : 1)));
    else if (event.key === "Enter") sweep.keep(sweep.pointed);
    else if (event.key === "+" || event.key === "=") sweep.ranges.zoom(this.about(this.view, middle, middle, STEP));
    else if (event.key === "-") sweep.ranges.zoom(this.about(this.view, middle, middle, 1 / STEP));
    else if (event.key === "0") sweep.ranges.home();
    else if (event.key === "Backspace") sweep.ranges.back();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Point at another cell. */
  walk([across, up]) {
    const { n } = this.sweep.map;
    const [i, j] = this.sweep.pointed ?? [Math.floor(n / 2), Math.floor(n / 2)];
    this.sweep.point([i + across, j + up].map((k) => Math.min(Math.max(k, 0), n - 1)));
  }

  /** The box under the hand; over a single axis it is as high as the plot. */
  draw(context, { x, y, width, height }, colours) {
    if (!this.box || this.box.touch) return;
    const within = ([left, top]) => [Math.min(Math.max(left, x), x + width), Math.min(Math.max(top, y), y + height)];
    const [from, to] = [within(this.box.from), within(this.box.to)];
    if (this.view.length === 1) [from[1], to[1]] = [y, y + height];
    context.fillStyle = ink(colours, 0.15);
    context.strokeStyle = ink(colours, 0.9);
    context.lineWidth = 1;
    context.fillRect(...from, to[0] - from[0], to[1] - from[1]);
    context.strokeRect(...from, to[0] - from[0], to[1] - from[1]);
  }

  end() {
    clearTimeout(this.timer);
    this.over.abort();
  }
}

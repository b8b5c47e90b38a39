// What a hand does on the map of runs: it points at cells, keeps one by a click, and zooms by the wheel, a box, two fingers or keys.

import { ink } from "../base/colour.js";
import { place, valueAt } from "../base/scale.js";

const STILL = 4; // pixels that a click may wander
const REST = 250; // milliseconds without the wheel until the page hears of the zoom
const WHEEL = 0.0016; // of a zoom's logarithm for a pixel
const STEP = 1.5; // times that a key zooms
const FAR = 10; // cells that an arrow key goes with Shift

export class Hand {
  /** `map` is the element, `sweep` the part that it belongs to. */
  constructor(map, sweep) {
    Object.assign(this, { map, sweep, pointers: new Map(), box: null, under: null });
    this.over = new AbortController();
    const on = (target, name, act, options = {}) => target.addEventListener(name, act, { signal: this.over.signal, ...options });
    on(map, "pointerdown", (event) => this.down(event));
    on(map, "pointermove", (event) => this.moved(event));
    on(map, "pointerup", (event) => this.up(event));
    on(map, "pointercancel", (event) => this.cancel(event));
    on(map, "pointerleave", () => this.left());
    on(map, "wheel", (event) => this.turned(event), { passive: false });
    on(map, "keydown", (event) => this.pressed(event));
    on(map, "blur", () => this.sweep.point(null));
  }

  left() {
    this.under = null;
    if (!this.pointers.size) this.sweep.point(null);
  }

  at({ clientX, clientY }) {
    const { left, top } = this.map.getBoundingClientRect();
    return [clientX - left, clientY - top];
  }

  down(event) {
    if (event.button !== 0 || event.target.closest("button")) return;
    const inside = this.sweep.valuesAt(...this.at(event));
    if (!inside) return;
    this.pointers.set(event.pointerId, this.at(event));
    this.map.setPointerCapture(event.pointerId);
    if (this.pointers.size === 2) this.pinch = { fingers: [...this.pointers.values()], view: this.sweep.view };
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
      return this.sweep.zoom(this.sweep.view);
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
    const { x, y, width, height } = this.sweep.box;
    const parts = [[from[0], to[0]].map((v) => (v - x) / width), [from[1], to[1]].map((v) => 1 - (v - y) / height)].map((ends) =>
      ends.map((v) => Math.min(Math.max(v, 0), 1)).sort((a, b) => a - b),
    );
    this.sweep.zoom(parts.map((ends, i) => ends.map((part) => this.sweep.onAxis(i, part))));
  }

  /** Two fingers: what lay under their middle lies there still. */
  pinched() {
    const [first, now] = [this.pinch.fingers, [...this.pointers.values()]];
    const apart = ([a, b]) => Math.max(Math.hypot(a[0] - b[0], a[1] - b[1]), 10);
    const middle = ([a, b]) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
    this.sweep.zoom(this.about(this.pinch.view, middle(first), middle(now), apart(now) / apart(first)), false);
  }

  turned(event) {
    const here = this.at(event);
    if (!this.sweep.box || !this.sweep.valuesAt(...here)) return;
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1) * (event.ctrlKey ? 6 : 1);
    const grown = Math.exp(-WHEEL * Math.max(-250, Math.min(250, pixels)));
    this.sweep.zoom(this.about(this.sweep.view, here, here, grown), false);
    this.sweep.point(null);
    this.under = here; // where the map that comes is pointed at
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.sweep.zoom(this.sweep.view), REST);
  }

  /** The view that is grown so many times, with what lay at `from` at `to`. */
  about(view, from, to, grown) {
    const { x, y, width, height } = this.sweep.box;
    const parts = ([left, top]) => [(left - x) / width, 1 - (top - y) / height];
    const [before, after] = [parts(from), parts(to)];
    return view.map((ends, i) => {
      const scale = this.sweep.scales[i];
      const [low, high] = ends.map((v) => place(v, scale));
      const [at, wide] = [low + before[i] * (high - low), (high - low) / grown];
      return [at - after[i] * wide, at + (1 - after[i]) * wide].map((u) => valueAt(u, scale));
    });
  }

  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== this.map) return;
    const { sweep } = this;
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    const middle = sweep.spot ?? [sweep.box.x + sweep.box.width / 2, sweep.box.y + sweep.box.height / 2];
    if (by) this.walk(by.map((v) => v * (event.shiftKey ? FAR : 1)));
    else if (event.key === "Enter") sweep.keep(sweep.pointed);
    else if (event.key === "+" || event.key === "=") sweep.zoom(this.about(sweep.view, middle, middle, STEP));
    else if (event.key === "-") sweep.zoom(this.about(sweep.view, middle, middle, 1 / STEP));
    else if (event.key === "0") sweep.home();
    else if (event.key === "Backspace") sweep.back();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Point at another cell. */
  walk([across, up]) {
    const { n } = this.sweep.map ?? { n: 0 };
    if (!n) return;
    const [i, j] = this.sweep.pointed ?? [Math.floor(n / 2), Math.floor(n / 2)];
    this.sweep.point([i + across, j + up].map((k) => Math.min(Math.max(k, 0), n - 1)));
  }

  /** The box under the hand. */
  draw(context, { x, y, width, height }, colours) {
    if (!this.box || this.box.touch) return;
    const within = ([left, top]) => [Math.min(Math.max(left, x), x + width), Math.min(Math.max(top, y), y + height)];
    const [from, to] = [within(this.box.from), within(this.box.to)];
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

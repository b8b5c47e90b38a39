// A hand on the data: it chooses a point, moves it, adds one and takes one away, by mouse, finger or keys.

import { plotOf } from "../drawing/scatter.js";

const NEAR = 12; // pixels from a point that still choose it
const FINGER = 22;
const MOVED = 4; // pixels from which on a point is moved, and not only chosen
const NUDGE = 0.01; // of the panel's width, by an arrow key; ten times as far with Ctrl
const DIGITS = 3; // after the first one of the panel's width: about a tenth of a pixel

export class Editing {
  /** of(): {data, size} as drawn now; moved(points), with each move; kept(points), once; choose(i) or choose(null). */
  constructor(canvas, { of, moved, kept, choose }) {
    Object.assign(this, { canvas, of, moved, kept, choose, chosen: null, held: null });
    canvas.addEventListener("pointerdown", (event) => event.button === 0 && this.down(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    canvas.addEventListener("pointerup", (event) => this.up(event));
    canvas.addEventListener("pointercancel", () => this.let());
    canvas.addEventListener("touchstart", (event) => this.touched(event), { passive: false });
    canvas.addEventListener("keydown", (event) => this.key(event));
  }

  get points() {
    return this.of().data.points;
  }

  get plot() {
    const { size, data } = this.of();
    return plotOf(size, data.window);
  }

  /** A finger on a point moves it; any other scrolls the page. */
  touched(event) {
    const { left, top } = this.canvas.getBoundingClientRect();
    const [{ clientX, clientY }] = event.touches;
    if (event.touches.length === 1 && this.nearest([clientX - left, clientY - top], FINGER) !== null) event.preventDefault();
  }

  down(event) {
    const at = [event.offsetX, event.offsetY];
    const found = this.nearest(at, event.pointerType === "mouse" ? NEAR : FINGER);
    this.held = { at, point: found, begun: false, points: null };
    this.canvas.setPointerCapture(event.pointerId);
    this.pick(found);
  }

  move(event) {
    if (!this.held) {
      this.canvas.style.cursor = this.nearest([event.offsetX, event.offsetY], NEAR) === null ? "crosshair" : "grab";
      return;
    }
    const { at, point } = this.held;
    this.held.begun ||= Math.hypot(event.offsetX - at[0], event.offsetY - at[1]) > MOVED;
    if (point === null || !this.held.begun) return;
    this.held.points = this.placed(point, this.plot.from(this.inside([event.offsetX, event.offsetY])));
    this.moved(this.held.points);
  }

  up() {
    if (!this.held) return;
    const { at, point, begun, points } = this.held;
    this.held = null;
    if (points) return this.kept(points);
    const { x, y, width, height } = this.plot;
    const within = at[0] >= x && at[0] <= x + width && at[1] >= y && at[1] <= y + height;
    if (point === null && !begun && within) this.add(this.plot.from(at));
  }

  let() {
    this.held = null;
    this.moved(null);
  }

  /** A key: the arrows choose, with Shift they move; Enter adds a point in the middle, Delete removes the chosen one. */
  key(event) {
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key] ?? [0, 0];
    const arrow = dx || dy;
    if (!arrow && !["Enter", "Delete", "Backspace", "Escape"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") return this.pick(null);
    if (event.key === "Enter") return this.add(this.middle());
    if (!arrow) return this.remove();
    if (!event.shiftKey || this.chosen === null) return this.pick(this.beside(dx + dy));
    const [[x0, x1], [y0, y1]] = this.of().data.window;
    const far = NUDGE * (event.ctrlKey ? 10 : 1);
    const [xs, ys] = this.points;
    this.kept(this.placed(this.chosen, [xs[this.chosen] + dx * far * (x1 - x0), ys[this.chosen] + dy * far * (y1 - y0)]));
  }

  /** The point after the chosen one from left to right, or before it. */
  beside(by) {
    const order = this.points[0].map((x, i) => [x, i]).sort(([a, i], [b, j]) => a - b || i - j);
    const at = order.findIndex(([, i]) => i === this.chosen);
    return order[at < 0 ? 0 : (at + by + order.length) % order.length][1];
  }

  middle() {
    const [[x0, x1], [y0, y1]] = this.of().data.window;
    return [(x0 + x1) / 2, (y0 + y1) / 2];
  }

  pick(i) {
    this.chosen = i;
    this.choose(i);
  }

  add(place) {
    const added = this.rounded(place);
    this.chosen = this.points[0].length;
    this.kept(this.points.map((values, c) => [...values, added[c] ?? 1]));
  }

  remove() {
    if (this.chosen === null) return;
    const points = this.points.map((values) => values.filter((_, i) => i !== this.chosen));
    this.chosen = null;
    this.kept(points);
  }

  /** The chosen point of the other class. */
  turn() {
    if (this.chosen === null) return;
    const [x, y, c] = this.points;
    this.kept([x, y, c.map((v, i) => (i === this.chosen ? Number(!(v > 0)) : v))]);
  }

  placed(point, place) {
    const at = this.rounded(place);
    return this.points.map((values, c) => values.map((v, i) => (i === point && c < 2 ? at[c] : v)));
  }

  /** With as many digits as the hand has. */
  rounded(place) {
    return place.map((v, c) => {
      const [low, high] = this.of().data.window[c];
      return Number(v.toFixed(Math.max(0, DIGITS - Math.floor(Math.log10(high - low)) - 1)));
    });
  }

  inside([px, py]) {
    const { x, y, width, height } = this.plot;
    return [Math.min(Math.max(px, x), x + width), Math.min(Math.max(py, y), y + height)];
  }

  nearest([px, py], most) {
    const { to } = this.plot;
    const [xs, ys] = this.points;
    let best = null;
    let least = most;
    xs.forEach((x, i) => {
      const [qx, qy] = to([x, ys[i]]);
      const far = Math.hypot(qx - px, qy - py);
      if (far <= least) [best, least] = [i, far];
    });
    return best;
  }
}

// The curve of f − f* of a lane, drawn by hand on the left chart: with a pointer, or with the arrow keys knot by knot.

import { logAxis } from "../../base/axis.js";
import { element } from "../../base/element.js";
import { short } from "../../base/format.js";
import { gap } from "../../charts/quantities.js";
import { plotOf } from "../../charts/plot.js";
import { clock, repaint } from "../../stage/clock.js";
import { waiting } from "../../stage/predict.js";
import { stage } from "../../stage/store.js";
import { averageFactor, filledIn, joined, knotsOf, onAxis, stroke } from "./curve.js";

const SCALE = [-8, 2]; // decades about f − f* at the start on which is drawn: they tell nothing of the run
const OUTSIDE = 0.02; // of the plot's width, beyond which nothing is drawn
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const RISE = 0.25; // decades that an arrow key moves a knot; with Shift four times as much

export class Sketch {
  constructor({ lane, text }, { words, kept, changed, board }) {
    Object.assign(this, { lane, text, words, kept, changed, lanes: [], curves: board.curves });
    this.root = element("p", { className: "dl-lesson-placed" }, words.sketch);
    this.pad = element("div", { className: "dl-lesson-pad", tabIndex: 0, role: "slider", ariaLabel: `${text} ${words.sketch_keys}` });
    this.canvas = this.curves.sides.left.canvas;
    this.canvas.after(this.pad);
    for (const kind of ["pointerdown", "pointermove", "pointerup", "pointercancel"]) this.pad.addEventListener(kind, (event) => this.drawn(event));
    this.pad.addEventListener("keydown", (event) => this.pressed(event));
    document.documentElement.setAttribute("data-sketch", "");
    this.curves.drawnOn = (chart) => this.on(chart);
    this.curves.update();
    this.say();
  }

  get answer() {
    return this.kept.values && this.kept.values.some((v, k) => k > 0 && v > 0) ? this.kept.values : null;
  }

  /** f − f* of the lane, by step. */
  get true() {
    return gap(stage.lanes.get(this.lane).loss, stage.surface.lowest);
  }

  /** The decades of the paper. */
  get decades() {
    const start = Math.log10(this.true[0]);
    return SCALE.map((far) => Math.round(start) + far);
  }

  /** The left chart with the hand's line: before the run nothing else, and an axis that does not know the run. */
  on(chart) {
    const hidden = waiting();
    if (hidden) this.cover();
    const values = this.kept.values ?? [];
    const axis = hidden ? logAxis(...this.decades) : onAxis(chart, values);
    const start = this.true[0];
    const ground = (context, told, plot) => stroke(context, told, plot, { values, start, open: hidden, ink: this.curves.colours.text });
    return { ...chart, axis, ground, ...(hidden && { series: [] }) };
  }

  /** The pad lies over the plot. */
  cover() {
    const { left: box } = this.curves.measure();
    const plot = plotOf(box);
    const place = { left: plot.x, top: plot.y, width: plot.width, height: plot.height };
    for (const [side, length] of Object.entries(place)) this.pad.style[side] = `${Math.max(length, 0) * box.unit}px`;
  }

  drawn(event) {
    if (!waiting() || event.button > 0 || (event.type === "pointermove" && !this.last)) return;
    if (event.type === "pointerup" || event.type === "pointercancel") {
      this.last = null;
      return this.keep(filledIn(this.kept.values));
    }
    event.preventDefault();
    this.pad.setPointerCapture(event.pointerId);
    if (event.type === "pointerdown") this.pad.focus({ preventScroll: true });
    const [low, high] = this.decades;
    const box = this.curves.boxes?.left;
    if (!box) return;
    const plot = plotOf(box);
    const { left, top } = this.canvas.getBoundingClientRect();
    const across = ((event.clientX - left) / box.unit - plot.x) / plot.width;
    const up = 1 - ((event.clientY - top) / box.unit - plot.y) / plot.height;
    if (across < -OUTSIDE || across > 1 + OUTSIDE) return;
    const point = [Math.min(Math.max(across, 0), 1) * clock.total, 10 ** (low + Math.min(Math.max(up, 0), 1) * (high - low))];
    this.keep(joined(this.kept.values ?? this.empty(), this.last ?? point, point));
    this.last = point;
  }

  empty() {
    return Float64Array.from({ length: clock.total + 1 }, (_, k) => (k ? NaN : this.true[0]));
  }

  keep(values) {
    if (!values) return;
    values[0] = this.true[0]; // where it begins is known
    this.kept.values = values;
    this.curves.update();
    repaint();
    this.say();
    this.changed();
  }

  pressed(event) {
    const move = KEYS[event.key];
    if (!move || !waiting() || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const knots = knotsOf(clock.total);
    const at = Math.min(Math.max((this.kept.knot ?? 0) + move[0], 0), knots.length - 1);
    this.kept.knot = at;
    const [low, high] = this.decades;
    const before = this.kept.values ?? this.empty().fill(this.true[0]);
    const far = move[1] * RISE * (event.shiftKey ? 4 : 1);
    const now = Math.log10(before[knots[at]] > 0 ? before[knots[at]] : this.true[0]);
    const raised = 10 ** Math.min(Math.max(now + far, low), high);
    const [left, right] = [knots[at - 1] ?? 0, knots[at + 1] ?? clock.total];
    const valued = (k) => [k, before[k] > 0 ? before[k] : this.true[0]];
    let values = joined(before, valued(left), [knots[at], raised]);
    values = joined(values, [knots[at], raised], right === knots[at] ? [right, raised] : valued(right));
    this.keep(values);
  }

  /** Where the keys are, for those who hear the page. */
  say() {
    const knots = knotsOf(clock.total);
    const k = knots[this.kept.knot ?? 0];
    const value = this.kept.values?.[k];
    const [low, high] = this.decades;
    this.pad.setAttribute("aria-valuemin", low);
    this.pad.setAttribute("aria-valuemax", high);
    this.pad.setAttribute("aria-valuenow", value > 0 ? Math.log10(value).toFixed(2) : low);
    this.pad.setAttribute("aria-valuetext", `${this.words.at_step.replace("{step}", k)}: ${value > 0 ? short(value) : "?"}`);
  }

  freeze(on) {
    this.pad.hidden = on;
    this.root.hidden = on;
    this.curves.update();
  }

  tell() {
    if (!this.answer) return [];
    const factor = averageFactor(this.answer, this.true, this.decades);
    const { sketch_near: near, sketch_far: far } = this.words;
    return [(factor < 2 ? near : far).replace("{factor}", short(factor, 2))];
  }

  end() {
    this.pad.remove();
    this.curves.drawnOn = (chart) => chart;
    document.documentElement.removeAttribute("data-sketch");
    this.curves.update();
  }
}

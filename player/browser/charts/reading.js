// Reading a chart: a line at the step under the pointer with all lanes' values there. A click moves the clock to it, dragging scrubs; over the values
// of a setting, it picks one.

import { strokeLine } from "../base/canvas.js";
import { ink } from "../base/colour.js";
import { fixed } from "../base/format.js";
import { repaint, seek } from "../stage/clock.js";
import { placeX, plotOf } from "./plot.js";

const MOVED = 6; // pixels from which on a finger drags
const GAP = 10; // pixels between the line and the values
const OUTSIDE = 8; // pixels beside the plot that still belong to its first and last step

export class Reading {
  /** `values` is the element for what is read; pick(step) takes a step; whether a pointer that is held scrubs from step to step say scrubs(event). */
  constructor(canvas, values, pick = seek, scrubs = () => true) {
    this.canvas = canvas;
    this.values = values;
    this.step = null; // under the pointer
    this.shown = {}; // what the values were written from
    let held = null; // where the pointer went down
    let scrubbing = false;
    canvas.addEventListener("pointerdown", (event) => {
      if (!event.isPrimary) held = null; // a second finger zooms
      if (event.button !== 0 || !event.isPrimary || !this.at(event)) return;
      held = event.offsetX;
      scrubbing = event.pointerType === "mouse" && scrubs(event); // a finger may be about to scroll
      canvas.setPointerCapture(event.pointerId);
      if (scrubbing) pick(this.step);
    });
    canvas.addEventListener("pointermove", (event) => {
      this.at(event, held !== null);
      if (held === null) return;
      const moved = Math.abs(event.offsetX - held) > MOVED;
      if (moved && !scrubs(event)) held = null;
      else scrubbing ||= moved;
      if (scrubbing) pick(this.step);
    });
    canvas.addEventListener("pointerup", (event) => {
      if (held !== null && !scrubbing) pick(this.step);
      held = null;
      if (event.pointerType !== "mouse") this.leave();
    });
    canvas.addEventListener("pointercancel", () => {
      held = null;
      this.leave();
    });
    canvas.addEventListener("pointerleave", () => held === null && this.leave());
  }

  /** The nearest step under the pointer; whether it lies on the plot. */
  at({ offsetX }, held = false) {
    if (!this.box || this.chart.across) return false; // it has not been drawn yet, or each line has its own way across
    const plot = plotOf(this.box);
    const x = offsetX - plot.x;
    if (!held && (x < -OUTSIDE || x > plot.width + OUTSIDE)) {
      this.leave();
      return false;
    }
    const part = Math.min(Math.max(x / plot.width, 0), 1);
    this.step = this.chart.at ? nearest(this.chart.at, part) : Math.round(part * this.chart.total);
    repaint();
    return true;
  }

  leave() {
    this.step = null;
    repaint();
  }

  /** The line, and the values where another step or other runs are read. */
  draw(context, chart, colours, box, word) {
    Object.assign(this, { box, chart });
    const { step, values } = this;
    if (values.hidden !== (step === null)) values.hidden = step === null;
    if (step === null) return;
    const plot = plotOf(box);
    const x = placeX(step, chart, plot);
    context.strokeStyle = ink(colours, 0.5);
    context.lineWidth = 1;
    strokeLine(context, [x, plot.y], [x, plot.y + plot.height]);
    if (this.shown.step === step && this.shown.chart === chart && this.shown.width === box.width) return;
    this.shown = { step, chart, width: box.width };
    this.write(chart, step, word);
    const [width, height] = [values.offsetWidth, values.offsetHeight];
    const beside = x < plot.x + plot.width / 2 ? x + GAP : x - GAP - width;
    values.style.left = `${Math.min(Math.max(beside, 0), box.width - width)}px`;
    values.style.top = `${Math.max(0, (box.height - height) / 2)}px`;
  }

  /** The lanes' values, the largest first, as their lines lie; or what the chart says itself. */
  write(chart, step, word) {
    if (chart.reading)
      return this.values.replaceChildren(...chart.reading(step).map((text) => Object.assign(document.createElement("div"), { textContent: text })));
    const rows = chart.series.map(({ values, name, colour }) => ({ value: values[Math.min(step, values.length - 1)], name, colour }));
    const height = ({ value }) => (Number.isNaN(value) ? -Infinity : value);
    rows.sort((a, b) => height(b) - height(a) || 0);
    const line = (colour, name, text) => {
      const [row, left, right] = ["div", "span", "b"].map((tag) => document.createElement(tag));
      row.style.color = colour;
      left.textContent = name;
      right.textContent = text;
      row.append(left, right);
      return row;
    };
    this.values.replaceChildren(
      line("inherit", word, String(step)),
      ...rows.map(({ value, name, colour }) => line(colour, name, (chart.text ?? fixed)(value))),
    );
  }
}

/** The index of the value in a rising list that is nearest to another. */
export function nearest(values, wanted) {
  let best = 0;
  values.forEach((v, k) => {
    if (Math.abs(v - wanted) < Math.abs(values[best] - wanted)) best = k;
  });
  return best;
}

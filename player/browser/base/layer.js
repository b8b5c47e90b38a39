// A drawing that only grows: it is kept from frame to frame, and only what is new is drawn.

import { newCanvas } from "./canvas.js";

const MARGIN = 4; // pixels around a line's points: half of its width, and its smoothed edge

export class Layer {
  constructor() {
    this.canvas = null;
    this.of = null; // the drawing that it shows
    this.done = 0; // the step up to which it shows it
  }

  /**
   * Put on a context what `drawing` shows up to a step.
   *
   * drawing = {bounds: {x, y, width, height}}; more(context, from, to) adds the steps after `from`.
   */
  put(context, drawing, to, more) {
    if (context.vector) return context.group(() => more(context, 0, to));
    this.canvas ??= newCanvas();
    const { a: scale, e, f } = context.getTransform();
    const { x, y, width, height } = drawing.bounds;
    const [left, top, right, bottom] = [
      Math.floor(x * scale),
      Math.floor(y * scale),
      Math.ceil((x + width) * scale),
      Math.ceil((y + height) * scale),
    ];
    if (!(right > left && bottom > top)) return;
    const own = this.canvas.getContext("2d");
    if (this.of !== drawing || this.scale !== scale || to < this.done) {
      Object.assign(this, { of: drawing, scale, done: 0 });
      this.clear(own, right - left, bottom - top);
    }
    if (to > this.done) {
      own.setTransform(scale, 0, 0, scale, -left, -top);
      more(own, this.done, to);
      this.done = to;
    }
    context.save();
    context.setTransform(1, 0, 0, 1, Math.round(e), Math.round(f)); // pixel on pixel
    context.drawImage(this.canvas, 0, 0, right - left, bottom - top, left, top, right - left, bottom - top);
    context.restore();
  }

  /** The canvas grows where it must and never shrinks: a dragged slider brings many paths, and each would have a canvas made anew. */
  clear(own, width, height) {
    const { canvas } = this;
    own.setTransform(1, 0, 0, 1, 0, 0);
    if (canvas.width < width || canvas.height < height)
      Object.assign(canvas, { width: Math.max(canvas.width, width), height: Math.max(canvas.height, height) });
    else own.clearRect(0, 0, canvas.width, canvas.height);
  }
}

/** The part of a box in which these points [x, y, x, y, …] are drawn, with a margin. */
export function around(points, box, margin = MARGIN) {
  const [low, high] = [
    [Infinity, Infinity],
    [-Infinity, -Infinity],
  ];
  points.forEach((v, i) => {
    low[i % 2] = Math.min(low[i % 2], Number.isNaN(v) ? Infinity : v);
    high[i % 2] = Math.max(high[i % 2], Number.isNaN(v) ? -Infinity : v);
  });
  const [x, y] = [Math.max(low[0] - margin, box.x), Math.max(low[1] - margin, box.y)];
  return { x, y, width: Math.min(high[0] + margin, box.x + box.width) - x, height: Math.min(high[1] + margin, box.y + box.height) - y };
}

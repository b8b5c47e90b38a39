// The surface as a thing in space: heights over a grid, and where a line of sight meets them. It is as deep as the view is high: one unit.

import { heightsOf } from "./heights.js";

const TALL = 0.45; // from the lowest point to the highest, where the view's height is 1,
const LEAST = 0.5; // or down to this part of it, where bumps would hide what lies between them:
const STEEP = 1.5; // where a tenth of the slopes would rise more than this
const BASE = -0.03; // where the block ends below
const LIFT = 0.006; // a trail lies this far above the surface, so that it does not sink into it
const EDGE = 1e-6; // of a cell: so far beyond the grid still counts as its edge
const FINE = 0.5; // cells between two looks along a ray
export const BEHIND = 0.28; // how much is seen of what a hill stands before

export class Relief {
  /** A surface as the server sends it; kind: the scale of its heights, "f" or "log". */
  constructor(surface, kind) {
    const { grid, figure, aspect } = surface;
    const heights = heightsOf(surface, kind);
    const parts = figure.data[0].z.map((row) => Float64Array.from(row, (z) => (heights.of(z) - heights.low) / (heights.high - heights.low || 1)));
    const tall = TALL * Math.min(1, Math.max(LEAST, STEEP / (TALL * steepness(parts))));
    Object.assign(this, { surface, kind, x: grid.x, y: grid.y, heights, lift: LIFT, tall });
    this.raised = (height) => (tall * (height - heights.low)) / (heights.high - heights.low || 1);
    this.z = parts.map((row) => row.map((part) => tall * part));
    this.ranges = [grid.x, grid.y].map(({ from, step, count }) => [from, from + step * (count - 1)]);
    this.solid = [aspect / 2, 0.5, [BASE, tall]]; // the box that holds it, about the middle of the view
  }

  /** By what x, y and height become places in that box: [factor, offset] each. */
  get placing() {
    const [a, b] = this.solid;
    const across = (half, [low, high]) => [(2 * half) / (high - low), (-half * (high + low)) / (high - low)];
    return [across(a, this.ranges[0]), across(b, this.ranges[1]), [1, 0]];
  }

  /** The height over a point as it is drawn, between the grid's points bilinear; NaN where nothing is drawn. */
  height(x, y) {
    const u = (x - this.x.from) / this.x.step;
    const v = (y - this.y.from) / this.y.step;
    if (!(u >= -EDGE && v >= -EDGE && u <= this.x.count - 1 + EDGE && v <= this.y.count - 1 + EDGE)) return NaN;
    const i = Math.min(Math.max(Math.floor(u), 0), this.x.count - 2);
    const j = Math.min(Math.max(Math.floor(v), 0), this.y.count - 2);
    const [s, t] = [u - i, v - j];
    const [near, far] = [this.z[j], this.z[j + 1]];
    return (1 - t) * ((1 - s) * near[i] + s * near[i + 1]) + t * ((1 - s) * far[i] + s * far[i + 1]);
  }

  /** The first point [x, y] of the surface on the way from the eye in a direction, or null. */
  met(eye, way) {
    let [from, to] = [0, Infinity];
    for (const [axis, [low, high]] of [...this.ranges, [-this.lift, this.tall + this.lift]].entries()) {
      const ends = [(low - eye[axis]) / way[axis], (high - eye[axis]) / way[axis]];
      from = Math.max(from, Math.min(...ends));
      to = Math.min(to, Math.max(...ends));
    }
    if (!(from < to)) return null;
    const above = (t) => eye[2] + t * way[2] - this.height(eye[0] + t * way[0], eye[1] + t * way[1]);
    const cells = Math.max(Math.abs(way[0] / this.x.step), Math.abs(way[1] / this.y.step)) * (to - from);
    const looks = Math.ceil(Math.max(cells / FINE, 100));
    if (above(from + 1e-9 * (to - from)) < 0) return null; // the block's side stands before the surface
    let before = from;
    for (let k = 1; k < looks; k++) {
      let t = from + ((to - from) * k) / looks;
      if (above(t) <= 0) {
        if (Number.isNaN(above(before))) return null; // it came through a gap, and sees the surface from below
        for (let halves = 0; halves < 30; halves++) {
          const middle = (before + t) / 2;
          if (above(middle) <= 0) t = middle;
          else before = middle;
        }
        return [eye[0] + t * way[0], eye[1] + t * way[1]];
      }
      before = t;
    }
    return null;
  }
}

/** What nine tenths of the rises from a point of the grid to the one beside or behind it stay below, for one unit along the ground. */
function steepness(rows) {
  const cell = 1 / (rows.length - 1);
  const found = [];
  for (let j = 0; j + 1 < rows.length; j++)
    for (let i = 0; i + 1 < rows[0].length; i++) found.push(Math.hypot(rows[j][i + 1] - rows[j][i], rows[j + 1][i] - rows[j][i]) / cell);
  const sorted = Float64Array.from(found.filter(Number.isFinite)).sort();
  return sorted[Math.floor(0.9 * sorted.length)] ?? 0;
}

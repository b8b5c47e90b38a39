// The ground in 3-D: where the points of a surface lie on the screen, as a camera sees them.

import { meeting, rowsOf } from "../base/projection.js";
import { Track } from "./track.js";

/**
 * A surface in a box, seen by a camera.
 *
 * box = {x, y, width, height, scale} as a plane has it; relief: the heights; camera = {matrices: [projection, view, model], scale}
 */
export class Space {
  constructor(box, relief, { matrices, scale }) {
    Object.assign(this, { box, relief });
    this.level = false;
    this.rows = rowsOf(matrices, scale); // of the matrix from a point in space to the screen
    const [x, y, , w] = this.rows;
    this.eye = meeting(x, y, w);
  }

  /** What is seen of the surface: all that there is of it. */
  get view() {
    return this.relief.ranges;
  }

  /** Where a point in space is. */
  onScreen([x, y, z]) {
    const [u, v, , w] = this.rows.map(([a, b, c, d]) => a * x + b * y + c * z + d);
    return [((u / w + 1) / 2) * this.box.width, ((1 - v / w) / 2) * this.box.height];
  }

  /** The point in space of a point of the surface, a little above it. */
  lifted(x, y) {
    return [x, y, this.relief.height(x, y) + this.relief.lift];
  }

  /** Where a point of the surface is; NaN where the surface has ended. */
  project(x, y) {
    return this.onScreen(this.lifted(x, y));
  }

  /** Where the points of a path [xs, ys] are: [x, y, x, y, …]. */
  place([xs, ys]) {
    const points = new Float64Array(2 * xs.length);
    for (let i = 0; i < xs.length; i++) [points[2 * i], points[2 * i + 1]] = this.project(xs[i], ys[i]);
    return points;
  }

  /** A path as it is drawn here: {points, drawPast, drawNow}. */
  trail(path) {
    return new Track(path, this);
  }

  /** The point of the surface under a pixel of the element, or null beside it. */
  at(left, top) {
    const { width, height, scale } = this.box;
    const [u, v] = [(2 * (left / scale)) / width - 1, 1 - (2 * (top / scale)) / height];
    const [x, y, , w] = this.rows;
    const [onX, onY] = [x.map((a, i) => a - u * w[i]), y.map((a, i) => a - v * w[i])];
    const far = meeting(
      onX,
      onY,
      w.map((a, i) => (i === 3 ? a - 1 : a)),
    ); // the point of the line of sight where w is 1
    return this.relief.met(
      this.eye,
      far.map((a, i) => a - this.eye[i]),
    );
  }
}

// The ground in 3-D: where the points of a surface lie on the screen, as a camera sees them.

import { rowsOf } from "../base/camera.js";
import { meeting } from "../base/projection.js";
import { Track } from "./track.js";

const MARGINS = [38, 22, 16, 26]; // units of the box for the axes' labels: left, right, top, bottom
const BEFORE = 1.004; // what hides a point is at least so many times nearer to the eye than it

/**
 * A surface in a box, seen by a camera.
 *
 * box = {x, y, width, height, scale} as a plane has it; relief: the heights; seen = {near, width, height}: what stands nearest in each pixel of
 * a picture of it, as a raster has it, once there is one
 */
export class Space {
  constructor(box, relief, camera) {
    Object.assign(this, { box, relief, seen: null });
    this.level = false;
    this.turns = true;
    const rows = rowsOf(camera, relief.solid, { width: box.width, height: box.height, margins: MARGINS });
    const { placing } = relief;
    // From x, y and height on: [X, Y, W] of which X / W and Y / W are the place on the screen.
    this.rows = rows.map((row) => [
      ...placing.map(([factor], i) => row[i] * factor),
      placing.reduce((sum, [, offset], i) => sum + row[i] * offset, row[3]),
    ]);
    this.eye = meeting(...this.rows);
  }

  /** What is seen of the surface: all that there is of it. */
  get view() {
    return this.relief.ranges;
  }

  /** [left, top, nearness] of a point in space. */
  onScreen([x, y, z]) {
    const [u, v, w] = this.rows.map(([a, b, c, d]) => a * x + b * y + c * z + d);
    return [u / w, v / w, 1 / w];
  }

  /** The same of many, given as arrays {x, y, z}: {x, y, near}, the places times a factor. */
  onScreenAll({ x, y, z }, factor = 1) {
    const [[ux, uy, uz, u1], [vx, vy, vz, v1], [wx, wy, wz, w1]] = this.rows;
    const count = x.length;
    const [left, top, near] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
    for (let k = 0; k < count; k++) {
      const n = 1 / (wx * x[k] + wy * y[k] + wz * z[k] + w1);
      near[k] = n;
      left[k] = factor * n * (ux * x[k] + uy * y[k] + uz * z[k] + u1);
      top[k] = factor * n * (vx * x[k] + vy * y[k] + vz * z[k] + v1);
    }
    return { x: left, y: top, near };
  }

  /** Whether something stands before what is at this place on the screen: also around it, or a slope would hide what lies on it. */
  hides(left, top, nearness) {
    if (!this.seen) return false;
    const { near, width, height } = this.seen;
    const factor = width / this.box.width;
    const [column, row] = [Math.floor(left * factor), Math.floor(top * factor)];
    if (!(column > 0 && row > 0 && column < width - 1 && row < height - 1)) return false;
    const least = BEFORE * nearness;
    for (let j = row - 1; j <= row + 1; j++) for (let i = column - 1; i <= column + 1; i++) if (near[j * width + i] < least) return false;
    return true;
  }

  /** The point in space of a point of the surface, a little above it. */
  lifted(x, y) {
    return [x, y, this.relief.height(x, y) + this.relief.lift];
  }

  /** Where a point of the surface is; NaN where the surface has ended. */
  project(x, y) {
    return this.onScreen(this.lifted(x, y)).slice(0, 2);
  }

  /** Where the points of a path [xs, ys] are: [x, y, x, y, …]. */
  place([xs, ys]) {
    const z = Float64Array.from(xs, (x, i) => this.relief.height(x, ys[i]) + this.relief.lift);
    const { x, y } = this.onScreenAll({ x: xs, y: ys, z });
    const points = new Float64Array(2 * xs.length);
    for (let i = 0; i < xs.length; i++) [points[2 * i], points[2 * i + 1]] = [x[i], y[i]];
    return points;
  }

  /** A path as it is drawn here: {points, drawPast, drawNow}. */
  trail(path) {
    return new Track(path, this);
  }

  /** The point of the surface under a pixel of the element, or null beside it. */
  at(left, top) {
    const [u, v] = [left / this.box.scale, top / this.box.scale];
    const [x, y, w] = this.rows;
    const [onX, onY] = [x.map((a, i) => a - u * w[i]), y.map((a, i) => a - v * w[i])];
    const away = w.map((a, i) => (i === 3 ? a - 1 : a));
    const far = meeting(onX, onY, away); // the point of the line of sight at the distance 1
    return this.relief.met(
      this.eye,
      far.map((a, i) => a - this.eye[i]),
    );
  }
}

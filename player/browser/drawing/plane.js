// The ground in 2-D: where the points of a surface lie on a map.

import { place, Trail } from "./trail.js";

/**
 * A part of the surface in a box.
 *
 * box = {x, y, width, height, scale}: the plot area, in units of `scale` pixels of its element; view = [[x0, x1], [y0, y1]]: what is seen in it
 */
export class Plane {
  constructor(box, view) {
    Object.assign(this, { box, view });
    this.level = true; // one unit of x is everywhere as long as one of y
  }

  toX(x) {
    const [low, high] = this.view[0];
    return this.box.x + ((x - low) / (high - low)) * this.box.width;
  }

  toY(y) {
    const [low, high] = this.view[1];
    return this.box.y + ((high - y) / (high - low)) * this.box.height;
  }

  /** Where a point of the surface is. */
  project(x, y) {
    return [this.toX(x), this.toY(y)];
  }

  /** Where the points of a path [xs, ys] are: [x, y, x, y, …]. */
  place(path) {
    return place(
      path,
      (x) => this.toX(x),
      (y) => this.toY(y),
    );
  }

  /** A path as it is drawn here: {points, drawPast, drawNow}. */
  trail(path) {
    return new Trail(this.place(path), this.box, path, this.view);
  }

  /** The point of the surface under a pixel of the element, or null outside the plot area. */
  at(left, top) {
    const { x, y, width, height, scale } = this.box;
    const [px, py] = [left / scale, top / scale];
    if (px < x || px > x + width || py < y || py > y + height) return null;
    const [[x0, x1], [y0, y1]] = this.view;
    return [x0 + ((px - x) / width) * (x1 - x0), y1 - ((py - y) / height) * (y1 - y0)];
  }
}

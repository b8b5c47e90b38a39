// The surface as 3-D draws it: heights over a grid, what they hide from an eye, and where a ray from it meets them.

const LIFT = 0.012; // of the heights' range: a trail lies this far above the surface, so that it does not sink into it
const EDGE = 1e-6; // of a cell: so far beyond the grid still counts as its edge
export const BEHIND = 0.28; // how much is seen of what a hill stands before
const FINE = 0.5; // cells between two looks along a ray

export class Relief {
  constructor({ figure: { data }, grid: { x, y } }) {
    const { z, zmin, zmax } = data[0];
    Object.assign(this, { z, x, y, low: zmin, high: zmax, lift: LIFT * (zmax - zmin || 1) });
    this.ranges = [x, y].map(({ from, step, count }) => [from, from + step * (count - 1)]);
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

  /** Whether the surface stands between a point and the eye. */
  hides([x, y, z], eye) {
    const [dx, dy, dz] = [eye[0] - x, eye[1] - y, eye[2] - z];
    const cells = Math.max(Math.abs(dx / this.x.step), Math.abs(dy / this.y.step), 1);
    for (let k = 1; k < cells; k++) {
      const at = z + (k / cells) * dz;
      if (at > this.high && dz >= 0) return false;
      const surface = this.height(x + (k / cells) * dx, y + (k / cells) * dy);
      if (Number.isNaN(surface)) return false;
      if (surface > at) return true;
    }
    return false;
  }

  /** The first point [x, y] of the surface on the way from the eye in a direction, or null. */
  met(eye, way) {
    let [from, to] = [0, Infinity];
    for (const [axis, [low, high]] of [...this.ranges, [this.low - this.lift, this.high + this.lift]].entries()) {
      const ends = [(low - eye[axis]) / way[axis], (high - eye[axis]) / way[axis]];
      from = Math.max(from, Math.min(...ends));
      to = Math.min(to, Math.max(...ends));
    }
    if (!(from < to)) return null;
    const above = (t) => eye[2] + t * way[2] - this.height(eye[0] + t * way[0], eye[1] + t * way[1]);
    const cells = Math.max(Math.abs(way[0] / this.x.step), Math.abs(way[1] / this.y.step)) * (to - from);
    const looks = Math.ceil(Math.max(cells / FINE, 100));
    const side = Math.sign(above(from + 1e-9 * (to - from))); // from under an edge the surface's lower side is seen
    let before = from;
    for (let k = 1; k < looks; k++) {
      let t = from + ((to - from) * k) / looks;
      if (side * above(t) <= 0) {
        for (let halves = 0; halves < 30; halves++) {
          const middle = (before + t) / 2;
          if (side * above(middle) <= 0) t = middle;
          else before = middle;
        }
        return [eye[0] + t * way[0], eye[1] + t * way[1]];
      }
      before = t;
    }
    return null;
  }
}

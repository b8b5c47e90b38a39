// Triangles in space as pixels: the nearest wins. It knows no canvas, and needs no graphics card.

/**
 * A picture of width × height pixels.
 *
 * Corners = {x, y: places in pixels, near: 1 / distance, level: what colours and lines follow, shade: how light it lies}, arrays all.
 */
export class Raster {
  constructor(width, height) {
    Object.assign(this, { width, height });
    this.near = new Float32Array(width * height); // of what is seen in each pixel; 0 where there is nothing
    this.words = new Uint32Array(width * height); // colours as a canvas has them: red, green, blue, alpha from the lowest byte up
  }

  /** The picture's bytes, as ImageData takes them. */
  get pixels() {
    return new Uint8ClampedArray(this.words.buffer);
  }

  clear() {
    this.near.fill(0);
    this.words.fill(0);
  }

  /**
   * Triangles, three indices of corners each.
   *
   * paint = {table: [r, g, b, r, g, b, …] of the levels from 0 to `top`; line: [r, g, b] of the lines at whole levels between, strength: how much
   * of it is seen, wide: in pixels}
   */
  draw({ x, y, near, level, shade }, triangles, { table, top, line, strength, wide }) {
    const { width, height, words } = this;
    const depth = this.near;
    const [lineR, lineG, lineB] = line;
    const last = table.length / 3 - 1;
    const [scale, reach] = [last / top, wide / 2 + 0.5];
    for (let k = 0; k < triangles.length; k += 3) {
      let [a, b, c] = [triangles[k], triangles[k + 1], triangles[k + 2]];
      // From the highest corner on the screen to the lowest.
      if (y[b] < y[a]) [a, b] = [b, a];
      if (y[c] < y[a]) [a, c] = [c, a];
      if (y[c] < y[b]) [b, c] = [c, b];
      const [ax, ay, bx, by, cx, cy] = [x[a], y[a], x[b], y[b], x[c], y[c]];
      const [from, to] = [Math.max(Math.ceil(ay - 0.5), 0), Math.min(Math.ceil(cy - 0.5), height)];
      const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
      if (!(from < to) || !(Math.abs(area) > 1e-9)) continue; // nothing to see, or a corner that is nowhere
      const [eastX, eastY, westX, westY] = [(cy - ay) / area, (cx - ax) / area, (by - ay) / area, (bx - ax) / area];
      const [n1, n2, l1, l2, s1, s2] = [
        near[b] - near[a],
        near[c] - near[a],
        level[b] - level[a],
        level[c] - level[a],
        shade[b] - shade[a],
        shade[c] - shade[a],
      ];
      const [nx, ny] = [n1 * eastX - n2 * westX, n2 * westY - n1 * eastY];
      const [lx, ly] = [l1 * eastX - l2 * westX, l2 * westY - l1 * eastY];
      const [sx, sy] = [s1 * eastX - s2 * westX, s2 * westY - s1 * eastY];
      const steep = Math.sqrt(lx * lx + ly * ly); // levels a pixel
      const per = 1 / Math.max(steep, 1e-9);
      const seen = strength * Math.min(1, 0.35 * per); // where lines lie closer than three pixels, they would be all that is seen
      for (let row = from; row < to; row++) {
        const v = row + 0.5;
        const long = ax + ((cx - ax) * (v - ay)) / (cy - ay);
        const short = v < by ? ax + ((bx - ax) * (v - ay)) / (by - ay) : bx + ((cx - bx) * (v - by)) / (cy - by);
        const left = Math.max(Math.ceil(Math.min(long, short) - 0.5), 0);
        const right = Math.min(Math.ceil(Math.max(long, short) - 0.5), width);
        const [du, dv] = [left + 0.5 - ax, v - ay];
        let [n, l, s] = [near[a] + nx * du + ny * dv, level[a] + lx * du + ly * dv, shade[a] + sx * du + sy * dv];
        for (let at = row * width + left; at < row * width + right; at++, n += nx, l += lx, s += sx) {
          if (n <= depth[at]) continue;
          depth[at] = n;
          const place = 3 * Math.min(Math.max(Math.round(l * scale), 0), last);
          let [r, g, bl] = [table[place] * s, table[place + 1] * s, table[place + 2] * s];
          const whole = Math.round(l);
          if (whole > 0 && whole < top) {
            const cover = Math.min(reach - Math.abs(l - whole) * per, 1) * seen;
            if (cover > 0) {
              r += cover * (lineR - r);
              g += cover * (lineG - g);
              bl += cover * (lineB - bl);
            }
          }
          words[at] = 0xff000000 | (Math.min(bl, 255) << 16) | (Math.min(g, 255) << 8) | Math.min(r, 255);
        }
      }
    }
  }
}

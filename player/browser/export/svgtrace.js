// The part of a 2-D context that says where: its matrix, and paths, written as they are traced. Every point becomes a point of the picture at once.

import { SvgPath } from "./svgpath.js";

export class SvgTrace {
  /** digits: after the point, of the paths that are begun from now on. */
  constructor(digits) {
    Object.assign(this, { digits, matrix: [1, 0, 0, 1, 0, 0], path: new SvgPath(digits) });
  }

  setTransform(a, b, c, d, e, f) {
    this.matrix = [a, b, c, d, e, f];
  }

  getTransform() {
    const [a, b, c, d, e, f] = this.matrix;
    return { a, b, c, d, e, f };
  }

  transform(a, b, c, d, e, f) {
    const [A, B, C, D, E, F] = this.matrix;
    this.matrix = [A * a + C * b, B * a + D * b, A * c + C * d, B * c + D * d, A * e + C * f + E, B * e + D * f + F];
  }

  translate(x, y) {
    this.transform(1, 0, 0, 1, x, y);
  }

  scale(x, y) {
    this.transform(x, 0, 0, y, 0, 0);
  }

  rotate(angle) {
    this.transform(Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0);
  }

  /** A point in the picture. */
  to(x, y) {
    const [a, b, c, d, e, f] = this.matrix;
    return [a * x + c * y + e, b * x + d * y + f];
  }

  get unit() {
    return Math.hypot(this.matrix[0], this.matrix[1]);
  }

  get turn() {
    return Math.atan2(this.matrix[1], this.matrix[0]);
  }

  beginPath() {
    this.path = new SvgPath(this.digits);
  }

  moveTo(x, y) {
    this.path.move(this.to(x, y));
  }

  lineTo(x, y) {
    this.path.line(this.to(x, y));
  }

  closePath() {
    this.path.close();
  }

  rect(x, y, width, height) {
    this.moveTo(x, y);
    this.lineTo(x + width, y);
    this.lineTo(x + width, y + height);
    this.lineTo(x, y + height);
    this.closePath();
  }

  quadraticCurveTo(...values) {
    this.path.curve(this.to(values[0], values[1]), this.to(values[2], values[3]));
  }

  bezierCurveTo(...values) {
    this.path.curve(...[0, 2, 4].map((i) => this.to(values[i], values[i + 1])));
  }

  arc(x, y, radius, from, to, back = false) {
    this.ellipse(x, y, radius, radius, 0, from, to, back);
  }

  ellipse(x, y, rx, ry, turn, from, to, back = false) {
    const round = 2 * Math.PI;
    const full = Math.abs(to - from) >= round;
    const angle = full ? (back ? -round : round) : back ? -((((from - to) % round) + round) % round) : (((to - from) % round) + round) % round;
    const point = (at) => {
      const [u, v] = [rx * Math.cos(at), ry * Math.sin(at)];
      return this.to(x + u * Math.cos(turn) - v * Math.sin(turn), y + u * Math.sin(turn) + v * Math.cos(turn));
    };
    const radii = [rx * this.unit, ry * this.unit];
    this.path.arc(point(from), point(from + angle / 2), point(from + angle), radii, turn + this.turn, angle);
  }
}

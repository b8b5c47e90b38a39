// The `d` of an SVG path, written while it is traced: short numbers, each point by its way from the one before.

const TURN = 2 * Math.PI;

/** A number with at most so many digits after the point, as short as SVG allows. */
export function brief(value, digits) {
  const text = String(Number(value.toFixed(digits)));
  return text.replace(/^(-?)0\./, "$1.").replace(/^-0$/, "0");
}

/** Numbers side by side: no space before a minus. */
const joined = (numbers, digits) =>
  numbers.map((v) => brief(v, digits)).reduce((text, next) => (text && !next.startsWith("-") ? `${text} ${next}` : text + next), "");

export class SvgPath {
  /** digits after the point. */
  constructor(digits) {
    Object.assign(this, { digits, unit: 10 ** digits, parts: [], at: [0, 0], begun: [0, 0], last: "", empty: true });
  }

  get d() {
    return this.parts.join("");
  }

  /** The way to a point in whole units, so that no rounding adds up. */
  way([x, y]) {
    const to = [Math.round(x * this.unit), Math.round(y * this.unit)];
    const by = [(to[0] - this.at[0]) / this.unit, (to[1] - this.at[1]) / this.unit];
    this.at = to;
    return by;
  }

  put(letter, numbers) {
    const text = joined(numbers, this.digits);
    const same = letter === this.last && letter !== "M";
    this.parts.push(same ? (text.startsWith("-") ? text : ` ${text}`) : letter + text);
    this.last = letter;
  }

  move([x, y]) {
    if (!Number.isFinite(x + y)) return;
    if (this.last === "M") this.parts.pop(); // nothing was drawn from there
    this.last = "";
    this.at = [Math.round(x * this.unit), Math.round(y * this.unit)];
    this.begun = this.at;
    this.put("M", [this.at[0] / this.unit, this.at[1] / this.unit]);
    this.empty = false;
  }

  line(point) {
    if (!Number.isFinite(point[0] + point[1])) return;
    if (this.empty) return this.move(point);
    const by = this.way(point);
    if (by[0] || by[1]) this.put("l", by);
    else if (this.last === "M") this.put("l", [0, 0]); // a dot where caps are round
  }

  curve(...points) {
    const [x0, y0] = this.at;
    const ends = points.map((point) => {
      const to = [Math.round(point[0] * this.unit), Math.round(point[1] * this.unit)];
      this.at = to;
      return [(to[0] - x0) / this.unit, (to[1] - y0) / this.unit];
    });
    this.put(points.length === 3 ? "c" : "q", ends.flat());
  }

  /** An arc of an ellipse: where it begins, where it ends and in the middle; radii, its turn in radians, how far it goes, positive clockwise. */
  arc(begin, middle, end, [rx, ry], turn, angle) {
    this.line(begin);
    const degrees = (turn * 360) / TURN;
    const sweep = angle > 0 ? 1 : 0;
    const whole = Math.abs(angle) >= TURN - 1e-9;
    for (const point of whole ? [middle, end] : [end]) {
      const by = this.way(point);
      this.put("a", [rx, ry, degrees, Number(!whole && Math.abs(angle) > TURN / 2), sweep, ...by]);
    }
  }

  close() {
    if (this.empty) return;
    this.parts.push("z");
    this.last = "z";
    this.at = this.begun;
  }
}

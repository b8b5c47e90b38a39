// The ranges of a picture's axes: those in view, as far as the settings and double precision go, those of the whole, and the way back.

const NONE = { view: null, whole: null, limits: [], finest: 0, names: null, given: null };

export class Ranges {
  /** changed() is called when others are in view; rounded(range): a range to as many digits as can be seen. */
  constructor(changed, rounded = (range) => range) {
    Object.assign(this, { changed, rounded });
    this.forget();
  }

  /** There is no picture any longer. */
  forget() {
    Object.assign(this, NONE, { past: [], sent: [], before: null, ended: false });
  }

  /**
   * The page has `view`, of the axes with these names: ranges as those of the `whole`, each within its `limits`, no narrower than `finest` times its
   * values.
   *
   * It may answer what the hand has left already: what was sent last stays in view.
   */
  show({ view, whole, limits, finest, names = "" }) {
    const [given, others] = [JSON.stringify(view), names !== this.names];
    Object.assign(this, { whole, limits, finest, names });
    if (others) Object.assign(this, { past: [], sent: [], before: null });
    else if (given === this.given) return;
    const ours = this.sent.indexOf(given);
    this.sent = this.sent.slice(ours < 0 ? this.sent.length : ours + 1);
    this.given = given;
    if (ours < 0) Object.assign(this, { view, ended: false });
  }

  get atHome() {
    return same(this.view, this.whole);
  }

  /** Show these ranges, as near as they can be; once the hand rests the page is told, and there is a way back. */
  zoom(view, rests = true) {
    const next = view.map((range, i) => this.fitting(i, this.rounded(range)));
    if (next.every(Boolean)) this.put(next);
    else this.ended = true;
    if (rests) this.rest();
    else this.changed();
  }

  put(view) {
    if (same(view, this.view)) return;
    this.before ??= this.view;
    Object.assign(this, { view, ended: false });
  }

  /** The hand rests. */
  rest() {
    if (this.before) {
      this.past.push(this.before);
      this.before = null;
      this.tell();
    }
    this.changed();
  }

  /** A range within the limits; null where its values could not be told apart. */
  fitting(i, [low, high]) {
    const [least, most] = this.limits[i];
    const [a, b] = [Math.max(low, least), Math.min(high, most)];
    return b > a && b - a >= this.finest * Math.max(Math.abs(a), Math.abs(b)) ? [a, b] : null;
  }

  home() {
    this.put(this.whole);
    this.rest();
  }

  back() {
    const before = this.past.pop();
    if (!before) return;
    Object.assign(this, { view: before, ended: false });
    this.tell();
    this.changed();
  }

  /** The part that shows them has keep(view), which tells the page. */
  tell() {
    this.sent.push(JSON.stringify(this.view));
    this.keep(this.view);
  }
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** What `show` takes of axes as the page describes them. */
export function rangesOf(axes) {
  const [view, whole, limits] = ["range", "home", "limits"].map((name) => axes.map((axis) => axis[name]));
  return { view, whole, limits, finest: axes[0].finest, names: axes.map(({ key }) => key).join() };
}

/** The ranges of the first axis and the second as a link has them. */
export function linkOf(view) {
  return Object.fromEntries(view.flatMap((range, i) => ["low", "high"].map((end, k) => [`${["ax", "ay"][i]}.${end}`, String(range[k])])));
}

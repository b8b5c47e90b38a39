// A path whose pieces have colours of their own, by a value at each point, with a casing in its lane's colour. It knows no page.

import { clipped, newCanvas, sized } from "../base/canvas.js";
import { lineAt } from "../base/palette.js";

const PIECE = 2; // pixels: points that lie nearer are one piece
const WIDTH = 2.5;
const AT_ONCE = { put: (context, _drawing, to, more) => more(context, 0, to) }; // a piece is drawn where it belongs, and not kept
const LAYERS = { past: AT_ONCE, hidden: AT_ONCE };

export class Tinted {
  /** points: [xs, ys]; parts: the place of each point's value in the row of colours; look = {colours, marker} of its lane. */
  constructor(points, parts, look) {
    Object.assign(this, { points, parts, look, canvas: newCanvas() });
  }

  /** The way up to a point, its start and its head. */
  draw(context, step, ground, colours, away) {
    const k = Math.min(step, this.parts.length - 1);
    const line = this.look.colours[colours.name];
    if (context.vector) Object.assign(this, { line, step: k });
    if (context.vector) clipped(context, ground.box, () => this.trace(context, ground, colours));
    else this.put(context, k, ground, line, colours);
    const whole = ground.trail(this.points.map((values) => values.slice(0, k + 1)));
    clipped(context, ground.box, () => whole.drawNow(context, k, this.look.marker, { ...colours, line, casing: colours.background, away }));
  }

  put(context, k, ground, line, colours) {
    const { a: density, e, f } = context.getTransform();
    const { outer, total } = ground.box;
    if (ground !== this.ground || density !== this.density || line !== this.line || k !== this.step) {
      Object.assign(this, { ground, density, line, step: k });
      const own = sized(this.canvas, outer, total, density);
      clipped(own, ground.box, () => this.trace(own, ground, colours));
    }
    context.save();
    context.setTransform(1, 0, 0, 1, e, f);
    context.drawImage(this.canvas, 0, 0);
    context.restore();
  }

  trace(context, ground, colours) {
    const { points, parts, line, step } = this;
    const places = ground.place(points);
    let from = 0;
    for (let k = 1; k <= step; k++) {
      const far = Math.hypot(places[2 * k] - places[2 * from], places[2 * k + 1] - places[2 * from + 1]);
      if (far < PIECE && k < step) continue;
      const piece = points.map((values) => values.slice(from, k + 1));
      const own = { ...colours, line: lineAt((parts[from] + parts[k]) / 2, colours), casing: line, width: WIDTH };
      ground.trail(piece).drawPast(context, k - from, own, LAYERS);
      from = k;
    }
  }
}

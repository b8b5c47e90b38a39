// Many runs on one ground: all of them faint, drawn once, and the chosen one in bold at the clock's step. It knows no page.

import { clipped, newCanvas, sized } from "../base/canvas.js";
import { ink } from "../base/colour.js";
import { Layer } from "../base/layer.js";
import { lineAt } from "../base/palette.js";

const FAINT = { stays: 0.4, leaves: 0.1 }; // how much is seen of each path: those that leave go across all others
const NEAR = 0.8; // pixels: what comes no farther adds nothing to be seen

export class Bundle {
  /** points: [[xs, ys], …], a path for each value; parts: the place of each value in the row of colours; leaves: whether each leaves the map. */
  constructor(points, parts, leaves) {
    Object.assign(this, { points, parts, leaves, canvas: newCanvas(), layers: { past: new Layer() }, trails: new Map() });
  }

  /** All paths on the ground. */
  drawAll(context, ground, colours) {
    if (context.vector) return clipped(context, ground.box, () => this.trace(context, ground, colours));
    const { a: density, e, f } = context.getTransform();
    const { outer, total } = ground.box;
    if (ground !== this.ground || density !== this.density || colours.name !== this.theme) {
      Object.assign(this, { ground, density, theme: colours.name });
      this.trails.clear();
      const own = sized(this.canvas, outer, total, density);
      clipped(own, ground.box, () => this.trace(own, ground, colours));
    }
    context.save();
    context.setTransform(1, 0, 0, 1, e, f);
    context.drawImage(this.canvas, 0, 0);
    context.restore();
  }

  trace(context, ground, colours) {
    context.lineWidth = 1;
    context.lineJoin = "round";
    this.points.forEach((path, k) => {
      context.globalAlpha = this.leaves[k] ? FAINT.leaves : FAINT.stays;
      context.strokeStyle = lineAt(this.parts[k], colours);
      const points = ground.place(path);
      let [x, y] = points;
      context.beginPath();
      context.moveTo(x, y);
      for (let i = 2; i < points.length; i += 2) {
        if (Math.abs(points[i] - x) + Math.abs(points[i + 1] - y) < NEAR) continue;
        [x, y] = [points[i], points[i + 1]];
        context.lineTo(x, y);
      }
      context.stroke();
    });
  }

  /** The path of one of them up to a step, with its head. */
  drawChosen(context, k, step, ground, colours) {
    const own = { ...colours, line: ink(colours, 1), casing: colours.background, width: 2.5 };
    clipped(context, ground.box, () => {
      if (!this.trails.has(k)) this.trails.set(k, ground.trail(this.points[k]));
      const trail = this.trails.get(k);
      trail.drawPast(context, step, own, this.layers);
      trail.drawNow(context, step, "circle", own);
    });
  }
}

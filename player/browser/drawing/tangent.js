// A run on a loss of one weight: its steps as points of the curve, the tangent where it is, and the curve and the tangent of the batch it follows.

import { costAt } from "./fits.js";
import { Trail } from "./trail.js";

const NOBODY = 65535;
const POINTS = 61; // of a batch's curve
const REACH = 0.24; // of the plot's width, to each side of the point that a tangent touches
const NEAR = 1e-4; // of the plot's width: how far apart the costs are that a batch's slope is taken from
const DOT = 2.25; // pixels

export class Tangents extends Trail {
  /** lane: as the server sends it, or null for a run of which only the way is drawn. */
  constructor(graph, path, lane) {
    super(graph.place(path), graph.box, path, graph.view);
    Object.assign(this, { graph, lane, batch: { at: -1 } });
  }

  /** Points of the curve, and the way between them thin: a step leaps, and does not slide. */
  extend(context, from, to, colours) {
    const { points } = this;
    context.strokeStyle = context.fillStyle = colours.line;
    context.lineWidth = 1;
    context.globalAlpha = 0.55;
    context.beginPath();
    context.moveTo(points[2 * from], points[2 * from + 1]);
    for (let i = from + 1; i <= to; i++) context.lineTo(points[2 * i], points[2 * i + 1]);
    context.stroke();
    context.globalAlpha = 1;
    for (let i = from === 0 ? 0 : from + 1; i <= to; i++) {
      context.beginPath();
      context.arc(points[2 * i], points[2 * i + 1], DOT, 0, 2 * Math.PI);
      context.fill();
    }
  }

  drawNow(context, step, shape, colours) {
    if (this.lane) this.drawTangents(context, Math.min(Math.floor(step), this.path[0].length - 1), colours);
    super.drawNow(context, step, shape, colours);
  }

  /** At a whole step: the loss's tangent; and thin, dashed, where the step sees a batch alone, that batch's curve and its tangent. */
  drawTangents(context, k, colours) {
    const { graph, path } = this;
    const x = path[0][k];
    if (!graph.within(x)) return;
    const batch = this.batchAt(k);
    context.strokeStyle = colours.line;
    if (batch) {
      context.globalAlpha = 0.6;
      context.lineWidth = 1.25;
      context.setLineDash([]);
      context.beginPath();
      batch.values.forEach((f, i) => context.lineTo(graph.toX(batch.from + i * batch.step), graph.toY(f)));
      context.stroke();
      context.globalAlpha = 1;
      this.line(context, x, batch.height, batch.slope, [5, 4], 1.5);
    }
    this.line(context, x, graph.height(x), graph.slope(x), [], 1.75);
  }

  /** A straight line through a point with this slope. */
  line(context, x, height, slope, dash, width) {
    const { graph } = this;
    const [px, py] = [graph.toX(x), graph.toY(height)];
    const across = REACH * graph.box.width;
    const down = graph.toY(height + slope * (graph.across[1] - graph.across[0])) - py; // over the whole width
    const rise = (down / graph.box.width) * across;
    const part = Math.min(1, (0.5 * graph.box.height) / Math.max(Math.abs(rise), 1e-9)); // a steep one is cut where it leaves the plot
    context.lineWidth = width;
    context.setLineDash(dash);
    context.beginPath();
    context.moveTo(px - part * across, py - part * rise);
    context.lineTo(px + part * across, py + part * rise);
    context.stroke();
    context.setLineDash([]);
  }

  /** What the batch of the step after k costs: its curve over the plot, and height and slope where the run is; null where it is all examples. */
  batchAt(k) {
    const { lane, graph, path, batch } = this;
    if (batch.at === k) return batch.found;
    const rows = lane.rows && k < lane.rows.length ? [...lane.rows[k]].filter((i) => i !== NOBODY) : [];
    const { data } = graph.curve;
    const mean = (w) => {
      const cost = costAt(data, [w, 0]);
      return rows.reduce((sum, i) => sum + cost(i), 0) / rows.length;
    };
    const [low, high] = graph.across;
    const found = rows.length ? { from: low, step: (high - low) / (POINTS - 1) } : null;
    if (found) {
      const [w, near] = [path[0][k], NEAR * (high - low)];
      found.values = Array.from({ length: POINTS }, (_, i) => mean(low + i * found.step));
      Object.assign(found, { height: mean(w), slope: (mean(w + near) - mean(w - near)) / (2 * near) });
    }
    this.batch = { at: k, found };
    return found;
  }
}

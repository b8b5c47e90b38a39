// The ground of a loss of one weight: the weight lies across, and the loss is the height.

import { roundBetween } from "../base/axis.js";
import { clipped, strokeLine } from "../base/canvas.js";
import { ink } from "../base/colour.js";
import { short } from "../base/format.js";
import { Tangents } from "./tangent.js";
import { place } from "./trail.js";

const ROOM = 0.06; // of the heights, above and below them
const EVERYWHERE = [-Infinity, Infinity];

export class Graph {
  /** box as a plane has it; view = [[x0, x1], …]: what is seen; curve: {from, step, values, data} as the server sends it. */
  constructor(box, [across], curve) {
    Object.assign(this, { box, across, curve });
    this.level = false; // a unit across is no unit upwards
    this.view = [across, EVERYWHERE];
    const seen = curve.values.filter((f, k) => Number.isFinite(f) && this.within(curve.from + k * curve.step));
    const [low, high] = [Math.min(0, ...seen), Math.max(...seen)]; // down to 0, as a batch's curve may lie below
    const room = ROOM * (high - low) || 1;
    this.heights = [low - room, high + room];
  }

  within(x) {
    return x >= this.across[0] && x <= this.across[1];
  }

  /** f at a weight, between the points of the curve; beyond its ends as straight as there. */
  height(x) {
    const { from, step, values } = this.curve;
    const at = (x - from) / step;
    const k = Math.min(Math.max(Math.floor(at), 0), values.length - 2);
    return values[k] + (at - k) * (values[k + 1] - values[k]);
  }

  /** f′ there. */
  slope(x) {
    const { step } = this.curve;
    return (this.height(x + step) - this.height(x - step)) / (2 * step);
  }

  toX(x) {
    const [low, high] = this.across;
    return this.box.x + ((x - low) / (high - low)) * this.box.width;
  }

  toY(f) {
    const [low, high] = this.heights;
    return this.box.y + ((high - f) / (high - low)) * this.box.height;
  }

  project(x) {
    return [this.toX(x), this.toY(this.height(x))];
  }

  place([xs]) {
    return place(
      [xs, xs],
      (x) => this.toX(x),
      (x) => this.toY(this.height(x)),
    );
  }

  trail(path, lane = null) {
    return new Tangents(this, path, lane);
  }

  /** The weight under a pixel of the element, with a 0 for the other one, or null outside the plot area. */
  at(left, top) {
    const { x, y, width, height, scale } = this.box;
    const [px, py] = [left / scale, top / scale];
    if (px < x || px > x + width || py < y || py > y + height) return null;
    return [this.across[0] + ((px - x) / width) * (this.across[1] - this.across[0]), 0];
  }
}

/** The curve with its axes, and with a star at each minimum in `marks` [x, …]. */
export function drawGraph(context, graph, names, marks, colours) {
  const { box, across, heights } = graph;
  axes(context, graph, names, colours);
  clipped(context, box, () => {
    context.beginPath();
    const { from, step, values } = graph.curve;
    values.forEach((f, k) => context.lineTo(graph.toX(from + k * step), graph.toY(f)));
    context.lineWidth = 1.75;
    context.lineJoin = "round";
    context.strokeStyle = ink(colours, 0.7);
    context.stroke();
    context.fillStyle = ink(colours, 0.85);
    context.font = `15px ${colours.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const x of marks)
      if (x >= across[0] && x <= across[1]) context.fillText("★", graph.toX(x), graph.toY(Math.max(graph.height(x), heights[0])));
  });
}

function axes(context, graph, [name], colours) {
  const { box, across, heights } = graph;
  context.font = `11px ${colours.font}`;
  context.lineWidth = 1;
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const v of roundBetween(...across, Math.max(2, Math.min(6, box.width / 60)))) {
    const x = graph.toX(v);
    context.strokeStyle = ink(colours, 0.1);
    strokeLine(context, [x, box.y], [x, box.y + box.height]);
    context.fillStyle = ink(colours, 0.65);
    context.fillText(short(v, 6), x, box.y + box.height + 4);
  }
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const f of roundBetween(...heights, Math.max(2, Math.min(6, box.height / 40)))) {
    const y = graph.toY(f);
    context.strokeStyle = ink(colours, 0.1);
    strokeLine(context, [box.x, y], [box.x + box.width, y]);
    context.fillStyle = ink(colours, 0.65);
    context.fillText(short(f, 6), box.x - 5, y);
  }
  context.strokeStyle = ink(colours, 0.3);
  context.strokeRect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1);
  context.font = `italic 12px ${colours.font}`;
  context.fillStyle = ink(colours, 0.85);
  context.textAlign = "right";
  context.textBaseline = "alphabetic";
  context.fillText(name, box.x + box.width - 5, box.y + box.height - 5);
  context.textAlign = "left";
  context.textBaseline = "top";
  context.fillText("f", box.x + 6, box.y + 4);
}

// The curve of a loss of one weight in one panel, in place of a map.

import { sized } from "../base/canvas.js";
import { repaint } from "../stage/clock.js";
import { hides } from "../stage/mode.js";
import { stage } from "../stage/store.js";
import { drawGraph, Graph } from "./graph.js";
import { SurfaceMap } from "./map.js";

const RIGHT = 8; // units beside the plot

export class SurfaceGraph extends SurfaceMap {
  constructor(...given) {
    super(...given);
    this.canvas = Object.assign(document.createElement("canvas"), { className: "dl-graph" });
  }

  /** As wide as there is room: there is no colour bar, and a unit across is none upwards. */
  layout() {
    const box = super.layout();
    const x = Math.min(box.x, 44);
    return { ...box, x, width: box.outer - x - RIGHT, bar: false };
  }

  get there() {
    return Boolean(this.ground);
  }

  lay() {
    const key = JSON.stringify([this.box, stage.view]);
    if (this.of === stage.surface && this.key === key) return;
    Object.assign(this, { of: stage.surface, key, ground: new Graph(this.box, stage.view, stage.surface.curve) });
  }

  update(colours) {
    this.measure();
    if (!this.ground) return;
    if (!this.canvas.isConnected) this.element.replaceChildren(this.canvas);
    paintGraph(sized(this.canvas, this.box.outer, this.box.total, undefined, this.box.scale), this.ground, colours);
    repaint();
  }

  end() {
    this.ground = this.of = null;
    this.canvas.remove();
  }
}

/** The curve, with its minima unless they are left out. */
export function paintGraph(context, graph, colours) {
  const marks = hides("minima") ? [] : stage.surface.figure.data[1].x;
  drawGraph(context, graph, stage.surface.names, marks, colours);
}

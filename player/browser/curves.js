// The curves under the panels: loss and learning rate of every lane at the same clock. It also brings the surface to the stage.

import { gapAxis, rateAxis, valueAxis } from "./axis.js";
import { sized } from "./canvas.js";
import { drawChart } from "./chart.js";
import { clock, onFrame, repaint } from "./clock.js";
import { isHome, lanesInOrder, onChange, setSurface, stage } from "./store.js";
import { theme, useStyle } from "./theme.js";
import { unpack } from "./unpack.js";

const views = new WeakMap();
const ROUNDING = 8 * Number.EPSILON;

export default function mount({ data, parentElement, setStateValue }) {
  useStyle();
  let curves = views.get(parentElement);
  if (!curves) views.set(parentElement, (curves = new Curves(parentElement)));
  curves.keepView = (view) => setStateValue("view", view);
  curves.show(data);
  return () => {
    views.delete(parentElement);
    curves.end();
  };
}

class Curves {
  constructor(parent) {
    this.root = parent.querySelector(".dl-curves");
    this.canvases = { loss: this.root.querySelector(".dl-loss"), rate: this.root.querySelector(".dl-rates") };
    this.ends = [onFrame(() => this.draw()), onChange((what) => (what === "view" ? this.keepView(isHome() ? null : stage.view) : this.update()))];
    this.watcher = new ResizeObserver(() => {
      this.boxes = null;
      repaint();
    });
    this.watcher.observe(this.root);
    current = this;
  }

  show(data) {
    if (this.data !== data) {
      this.data = data;
      const { surface, words } = unpack(data);
      this.words = words;
      setSurface(surface);
    }
    this.update();
  }

  update() {
    this.colours = theme(this.root);
    this.charts = null;
    repaint();
  }

  /** What both charts show, worked out when a lane, the surface or the theme changes. */
  prepare() {
    const lanes = lanesInOrder();
    const look = (lane, values) => ({ values, colour: lane.colours[this.colours.name], dash: lane.dash, marker: lane.marker, name: lane.title });
    const { lowest } = stage.surface;
    const all = lanes.flatMap(({ loss, many }) => (many ? [many.loss.mean, many.loss.low, many.loss.high] : [loss]));
    const below = lowest !== null && all.some((values) => gap(values, lowest).some((v) => v < 0));
    const log = lowest !== null && !below;
    const shown = (values) => (log ? gap(values, lowest) : values);
    const values = all.map(shown);
    const start = values[0]?.[0] ?? 1;
    const losses = lanes.map((lane) => {
      if (!lane.many) return look(lane, shown(lane.loss));
      const { loss, predicted } = lane.many;
      return { ...look(lane, shown(loss.mean)), band: [shown(loss.low), shown(loss.high)], level: predicted && shown([predicted.loss])[0] };
    });
    this.canvases.rate.setAttribute("aria-label", this.words.rate);
    const rates = lanes.map((lane) => (lane.rate.length > 1 ? lane.rate : new Float64Array(lane.loss.length - 1).fill(lane.rate[0])));
    const title = [log ? this.words.gap : lowest === null ? this.words.value : this.words.below];
    if (lanes.some(({ many }) => many)) title.push(this.words.many);
    if (lanes.some(({ many }) => many?.predicted)) title.push(this.words.predicted);
    this.canvases.loss.setAttribute("aria-label", title.join(" · "));
    return {
      loss: { title, axis: log ? gapAxis(values, start) : valueAxis(values, start), series: losses, total: clock.total },
      rate: { title: [this.words.rate], axis: rateAxis(rates), series: lanes.map((lane, i) => look(lane, rates[i])), total: clock.total },
    };
  }

  draw() {
    if (!stage.surface || !stage.lanes.size) return;
    if (this.charts?.loss.total !== clock.total) this.charts = null;
    this.charts ??= this.prepare();
    this.boxes ??= this.measure();
    for (const [name, canvas] of Object.entries(this.canvases)) {
      const box = this.boxes[name];
      this.paint(sized(canvas, box.width, box.height), name, clock.step, box);
    }
  }

  measure() {
    const box = (name, { parentElement: { clientWidth: width, clientHeight: height } }) => [name, { width, height, names: name === "loss" }];
    return Object.fromEntries(Object.entries(this.canvases).map(([name, canvas]) => box(name, canvas)));
  }

  /** One chart at this step; the picture paints with it too. */
  paint(context, name, step, box) {
    drawChart(context, this.charts[name], step, this.colours, box);
  }

  end() {
    for (const end of this.ends) end();
    this.watcher.disconnect();
    if (current === this) current = null;
  }
}

let current = null;

/** The curves that are on the page now, or null. */
export function curvesOnStage() {
  return current;
}

/** f − f* in double precision; what differs from f* by rounding alone is an exact zero. */
function gap(loss, lowest) {
  const rounding = ROUNDING * Math.abs(lowest);
  return loss.map((f) => (Math.abs(f - lowest) <= rounding ? 0 : f - lowest));
}

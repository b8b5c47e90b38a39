// The map of the surface in one panel: a Plotly contour, drawn once.

import { ink } from "../base/colour.js";
import { clear, plotly, rangesOf } from "../base/plotly.js";
import { repaint } from "../stage/clock.js";
import { hides, scale } from "../stage/mode.js";
import { isHome, setView, stage } from "../stage/store.js";
import { Plane } from "./plane.js";

const MARGIN = { l: 40, r: 8, t: 9, b: 22 };
const LEAST = 90; // units that a plot is high at least
const TICK = 40; // units for a label under the map
const BAR = 84; // pixels for a colour bar and its labels

const waiting = []; // to be drawn, one map a frame: drawing all of them in one would stop the clock for long

function inTurn(task) {
  waiting.push(task);
  if (waiting.length === 1) requestAnimationFrame(next);
}

async function next() {
  try {
    await waiting[0]();
  } finally {
    waiting.shift();
    if (waiting.length) requestAnimationFrame(next);
  }
}

export class SurfaceMap {
  /** `most(width)`: how high the map may be, in pixels, for a width in units of the box. */
  constructor(element, most) {
    this.element = element;
    this.tallest = most;
    this.ground = null; // where points lie on it
    this.drawn = null; // what the last drawing was made from
    this.pending = false;
  }

  /** {x, y, width, height} of the plot area and {outer, total}, the element's size, in units of `scale` pixels; whether there is a colour `bar`. */
  layout() {
    const unit = scale();
    const width = this.element.clientWidth / unit;
    const aspect = stage.surface?.aspect ?? Number(this.element.dataset.aspect);
    const widest = Math.max(width - MARGIN.l - MARGIN.r, 60);
    const most = Math.max(this.tallest(widest) / unit - MARGIN.t - MARGIN.b, LEAST);
    let inner = Math.min(widest, most * aspect);
    const bar = widest - inner >= BAR || widest >= 560;
    if (bar) inner = Math.min(inner, widest - BAR);
    const left = MARGIN.l + (widest - inner - (bar ? BAR : 0)) / 2;
    const height = inner / aspect;
    return { x: left, y: MARGIN.t, width: inner, height, bar, outer: width, total: height + MARGIN.t + MARGIN.b, scale: unit };
  }

  /** Whether it has been drawn. */
  get there() {
    return Boolean(this.listening);
  }

  /** Whether there is another ground than at the last call, without an update: a camera moves and tells nobody. */
  moved() {
    return false;
  }

  /** Whether the whole surface is seen as at first. */
  atHome() {
    return isHome();
  }

  home() {
    setView(null);
  }

  /** Take the room that there is in the page, and lay the ground in it. */
  measure() {
    this.box = this.layout();
    this.element.style.height = `${this.box.total * this.box.scale}px`;
    if (stage.surface) this.lay();
  }

  /** The ground for this box and view. */
  lay() {
    const same = this.ground && JSON.stringify([this.box, stage.view]) === JSON.stringify([this.ground.box, this.ground.view]);
    if (!same) this.ground = new Plane(this.box, stage.view);
  }

  /** Make room at once; draw when it is this map's turn. */
  update(colours) {
    this.measure();
    this.over = false;
    if (!stage.surface || this.pending) return;
    this.pending = true;
    inTurn(() => {
      this.pending = false;
      return this.draw(colours).catch((error) => {
        console.error(error);
        this.drawn = null;
        setTimeout(() => this.update(colours), 3000);
      });
    });
  }

  async draw(colours) {
    const Plotly = await plotly();
    if (!this.element.clientWidth || this.over) return; // it has gone, or the lane is shown elsewhere
    this.measure();
    const key = [stage.surface, colours.name, colours.background, JSON.stringify([stage.view, this.box, hides("minima")])];
    if (this.drawn && key.every((part, i) => part === this.drawn[i])) return;
    this.drawn = key;
    const { data, layout } = figureOf(this.box, colours);
    const dragmode = matchMedia("(pointer: coarse)").matches ? false : "zoom";
    const still = { displayModeBar: false, doubleClick: false, responsive: false, scrollZoom: false, showTips: false };
    await Plotly.react(this.element, data, { ...layout, dragmode }, still);
    if (this.listening) return;
    this.listening = true;
    repaint(); // who waits for it looks again
    this.element.on("plotly_relayout", (change) => this.zoomed(change));
  }

  /** All maps show the same part of the surface: a zoom in one is a zoom of all. */
  zoomed(change) {
    if (!("xaxis.range[0]" in change || "yaxis.range[0]" in change)) return;
    this.drawn = null;
    setView(keepAspect(rangesOf(this.element), stage.surface.home));
  }

  end() {
    this.over = true;
    clear(this.element);
    this.drawn = null;
    this.listening = false;
  }
}

/** The part in view as Plotly draws it, {data, layout}; box = {x, y, width, height, outer, total, scale, bar}, as `layout` says. */
function figureOf({ x, y, width, height, outer, total, scale: unit, bar }, colours) {
  const { data, layout, themes } = stage.surface.figure;
  const own = themes[colours.name];
  const traces = data.map((trace, i) => ({ ...trace, ...own[i] }));
  traces[0].showscale = bar;
  if (traces[1]) traces[1].visible = !hides("minima");
  if (unit !== 1) enlarge(traces, unit);
  const axis = {
    color: ink(colours, 0.65),
    gridcolor: "transparent",
    zeroline: false,
    ticks: "outside",
    ticklen: 3 * unit,
    tickcolor: ink(colours, 0.3),
  };
  const font = { family: colours.font, size: 11 * unit, color: ink(colours, 0.75) };
  const size = {
    width: outer * unit,
    height: total * unit,
    margin: { l: x * unit, r: (outer - x - width) * unit, t: y * unit, b: (total - y - height) * unit, pad: 0 },
  };
  const xaxis = { ...layout.xaxis, ...axis, range: [...stage.view[0]], nticks: Math.max(3, Math.min(6, Math.floor(width / TICK))) };
  return { data: traces, layout: { ...layout, ...size, font, xaxis, yaxis: { ...layout.yaxis, ...axis, range: [...stage.view[1]], nticks: 6 } } };
}

/** Lines, marks and the colour bar as much larger as the type. */
function enlarge([map, marks], unit) {
  map.line = { ...map.line, width: map.line.width * unit };
  const { thickness = 10, tickfont } = map.colorbar ?? {};
  map.colorbar = { ...map.colorbar, thickness: thickness * unit, tickfont: { ...tickfont, size: (tickfont?.size ?? 11) * unit } };
  if (marks?.marker) marks.marker = { ...marks.marker, size: [marks.marker.size].flat().map((size) => size * unit) };
}

/** The smallest view with the home view's ratio of units that holds the wanted one. */
export function keepAspect([[x0, x1], [y0, y1]], [[hx0, hx1], [hy0, hy1]]) {
  const ratio = (hx1 - hx0) / (hy1 - hy0);
  const height = Math.max(y1 - y0, (x1 - x0) / ratio);
  const width = height * ratio;
  const [cx, cy] = [(x0 + x1) / 2, (y0 + y1) / 2];
  return [
    [cx - width / 2, cx + width / 2],
    [cy - height / 2, cy + height / 2],
  ];
}

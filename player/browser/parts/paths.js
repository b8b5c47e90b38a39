// One setting at all its values at once: the surface with every path, a slider from value to value, and charts of what hangs on it.

import { sized } from "../base/canvas.js";
import { lineAt } from "../base/palette.js";
import { setText, setWaiting } from "../base/text.js";
import { theme } from "../base/theme.js";
import { drawChart } from "../charts/chart.js";
import { placeX, plotOf } from "../charts/plot.js";
import { indexOf, lossesOf, measureOf, said, valued, withPlaces } from "../charts/paths.js";
import { Reading } from "../charts/reading.js";
import { Bundle } from "../drawing/paths.js";
import { offerFigure } from "../export/offered.js";
import { saveFigure } from "../export/saved.js";
import { pathsSheet } from "../export/sheets/paths.js";
import { Asked } from "../stage/asked.js";
import { clock, onFrame, repaint } from "../stage/clock.js";
import { narrow, scale } from "../stage/mode.js";
import { linkOf, Ranges, rangesOf } from "../stage/ranges.js";
import { onChange, stage } from "../stage/store.js";
import { Area } from "./area.js";
import { Hand } from "./hand.js";
import { Tools } from "./tools.js";

const [PHONE, LEAST] = [0.42, 0.35]; // of the window's height, for the map
const FOOT = 310; // pixels below it: the slider, the measure, the bar
const REST = 250; // milliseconds without a hand until the page hears of the value
const SHADES = 12; // of the slider's rail

export class Paths {
  /** `keep(value)`, `keepView(view)` and `pickStart(point)` tell the page. */
  constructor(parent) {
    this.root = parent.querySelector(".dl-paths");
    const find = (name) => this.root.querySelector(`.dl-${name}`);
    this.parts = { value: find("through-value"), said: find("through-said"), range: find("through-range"), summary: find("summary") };
    this.area = new Area(
      this.root,
      (width) => Math.min(width, this.tallest()),
      (point) => this.pickStart(point),
      () => null,
    );
    const byTouch = ({ pointerType }) => pointerType !== "mouse"; // which draws a box
    this.charts = { loss: this.chart("path-loss"), measure: this.chart("path-measure", (k) => this.choose(k), byTouch) };
    this.asked = new Asked("paths", ({ paths }) => this.take(paths));
    this.ranges = Object.assign(new Ranges(() => this.zoomed()), { keep: (view) => this.keepView(view) });
    this.tools = new Tools(this.root, this.ranges, () => this.runs && saveFigure(this.figure({ theme: "light" }), clock.step));
    this.across = { ranges: this.ranges, scales: [], box: null, map: null, cellAt: () => null, point() {}, keep() {}, mark: repaint, spot: null };
    this.hand = new Hand(this.charts.measure.canvas, this.across, this.parts.range);
    this.index = 0; // of the chosen run
    this.parts.range.addEventListener("input", () => this.choose(Number(this.parts.range.value)));
    this.parts.range.addEventListener("pointerdown", () => (this.held = true));
    for (const end of ["pointerup", "pointercancel"]) this.parts.range.addEventListener(end, () => (this.held = false));
    this.ends = [onFrame(() => this.draw()), onChange(() => this.update()), offerFigure((options) => this.figure(options))];
    this.watcher = new ResizeObserver(() => this.update());
    this.watcher.observe(this.root);
  }

  /** The most height of the map, in pixels: the charts are to be in view too. */
  tallest() {
    const high = window.innerHeight;
    if (narrow()) return PHONE * high;
    return Math.max(high - this.root.getBoundingClientRect().top - window.scrollY - FOOT * scale(), LEAST * high);
  }

  chart(name, pick, scrubs) {
    const canvas = this.root.querySelector(`.dl-${name}`);
    return { canvas, reading: new Reading(canvas, canvas.parentElement.querySelector(".dl-values"), pick, scrubs) };
  }

  show(data) {
    if (this.data !== data) {
      const { words } = (this.data = data);
      this.root.setAttribute("aria-label", words.title);
      this.parts.range.setAttribute("aria-label", words.slider);
      this.tools.name({ ...words, home: words.all });
      this.charts.loss.canvas.setAttribute("aria-label", words.loss);
      this.area.name(words.home);
      if (!this.timer) this.value = data.chosen;
      this.across.scales = [data.axis.scale];
      this.ranges.show(rangesOf([data.axis]));
      this.ask();
      if (this.runs) this.follow();
      else setWaiting(this.root, words.waiting);
    }
    this.update();
  }

  ask() {
    this.asked.show({ ...this.data.link, ...linkOf(this.ranges.view) });
  }

  /** Other values are in view. */
  zoomed() {
    this.measured = null;
    this.ask();
    if (this.runs) this.write();
  }

  /** The runs have come. */
  take(runs) {
    this.runs = withPlaces(runs, this.data.axis);
    setWaiting(this.root, null);
    this.bundle = new Bundle(runs.points, runs.at, runs.leaves);
    this.parts.range.max = runs.values.length - 1;
    setText(this.parts.summary, runs.summary);
    this.parts.range.setAttribute("aria-describedby", (this.parts.summary.id ||= "dl-paths-summary"));
    this.charts.measure.canvas.setAttribute("aria-label", `${runs.title}. ${runs.summary}`);
    this.losses = this.measured = null;
    this.follow();
  }

  /** The run that is nearest to the chosen value. */
  follow() {
    this.index = indexOf(this.value, this.runs, this.data.axis);
    this.write();
  }

  /** Another run is chosen by hand. */
  choose(index) {
    if (!this.runs || index === this.index) return;
    this.index = index;
    this.value = this.runs.values[index];
    this.rest();
    this.write();
  }

  /** The page hears of the value once the hand has rested. */
  rest() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.held) return this.rest();
      this.timer = null;
      this.keep(this.value);
    }, REST);
  }

  write() {
    const { runs, index, parts } = this;
    const { axis } = this.data;
    parts.range.value = index;
    const named = valued(axis, runs.values[index]);
    const text = said(runs, index, this.data.words);
    setText(parts.value, named);
    setText(parts.said, this.ranges.ended ? this.data.words.end : text);
    parts.range.setAttribute("aria-valuetext", `${named}: ${text}`);
    this.tools.update();
    repaint();
  }

  update() {
    if (!this.data || !this.root.clientWidth) return;
    this.colours = theme(this.root);
    this.area.update(this.colours);
    this.losses = this.measured = null;
    this.tools.update();
    const shades = Array.from({ length: SHADES + 1 }, (_, k) => lineAt(k / SHADES, this.colours));
    this.parts.range.style.setProperty("--dl-rail", `linear-gradient(to right, ${shades.join(", ")})`);
    repaint();
  }

  draw() {
    if (!this.data || !stage.surface || !this.area.box || !this.colours) return;
    const context = this.area.context();
    if (!this.runs || !this.area.ground) return;
    this.paint(context, this.bundle, this.area.ground, this.colours);
    for (const name of ["loss", "measure"]) {
      const { canvas, reading } = this.charts[name];
      const unit = scale();
      const { clientWidth: width, clientHeight: height } = canvas.parentElement;
      if (!(width && height)) continue;
      const box = { width: width / unit, height: height / unit, unit, titled: name === "measure" };
      const [chart, at] = this.charted(name, this.colours);
      const pen = sized(canvas, box.width, box.height, undefined, unit);
      drawChart(pen, chart, at, this.colours, box);
      reading.draw(pen, chart, this.colours, box, chart.step);
      if (name === "measure") this.span(pen, chart, { ...plotOf(box), scale: unit });
    }
  }

  /** What the hand does over the values: it zooms about the chosen one, or draws a box. */
  span(pen, chart, box) {
    Object.assign(this.across, { box, spot: [placeX(this.index, chart, box), box.y] });
    this.hand.draw(pen, box, this.colours);
  }

  paint(context, bundle, ground, colours) {
    bundle.drawAll(context, ground, colours);
    bundle.drawChosen(context, this.index, clock.step, ground, colours);
  }

  /** A chart, and where its head is. */
  charted(name, colours) {
    const { runs, data, index } = this;
    if (name === "measure") return [(this.measured ??= measureOf(runs, data, colours, this.ranges.view[0])), index];
    this.losses ??= lossesOf(runs, data.words, colours);
    if (this.shown?.losses !== this.losses || this.shown.index !== index) this.shown = { losses: this.losses, index, chart: this.losses(index) };
    return [this.shown.chart, clock.step];
  }

  /** The map and both charts as they are now. */
  figure(options) {
    if (!this.runs || !stage.surface) return null;
    const { runs, index, data } = this;
    return pathsSheet({ data, runs, index, total: clock.total }, options, this.colours.font);
  }

  end() {
    for (const end of this.ends) end();
    clearTimeout(this.timer);
    this.hand.end();
    this.watcher.disconnect();
    this.area.end();
    this.asked.end();
  }
}

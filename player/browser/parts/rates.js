// What a learning rate does: four runs that show it, the sweep that they are chosen from, and the range test. A click on a rate makes it the page's.

import { sized } from "../base/canvas.js";
import { setText, setWaiting } from "../base/text.js";
import { theme } from "../base/theme.js";
import { drawChart } from "../charts/chart.js";
import { headOf, lookOf, ORDER, OWN, sweepOf, testOf } from "../charts/rates.js";
import { Reading } from "../charts/reading.js";
import { offerFigure } from "../export/offered.js";
import { saveFigure } from "../export/saved.js";
import { ratesSheet } from "../export/sheets/rates.js";
import { Asked } from "../stage/asked.js";
import { clock, onFrame, repaint } from "../stage/clock.js";
import { scale } from "../stage/mode.js";
import { Runs } from "../stage/runs.js";
import { onChange, stage } from "../stage/store.js";
import { curvesOnStage } from "./curves.js";
import { raceAt } from "./ranking.js";

export class Rates {
  /** `keep(rate)` tells the page. */
  constructor(parent) {
    this.root = parent.querySelector(".dl-rates-view");
    const find = (name) => this.root.querySelector(`.dl-${name}`);
    this.parts = { race: find("rates-race"), hint: find("rates-hint"), picture: find("picture"), said: find("rates-said") };
    this.sides = { sweep: this.side("rate-sweep", ({ values }) => values), test: this.side("rate-test", ({ test }) => test.rates) };
    this.runs = new Runs(
      () => this.lanes(),
      (index) => this.look(index),
    );
    this.asked = new Asked(
      "rates",
      ({ rates }) => this.take(rates),
      () => this.follow(),
    );
    this.parts.picture.addEventListener("click", () => this.found && saveFigure(this.figure({ theme: "light" }), clock.step));
    this.ends = [onFrame(() => this.draw()), onChange((what) => what === "mode" && this.update())];
    this.ends.push(offerFigure((options) => this.figure(options)));
    this.watcher = new ResizeObserver(() => this.update());
    this.watcher.observe(this.root);
  }

  side(name, ratesOf) {
    const canvas = this.root.querySelector(`.dl-${name}`);
    const pick = (k) => this.pick(Number(ratesOf(this.found)[k].toPrecision(4)));
    return { canvas, reading: new Reading(canvas, canvas.parentElement.querySelector(".dl-values"), pick) };
  }

  show(data) {
    if (this.data !== data) {
      this.data = data;
      const { words } = data;
      this.picked = null;
      this.root.setAttribute("aria-label", words.title);
      this.parts.picture.title = words.picture;
      this.parts.picture.setAttribute("aria-label", words.picture);
      setText(this.parts.race, words.race);
      setText(this.parts.hint, words.pick);
      this.asked.show(data.link);
      if (!this.found) setWaiting(this.root, words.waiting);
      this.follow();
    }
    this.update();
  }

  /** The sweep has come. */
  take(found) {
    this.found = found;
    setWaiting(this.root, null);
    this.parts.race.href = raceAt(found.race);
    this.parts.said.replaceChildren(...found.said.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    const said = found.said.join(" ");
    for (const { canvas } of Object.values(this.sides)) canvas.setAttribute("aria-label", said);
    this.follow();
    this.update();
  }

  /** The page's own rate, as the hand has it. */
  get rate() {
    return Number(this.asked.tried["1.lr"] ?? this.picked ?? this.data.rate);
  }

  pick(rate) {
    if (rate === this.rate) return;
    this.picked = rate;
    this.follow();
    repaint();
    this.keep(rate);
  }

  follow() {
    this.runs.work();
    repaint();
  }

  /** The runs that are shown: the four, and the page's own. */
  lanes() {
    if (!this.data || !this.found) return new Map();
    const link = (rate, look) =>
      new URLSearchParams({ ...this.data.race, ...this.asked.tried, "1.lr": String(rate), "1.look": String(look) }).toString();
    const four = this.found.four.map(({ key, rate }) => [ORDER.indexOf(key) + 1, link(rate, ORDER.indexOf(key) + 1)]);
    return new Map([...four, [OWN, link(this.rate, OWN)]]);
  }

  look(index) {
    return lookOf(index, this.found, this.rate);
  }

  update() {
    if (!this.data || !this.root.clientWidth) return;
    this.colours = theme(this.root);
    this.charts = this.found && this.charted(this.colours);
    repaint();
  }

  charted(colours) {
    return { sweep: sweepOf(this.found, this.data, colours), test: testOf(this.found, this.data, colours) };
  }

  draw() {
    if (!this.charts) return;
    for (const [name, { canvas, reading }] of Object.entries(this.sides)) {
      const unit = scale();
      const { clientWidth: width, clientHeight: height } = canvas.parentElement;
      if (!(width && height)) continue;
      const box = { width: width / unit, height: height / unit, unit, titled: true };
      const pen = sized(canvas, box.width, box.height, undefined, unit);
      drawChart(pen, this.charts[name], headOf(this.charts[name], this.rate), this.colours, box);
      reading.draw(pen, this.charts[name], this.colours, box, this.charts[name].step);
    }
  }

  /** The losses of the four runs, the sweep and the range test. */
  figure(options) {
    if (!this.charts || !curvesOnStage() || !stage.lanes.size) return null; // the first run is still to come
    const losses = (colours) => curvesOnStage().prepare(colours).left;
    return ratesSheet({ data: this.data, found: this.found, rate: this.rate, losses, total: clock.total }, options, this.colours.font);
  }

  end() {
    for (const end of this.ends) end();
    this.watcher.disconnect();
    this.asked.end();
    this.data = null;
    this.runs.end();
  }
}

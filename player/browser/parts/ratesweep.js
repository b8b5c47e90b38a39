// A sweep over the rates of trainings: what each lane reaches at every rate on the validation part and on the test, and a table of the best rates.

import { sized } from "../base/canvas.js";
import { fixed, short } from "../base/format.js";
import { setText } from "../base/text.js";
import { theme } from "../base/theme.js";
import { drawChart } from "../charts/chart.js";
import { plotOf } from "../charts/plot.js";
import { drawMarks, rateSweepChart, SIDES } from "../charts/ratesweep.js";
import { Reading } from "../charts/reading.js";
import { offerFigure } from "../export/offered.js";
import { saveFigure } from "../export/saved.js";
import { rateSweepSheet } from "../export/sheets/ratesweep.js";
import { onFrame, repaint } from "../stage/clock.js";
import { handOver } from "../stage/live.js";
import { scale } from "../stage/mode.js";
import { onChange } from "../stage/store.js";
import { Trainer } from "../stage/trainer.js";
import { LaneTable } from "./lanetable.js";
import { TrainJob } from "./trainjob.js";

const COLUMNS = ["rule", "rate", "validation", "test", "gap", "diverged"];

export class RateSweep {
  /** `pick(i)` tells the page which lane is set, `keepRates({number: rate})` that lanes are to have their best rates. */
  constructor(parent) {
    this.root = parent.querySelector(".dl-ratesweep");
    const find = (name) => this.root.querySelector(`.dl-${name}`);
    this.parts = { take: find("ratesweep-take"), note: find("ratesweep-note"), summary: find("summary") };
    this.sides = Object.fromEntries(SIDES.map((name) => [name, this.side(find(`ratesweep-${name}`))]));
    const marker = this.root.querySelector("template").content.firstElementChild;
    this.table = new LaneTable(this.root.querySelector("table"), marker, (number) => this.pick(number), COLUMNS, []);
    this.trainer = new Trainer(() => this.came(), { route: "ratesweep", looks: false });
    this.job = new TrainJob(this.root, this.trainer, () => saveFigure(this.figure({ theme: "light" })));
    this.parts.take.addEventListener("click", () => this.keepRates(this.best));
    // A slider that is still moved changes nothing: the page brings its value when it is let go.
    this.ends = [onFrame(() => this.draw()), onChange((what) => what === "mode" && this.update()), handOver(() => {})];
    this.ends.push(offerFigure((options) => this.figure(options)));
    this.watcher = new ResizeObserver(() => this.update());
    this.watcher.observe(this.root);
  }

  side(canvas) {
    return { canvas, reading: new Reading(canvas, canvas.parentElement.querySelector(".dl-values"), () => {}) };
  }

  show(data) {
    if (this.data !== data) {
      this.data = data;
      const { words } = data;
      this.root.setAttribute("aria-label", words.title);
      this.root.querySelector(".dl-train-scroll").setAttribute("aria-label", words.lanes);
      setText(this.parts.take, words.take);
      this.job.show(words);
      this.table.show(data);
      this.trainer.begin(data.link);
    }
    this.update();
  }

  /** What has come for the lanes and rates that the page has now. */
  get found() {
    const { found } = this.trainer;
    const fits = found && found.lanes.length === this.data.lanes.length && found.lanes[0].diverged.length === this.data.rates.length;
    return fits ? found : null;
  }

  /** The best rates by the lanes' numbers. */
  get best() {
    const rates = this.data.rates;
    return Object.fromEntries(this.found.lanes.flatMap(({ best }, i) => (best ? [[i + 1, rates[best.place]]] : [])));
  }

  came() {
    if (!this.data) return;
    const { found, data, trainer } = this;
    const [value, all] = found ? [found.done, found.all] : [0, data.rates.length * data.lanes.length * data.seeds];
    this.job.fill({ value, all, said: [data.words.progress.replace("{done}", value).replace("{all}", all)] });
    setText(this.parts.note, found?.note ?? "");
    this.parts.note.hidden = !found?.note;
    const top = found && Math.max(...found.lanes.map(({ best }) => best?.validation ?? -1));
    this.table.write((i) => ({ texts: found ? this.texts(found.lanes[i]) : {}, best: trainer.over && found?.lanes[i].best?.validation === top }));
    this.parts.take.hidden = !(trainer.over && found && Object.keys(this.best).length);
    setText(this.parts.summary, trainer.over && found ? data.lanes.map((lane, i) => this.told(lane, found.lanes[i])).join(" ") : "");
    this.update();
  }

  /** What the table has of a lane. */
  texts({ best, diverged }) {
    const { rates, seeds, words } = this.data;
    const first = diverged.findIndex((count) => count > 0);
    const fallen = { diverged: first < 0 ? "–" : short(rates[first], 4) };
    if (!best) return fallen;
    const edge = best.place === 0 || best.place === rates.length - 1;
    const spread = seeds > 1 ? ` (${fixed(best.least)} – ${fixed(best.most)})` : "";
    return {
      rate: short(rates[best.place], 4) + (edge ? ` · ${words.edge}` : ""),
      validation: fixed(best.validation),
      test: fixed(best.test) + spread,
      gap: fixed(best.training - best.test, 2),
      ...fallen,
    };
  }

  told({ title }, lane) {
    const { rate = "–", validation = "–", test = "–", gap = "–" } = this.texts(lane);
    return Object.entries({ title, rate, validation, test, gap }).reduce(
      (text, [key, said]) => text.replace(`{${key}}`, said),
      this.data.words.summary,
    );
  }

  update() {
    if (!this.data || !this.root.clientWidth) return;
    this.colours = theme(this.root);
    this.root.dataset.theme = this.colours.name;
    this.charts = this.found && this.charted(this.colours);
    repaint();
  }

  charted(colours) {
    return Object.fromEntries(SIDES.map((name) => [name, rateSweepChart(name, this.found, this.data, colours)]));
  }

  draw() {
    for (const [name, { canvas, reading }] of Object.entries(this.sides)) {
      const unit = scale();
      const { clientWidth: width, clientHeight: height } = canvas.parentElement;
      if (!(width && height)) continue;
      const box = { width: width / unit, height: height / unit, unit, titled: true };
      const pen = sized(canvas, box.width, box.height, undefined, unit);
      if (!this.charts) continue;
      this.put(pen, this.charts[name], this.colours, box);
      reading.draw(pen, this.charts[name], this.colours, box, this.charts[name].step);
      canvas.setAttribute("aria-label", `${this.charts[name].title[0]}. ${this.parts.summary.textContent}`);
    }
  }

  put(context, chart, colours, box) {
    drawChart(context, chart, NaN, colours, box);
    drawMarks(context, chart, plotOf(box), colours);
  }

  /** Both charts with what was trained. */
  figure(options) {
    if (!this.found) return null;
    return rateSweepSheet({ data: this.data, found: this.found }, options, this.colours.font);
  }

  end() {
    for (const end of this.ends) end();
    this.watcher.disconnect();
    this.trainer.end();
  }
}

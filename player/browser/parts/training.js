// Rules that train a network at once: their curves while they grow, a table of what each has reached, and what one of the networks looks like.

import { sized } from "../base/canvas.js";
import { fixed, short } from "../base/format.js";
import { setText } from "../base/text.js";
import { theme } from "../base/theme.js";
import { drawChart } from "../charts/chart.js";
import { Reading } from "../charts/reading.js";
import { answers, chartsOf, NAMED, ROWS, SIDES } from "../charts/training.js";
import { drawDigits, drawWeights } from "../drawing/tiles.js";
import { offerFigure } from "../export/offered.js";
import { saveFigure } from "../export/saved.js";
import { trainingSheet } from "../export/sheets/training.js";
import { onFrame, repaint } from "../stage/clock.js";
import { handOver } from "../stage/live.js";
import { scale } from "../stage/mode.js";
import { onChange } from "../stage/store.js";
import { Trainer } from "../stage/trainer.js";
import { LaneTable } from "./lanetable.js";
import { LossPlane } from "./lossplane.js";
import { TrainJob } from "./trainjob.js";

const TILE = { weights: 34, digits: 34 };

export class Training {
  /** Tell the page: `pick(i)` which lane is looked at, `keepCurve(name)` what the middle chart shows, `keepMoment(part)` the part of the training. */
  constructor(parent) {
    this.root = parent.querySelector(".dl-train");
    const find = (name) => this.root.querySelector(`.dl-${name}`);
    this.parts = { pictures: find("train-pictures"), summary: find("summary") };
    this.sides = Object.fromEntries(SIDES.map((name) => [name, this.side(name)]));
    this.menu = this.root.querySelector(".dl-choose");
    this.menu.addEventListener("change", () => this.showInMiddle(this.menu.value));
    const marker = this.root.querySelector("template").content.firstElementChild;
    this.table = new LaneTable(find("train-scroll table"), marker, (number) => this.choose(number));
    [this.weights, this.digits] = this.root.querySelectorAll("figure");
    this.plane = new LossPlane(find("train-plane"), marker, (moment) => this.keepMoment(moment));
    this.trainer = new Trainer(() => this.came());
    this.job = new TrainJob(this.root, this.trainer, () => this.figure({ theme: "light" }) && saveFigure(this.figure({ theme: "light" })));
    // A slider that is still moved changes nothing: the page brings its value when it is let go.
    this.ends = [onFrame(() => this.draw()), onChange((what) => what === "mode" && this.update()), handOver(() => {})];
    this.ends.push(offerFigure((options) => this.figure(options)));
    this.watcher = new ResizeObserver(() => this.update());
    this.watcher.observe(this.root);
  }

  side(name) {
    const canvas = this.root.querySelector(`.dl-train-${name.replace("_", "-")}`);
    return { canvas, reading: new Reading(canvas, canvas.parentElement.querySelector(".dl-values"), () => {}) };
  }

  show(data) {
    if (this.data !== data) {
      this.data = data;
      const { words } = data;
      this.root.setAttribute("aria-label", words.title);
      this.root.querySelector(".dl-train-scroll").setAttribute("aria-label", words.lanes);
      this.job.show(data.plane.shown ? { ...words, picture: data.plane.words.picture } : words);
      this.root.dataset.show = data.plane.shown ? "plane" : "curves";
      this.offer(data);
      this.table.show(data);
      this.trainer.begin(data.link);
    }
    this.update();
  }

  /** Show another lane's network at once, and tell the page. */
  choose(number) {
    this.show({ ...this.data, lane: number, link: { ...this.data.link, lane: String(number) } });
    this.pick(number);
  }

  /** Show something else in the middle at once, and tell the page. */
  showInMiddle(name) {
    this.show({ ...this.data, curve: name });
    this.keepCurve(name);
  }

  offer({ charted, curve, words }) {
    const options = charted.map(([value, textContent]) => Object.assign(document.createElement("option"), { value, textContent }));
    this.menu.replaceChildren(...options);
    this.menu.value = curve;
    this.menu.setAttribute("aria-label", words.choose);
  }

  came() {
    if (!this.data) return;
    this.progress();
    this.plane.show(this.data, this.trainer);
    this.table.fill(this.trainer.found);
    this.summarise();
    this.update();
  }

  progress() {
    const { trainer, data, job } = this;
    const { found } = trainer;
    const steps = found ? found.lanes.map(({ step, stopped }) => (stopped >= 0 ? data.steps : step)) : [0];
    const done = Math.min(...steps);
    const said = [data.words.progress.replace("{done}", done).replace("{all}", data.steps)];
    if (found) said.push(data.words.epochs.replace("{epochs}", short(done / found.per_epoch)));
    const all = data.steps * steps.length;
    job.fill({ value: steps.reduce((a, b) => a + b, 0), all, said });
  }

  summarise() {
    const { trainer, data, parts } = this;
    const say = ({ title }, i) => {
      const { curves, stopped } = trainer.found.lanes[i];
      if (stopped >= 0) return `${title}: ${data.words.diverged.replace("{step}", stopped)}.`;
      const [accuracy, loss] = [ROWS.test_accuracy, ROWS.loss].map((k) => fixed(curves[k].at(-1)));
      return data.words.summary.replace("{title}", title).replace("{accuracy}", accuracy).replace("{loss}", loss);
    };
    setText(parts.summary, trainer.over ? data.lanes.map(say).join(" ") : "");
  }

  update() {
    if (!this.data || !this.root.clientWidth) return;
    this.colours = theme(this.root);
    this.root.dataset.theme = this.colours.name;
    this.plane.update(this.colours);
    const { found } = this.trainer;
    this.charts = found && answers(found, this.data) ? chartsOf(found, this.data, this.colours) : null;
    this.pictures();
    repaint();
  }

  draw() {
    for (const [name, { canvas, reading }] of Object.entries(this.sides)) {
      const unit = scale();
      const { clientWidth: width, clientHeight: height } = canvas.parentElement;
      if (!(width && height)) continue;
      const box = {
        width: width / unit,
        height: height / unit,
        unit,
        titled: true,
        menu: name === "middle",
        names: name === NAMED && width / unit > 330,
      };
      const pen = sized(canvas, box.width, box.height, undefined, unit);
      if (!this.charts) continue;
      drawChart(pen, this.charts[name], this.charts[name].total, this.colours, box);
      reading.draw(pen, this.charts[name], this.colours, box, this.charts[name].step);
      canvas.setAttribute("aria-label", `${this.charts[name].title[0]}. ${this.parts.summary.textContent}`);
    }
  }

  pictures() {
    const { seen } = this.trainer;
    const { words, lanes } = this.data;
    const own = seen && lanes[seen.lane - 1];
    this.parts.pictures.hidden = !own;
    if (!own) return;
    const width = this.parts.pictures.clientWidth;
    const say = (figure, text) => {
      setText(figure.querySelector("figcaption"), text);
      figure.querySelector("canvas").setAttribute("aria-label", text);
    };
    const all = this.trainer.found?.tests ?? 0;
    const none = !seen.wrong;
    say(this.weights, words.weights.replace("{title}", own.title));
    say(this.digits, (none ? words.none_wrong : words.wrong).replace("{title}", own.title).replace("{count}", seen.count).replace("{all}", all));
    drawWeights(this.weights.querySelector("canvas"), seen.weights, this.colours, width, TILE.weights);
    this.digits.querySelector("canvas").hidden = none;
    if (!none) drawDigits(this.digits.querySelector("canvas"), seen.wrong, seen.labels, seen.taken, this.colours, width, TILE.digits);
  }

  /** The three charts with what was trained, or the loss on its plane. */
  figure(options) {
    if (this.data?.plane.shown) return this.plane.figure(options);
    if (!this.trainer.found) return null;
    return trainingSheet({ data: this.data, found: this.trainer.found }, options, this.colours.font);
  }

  end() {
    for (const end of this.ends) end();
    this.watcher.disconnect();
    this.trainer.end();
    this.plane.end();
  }
}

// The data panel: the examples with each lane's fit at the cursor and the batch of the step under way, and the gradients that batches have.

import { sized } from "../base/canvas.js";
import { pointsIn } from "../base/csv.js";
import { short } from "../base/format.js";
import { setText } from "../base/text.js";
import { theme } from "../base/theme.js";
import { fitsAt } from "../drawing/fitsat.js";
import { drawData } from "../drawing/scatter.js";
import { paintExamples, PICTURED } from "../export/examples.js";
import { clock, onFrame, onText, repaint } from "../stage/clock.js";
import { stopTrying, SURFACE, tryOut } from "../stage/live.js";
import { hides, scale } from "../stage/mode.js";
import { pictured } from "../stage/pictured.js";
import { say } from "../stage/said.js";
import { lanesInOrder, onChange, setSurface, stage } from "../stage/store.js";
import { Clouds } from "./clouds.js";
import { Editing } from "./editing.js";

export class Examples {
  /** `keep(points)` tells the page which points there are now, as a link has them. */
  constructor(parent) {
    this.root = parent.querySelector(".dl-examples");
    const find = (name) => this.root.querySelector(`.dl-${name}`);
    const names = ["examples-title", "examples-plot", "examples-said", "examples-delete", "examples-class", "examples-load", "examples-file"];
    this.parts = Object.fromEntries([...names, "clouds-title", "clouds-plot", "clouds-list"].map((name) => [name.split("-").join("_"), find(name)]));
    const { parts } = this;
    this.editing = new Editing(parts.examples_plot, {
      of: () => ({ data: this.now, size: this.size }),
      moved: (points) => this.move(points),
      kept: (points) => this.change(points),
      choose: () => this.tell(),
    });
    parts.examples_delete.addEventListener("click", () => this.editing.remove());
    parts.examples_class.addEventListener("click", () => this.editing.turn());
    parts.examples_load.addEventListener("click", () => parts.examples_file.click());
    parts.examples_file.addEventListener("change", () => this.load());
    this.clouds = new Clouds(parts.clouds_title, parts.clouds_plot, parts.clouds_list);
    this.ends = [onFrame(() => this.draw()), onText(() => this.write()), onChange(() => repaint())];
    const height = () => (this.data && !hides("data") ? PICTURED : 0);
    this.ends.push(pictured({ height, paint: (...given) => this.paint(...given) }));
    this.watcher = new ResizeObserver(() => repaint());
    this.watcher.observe(this.root);
  }

  show(data) {
    if (this.data === data) return (this.colours = theme(this.root));
    Object.assign(this, { data, now: data, colours: theme(this.root) });
    const { parts } = this;
    const { words } = data;
    if (this.editing.chosen >= data.points[0].length) this.editing.chosen = null;
    this.root.setAttribute("aria-label", words.region);
    setText(parts.examples_title, words.title);
    parts.examples_plot.setAttribute("aria-label", `${words.region}. ${words.keys}`);
    for (const name of ["delete", "class", "load"]) {
      const button = parts[`examples_${name}`];
      button.title = words[name];
      button.setAttribute("aria-label", words[name]);
    }
    parts.examples_class.hidden = !data.classes;
    parts.clouds_list.setAttribute("aria-label", words.cloud);
    this.tell();
    repaint();
  }

  /** What is said under the data: the chosen point, or what a hand can do. */
  tell() {
    const { parts, editing, now } = this;
    const { chosen } = editing;
    const [x, y] = now.points;
    parts.examples_delete.disabled = parts.examples_class.disabled = chosen === null;
    const said = { i: chosen + 1, count: x.length, x: short(x[chosen], 4), y: short(y[chosen], 4) };
    setText(parts.examples_said, chosen === null ? now.words.hint : now.words.chosen.replace(/{(\w+)}/g, (_, name) => said[name]));
    repaint();
  }

  /** The points as they are under the hand: the surface and every lane follow; null puts all of them back. */
  move(points) {
    this.now = points ? { ...this.data, points } : this.data;
    if (!points) this.putBack();
    else if (points[0].length <= this.data.most) {
      this.before ??= { surface: stage.surface, panels: new Map([...stage.panels.values()].map((panel) => [panel, panel.data])) };
      tryOut([SURFACE, ...lanesInOrder().map(({ index }) => index)], { "surface.points": written(points) });
    }
    this.tell();
  }

  putBack() {
    const { before } = this;
    this.before = null;
    stopTrying();
    if (!before) return;
    setSurface(before.surface);
    before.panels.forEach((data, panel) => panel.show(data, true));
  }

  /** Other points from now on. */
  change(points) {
    const { words, most } = this.data;
    const count = points[0].length;
    const refused = count > most ? words.full.replace("{count}", count) : count < 2 ? words.few : null;
    if (refused) {
      this.editing.chosen = null;
      this.move(null);
      return say(refused);
    }
    if (written(points) === written(this.data.points)) return this.move(null);
    this.now = { ...this.data, points };
    this.before = null;
    stopTrying();
    this.keep(written(points));
    this.tell();
  }

  async load() {
    const { examples_file: file } = this.parts;
    const [chosen] = file.files;
    if (!chosen) return;
    const { words, bytes, classes } = this.data;
    const found = chosen.size > bytes ? { wrong: "large", bytes: chosen.size } : pointsIn(await chosen.text(), classes ? 3 : 2, this.data);
    file.value = "";
    if (found.wrong) return say(words[found.wrong].replace(/{(\w+)}/g, (_, name) => found[name]));
    this.editing.chosen = null;
    this.change(found.points);
    say(words.loaded.replace("{count}", found.points[0].length));
  }

  draw() {
    if (!this.data || hides("data")) return;
    const { examples_plot: plot } = this.parts;
    const unit = scale();
    const { clientWidth: width, clientHeight: height } = plot.parentElement;
    if (!(width > 60 && height > 60)) return;
    this.size = { width: width / unit, height: height / unit };
    const fits = fitsAt(lanesInOrder(), clock.step, this.colours.name);
    const now = [this.now, this.editing.chosen, this.colours, unit, width, height, ...fits.flatMap(({ p, colour, batch }) => [...p, colour, batch])];
    if (now.length !== this.drawn?.length || now.some((v, i) => v !== this.drawn[i])) {
      this.drawn = now;
      drawData(sized(plot, this.size.width, this.size.height, undefined, unit), this.now, fits, this.editing.chosen, this.colours, this.size);
    }
    this.clouds.draw(this.now, fits, this.colours, unit);
  }

  /** The panel in the picture of the page. */
  paint(context, width, step, colours) {
    const fits = fitsAt(lanesInOrder(), step, colours.name);
    paintExamples(context, this.now, fits, this.clouds.found(this.now, fits, Infinity), width, colours);
  }

  write() {
    if (this.data) this.clouds.write(this.data.words);
  }

  end() {
    for (const end of this.ends) end();
    this.watcher.disconnect();
  }
}

/** The points as a link has them. */
const written = (points) => points[0].map((_, i) => points.map((values) => values[i]).join(",")).join(";");

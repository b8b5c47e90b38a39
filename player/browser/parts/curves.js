// The two charts under the panels: a quantity of every lane each, at the same clock.

import { sized } from "../base/canvas.js";
import { theme } from "../base/theme.js";
import { drawChart } from "../charts/chart.js";
import { label, offered } from "../charts/quantities.js";
import { Reading } from "../charts/reading.js";
import { chartsOnStage, chosenOn } from "../charts/staged.js";
import { clock, onFrame, repaint } from "../stage/clock.js";
import { scale } from "../stage/mode.js";
import { lanesInOrder, onChange, setLink, stage } from "../stage/store.js";

export class Curves {
  /** `keepChoice([side, quantity])` is called when another quantity has been chosen. */
  constructor(parent) {
    this.root = parent.querySelector(".dl-curves");
    this.sides = { left: this.side(".dl-loss"), right: this.side(".dl-rates") };
    for (const [side, { menu }] of Object.entries(this.sides)) {
      let byMouse = false;
      menu.addEventListener("pointerdown", () => (byMouse = true));
      menu.addEventListener("keydown", () => (byMouse = false));
      menu.addEventListener("change", () => {
        this.choose(side, menu.value);
        if (byMouse) menu.blur(); // and the player has the keys again
      });
    }
    this.drawnOn = (chart) => chart; // what a page makes of the left chart
    this.ends = [onFrame(() => this.draw()), onChange((what) => what !== "view" && this.update())];
    this.watcher = new ResizeObserver(() => {
      this.boxes = null;
      repaint();
    });
    this.watcher.observe(this.root);
    current = this;
  }

  side(name) {
    const canvas = this.root.querySelector(name);
    canvas.setAttribute("aria-hidden", "true"); // while there is nothing on it
    const part = (other) => canvas.parentElement.querySelector(other);
    return { canvas, menu: part(".dl-choose"), reading: new Reading(canvas, part(".dl-values")) };
  }

  /** usual: what each side shows where the settings say nothing else. */
  show({ words, usual }) {
    Object.assign(this, { words, usual, colours: theme(this.root) });
    document.documentElement.style.setProperty("--dl-paper", this.colours.background); // for what the page lays over it
    document.documentElement.toggleAttribute("data-dark", this.colours.dark);
    this.update();
  }

  update() {
    this.charts = this.boxes = null;
    repaint();
  }

  /** What both charts show, worked out when a lane, the surface, a choice or the theme changes; the picture has it in colours of its own. */
  prepare(colours, lanes = lanesInOrder()) {
    return chartsOnStage(this, clock.total, colours, lanes);
  }

  /** The menus and names of what is shown now. */
  label() {
    this.each((side) => {
      this.offer(side, lanesInOrder());
      this.sides[side].canvas.setAttribute("aria-label", this.charts[side].title.join(" · "));
      this.sides[side].canvas.removeAttribute("aria-hidden");
    });
  }

  /** {left, right} of what `make` returns for each. */
  each(make) {
    return Object.fromEntries(Object.keys(this.sides).map((side) => [side, make(side)]));
  }

  /** The menu under a chart's title. */
  offer(side, lanes) {
    const { menu } = this.sides[side];
    const chosen = chosenOn(side, this.usual);
    const names = [...new Set([...offered(lanes), chosen])];
    const texts = names.map((name) => label(name, this.words, stage.surface.lowest));
    if (menu.dataset.made !== texts.join("\n")) {
      menu.dataset.made = texts.join("\n");
      menu.replaceChildren(...names.map((value, i) => Object.assign(document.createElement("option"), { value, textContent: texts[i] })));
    }
    menu.setAttribute("aria-label", this.words[side]);
    menu.value = chosen;
  }

  choose(side, name) {
    setLink({ ...stage.link, [`curve.${side}`]: name });
    this.keepChoice([side, name]);
  }

  draw() {
    if (!stage.surface || !stage.lanes.size) return;
    if (this.charts?.left.total !== clock.total) this.charts = null;
    if (!this.charts) {
      this.charts = this.prepare(this.colours);
      this.charts.left = this.drawnOn(this.charts.left);
      this.label();
    }
    this.boxes ??= this.measure();
    for (const [side, { canvas, reading }] of Object.entries(this.sides)) {
      const box = this.boxes[side];
      if (!(box.width && box.height)) continue; // left out, or being moved in the page
      const context = sized(canvas, box.width, box.height, undefined, box.unit);
      drawChart(context, this.charts[side], clock.step, this.colours, box);
      reading.draw(context, this.charts[side], this.colours, box, this.charts[side].step);
    }
  }

  measure() {
    const unit = scale();
    return this.each((side) => {
      const { clientWidth: width, clientHeight: height } = this.sides[side].canvas.parentElement;
      return { width: width / unit, height: height / unit, unit, names: side === "left", menu: true };
    });
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

// One large panel with the runs of all lanes. The runs stay with the lanes' own panels, which paint them here.

import { clock, repaint } from "./clock.js";
import { send } from "./connection.js";
import { SurfaceMap } from "./map.js";
import { Panel } from "./panel.js";
import { guessNext } from "./predict.js";
import { mode, scale } from "./present.js";
import { writeVerdict } from "./readout.js";
import { lanesInOrder, stage } from "./store.js";
import { theme, useStyle } from "./theme.js";

const BESIDE = 370; // of a window's height for the top row, the curves and the transport bar
const CURVES = 270; // the same without the top row
const overlays = new WeakMap();

export default function mount({ data, parentElement, setTriggerValue }) {
  useStyle();
  let overlay = overlays.get(parentElement);
  if (!overlay) overlays.set(parentElement, (overlay = new Overlay(parentElement)));
  overlay.pickStart = (point) => guessNext(point) || send("start", () => setTriggerValue("start", point));
  overlay.show(data);
  return () => {
    overlays.delete(parentElement);
    overlay.end();
  };
}

class Overlay extends Panel {
  constructor(parent) {
    super(parent);
    this.tallest = () => window.innerHeight - (mode.present ? CURVES : BESIDE) * scale();
    this.map = new SurfaceMap(this.parts.map, this.tallest);
    this.legend = this.root.querySelector(".dl-legend");
    this.rows = [];
    stage.overlay = this;
  }

  show(words) {
    this.root.setAttribute("aria-label", words.title);
    this.parts.home.title = words.home;
    this.parts.home.setAttribute("aria-label", words.home);
    this.update();
  }

  changed() {
    this.update();
  }

  update() {
    this.colours = theme(this.root);
    this.ground(this.tallest);
    this.forget();
    this.fillLegend();
    repaint();
  }

  forget() {
    for (const { owner } of lanesInOrder()) owner.forget();
  }

  /** The lanes' names; what is said of them follows the clock. */
  fillLegend() {
    this.rows = lanesInOrder().map((lane) => {
      const [row, name, verdict] = ["div", "span", "span"].map((tag) => document.createElement(tag));
      const glyph = lane.owner.root.querySelector(".dl-glyph").cloneNode(true);
      glyph.removeAttribute("class"); // it stays where names are left out
      row.style.setProperty("--lane", lane.colours[this.colours.name]);
      name.className = "dl-title";
      name.textContent = lane.title;
      verdict.className = "dl-verdict";
      row.append(glyph, name, verdict);
      return { row, verdict, lane };
    });
    this.legend.replaceChildren(...this.rows.map(({ row }) => row));
  }

  draw() {
    if (!stage.surface || !this.map.box) return;
    if (this.map.moved()) {
      this.forget();
      this.parts.home.hidden = this.map.atHome();
    }
    this.paint(this.canvas(), clock.step);
  }

  write(step) {
    for (const { lane, verdict } of this.rows) writeVerdict(verdict, lane, step);
  }

  paint(context, step) {
    this.map.paint(context, this.colours);
    const owners = lanesInOrder().map(({ owner }) => owner);
    for (const owner of owners) owner.paintPast(context, step, this.map);
    for (const owner of owners) owner.paintNow(context, step, this.map); // no trail covers a head
  }

  end() {
    super.end();
    if (stage.overlay === this) stage.overlay = null;
  }
}

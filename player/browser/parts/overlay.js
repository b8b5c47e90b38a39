// One large panel with the runs of all lanes. The runs stay with the lanes' own panels, which paint them here.

import { theme } from "../base/theme.js";
import { SurfaceMap } from "../drawing/map.js";
import { clock, repaint } from "../stage/clock.js";
import { lanesInOrder, stage } from "../stage/store.js";
import { Panel } from "./panel.js";
import { writeVerdict } from "./readout.js";
import { roomForOverlay } from "./room.js";

export class Overlay extends Panel {
  constructor(parent) {
    super(parent);
    this.map = new SurfaceMap(this.parts.map, roomForOverlay);
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
    this.ground(roomForOverlay);
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

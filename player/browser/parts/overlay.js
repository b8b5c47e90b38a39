// One large map with the runs of all lanes, and their names beside it. Each lane's own panel keeps its numbers.

import { markerPath } from "../base/marker.js";
import { theme } from "../base/theme.js";
import { Run } from "../drawing/run.js";
import { clock, onFrame, onText, repaint } from "../stage/clock.js";
import { formerOf } from "../stage/ghosts.js";
import { waiting } from "../stage/predict.js";
import { lanesInOrder, onChange, stage } from "../stage/store.js";
import { Area } from "./area.js";
import { paintGuess } from "./panel.js";
import { writeVerdict } from "./readout.js";
import { roomForOverlay } from "./room.js";

let current = null;

/** The large map that is on the page now, or null. */
export function overlayOnStage() {
  return current;
}

export class Overlay {
  /** `pickStart(point)` is called with a start that was clicked. */
  constructor(parent) {
    this.root = parent.querySelector(".dl-panel");
    this.legend = this.root.querySelector(".dl-legend");
    this.area = new Area(this.root, roomForOverlay, (point) => this.pickStart(point));
    this.runs = new Map(); // by lane number
    this.rows = [];
    this.ends = [onFrame(() => this.draw()), onText(() => this.write(clock.step)), onChange(() => this.update())];
    this.watcher = new ResizeObserver(() => this.update());
    this.watcher.observe(this.root);
    current = this;
  }

  show(words) {
    this.root.setAttribute("aria-label", words.title);
    this.area.name(words.home);
    this.update();
  }

  update() {
    this.colours = theme(this.root);
    this.area.update(this.colours);
    this.follow();
    this.fillLegend();
    repaint();
  }

  /** A run for each lane that there is. */
  follow() {
    for (const index of this.runs.keys()) if (!stage.lanes.has(index)) this.runs.delete(index);
    for (const lane of lanesInOrder()) {
      if (!this.runs.has(lane.index)) this.runs.set(lane.index, new Run());
      const run = this.runs.get(lane.index);
      if (run.lane !== lane) run.show(lane);
    }
  }

  /** The lanes' names; what is said of them follows the clock. */
  fillLegend() {
    const { namespaceURI } = this.area.parts.field; // of pictures in a page
    this.rows = lanesInOrder().map((lane) => {
      const [row, name, verdict] = ["div", "span", "span"].map((tag) => document.createElement(tag));
      row.style.setProperty("--lane", lane.colours[this.colours.name]);
      name.className = "dl-title";
      name.textContent = lane.title;
      verdict.className = "dl-verdict";
      row.append(sign(lane.marker, namespaceURI), name, verdict);
      return { row, verdict, lane };
    });
    this.legend.replaceChildren(...this.rows.map(({ row }) => row));
  }

  draw() {
    if (!stage.surface || !this.area.box) return;
    this.paint(this.area.context(), clock.step);
  }

  /** Everything at this step; the picture paints with it too. */
  paint(context, step) {
    const { area, colours } = this;
    if (!area.ground) return;
    const runs = lanesInOrder().map(({ index }) => this.runs.get(index));
    for (const run of runs) run.former = formerOf(run.lane);
    for (const run of runs) run.drawPast(context, step, area.ground, colours, waiting());
    for (const run of runs) {
      paintGuess(context, run.lane, null, area.ground, colours);
      run.drawNow(context, step, area.ground, colours); // no trail covers a head
    }
  }

  write(step) {
    for (const { lane, verdict } of this.rows) writeVerdict(verdict, lane, step);
  }

  end() {
    for (const end of this.ends) end();
    this.watcher.disconnect();
    this.area.end();
    if (current === this) current = null;
  }
}

/** A lane's marker as a picture; it stays where names are left out. */
function sign(shape, space) {
  const [picture, path] = ["svg", "path"].map((tag) => document.createElementNS(space, tag));
  picture.setAttribute("viewBox", "0 0 16 16");
  picture.setAttribute("aria-hidden", "true");
  path.setAttribute("d", markerPath(shape));
  picture.append(path);
  return picture;
}

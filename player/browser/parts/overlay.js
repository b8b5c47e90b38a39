// One large map with the runs of all lanes. Each lane's own panel keeps its name and its numbers.

import { theme } from "../base/theme.js";
import { Run } from "../drawing/run.js";
import { clock, onFrame, repaint } from "../stage/clock.js";
import { formerOf } from "../stage/ghosts.js";
import { overlaid } from "../stage/mode.js";
import { waiting } from "../stage/predict.js";
import { lanesInOrder, onChange, stage } from "../stage/store.js";
import { Area } from "./area.js";
import { paintGuess } from "./panel.js";
import { roomForMap } from "./room.js";

let current = null;

/** The large map where it is shown, else null. */
export function overlayOnStage() {
  return overlaid() ? current : null;
}

export class Overlay {
  /** `pickStart(point)` is called with a start that was clicked. */
  constructor(parent) {
    this.root = parent.querySelector(".dl-panel");
    this.area = new Area(this.root, roomForMap, (point) => this.pickStart(point));
    this.runs = new Map(); // by lane number
    this.ends = [onFrame(() => this.draw()), onChange(() => this.update())];
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
    if (!overlaid()) return this.area.clear();
    this.colours = theme(this.root);
    this.area.update(this.colours);
    this.follow();
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

  draw() {
    if (!overlaid() || !stage.surface || !this.area.box) return;
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

  end() {
    for (const end of this.ends) end();
    this.watcher.disconnect();
    this.area.end();
    if (current === this) current = null;
  }
}

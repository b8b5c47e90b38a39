// One large map with the runs of all lanes. Each lane's own panel keeps its name and its numbers.

import { theme } from "../base/theme.js";
import { Run } from "../drawing/run.js";
import { clock, onFrame, repaint } from "../stage/clock.js";
import { formerOf } from "../stage/ghosts.js";
import { overlaid } from "../stage/mode.js";
import { waiting } from "../stage/predict.js";
import { lanesInOrder, onChange, stage } from "../stage/store.js";
import { Area } from "./area.js";
import { paintHeld } from "./grip.js";
import { paintGuess } from "./panel.js";
import { roomForMap } from "./room.js";

let current = null;

/** The large map where it is shown, else null. */
export function overlayOnStage() {
  return current?.root ? current : null;
}

export class Overlay {
  /** `pickStart(point)` is called with a start that was clicked. room(width): the most height of the map; shown(): whether it is shown. */
  constructor(parent, room = roomForMap, shown = overlaid) {
    Object.assign(this, { room, shown });
    this.template = parent.querySelector("template");
    this.root = null;
    this.runs = new Map(); // by lane number
    this.ends = [onFrame(() => this.draw()), onChange(() => this.update())];
    this.watcher = new ResizeObserver(() => this.update());
    current = this;
  }

  show(words) {
    this.words = words;
    this.update();
  }

  /** Put it into the page, or take it out again. */
  come() {
    this.root = this.template.content.firstElementChild.cloneNode(true);
    this.template.after(this.root);
    this.area = new Area(
      this.root,
      this.room,
      (point) => this.pickStart(point),
      () => stage.lanes.get(stage.inspected)?.inspected,
    );
    this.watcher.observe(this.root);
  }

  go() {
    if (!this.root) return;
    this.watcher.disconnect();
    this.area.end();
    this.root.remove();
    this.root = null;
  }

  update() {
    if (!this.shown() || !this.words) return this.go();
    if (!this.root) this.come();
    this.root.setAttribute("aria-label", this.words.title);
    this.area.name(this.words.home);
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
    if (!this.root || !stage.surface || !this.area.box) return;
    this.paint(this.area.context(), clock.step);
  }

  /** Everything at this step. */
  paint(context, step) {
    const { area, colours } = this;
    if (!area.ground) return;
    const runs = lanesInOrder().map(({ index }) => this.runs.get(index));
    paintRuns(context, runs, step, area.ground, colours);
    if (runs.length) paintHeld(context, runs.at(-1).lane, area.ground, colours);
  }

  end() {
    for (const end of this.ends) end();
    this.go();
    if (current === this) current = null;
  }
}

/** Runs on one ground at a step, with the guesses of where they end. */
export function paintRuns(context, runs, step, ground, colours) {
  for (const run of runs) run.former = formerOf(run.lane);
  for (const run of runs) run.drawPast(context, step, ground, colours, waiting());
  for (const run of runs) {
    paintGuess(context, run.lane, null, ground, colours);
    run.drawNow(context, step, ground, colours); // no trail covers a head
  }
}

// A lane's panel: its name, the map with its run on it, and its numbers at the cursor.

import { markerPath } from "../base/marker.js";
import { setText } from "../base/text.js";
import { theme } from "../base/theme.js";
import { unpack } from "../base/unpack.js";
import { drawCrowd } from "../drawing/crowd.js";
import { drawGuess } from "../drawing/guess.js";
import { Run } from "../drawing/run.js";
import { clock, onFrame, onText, repaint } from "../stage/clock.js";
import { crowdOf } from "../stage/crowd.js";
import { formerOf, keepFormer } from "../stage/ghosts.js";
import { hides, overlaid } from "../stage/mode.js";
import { guessOf, missed, onPredict, placing, waiting } from "../stage/predict.js";
import { dropLane, onChange, setLane, stage } from "../stage/store.js";
import { aimed } from "./aim.js";
import { Area } from "./area.js";
import { paintHeld } from "./grip.js";
import { Readout } from "./readout.js";
import { roomForMap } from "./room.js";
import { Rule } from "./rule.js";
import { Told } from "./told.js";

export class Panel {
  /**
   * `pickStart(point)` is called with a start that was clicked, `tryOut(link)` with the settings that an account suggests,
   * `pickRule(name)` with another rule, `unfold()` where folded controls are wanted.
   */
  constructor(parent) {
    this.root = parent.querySelector(".dl-panel");
    const find = (name) => this.root.querySelector(`.dl-${name}`);
    const names = ["title", "map", "readout", "hint", "summary", "missed", "account", "unfold", "settings"];
    this.parts = Object.fromEntries(names.map((name) => [name, find(name)]));
    this.parts.glyph = this.root.querySelector(".dl-glyph path");
    this.area = new Area(
      this.root,
      roomForMap,
      (point) => this.pickStart(point),
      () => this.lane?.inspected,
    );
    this.rule = new Rule(find("rule"), (name) => this.pickRule(name));
    this.parts.unfold.addEventListener("click", () => this.unfold());
    this.run = new Run();
    this.readout = new Readout(this.parts.readout);
    this.told = new Told(this.root, (link) => this.tryOut(link));
    this.ends = [
      onFrame(() => this.draw()),
      onText(() => this.write(clock.step)),
      onChange((what) => what !== "lane" && this.update()),
      onPredict(() => this.describe()),
    ];
    this.parts.map.addEventListener("keydown", (event) => (this.aim = aimed(event, this.aim, this.lane.index)));
    this.watcher = new ResizeObserver(() => this.update());
    this.watcher.observe(this.root);
  }

  /** `data`: the message, or what it unpacks to; `trying`: the run is that of a setting that is still moving. */
  show(data, trying = false) {
    if (this.data === data) return this.follow(theme(this.root));
    if (!trying) {
      this.colours = theme(this.root);
      this.own = data;
    }
    this.data = data;
    const { lane } = data instanceof Uint8Array ? unpack(data) : data;
    this.lane = lane;
    keepFormer(lane, trying);
    this.run.show(lane);
    setText(this.parts.title, lane.title);
    this.parts.title.title = lane.title;
    this.rule.show(lane);
    this.parts.unfold.title = lane.words.unfold;
    this.parts.unfold.setAttribute("aria-label", lane.words.unfold);
    setText(this.parts.settings, lane.settings.filter(Boolean).join("; "));
    this.parts.glyph.setAttribute("d", markerPath(lane.marker));
    this.describe();
    this.area.name(lane.words.home);
    this.parts.readout.setAttribute("aria-label", lane.words.numbers);
    this.readout.fill(lane, clock.step);
    setLane(lane, this);
    if (trying) this.renew();
    else this.update();
  }

  /** The page is drawn to its end: a run that was tried and not kept is over. */
  settle() {
    if (this.own && this.data !== this.own) this.show(this.own, true);
  }

  /** What screen readers hear: the lane's name, and how its run went, unless that is to be guessed. */
  describe() {
    if (!this.lane) return;
    const { spoken, words, index } = this.lane;
    const { map, summary } = this.parts;
    this.root.setAttribute("aria-label", hides("titles") ? words.lane : this.lane.summary);
    setText(summary, waiting() || hides("titles") ? "" : `${spoken} ${this.told.text}`.trim());
    summary.id = `dl-summary-${index}`;
    this.root.setAttribute("aria-describedby", summary.id);
    if (placing(index)) {
      map.tabIndex = 0;
      map.setAttribute("role", "application");
      map.setAttribute("aria-label", words.guess);
    } else for (const name of ["tabindex", "role", "aria-label"]) map.removeAttribute(name);
    this.aim = placing(index) ? this.aim : null;
  }

  /** Streamlit shows the same data again when the theme changes. */
  follow({ name, background }) {
    if (name === this.colours.name && background === this.colours.background) return;
    this.colours = theme(this.root);
    this.update();
  }

  /** All that can have changed with the page. */
  update() {
    if (!this.lane) return;
    const { lane, parts } = this;
    this.root.style.setProperty("--lane", lane.colours[this.colours.name]);
    this.root.style.setProperty("--letters", lane.letters[this.colours.name]);
    this.root.classList.toggle("dl-bare", overlaid());
    if (overlaid()) this.area.clear();
    else {
      this.area.update(this.colours);
      const { x, width, scale } = this.area.box;
      for (const part of [parts.hint, parts.missed, parts.account])
        Object.assign(part.style, { left: `${(x + 4) * scale}px`, maxWidth: `${(width - 8) * scale}px` });
    }
    this.renew();
  }

  /** All that can have changed with the lane's run alone. */
  renew() {
    const { hint } = this.parts;
    setText(hint, this.lane.hint);
    hint.title = this.lane.hint;
    this.describe();
    repaint();
  }

  draw() {
    if (!this.lane || overlaid() || !stage.surface || !this.area.box) return;
    this.paint(this.area.context(), clock.step);
  }

  /** Everything at this step. */
  paint(context, step) {
    const { area, colours, run, lane } = this;
    if (!area.ground) return;
    run.former = formerOf(lane);
    run.drawPast(context, step, area.ground, colours, waiting());
    paintGuess(context, lane, this.aim, area.ground, colours);
    run.drawNow(context, step, area.ground, colours);
    paintHeld(context, lane, area.ground, colours);
  }

  write(step) {
    if (!this.lane) return;
    this.readout.write(this.lane, step);
    if (this.told.write(this.lane, step)) this.describe();
    const off = missed(this.lane, step);
    setText(this.parts.missed, off ? this.lane.words.missed.replace("{distance}", off.distance).replace("{part}", off.part) : "");
  }

  end() {
    for (const end of this.ends) end();
    this.watcher.disconnect();
    this.rule.end();
    this.area.end();
    this.told.end();
    dropLane(this.lane?.index, this);
  }
}

/** A lane's guess, and the cross-hair while it is asked for. */
export function paintGuess(context, lane, aim, ground, colours) {
  const own = { line: lane.colours[colours.name], casing: colours.background };
  drawCrowd(context, crowdOf(lane.index), ground, own);
  drawGuess(context, { guess: guessOf(lane.index), aim: placing(lane.index) ? aim : null }, ground, own);
}

// A lane's panel: its name, the map with its run on it, and its numbers at the cursor.

import { sized } from "../base/canvas.js";
import { Kept } from "../base/kept.js";
import { markerPath } from "../base/marker.js";
import { setText } from "../base/text.js";
import { theme } from "../base/theme.js";
import { unpack } from "../base/unpack.js";
import { drawInside } from "../drawing/arrows.js";
import { drawCloud, drawEllipse } from "../drawing/cloud.js";
import { fieldShown, showField } from "../drawing/field.js";
import { drawGuess } from "../drawing/guess.js";
import { SurfaceMap } from "../drawing/map.js";
import { groundFor } from "../drawing/scene.js";
import { drawMark } from "../drawing/trail.js";
import { clock, onFrame, onText, repaint } from "../stage/clock.js";
import { hides } from "../stage/mode.js";
import { missed, onPredict, waiting } from "../stage/predict.js";
import { dropLane, onChange, setLane, stage } from "../stage/store.js";
import { aimWithKeys } from "./aim.js";
import { listenToMap } from "./pointing.js";
import { Readout, writeVerdict } from "./readout.js";
import { roomForPanel } from "./room.js";

const STANDS_BACK = 0.45; // how much is seen of one run among many

export class Panel {
  /** `pickStart(point)` is called with a start that was clicked. */
  constructor(parent) {
    this.root = parent.querySelector(".dl-panel");
    const find = (name) => this.root.querySelector(`.dl-${name}`);
    this.parts = {
      glyph: this.root.querySelector(".dl-glyph path"),
      title: find("title"),
      verdict: find("verdict"),
      map: find("map"),
      canvas: find("trail"),
      field: find("field"),
      readout: find("readout"),
      hover: find("hover"),
      home: find("home"),
      hint: find("hint"),
      summary: find("summary"),
      missed: find("missed"),
    };
    this.map = new SurfaceMap(this.parts.map, roomForPanel);
    this.kept = { past: new Kept(), hidden: new Kept() };
    this.readout = new Readout(this.parts.readout);
    this.ends = [
      onFrame(() => this.draw()),
      onText(() => this.write(clock.step)),
      onChange((what) => this.changed(what)),
      onPredict(() => this.describe()),
      listenToMap(this),
    ];
    this.parts.map.addEventListener("keydown", (event) => aimWithKeys(this, event));
    this.parts.home.addEventListener("click", () => this.map.home());
    this.watcher = new ResizeObserver(() => this.update());
    this.watcher.observe(this.root);
  }

  changed(what) {
    if (what !== "lane") this.update();
  }

  show(data) {
    if (this.data === data) return this.follow(theme(this.root));
    this.data = data;
    const { lane } = unpack(data);
    this.lane = { ...lane, owner: this };
    this.parts.title.textContent = lane.title;
    this.parts.glyph.setAttribute("d", markerPath(lane.marker));
    this.describe();
    this.parts.home.title = lane.words.home;
    this.parts.home.setAttribute("aria-label", lane.words.home);
    this.readout.fill(this.lane, clock.step);
    setLane(lane.index, this.lane);
    this.update();
  }

  /** What screen readers hear: the lane's name, and how its run went, unless that is to be guessed. */
  describe() {
    if (!this.lane) return;
    const { spoken, words, index } = this.lane;
    const { map, summary } = this.parts;
    this.root.setAttribute("aria-label", hides("titles") ? words.lane : this.lane.summary);
    summary.textContent = waiting() || hides("titles") ? "" : spoken;
    summary.id = `dl-summary-${index}`;
    this.root.setAttribute("aria-describedby", summary.id);
    if (waiting()) {
      map.tabIndex = 0;
      map.setAttribute("role", "application");
      map.setAttribute("aria-label", words.guess);
    } else for (const name of ["tabindex", "role", "aria-label"]) map.removeAttribute(name);
    this.aim = waiting() ? this.aim : null;
  }

  /** Streamlit shows the same data again when the theme changes. */
  follow({ name, background }) {
    if (name !== this.colours.name || background !== this.colours.background) this.update();
  }

  update() {
    if (!this.lane) return;
    this.colours = theme(this.root);
    this.colour = this.lane.colours[this.colours.name];
    this.root.style.setProperty("--lane", this.colour);
    this.root.classList.toggle("dl-bare", Boolean(this.lane.overlay));
    if (this.lane.overlay) this.map.end();
    else {
      this.ground(roomForPanel);
      const { box, scale } = this.map;
      for (const part of [this.parts.hint, this.parts.missed]) {
        Object.assign(part.style, { left: `${(box.x + 4) * scale}px`, maxWidth: `${(box.width - 8) * scale}px` });
      }
    }
    const hints = [this.levelled ? this.lane.words.flat : "", this.lane.hint];
    this.parts.hint.textContent = this.parts.hint.title = hints.filter(Boolean).join(" ");
    this.describe();
    this.forget();
    repaint();
  }

  /** What stands still under the run: the map and the field on it, or the surface in 3-D; `room` as the map's constructor takes it. */
  ground(room) {
    const { field, home } = this.parts;
    const { ground, flat } = groundFor(this.map, room);
    this.map = ground;
    this.levelled = flat;
    this.map.update(this.colours);
    home.hidden = this.map.atHome();
    const shown = fieldShown() && stage.surface && this.map.level;
    field.toggleAttribute("hidden", !shown); // a picture has no `hidden` of its own
    if (shown) showField(field, this.map, this.colours);
  }

  /** The canvas over the whole map, in the units of its box. */
  canvas() {
    const { box, scale } = this.map;
    return sized(this.parts.canvas, box.outer, box.total, undefined, scale);
  }

  /** The map has changed: the run's places on it are worked out anew. */
  forget() {
    this.trail = this.marks = null;
  }

  draw() {
    if (!this.lane || !stage.surface || !(this.map.box || this.lane.overlay)) return;
    if (!this.lane.overlay) {
      if (this.map.moved()) {
        this.forget();
        this.parts.home.hidden = this.map.atHome();
      }
      this.paint(this.canvas(), clock.step);
    }
  }

  /** Everything at this step on its own map or the overlay's; the picture paints with it too. */
  paint(context, step) {
    this.map.paint(context, this.colours);
    this.paintPast(context, step, this.map);
    this.paintNow(context, step, this.map);
  }

  /** The way up to this step, with what lies under it. */
  paintPast(context, step, map) {
    this.clipped(context, map, (colours) => {
      this.trail ??= map.trail(this.lane.path);
      this.marks ??= this.lane.marks.map((mark) => map.place(mark));
      const { many } = this.lane;
      if (many?.predicted && !waiting()) drawEllipse(context, many.predicted, map, colours);
      context.globalAlpha = many ? STANDS_BACK : 1;
      this.trail.drawPast(context, step, colours, this.kept);
    });
  }

  /** What moves: the head, the many runs, the step under way. */
  paintNow(context, step, map) {
    this.clipped(context, map, (colours) => {
      const { many, inside, marker } = this.lane;
      drawGuess(context, { lane: this.lane, map, aim: this.aim }, colours);
      for (const mark of this.marks) drawMark(context, mark, this.trail.points, step, colours);
      context.globalAlpha = many ? STANDS_BACK : 1;
      this.trail.drawNow(context, step, marker, colours);
      context.globalAlpha = 1;
      if (many) drawCloud(context, many, map, step, colours);
      if (inside) drawInside(context, inside, map, step, { ...this.colours, ...colours });
    });
  }

  /** Draw with the lane's colours, clipped to the map's plot area. */
  clipped(context, { box: { x, y, width, height } }, draw) {
    context.save();
    context.beginPath();
    context.rect(x, y, width, height);
    context.clip();
    draw({ line: this.colour, casing: this.colours.background });
    context.restore();
  }

  write(step) {
    if (!this.lane) return;
    this.readout.write(this.lane, step);
    writeVerdict(this.parts.verdict, this.lane, step);
    const off = missed(this.lane, step);
    setText(this.parts.missed, off ? this.lane.words.missed.replace("{distance}", off.distance).replace("{part}", off.part) : "");
  }

  end() {
    for (const end of this.ends) end();
    this.watcher.disconnect();
    this.map.end();
    dropLane(this.lane?.index, this);
  }
}

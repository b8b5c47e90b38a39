// A lane's panel: its name, the map with its run on it, and its numbers at the cursor.

import { drawInside } from "./arrows.js";
import { sized } from "./canvas.js";
import { clock, onFrame, onText, repaint } from "./clock.js";
import { fieldShown, showField } from "./field.js";
import { digits } from "./format.js";
import { SurfaceMap } from "./map.js";
import { dropLane, onChange, setLane, stage } from "./store.js";
import { theme, useStyle } from "./theme.js";
import { drawCloud, drawEllipse } from "./cloud.js";
import { aimWithKeys, drawGuess, guess, missed, onPredict, waiting } from "./predict.js";
import { hides } from "./present.js";
import { Kept } from "./kept.js";
import { groundFor } from "./scene.js";
import { setText } from "./text.js";
import { Touch } from "./touch.js";
import { drawMark } from "./trail.js";
import { markerPath } from "./marker.js";
import { unpack } from "./unpack.js";

const STANDS_BACK = 0.45; // how much is seen of one run among many

const panels = new WeakMap();

export default function mount({ data, parentElement, setTriggerValue }) {
  useStyle();
  let panel = panels.get(parentElement);
  if (!panel) panels.set(parentElement, (panel = new Panel(parentElement)));
  panel.pickStart = (point) => guess(panel.lane.index, point) || setTriggerValue("start", point);
  panel.show(data);
  return () => {
    panels.delete(parentElement);
    panel.end();
  };
}

export class Panel {
  constructor(parent) {
    this.root = parent.querySelector(".dl-panel");
    const find = (name) => this.root.querySelector(`.dl-${name}`);
    this.parts = { glyph: this.root.querySelector(".dl-glyph path"), title: find("title"), verdict: find("verdict"), map: find("map"), canvas: find("trail"), field: find("field"), readout: find("readout"), hover: find("hover"), home: find("home"), hint: find("hint"), summary: find("summary"), missed: find("missed") };
    this.map = new SurfaceMap(this.parts.map);
    this.kept = { past: new Kept(), hidden: new Kept() };
    this.values = new Map();
    this.ends = [
      onFrame(() => this.draw()),
      onText(() => this.write(clock.step)),
      onChange((what) => this.changed(what)),
      onPredict(() => this.describe()),
    ];
    this.watcher = new ResizeObserver(() => this.update());
    this.watcher.observe(this.root);
    this.listen();
  }

  changed(what) {
    if (what !== "lane") this.update();
  }

  listen() {
    const { map, hover, home } = this.parts;
    const touch = new Touch(map, () => this.map, [map, this.parts.canvas, this.parts.field]);
    map.addEventListener("keydown", (event) => aimWithKeys(this, event));
    let down = null;
    const local = (event) => {
      const box = map.getBoundingClientRect();
      return this.map.at(event.clientX - box.left, event.clientY - box.top);
    };
    map.addEventListener("pointerdown", (event) => (down = [event.clientX, event.clientY]), true);
    map.addEventListener("pointercancel", () => (down = null), true);
    // On the window: Plotly covers the page while a box is drawn, and the release lands there.
    this.released = (event) => {
      const still = down && Math.hypot(event.clientX - down[0], event.clientY - down[1]) < 4;
      down = null;
      const point = still && event.button === 0 ? local(event) : null;
      if (!point) return;
      const pick = () => this.pickStart(point.map((v, i) => rounded(v, stage.view[i][1] - stage.view[i][0])));
      if (event.pointerType === "touch") touch.tap(pick);
      else pick();
    };
    window.addEventListener("pointerup", this.released, true);
    map.addEventListener("pointermove", (event) => this.hovered(local(event)));
    map.addEventListener("pointerleave", () => (hover.textContent = ""));
    home.addEventListener("click", () => this.map.home());
  }

  /** The surface's value at the nearest point of the grid that the map is drawn from, with that point. */
  hovered(point) {
    const grid = stage.surface?.grid;
    if (!point || !grid) return;
    const index = (v, axis) => Math.min(Math.max(Math.round((v - axis.from) / axis.step), 0), axis.count - 1);
    const [i, j] = [index(point[0], grid.x), index(point[1], grid.y)];
    const f = grid.base + grid.scale * Math.sinh(stage.surface.figure.data[0].z[j][i]);
    const [x, y] = [grid.x.from + i * grid.x.step, grid.y.from + j * grid.y.step];
    this.parts.hover.textContent = `f(${digits(x)}, ${digits(y)}) = ${digits(f)}`;
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
    this.fillReadout();
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

  /** Labels and numbers, at once: a readout is never empty. */
  fillReadout() {
    this.parts.readout.replaceChildren();
    for (const [name, label, text, title] of this.numbers(clock.step)) {
      const value = Object.assign(document.createElement("b"), { className: `dl-${name}`, textContent: text });
      const item = Object.assign(document.createElement("span"), { title });
      if (name === "step" && this.lane.evaluations > 1) value.style = `display: inline-block; min-width: ${this.numbers(Infinity)[0][2].length}ch`;
      item.append(`${label} `, value);
      this.parts.readout.append(item);
      this.values.set(name, value);
    }
  }

  update() {
    if (!this.lane) return;
    this.colours = theme(this.root);
    this.colour = this.lane.colours[this.colours.name];
    this.root.style.setProperty("--lane", this.colour);
    this.root.classList.toggle("dl-bare", Boolean(this.lane.overlay));
    if (this.lane.overlay) this.map.end();
    else {
      this.ground();
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

  /** What stands still under the run: the map and the field on it, or the surface in 3-D; `given` is for the map, as its constructor takes it. */
  ground(...given) {
    const { field, home } = this.parts;
    const { ground, flat } = groundFor(this.map, ...given);
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

  /** The lane's numbers at a step, as [name, label, text, title]. */
  numbers(step) {
    const { loss, slope, rate, words, evaluations } = this.lane;
    const k = Math.min(Math.floor(step), loss.length - 1);
    return [
      ["step", words.step, evaluations === 1 ? String(k) : `${k} · ${k * evaluations} ∇f`, words.step],
      ["f", "f", digits(loss[k]), "f"],
      ["slope", "‖∇f‖", digits(10 ** slope[k]), "‖∇f‖"],
      ["rate", "η", digits(rate[Math.min(k, rate.length - 1)]), words.rate],
    ];
  }

  /** What is said of the lane at a step: {text, kind}. */
  verdict(step) {
    const k = Math.min(Math.floor(step), this.lane.loss.length - 1);
    return this.lane.verdicts.find((said) => said.step <= k && k <= said.until) ?? { text: "", kind: "" };
  }

  write(step) {
    if (!this.lane) return;
    for (const [name, , text] of this.numbers(step)) {
      setText(this.values.get(name), text);
    }
    const off = missed(this.lane, step);
    setText(this.parts.missed, off ? this.lane.words.missed.replace("{distance}", off.distance).replace("{part}", off.part) : "");
    const { text, kind } = this.verdict(step);
    setText(this.parts.verdict, text);
    if (this.parts.verdict.dataset.kind !== kind) this.parts.verdict.dataset.kind = kind;
  }

  end() {
    for (const end of this.ends) end();
    this.watcher.disconnect();
    window.removeEventListener("pointerup", this.released, true);
    this.map.end();
    dropLane(this.lane?.index, this);
  }
}

/** A coordinate to a thousandth of the view or finer, with as few digits as that needs. */
function rounded(value, span) {
  const unit = 10 ** Math.floor(Math.log10(span / 1000));
  return Number((Math.round(value / unit) * unit).toPrecision(6));
}

// One rule's basins: its map, what is read on it, and its shares. A hand works on it as on a map of runs.

import { sized } from "../base/canvas.js";
import { fixed, short } from "../base/format.js";
import { setText, setWaiting } from "../base/text.js";
import { drawBasins, drawFrame, layoutOf, SCALES, swatchOf } from "../drawing/basins.js";
import { namedOn } from "../drawing/legend.js";
import { Plane } from "../drawing/plane.js";
import { Run } from "../drawing/run.js";
import { drawCell, spot } from "../drawing/sweep.js";
import { basins, pointAt, POINTED, ranges } from "../stage/basins.js";
import { clock } from "../stage/clock.js";
import { stage } from "../stage/store.js";
import { Hand } from "./hand.js";

export class Basin {
  /** `all` is the part with the maps of all rules, that can begin(point). */
  constructor(root, all) {
    Object.assign(this, { root, all, ranges, scales: SCALES, box: null, data: null, runs: new Map() });
    const find = (name) => root.querySelector(`.dl-${name}`);
    const names = ["basin-title", "basin-set", "sweep-map", "sweep-ground", "sweep-over", "basin-reading", "basin-bar", "basin-shares", "summary"];
    this.parts = Object.fromEntries(names.map((name) => [name, find(name)]));
    this.canvas = document.createElement("canvas"); // the map alone, in pixels of the screen
    this.hand = new Hand(this.parts["sweep-map"], this);
  }

  show(data, lane, words) {
    Object.assign(this, { data, lane, words });
    setText(this.parts["basin-title"], data.title);
    setText(this.parts["basin-set"], data.set);
    this.parts["sweep-map"].setAttribute("aria-label", words.map.replace("{rule}", data.title));
  }

  get map() {
    return basins.maps.get(this.data.rule) ?? null;
  }

  /** The cell [i, j] that is pointed at on this map. */
  get pointed() {
    return basins.pointed?.rule === this.data.rule ? this.cellOf(basins.pointed.at) : null;
  }

  get spot() {
    return this.pointed && this.where(basins.pointed.at);
  }

  /** The page's start, as the hand has it. */
  get start() {
    return [basins.tried.x, basins.tried.y].map((v, i) => Number(v ?? basins.data.start[i]));
  }

  where(start) {
    return spot(start, this.box, ranges.view, SCALES);
  }

  /** The cell in which a start lies, or null. */
  cellOf(start) {
    const { map } = this;
    if (!map) return null;
    const cell = [map.x, map.y].map(([low, high], i) => Math.floor(((start[i] - low) / (high - low)) * map.n));
    return cell.every((k) => k >= 0 && k < map.n) ? cell : null;
  }

  cellAt(left, top) {
    const start = this.hand.valuesAt([left, top]);
    return start && this.cellOf(start);
  }

  startOf([i, j]) {
    return [this.map.xs[i], this.map.ys[j]];
  }

  point(cell) {
    pointAt(cell && this.map ? { rule: this.data.rule, at: this.startOf(cell) } : null);
  }

  keep(cell) {
    if (cell && this.map) this.all.begin(this.startOf(cell));
  }

  /** Everything that stands still, in this width in units of `unit` pixels, where it is not drawn already. */
  draw(width, aspect, colours, unit) {
    const { view } = ranges;
    const key = [this.map, view, width, aspect, unit, colours.background, colours.font, window.devicePixelRatio];
    if (this.drawn && key.every((each, i) => each === this.drawn[i])) return;
    Object.assign(this, { colours, box: layoutOf(width, aspect, unit), drawn: key });
    this.plane = new Plane(this.box, view);
    const context = sized(this.parts["sweep-ground"], this.box.outer, this.box.total, undefined, unit);
    this.parts["sweep-map"].style.height = `${this.box.total * unit}px`;
    const { map } = this;
    setWaiting(this.parts["sweep-map"], map ? null : this.words.waiting);
    if (map) drawBasins(context, this.canvas, this.box, map, view, colours, (window.devicePixelRatio || 1) * unit);
    drawFrame(context, this.box, view, colours);
    this.told();
    this.mark();
  }

  /** The shares below the map. */
  told() {
    const { map, parts, colours, words } = this;
    const key = map && `${map.link} ${map.n} ${colours.background}`;
    if (!map || this.said === key) return;
    this.said = key;
    parts["basin-bar"].replaceChildren(
      ...map.shares.map((share) => {
        const piece = Object.assign(document.createElement("span"), { title: `${namedOn(map, share, words)} ${share.text}` });
        piece.style.flexGrow = share.part;
        piece.style.backgroundImage = `url(${swatchOf(share, colours, 1).toDataURL()})`;
        return piece;
      }),
    );
    parts["basin-shares"].replaceChildren(
      ...map.shares.map((share) => {
        const piece = document.createElement("span");
        piece.append(Object.assign(document.createElement("b"), { textContent: namedOn(map, share, words) }), ` ${share.text}`);
        return piece;
      }),
    );
    setText(parts.summary, map.summary);
    parts["sweep-map"].setAttribute("aria-describedby", (parts.summary.id ||= `dl-basin-${this.data.rule}`));
  }

  /** The run at the clock's step, or the whole one that is pointed at, and where that start lies on the other maps. */
  mark() {
    if (!this.box) return;
    const context = sized(this.parts["sweep-over"], this.box.outer, this.box.total, undefined, this.box.scale);
    const pointed = basins.pointed?.rule === this.data.rule ? this.run(POINTED) : null;
    if (pointed) this.paint(context, pointed, clock.total);
    else if (this.hand.valuesAt(this.where(this.start))) this.paint(context, this.run(this.lane), clock.step);
    if (basins.pointed) drawCell(context, this.where(basins.pointed.at), this.box, {}, this.colours);
    this.hand.draw(context, this.box, this.colours);
    this.read();
  }

  paint(context, run, step) {
    if (!run) return;
    run.drawPast(context, step, this.plane, this.colours);
    run.drawNow(context, step, this.plane, this.colours);
  }

  /** The run of a lane as it is drawn here. */
  run(index) {
    const lane = stage.lanes.get(index);
    if (!lane) return null;
    if (!this.runs.has(index)) this.runs.set(index, new Run());
    const run = this.runs.get(index);
    if (run.lane !== lane) run.show(lane);
    return run;
  }

  /** Whether what is read here is said aloud: of all maps only the one with the pointer. */
  announce(aloud) {
    if (aloud === this.aloud) return;
    this.aloud = aloud;
    this.parts["basin-reading"].setAttribute("aria-live", aloud ? "polite" : "off");
  }

  /** What is known of the start that is pointed at, or else of the page's. */
  read() {
    this.announce(!basins.pointed || basins.pointed.rule === this.data.rule);
    const at = basins.pointed?.at ?? this.start;
    const { map, words } = this;
    const cell = this.cellOf(at);
    if (!cell) return setText(this.parts["basin-reading"], "");
    const k = cell[1] * map.n + cell[0];
    const reached = map.minima[map.minimum[k]];
    const end = reached ? reached.name : words.fates[map.fates[k]];
    const place = `(${at.map((v) => short(v, 4)).join(", ")})`;
    setText(this.parts["basin-reading"], `${place} → ${end} · f ${fixed(map.final[k])}`);
  }

  end() {
    this.hand.end();
    this.root.remove();
  }
}

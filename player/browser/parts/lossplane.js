// The loss on a plane through a network's weights: the map or the scene, the paths of trainings in it, and what the plane leaves out, in numbers.

import { sized } from "../base/canvas.js";
import { fixed } from "../base/format.js";
import { markerPath } from "../base/marker.js";
import { setText, setWaiting } from "../base/text.js";
import { drawColourBar, HIGH } from "../drawing/colourbar.js";
import { shownNow, stillOf } from "../drawing/scene.js";
import { Tinted } from "../drawing/tinted.js";
import { placed, sheetOf } from "../export/sheet.js";
import { onFrame, repaint } from "../stage/clock.js";
import { mode, narrow, scale } from "../stage/mode.js";
import { Slicer } from "../stage/slicer.js";
import { setSurface, stage } from "../stage/store.js";
import { Area } from "./area.js";

const ROOM = { phone: 0.42, desk: 0.55, wall: 0.68 }; // of the window's height, for the map
const REST = 250; // milliseconds without a hand until the page hears of the moment
const PICTURE = { width: 1000, side: 270 };

export class LossPlane {
  /** `keep(moment)` tells the page which part of the training is looked at. */
  constructor(root, marker, keep) {
    Object.assign(this, { root, marker, keep, index: 0 });
    const find = (name) => root.querySelector(`.dl-plane-${name}`);
    this.parts = Object.fromEntries(["now", "range", "bar", "colour", "is", "note", "retry", "said"].map((name) => [name, find(name)]));
    this.table = root.querySelector("table");
    const most = () => window.innerHeight * (narrow() ? ROOM.phone : mode.present ? ROOM.wall : ROOM.desk);
    this.area = new Area(
      root,
      (width) => Math.min(width, most()),
      (point) => this.choose(this.nearest(point)),
      () => null,
    );
    this.slicer = new Slicer(() => this.came());
    this.parts.range.addEventListener("input", () => this.choose(Number(this.parts.range.value)));
    this.parts.retry.addEventListener("click", () => this.slicer.retry());
    this.ends = [onFrame(() => this.draw())];
  }

  /** data.plane = {shown, link, moment, words}; trainer: how far the trainings are. */
  show(data, trainer) {
    const { words, shown, link, moment } = data.plane;
    Object.assign(this, { data, words, shown });
    this.root.hidden = !shown;
    if (moment !== this.brought) {
      this.brought = moment;
      if (moment !== this.kept) this.goTo(moment); // not the answer to a hand, which may have gone on
    }
    this.root.setAttribute("aria-label", words.title);
    this.area.name(words.home);
    this.parts.range.setAttribute("aria-label", words.moment);
    for (const name of ["colour", "is"]) setText(this.parts[name], words[name]);
    setText(this.parts.retry, data.words.retry);
    this.slicer.begin(shown && trainer.found?.over ? { ...data.link, ...link } : null, trainer.who);
  }

  came() {
    if (!this.words) return;
    const { slicer, words, parts } = this;
    const { found, place, error } = slicer;
    const own = found?.surface ? found : null;
    if (own && own !== this.own) this.take(own);
    this.own = own;
    const status = error || (place ? this.data.words.place.replace("{place}", place) : "");
    parts.retry.hidden = !error;
    setText(parts.said, status || (own && !own.fine ? words.finer : ""));
    parts.said.toggleAttribute("data-error", Boolean(error));
    setWaiting(this.root, own || status ? null : slicer.link ? words.working : words.waiting);
    this.root.dataset.state = own?.fine ? "fine" : own ? "coarse" : "waiting";
    repaint();
  }

  /** A plane has come. */
  take({ surface, paths, note }) {
    this.surface = surface;
    setSurface(surface);
    const all = paths.flatMap(({ true: losses }) => Array.from(losses)).filter((v) => v > 0 && Number.isFinite(v));
    const [low, high] = [Math.min(...all), Math.max(...all)];
    this.range = [low, high > low ? high : 1.001 * low];
    const part = (v) => (v > low ? Math.min(Math.log(v / low) / Math.log(this.range[1] / low), 1) : 0);
    this.lanes = paths.map((path) => {
      const look = this.data.lanes[path.lane - 1];
      return { ...path, part, look, tinted: new Tinted(path.points, Array.from(path.true, part), look) };
    });
    this.longest = Math.max(...paths.map(({ true: { length } }) => length)) - 1;
    this.parts.range.max = this.longest;
    setText(this.parts.note, note);
    this.index = Math.round(this.moment * this.longest);
    this.update(this.colours);
    this.write();
  }

  /** The point at this part of the training. */
  goTo(moment) {
    clearTimeout(this.timer);
    Object.assign(this, { moment, kept: null });
    if (!this.own) return;
    this.index = Math.round(moment * this.longest);
    this.write();
  }

  /** The point of a path that is nearest to a place on the map. */
  nearest([x, y]) {
    const each = this.lanes.flatMap(({ points: [xs, ys] }) => Array.from(xs, (v, k) => [Math.hypot(v - x, ys[k] - y), k]));
    return each.reduce((best, now) => (now[0] < best[0] ? now : best))[1];
  }

  /** Another point of the training is looked at. */
  choose(index) {
    if (!this.own || index === this.index) return;
    this.index = index;
    this.moment = Number((index / this.longest).toFixed(3));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep((this.kept = this.moment)), REST);
    this.write();
  }

  /** The numbers at the point that is looked at. */
  write() {
    const { parts, words, index, lanes } = this;
    const { steps } = this.own ?? this.slicer.found;
    const now = words.step.replace("{step}", steps[index]).replace("{steps}", this.data.steps);
    setText(parts.now, now);
    parts.range.value = index;
    const at = (lane, k) => Math.min(k, lane.true.length - 1);
    const row = (title, lane, k, look) => ({ title, look, texts: [fixed(lane.true[at(lane, k)]), fixed(lane.shown[at(lane, k)])] });
    const [first] = lanes;
    const held = (lane) => `${fixed(100 * lane.share)} %`;
    const one = lanes.length === 1;
    const rows = one
      ? [row(words.start, first, 0), row(now, first, index), row(words.end, first, first.true.length - 1)]
      : lanes.map((lane) => row(lane.look.title, lane, index, lane.look));
    if (!one) rows.forEach((each, i) => each.texts.unshift(held(lanes[i])));
    const heads = one ? [words.true, words.shown] : [words.held, words.true, words.shown];
    this.fill(one ? `${first.look.title}: ${words.holds.replace("{share}", held(first))}` : now, heads, rows);
    const spoken = rows.map(({ title, texts }) => `${title}: ${texts.map((text, i) => `${heads[i]} ${text}`).join(", ")}`);
    parts.range.setAttribute("aria-valuetext", one ? spoken[1] : [now, ...spoken].join("; "));
    repaint();
  }

  fill(caption, heads, rows) {
    const cell = (kind, text, more) => Object.assign(document.createElement(kind), { textContent: text, ...more });
    setText(this.table.caption, caption);
    const top = [cell("td", ""), ...heads.map((text) => cell("th", text, { scope: "col" }))];
    this.table.tHead.rows[0].replaceChildren(...top);
    this.table.tBodies[0].replaceChildren(
      ...rows.map(({ title, look, texts }) => {
        const line = document.createElement("tr");
        const head = cell("th", title, { scope: "row" });
        if (look) {
          const glyph = this.marker.cloneNode(true);
          glyph.querySelector("path").setAttribute("d", markerPath(look.marker));
          line.style.setProperty("--light", look.colours.light);
          line.style.setProperty("--dark", look.colours.dark);
          head.prepend(glyph);
        }
        line.append(head, ...texts.map((text) => cell("td", text)));
        return line;
      }),
    );
  }

  update(colours) {
    this.colours = colours;
    if (!this.shown || !colours || !this.own || stage.surface !== this.surface) return;
    this.area.update(colours);
    repaint();
  }

  draw() {
    const { own, area, colours, parts } = this;
    if (!this.shown || !own || !colours || stage.surface !== this.surface || !area.box) return;
    const context = area.context();
    if (!area.ground) return;
    this.paint(context, area.ground, this.lanes, colours);
    const width = parts.bar.parentElement.clientWidth / scale();
    if (width) this.colourBar(sized(parts.bar, width, HIGH, undefined, scale()), width, colours);
  }

  paint(context, ground, lanes, colours) {
    for (const { tinted } of lanes) tinted.draw(context, this.index, ground, colours);
  }

  colourBar(context, width, colours) {
    const [first] = this.lanes;
    const at = this.lanes.length === 1 ? first.part(first.true[Math.min(this.index, first.true.length - 1)]) : null;
    drawColourBar(context, width, this.range, at, colours);
  }

  /** The map with its paths, and what the table says. */
  figure(options) {
    if (!this.own || !this.colours || stage.surface !== this.surface) return null;
    const rows = [...this.table.rows].map((row) => [...row.cells].map(({ textContent }) => textContent));
    const told = { file: `${this.data.file}_plane`, note: [this.data.note[0], `${this.words.title}. ${this.parts.note.textContent}`] };
    const texts = [this.table.caption.textContent, ...rows.map((cells) => cells.filter(Boolean).join("   ")), "", this.words.colour];
    const { side } = PICTURE;
    return sheetOf(told, PICTURE.width, options, this.colours.font, (width, own) => {
      const inner = width - side - 44 - 96;
      const high = Math.max(inner / stage.surface.aspect + 40, 20 * texts.length + 80);
      const box = { x: 44, y: 9, width: inner, height: inner / stage.surface.aspect, bar: true, outer: width - side, total: high, scale: 1 };
      const { ground, paint } = stillOf(shownNow(), box, own);
      const lanes = this.lanes.map(({ points, true: losses, part, look }) => ({ tinted: new Tinted(points, Array.from(losses, part), look) }));
      const draw = (context, _step, colours) => {
        paint(context);
        this.paint(context, ground, lanes, colours);
        placed(context, width - side, 20, () => {
          Object.assign(context, { fillStyle: colours.text, textAlign: "left", textBaseline: "alphabetic" });
          texts.forEach((line, k) => {
            context.font = `${k ? "" : "600 "}12px ${colours.font}`;
            context.fillText(line, 0, 20 * k, side - 10);
          });
          context.translate(0, 20 * (rows.length + 2.5));
          this.colourBar(context, side - 14, colours);
        });
      };
      return { size: [width, high], draw };
    });
  }

  end() {
    for (const end of this.ends) end();
    clearTimeout(this.timer);
    this.area.end();
    this.slicer.end();
  }
}

// The loss on a plane through a network's weights: the map or the scene, the paths of trainings in it, and what the plane leaves out, in numbers.

import { sized } from "../base/canvas.js";
import { markerPath } from "../base/marker.js";
import { setText, setWaiting } from "../base/text.js";
import { HIGH } from "../drawing/colourbar.js";
import { drawLosses, numbersAt, pointAt, slicedPaths, tintedOf } from "../drawing/slice.js";
import { planeSheet } from "../export/sheets/plane.js";
import { onFrame, repaint } from "../stage/clock.js";
import { mode, narrow, scale } from "../stage/mode.js";
import { Slicer } from "../stage/slicer.js";
import { setSurface, stage } from "../stage/store.js";
import { Area } from "./area.js";

const ROOM = { phone: 0.42, desk: 0.55, wall: 0.68 }; // of the window's height, for the map
const REST = 250; // milliseconds without a hand until the page hears of the moment

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
    this.paths = slicedPaths(paths, this.data.lanes);
    this.tinted = tintedOf(this.paths);
    this.parts.range.max = this.paths.longest;
    setText(this.parts.note, note);
    this.index = pointAt(this.moment, this.paths);
    this.update(this.colours);
    this.write();
  }

  /** The point at this part of the training. */
  goTo(moment) {
    clearTimeout(this.timer);
    Object.assign(this, { moment, kept: null });
    if (!this.own) return;
    this.index = pointAt(moment, this.paths);
    this.write();
  }

  /** The point of a path that is nearest to a place on the map. */
  nearest([x, y]) {
    const each = this.paths.lanes.flatMap(({ points: [xs, ys] }) => Array.from(xs, (v, k) => [Math.hypot(v - x, ys[k] - y), k]));
    return each.reduce((best, now) => (now[0] < best[0] ? now : best))[1];
  }

  /** Another point of the training is looked at. */
  choose(index) {
    if (!this.own || index === this.index) return;
    this.index = index;
    this.moment = Number((index / this.paths.longest).toFixed(3));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep((this.kept = this.moment)), REST);
    this.write();
  }

  /** The numbers at the point that is looked at. */
  write() {
    const { parts, index } = this;
    const { steps } = this.own ?? this.slicer.found;
    const { now, one, caption, heads, rows } = numbersAt(this.paths, index, steps, this.data);
    setText(parts.now, now);
    parts.range.value = index;
    this.fill(caption, heads, rows);
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
    for (const each of this.tinted) each.draw(context, this.index, area.ground, colours);
    const width = parts.bar.parentElement.clientWidth / scale();
    if (width) drawLosses(sized(parts.bar, width, HIGH, undefined, scale()), width, this.paths, this.index, colours);
  }

  /** The map with its paths, and what the table says. */
  figure(options) {
    if (!this.own || !this.colours || stage.surface !== this.surface) return null;
    return planeSheet({ data: this.data, found: this.own, index: this.index }, options, this.colours.font);
  }

  end() {
    for (const end of this.ends) end();
    clearTimeout(this.timer);
    this.area.end();
    this.slicer.end();
  }
}

// The gradients that batches have around the full one, at each lane's weights: a picture, and what is measured on it.

import { sized } from "../base/canvas.js";
import { setText } from "../base/text.js";
import { cloudOf, linesOf, paintClouds } from "../export/examples.js";
import { repaint } from "../stage/clock.js";

const BUDGET = 5; // milliseconds of a frame after which the other clouds wait for the next one

export class Clouds {
  constructor(title, plot, list) {
    Object.assign(this, { title, plot, list, known: new Map(), shown: [], drawn: [] });
  }

  /** Work out the clouds of the lanes whose steps see less than everything, as many as there is time for, and draw them. */
  draw(data, fits, colours, unit) {
    this.fits = fits;
    this.shown = this.found(data, fits);
    const { clientWidth: width, clientHeight: height } = this.plot.parentElement;
    const now = [...this.shown.flatMap(({ made, colour }) => [made, colour]), colours, unit, width, height];
    if (height < 40 || same(now, this.drawn)) return;
    this.drawn = now;
    const size = { width: width / unit, height: height / unit };
    paintClouds(sized(this.plot, size.width, size.height, undefined, unit), this.shown, colours, size);
  }

  /** Those of these lanes, as many as the budget of milliseconds has time for; what has not changed is known. */
  found(data, fits, budget = BUDGET) {
    const end = performance.now() + budget;
    const lanes = new Set();
    for (const fit of fits) {
      const { index, p, size } = fit;
      if (size >= data.points[0].length || !p.every(Number.isFinite)) continue;
      lanes.add(index);
      const now = [data, size, ...p];
      if (same(now, this.known.get(index)?.of ?? [])) continue;
      if (performance.now() < end) this.known.set(index, { of: now, made: cloudOf(data, fit) });
      else repaint();
    }
    for (const index of this.known.keys()) if (!lanes.has(index)) this.known.delete(index);
    return fits.filter(({ index }) => this.known.has(index)).map((fit) => ({ ...fit, made: this.known.get(fit.index).made }));
  }

  write(words) {
    if (!this.fits) return;
    setText(this.title, this.shown.length ? words.cloud : "");
    const lines = linesOf(words, this.fits, this.shown);
    const text = JSON.stringify(lines);
    if (text === this.written) return;
    this.written = text;
    this.list.replaceChildren(
      ...lines.map(([colour, line]) => {
        const item = Object.assign(document.createElement("li"), { textContent: line });
        item.style.color = colour;
        return item;
      }),
    );
  }
}

const same = (some, others) => some.length === others.length && some.every((v, i) => v === others[i]);

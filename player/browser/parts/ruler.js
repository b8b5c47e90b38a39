// A ruler behind a slider: f − f* at the end of the run for each of its stops, drawn over the same width.
//
// It is made of elements that stretch with the slider and take their colours from the page: a canvas would cost 40 µs of every frame, and be drawn
// anew for every size and theme.

import { gapAxis, valueAxis } from "../base/axis.js";
import { short } from "../base/format.js";
import { gap } from "../charts/quantities.js";

const HEIGHT = 100; // units of the drawing, which is stretched to the slider
const FATES = ["", "left", "diverged"];
const FAR = 0.6; // part of the width from which a label stands on the left of its line

export class Ruler {
  constructor(root) {
    this.root = root;
    this.ruler = null;
  }

  /** Show a ruler, or none. */
  put(ruler) {
    if (ruler === this.ruler) return;
    this.ruler = ruler;
    this.ends = ruler && endsOf(ruler);
    this.root.classList.toggle("dl-ruler-there", Boolean(ruler));
    if (!ruler) return;
    this.draw(curve(this.ends, ruler));
    this.root.querySelector(".dl-ruler-marks").replaceChildren(...bands(ruler), ...marks(ruler));
  }

  draw({ width, shade, line }) {
    const find = (name) => this.root.querySelector(name);
    find("svg").setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    find(".dl-ruler-shade").setAttribute("d", shade);
    find(".dl-ruler-line").setAttribute("d", line);
  }

  /** What is read at a stop, by its number. */
  reading(k) {
    const { fates, words } = this.ruler;
    return words.fates[fates[k]].replace("{value}", short(this.ends[k]));
  }
}

/** f − f* at each end, or f where there is no f*. */
function endsOf({ loss, lowest }) {
  return lowest === null ? loss : gap(loss, lowest);
}

/** The ends of the runs that stay as paths, {width, line, shade}: from stop to stop, interrupted where a run leaves. */
function curve(ends, { fates, lowest }) {
  const staying = Array.from(ends.filter((_, k) => !fates[k]));
  const log = lowest !== null && !staying.some((v) => v < 0); // beside the domain a run may end below f*
  const axis = log ? gapAxis([staying], Math.max(...staying)) : valueAxis([staying], staying[0]);
  const height = (k) => HEIGHT * (1 - Math.min(Math.max(axis.place(ends[k]), 0), 1)); // sixteen decades below its top there is only rounding
  const [line, shade] = [[], []];
  for (const [from, to] of stretches(fates, 0)) {
    const half = from === to ? 0.5 : 0; // a stop between two whose runs leave still is a line
    const at = (k, x = k) => `${x} ${height(k).toFixed(1)}`;
    const inner = Array.from({ length: to - from + 1 }, (_, i) => at(from + i));
    const points = half ? [at(from, from - half), at(to, to + half)] : inner;
    line.push(`M${points.join("L")}`);
    shade.push(`M${from - half} ${HEIGHT}L${points.join("L")}L${to + half} ${HEIGHT}Z`);
  }
  return { width: Math.max(ends.length - 1, 1), shade: shade.join(""), line: line.join("") };
}

/** The stops whose runs diverge or leave the map, as bands. */
function bands({ fates }) {
  const last = Math.max(fates.length - 1, 1);
  return [1, 2].flatMap((fate) =>
    stretches(fates, fate).map(([from, to]) => {
      const [left, right] = [Math.max(from - 0.5, 0), Math.min(to + 0.5, last)];
      return placed(element("div", "dl-ruler-gone", FATES[fate]), left / last, (right - left) / last);
    }),
  );
}

/** The stability limit, and the tick of the suggested value. */
function marks({ stops, limits, suggested }) {
  const lines = limits.map(({ at, text }) => {
    const part = place(stops, at);
    const line = placed(element("div", "dl-ruler-limit"), part);
    line.classList.toggle("dl-ruler-far", part > FAR);
    const label = element("span", "dl-ruler-label");
    label.textContent = text;
    line.append(label);
    return line;
  });
  const tick = suggested !== null && stops[0] <= suggested && suggested <= stops.at(-1);
  return tick ? [...lines, placed(element("div", "dl-ruler-tick"), place(stops, suggested))] : lines;
}

/** Where a value stands between the first stop (0) and the last (1): stops stand at equal distances. */
export function place(stops, value) {
  const k = Math.min(
    Math.max(
      stops.findLastIndex((stop) => stop <= value),
      0,
    ),
    stops.length - 2,
  );
  return (k + (value - stops[k]) / (stops[k + 1] - stops[k])) / (stops.length - 1);
}

/** The first and the last number of each unbroken row of this fate. */
export function stretches(fates, fate) {
  const found = [];
  fates.forEach((each, k) => {
    if (each !== fate) return;
    if (k > 0 && fates[k - 1] === fate) found.at(-1)[1] = k;
    else found.push([k, k]);
  });
  return found;
}

function element(kind, name, fate) {
  const made = document.createElement(kind);
  made.className = name;
  if (fate) made.dataset.fate = fate;
  return made;
}

function placed(made, left, width) {
  made.style.left = `${100 * left}%`;
  if (width !== undefined) made.style.width = `${100 * width}%`;
  return made;
}

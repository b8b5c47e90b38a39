// The figure of a race: maps and curves in an arrangement of its own, the same from every window. It knows no page.

import { ink } from "../base/colour.js";
import { traceMarker } from "../base/marker.js";
import { widthOf, wrapped } from "../base/measure.js";
import { drawChart } from "../charts/chart.js";
import { plotOf } from "../charts/plot.js";
import { still } from "../drawing/still.js";
import { readout, verdict } from "../stage/lane.js";

const [GAP, HEAD, LINE, CURVES] = [16, 24, 16, 216];
const CELLS = [680, 560, 420, 320]; // the width of each lane, by how many stand in a row
const ALL = 860; // the width of one map of all lanes
const SIDE = 520; // the width of curves that stand beside the maps
const NARROW = 640; // where curves stand below each other
const LEAST = 230; // of a lane, where the width of the figure is given
const AROUND = { left: 56, right: 10, top: 9, bottom: 38 }; // a plot, for its axes
const BAR = { from: 500, width: 84 }; // a map so wide has a colour bar
const TYPE = 11; // the size of most of its letters

/**
 * A figure {width, height, type: the size of most letters, mapped: how much of it is map, draw(context, step)}, in CSS pixels.
 *
 * given = {lanes, note with {step} in it, total, colours, aspect, names of the axes, flat: whether it is no scene, one: whether one map shows
 *   all lanes, hides(part), groundIn(box): {ground, paint(context)}, paintRuns(context, lanes, step, ground), charts: {left, right} or null,
 *   more: painters as stage/pictured.js has them, bare?: only the maps with their numbers,
 *   at?: the only step at which it is drawn}
 * size = {width, font, beside}: the width that it is to have and the size of most of its letters, in CSS pixels, and whether curves stand beside
 *   the maps instead of below; what is missing is as it comes out best
 */
export function composition(given, size = null) {
  const { lanes, colours, one, more, charts, bare } = given;
  const unit = (size?.font ?? TYPE * (colours.type ?? 1)) / TYPE;
  const best = rowsOf(lanes.length, one, null);
  const wanted = size?.width ?? (colours.type ? best.whole + 2 * GAP : null); // larger type on the same paper
  const side = size?.beside && charts ? GAP + SIDE : 0;
  const { columns, cell, whole } = wanted ? rowsOf(lanes.length, one, wanted / unit - 2 * GAP - side) : best;
  const box = boxOf(one ? whole : cell, given);
  const { ground, paint } = given.groundIn(box);
  const stands = still(paint, box.outer, box.total);
  const sides = { left: {}, right: {} }; // what charts keep of each

  const titled = (step) => (bare ? [] : wrapped(given.note.replace("{step}", step), whole, `13px ${colours.font}`, " "));
  const rooms = lanes.map((lane) => wordsOf(lane, null, cell, given));
  const [above, below] = ["above", "below"].map((part) => Math.max(...rooms.map((words) => words[part].length)));
  const head = bare ? 0 : HEAD + LINE * above;
  const foot = LINE * below + GAP;
  const top = bare ? 4 : GAP + 18 * titled(given.total).length + 8;
  const first = top + (one ? box.total + GAP : 0);
  const tall = head + (one ? 0 : box.total) + foot;
  const rows = Math.ceil(lanes.length / columns);
  const end = first + rows * tall;
  const under = end + (charts && !side ? (whole < NARROW ? 2 : 1) * CURVES + GAP : 0);
  const base = more.reduce((y, part) => y + part.height() + GAP, under);
  const [width, height] = [whole + 2 * GAP + side, Math.max(base, side && top + 2 * CURVES + GAP)];

  const map = (context, shown, x, y, step) =>
    moved(context, x, y, () => {
      stands(context);
      given.paintRuns(context, shown, step, ground);
      if (ground.level) axisNames(context, box, given);
    });

  const draw = (context, time) => {
    const step = Math.floor(time);
    const said = lanes.map((lane, i) => ({ ...wordsOf(lane, step, cell, given), lines: rooms[i] }));
    context.fillStyle = colours.background;
    context.fillRect(0, 0, width, height);
    for (const [i, line] of titled(step).entries()) write(context, line, GAP, GAP + 18 * (i + 0.5), `13px ${colours.font}`, ink(colours, 0.85));
    if (one) map(context, lanes, GAP, top, time);
    for (const [i, lane] of lanes.entries()) {
      const [x, y] = [GAP + (i % columns) * (cell + GAP), first + Math.floor(i / columns) * tall];
      if (!bare) heading(context, lane, said[i], x, y, cell, colours);
      if (!one) map(context, [lane], x, y + head, time);
      const low = y + tall - foot;
      said[i].below.forEach((line, k) => write(context, line, x, low + LINE * (k + 0.6), `11px ${colours.font}`, ink(colours, 0.75)));
    }
    if (side) curves(context, 2 * GAP + whole, top, SIDE, time, given, sides);
    else if (charts) curves(context, GAP, end, whole, time, given, sides);
    more.reduce((y, part) => {
      moved(context, GAP, y, () => part.paint(context, whole, step, colours));
      return y + part.height() + GAP;
    }, under);
  };
  return {
    width: width * unit,
    height: height * unit,
    type: TYPE * unit,
    mapped: (one ? 1 : lanes.length) * box.width * box.height * unit ** 2,
    draw: (context, step) => {
      context.save();
      context.scale(unit, unit);
      draw(context, step);
      context.restore();
    },
  };
}

/** How the lanes stand: {columns, cell: the width of each, whole: of all}; width: that is given for them, or null. */
function rowsOf(count, one, width) {
  const best = count <= 4 ? count : Math.ceil(count / 2);
  const columns = width === null ? best : Math.min(best, Math.max(1, Math.floor((width + GAP) / (LEAST + GAP))));
  const cell = width === null && !one ? CELLS[columns - 1] : ((width ?? ALL) - (columns - 1) * GAP) / columns;
  return { columns, cell, whole: columns * (cell + GAP) - GAP };
}

/** Where a map lies in a box of this width. */
function boxOf(outer, { flat, aspect }) {
  const bar = outer >= BAR.from && flat;
  const width = outer - AROUND.left - AROUND.right - (bar ? BAR.width : 0);
  const height = width / aspect;
  return { x: AROUND.left, y: AROUND.top, width, height, bar, outer, total: height + AROUND.top + AROUND.bottom, scale: 1 };
}

/**
 * What is said of a lane at a step: {title, beside: the verdict where all of them fit there, above: else lines above its map, below: lines under it};
 * without a step, the most that is ever said: no figure changes its size while it plays.
 */
function wordsOf(lane, step, cell, { hides, colours, bare, at = null }) {
  const title = hides("titles") ? "" : lane.title;
  const small = `12px ${colours.font}`;
  const all = hides("verdicts") ? [] : at === null ? lane.verdicts.map(({ text }) => text) : [verdict(lane, at).text];
  const longest = all.reduce((one, other) => (widthOf(other, small) > widthOf(one, small) ? other : one), "");
  const text = step === null ? longest : all.length ? verdict(lane, step).text : "";
  const fits = widthOf(title, bold(colours)) + widthOf(longest, small) + 40 <= cell;
  const numbers = hides("readout")
    ? []
    : [
        readout(lane, step ?? 0)
          .map(([, label, value]) => `${label}\u00a0${value}`)
          .join("   "),
      ];
  // A rule's parameters tell which it is.
  const settings =
    bare || hides("titles") || hides("controls") ? [] : lane.settings.flatMap((line) => wrapped(line, cell, `11px ${colours.font}`, ", "));
  return { title, beside: fits ? text : "", above: fits ? [] : wrapped(text, cell, small, " "), below: [...numbers, ...settings] };
}

function heading(context, lane, { title, beside, above }, x, y, cell, colours) {
  traceMarker(context, lane.marker, x + 8, y + HEAD / 2, 5.5);
  context.fillStyle = lane.colours[colours.name];
  context.fill();
  write(context, title, x + 20, y + HEAD / 2, bold(colours), lane.letters[colours.name], cell - 20);
  const [small, ours] = [`12px ${colours.font}`, ink(colours, 0.85)];
  write(context, beside, x + cell, y + HEAD / 2, small, ours, undefined, "right");
  above.forEach((line, k) => write(context, line, x, y + HEAD + LINE * (k + 0.5), small, ours));
}

function axisNames(context, { x, y, width, height }, { names: [across, up], colours }) {
  const font = `italic 12px ${colours.font}`;
  write(context, across, x + width / 2, y + height + 30, font, ink(colours, 0.85), undefined, "center");
  write(context, up, 4, y + height / 2, font, ink(colours, 0.85));
}

/** The left chart and the right one beside it, or below it, where both then have their steps at the same places. */
function curves(context, x, y, width, step, { charts, colours, hides }, sides) {
  const stacked = width < NARROW;
  const names = !hides("titles"); // they stand beside the lines of the left one
  const part = Math.round((width < 800 ? 0.58 : 0.64) * width);
  const places = stacked
    ? { left: [0, 0, width], right: [0, CURVES, names ? width - plotOf({ width }).width + plotOf({ width, names }).width : width] }
    : { left: [0, 0, part], right: [part + GAP, 0, width - part - GAP] };
  for (const [side, [across, down, wide]] of Object.entries(places))
    moved(context, x + across, y + down, () =>
      drawChart(context, charts[side], step, colours, {
        ...{ width: wide, height: CURVES, names: side === "left" && names, titled: true, own: sides[side] },
      }),
    );
}

const bold = ({ font }) => `600 15px ${font}`;

function moved(context, x, y, draw) {
  context.save();
  context.translate(x, y);
  draw();
  context.restore();
}

function write(context, text, x, y, font, colour, most, align = "left") {
  if (!text) return;
  context.font = font;
  context.textAlign = align;
  context.textBaseline = "middle";
  context.fillStyle = colour;
  context.fillText(text, x, y, most);
}

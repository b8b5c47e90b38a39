// The picture: maps and curves at the cursor in an arrangement of its own, the same from every window, at twice the size.

import { sized } from "../base/canvas.js";
import { ink } from "../base/colour.js";
import { traceMarker } from "../base/marker.js";
import { paper, theme } from "../base/theme.js";
import { drawChart } from "../charts/chart.js";
import { drawField } from "../drawing/field.js";
import { Run } from "../drawing/run.js";
import { stillOf } from "../drawing/scene.js";
import { clock } from "../stage/clock.js";
import { readout, verdict } from "../stage/lane.js";
import { hides, overlaid } from "../stage/mode.js";
import { inPicture } from "../stage/pictured.js";
import { lanesInOrder, stage } from "../stage/store.js";
import { fieldShown } from "./area.js";
import { curvesOnStage } from "./curves.js";
import { paintRuns } from "./overlay.js";

const SCALE = 2;
const [GAP, HEAD, LINE, CURVES] = [16, 24, 16, 216];
const CELLS = [680, 560, 420, 320]; // the width of each lane, by how many stand in a row
const ALL = 860; // the width of one map of all lanes
const AROUND = { left: 56, right: 10, top: 9, bottom: 38 }; // a plot, for its axes
const BAR = { from: 500, width: 84 }; // a map so wide has a colour bar

/**
 * Save the picture; returns the name of its file. It is on white paper, or with `own` in the page's colours.
 *
 * data = {picture: file name without the step, note: what is descended}
 */
export async function savePicture({ picture, note }, own = false) {
  const step = Math.floor(clock.step);
  const canvas = await compose(note.replace("{step}", step), step, own);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  const name = `${picture}_step${step}.png`;
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  return name;
}

async function compose(note, step, own) {
  const lanes = lanesInOrder();
  const seen = theme(stage.panels.get(lanes[0].index).root);
  const colours = own ? seen : paper(seen);
  const columns = lanes.length <= 4 ? lanes.length : Math.ceil(lanes.length / 2);
  const one = overlaid();
  const cell = one ? (ALL - (columns - 1) * GAP) / columns : CELLS[columns - 1];
  const whole = one ? ALL : columns * (cell + GAP) - GAP;
  const box = boxOf(one ? ALL : cell);
  const still = await stillOf(box, colours, SCALE);

  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  const said = lanes.map((lane) => wordsOf(pen, lane, step, cell, colours));
  const [above, below] = ["above", "below"].map((part) => Math.max(...said.map((words) => words[part].length)));
  const head = HEAD + LINE * above;
  const foot = LINE * below + GAP;
  const title = wrapped(pen, note, whole, `13px ${colours.font}`, " ");
  const top = GAP + 18 * title.length + 8;
  const rows = Math.ceil(lanes.length / columns);
  const first = top + (one ? box.total + GAP : 0);
  const tall = head + (one ? 0 : box.total) + foot;
  const curves = hides("curves") ? 0 : CURVES + GAP;
  const more = inPicture();
  const under = first + rows * tall + curves;

  const context = sized(
    canvas,
    whole + 2 * GAP,
    more.reduce((y, part) => y + part.height() + GAP, under),
    SCALE,
  );
  context.fillStyle = colours.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (const [i, line] of title.entries()) write(context, line, GAP, GAP + 18 * (i + 0.5), `13px ${colours.font}`, ink(colours, 0.85));
  if (one) map(context, still, box, lanes, GAP, top, step, colours);
  for (const [i, lane] of lanes.entries()) {
    const [x, y] = [GAP + (i % columns) * (cell + GAP), first + Math.floor(i / columns) * tall];
    heading(context, lane, said[i], x, y, cell, colours);
    if (!one) map(context, still, box, [lane], x, y + head, step, colours);
    const low = y + tall - foot;
    said[i].below.forEach((line, k) => write(context, line, x, low + LINE * (k + 0.6), `11px ${colours.font}`, ink(colours, 0.75)));
  }
  if (curves) charts(context, GAP, first + rows * tall, whole, step, colours);
  more.reduce((y, part) => {
    context.save();
    context.translate(GAP, y);
    part.paint(context, whole, step, colours);
    context.restore();
    return y + part.height() + GAP;
  }, under);
  return canvas;
}

/** Where a map lies in a box of this width. */
function boxOf(outer) {
  const bar = outer >= BAR.from && stage.link.view !== "3d";
  const width = outer - AROUND.left - AROUND.right - (bar ? BAR.width : 0);
  const height = width / stage.surface.aspect;
  return { x: AROUND.left, y: AROUND.top, width, height, bar, outer, total: height + AROUND.top + AROUND.bottom, scale: 1 };
}

/** What is said of a lane: {title, beside: the verdict where it fits there, above: lines above its map, else, below: lines under it}. */
function wordsOf(pen, lane, step, cell, colours) {
  const title = hides("titles") ? "" : lane.title;
  const { text } = hides("verdicts") ? { text: "" } : verdict(lane, step);
  const small = `12px ${colours.font}`;
  const fits = wide(pen, title, bold(colours)) + wide(pen, text, small) + 40 <= cell;
  const numbers = hides("readout")
    ? []
    : [
        readout(lane, step)
          .map(([, label, value]) => `${label}\u00a0${value}`)
          .join("   "),
      ];
  // A rule's parameters tell which it is.
  const settings =
    hides("titles") || hides("controls") ? [] : lane.settings.flatMap((line) => wrapped(pen, line, cell, `11px ${colours.font}`, ", "));
  return { title, beside: fits ? text : "", above: fits ? [] : wrapped(pen, text, cell, small, " "), below: [...numbers, ...settings] };
}

function heading(context, lane, { title, beside, above }, x, y, cell, colours) {
  const colour = lane.colours[colours.name];
  traceMarker(context, lane.marker, x + 8, y + HEAD / 2, 5.5);
  context.fillStyle = colour;
  context.fill();
  write(context, title, x + 20, y + HEAD / 2, bold(colours), lane.letters[colours.name], cell - 20);
  const [small, ours] = [`12px ${colours.font}`, ink(colours, 0.85)];
  write(context, beside, x + cell - wide(context, beside, small), y + HEAD / 2, small, ours);
  above.forEach((line, k) => write(context, line, x, y + HEAD + LINE * (k + 0.5), small, ours));
}

/** The map of these lanes, with the names of its axes. */
function map(context, { ground, image }, { x, y, width, height, outer, total }, lanes, left, top, step, colours) {
  context.save();
  context.translate(left, top);
  context.drawImage(image, 0, 0, outer, total);
  if (fieldShown(ground)) drawField(context, stage.surface, ground, colours);
  paintRuns(context, lanes.map(runOf), step, ground, colours);
  if (ground.level) {
    const font = `italic 12px ${colours.font}`;
    const [across, up] = stage.surface.names;
    write(context, across, x + (width - wide(context, across, font)) / 2, y + height + 30, font, ink(colours, 0.85));
    write(context, up, 4, y + height / 2, font, ink(colours, 0.85));
  }
  context.restore();
}

function runOf(lane) {
  const run = new Run();
  run.show(lane);
  return run;
}

function charts(context, x, y, width, step, colours) {
  const shown = curvesOnStage().prepare(colours);
  const part = Math.round((width < 800 ? 0.58 : 0.64) * width); // names stand beside the lines of the left one
  for (const [side, from, to] of [
    ["left", 0, part],
    ["right", part + GAP, width],
  ]) {
    context.save();
    context.translate(x + from, y);
    drawChart(context, shown[side], step, colours, { width: to - from, height: CURVES, names: side === "left" && !hides("titles"), titled: true });
    context.restore();
  }
}

const bold = ({ font }) => `600 15px ${font}`;

function wide(context, text, font) {
  context.font = font;
  return context.measureText(text).width;
}

/** A text in lines of at most this width, parted at `gap`; no lines for no text. */
function wrapped(context, text, width, font, gap) {
  const lines = [];
  for (const part of text.split(gap).filter(Boolean)) {
    const longer = lines.length ? `${lines.at(-1)}${gap}${part}` : part;
    if (lines.length && wide(context, longer, font) <= width) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}

function write(context, text, x, y, font, colour, most) {
  context.font = font;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillStyle = colour;
  context.fillText(text, x, y, most);
}

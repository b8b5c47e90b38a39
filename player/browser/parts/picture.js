// The picture: panels and curves as they stand at the cursor, at twice the size, saved from the browser.

import { sized } from "../base/canvas.js";
import { ink } from "../base/colour.js";
import { traceMarker } from "../base/marker.js";
import { theme } from "../base/theme.js";
import { drawField } from "../drawing/field.js";
import { clock } from "../stage/clock.js";
import { readout, verdict } from "../stage/lane.js";
import { lanesInOrder, stage } from "../stage/store.js";
import { fieldShown } from "./area.js";
import { curvesOnStage } from "./curves.js";
import { overlayOnStage } from "./overlay.js";

const SCALE = 2;
const [GAP, HEAD, NOTE, CURVES] = [16, 26, 16, 200];
const LEAST = 220; // pixels that a lane's words take at least under a large map

/** Save the picture; returns the name of its file. data = {picture: file name without the step, note: what is descended}. */
export async function savePicture({ picture, note }) {
  const step = Math.floor(clock.step);
  const canvas = await compose(note, step);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  const name = `${picture}_step${step}.png`;
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  return name;
}

async function compose(note, step) {
  const lanes = lanesInOrder();
  const panels = lanes.map(({ index }) => stage.panels.get(index));
  const overlay = overlayOnStage();
  const colours = theme(panels[0].root);
  const columns = lanes.length <= 4 ? lanes.length : Math.ceil(lanes.length / 2);
  const rows = Math.ceil(lanes.length / columns);
  const large = overlay?.area.box;
  const boxes = large ? [{ outer: Math.max(large.outer / columns - GAP, LEAST), total: 0 }] : panels.map(({ area }) => area.box);
  const cell = { width: Math.max(...boxes.map(({ outer }) => outer)), height: Math.max(...boxes.map(({ total }) => total)) };
  const notes = Math.max(...lanes.map(({ settings }) => settings.length));
  const tall = HEAD + cell.height + NOTE * (notes + 1) + GAP;
  const width = Math.max(columns * (cell.width + GAP) + GAP, large ? large.outer + 2 * GAP : 0, 640);
  const top = HEAD + (large ? large.total + GAP : 0);
  const height = top + rows * tall + CURVES + 2 * GAP;

  const canvas = document.createElement("canvas");
  const context = sized(canvas, width, height, SCALE);
  context.fillStyle = colours.background;
  context.fillRect(0, 0, width, height);
  write(context, note.replace("{step}", step), GAP, HEAD / 2 + 6, `13px ${colours.font}`, ink(colours, 0.85), width - 2 * GAP);
  if (large) await map(context, overlay, GAP, HEAD, step, colours);
  for (const [i, lane] of lanes.entries()) {
    const [x, y] = [GAP + (i % columns) * (cell.width + GAP), top + Math.floor(i / columns) * tall];
    heading(context, lane, x, y, step, colours, cell);
    if (!large) await map(context, panels[i], x, y + HEAD, step, colours);
    details(context, lane, x, y + HEAD + cell.height, step, colours, cell);
  }
  charts(context, GAP, top + rows * tall + GAP, width - 2 * GAP, step);
  return canvas;
}

function heading(context, lane, x, y, step, colours, cell) {
  const colour = lane.colours[colours.name];
  traceMarker(context, lane.marker, x + 8, y + HEAD / 2, 5.5);
  context.fillStyle = colour;
  context.fill();
  write(context, lane.title, x + 20, y + HEAD / 2, `600 15px ${colours.font}`, lane.letters[colours.name], cell.width - 24);
  const { text } = verdict(lane, step);
  context.textAlign = "right";
  context.font = `12px ${colours.font}`;
  context.fillStyle = ink(colours, 0.85);
  context.fillText(text, x + cell.width, y + HEAD / 2);
}

function details(context, lane, x, y, step, colours, cell) {
  const lines = [
    readout(lane, step)
      .map(([, label, value]) => `${label} ${value}`)
      .join("   "),
    ...lane.settings,
  ];
  for (const [i, line] of lines.entries()) {
    write(context, line, x, y + NOTE * (i + 0.6), `11px ${colours.font}`, ink(colours, 0.75), cell.width);
  }
}

/** The map of a panel, or the large one, with what is painted on it. */
async function map(context, part, x, y, step, colours) {
  context.save();
  context.translate(x, y);
  await part.area.map.copy(context, SCALE);
  if (fieldShown(part.area.ground)) drawField(context, stage.surface, part.area.ground, colours);
  part.paint(context, step);
  context.restore();
}

function charts(context, x, y, width, step) {
  const curves = curvesOnStage();
  const part = Math.round(width * 0.64);
  for (const [side, from, to] of [
    ["left", 0, part],
    ["right", part + GAP, width],
  ]) {
    context.save();
    context.translate(x + from, y);
    curves.paint(context, side, step, { width: to - from, height: CURVES, names: side === "left" });
    context.restore();
  }
}

function write(context, text, x, y, font, colour, width) {
  context.font = font;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillStyle = colour;
  context.fillText(text, x, y, width);
}

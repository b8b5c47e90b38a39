// The picture: panels and curves as they stand at the cursor, at twice the size, saved from the browser.

import { sized } from "./canvas.js";
import { clock } from "./clock.js";
import { curvesOnStage } from "./curves.js";
import { plotly } from "./plotly.js";
import { lanesInOrder } from "./store.js";
import { theme, ink } from "./theme.js";
import { traceMarker } from "./marker.js";

const SCALE = 2;
const [GAP, HEAD, NOTE, CURVES] = [16, 26, 16, 200];

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
  const colours = theme(lanes[0].owner.root);
  const columns = lanes.length <= 4 ? lanes.length : Math.ceil(lanes.length / 2);
  const rows = Math.ceil(lanes.length / columns);
  const cell = { width: Math.max(...lanes.map(({ owner }) => owner.map.box.outer)), height: Math.max(...lanes.map(({ owner }) => owner.map.box.total)) };
  const notes = Math.max(...lanes.map(({ settings }) => settings.length));
  const tall = HEAD + cell.height + NOTE * (notes + 1) + GAP;
  const width = Math.max(columns * (cell.width + GAP) + GAP, 640);
  const height = HEAD + rows * tall + CURVES + 2 * GAP;

  const canvas = document.createElement("canvas");
  const context = sized(canvas, width, height, SCALE);
  context.fillStyle = colours.background;
  context.fillRect(0, 0, width, height);
  write(context, note.replace("{step}", step), GAP, HEAD / 2 + 6, `13px ${colours.font}`, ink(colours, 0.85), width - 2 * GAP);
  for (const [i, lane] of lanes.entries()) {
    const [x, y] = [GAP + (i % columns) * (cell.width + GAP), HEAD + Math.floor(i / columns) * tall];
    await panel(context, lane, x, y, step, colours, cell);
  }
  charts(context, GAP, HEAD + rows * tall + GAP, width - 2 * GAP, step, colours);
  return canvas;
}

async function panel(context, lane, x, y, step, colours, cell) {
  const { map } = lane.owner;
  const colour = lane.colours[colours.name];
  traceMarker(context, lane.marker, x + 8, y + HEAD / 2, 5.5);
  context.fillStyle = colour;
  context.fill();
  write(context, lane.title, x + 20, y + HEAD / 2, `600 15px ${colours.font}`, colour, cell.width - 24);
  const { text } = lane.owner.verdict(step);
  context.textAlign = "right";
  context.font = `12px ${colours.font}`;
  context.fillStyle = ink(colours, 0.85);
  context.fillText(text, x + cell.width, y + HEAD / 2);
  const Plotly = await plotly();
  const options = { format: "png", width: map.box.outer, height: map.box.total, scale: SCALE };
  const image = new Image();
  image.src = await Plotly.toImage(map.element, options);
  await image.decode();
  context.drawImage(image, x, y + HEAD, map.box.outer, map.box.total);
  context.save();
  context.translate(x, y + HEAD);
  lane.owner.paint(context, step);
  context.restore();
  const lines = [lane.owner.numbers(step).map(([, label, text]) => `${label} ${text}`).join("   "), ...lane.settings];
  for (const [i, line] of lines.entries()) {
    write(context, line, x, y + HEAD + cell.height + NOTE * (i + 0.6), `11px ${colours.font}`, ink(colours, 0.75), cell.width);
  }
}

function charts(context, x, y, width, step, colours) {
  const curves = curvesOnStage();
  const part = Math.round(width * 0.64);
  for (const [name, from, to] of [["loss", 0, part], ["rate", part + GAP, width]]) {
    context.save();
    context.translate(x + from, y);
    curves.paint(context, name, step, { width: to - from, height: CURVES, names: name === "loss" });
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

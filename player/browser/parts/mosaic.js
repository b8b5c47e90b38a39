// Maps of basins on one sheet, with their legend and their shares: a picture.

import { sized } from "../base/canvas.js";
import { ink } from "../base/colour.js";
import { drawBasins, drawFrame, layoutOf, swatchOf } from "../drawing/basins.js";

const [WIDE, COLUMNS, SCALE, GAP] = [300, 4, 2, 16];
const [TITLE, SHARES, ENTRY, LINE] = [20, 38, 20, 18]; // pixels high
const FEW = 4; // shares in a line

/**
 * The sheet as a canvas.
 *
 * data = {note: lines above, maps: [{title, set, shown: the map, named(share)}]}; entries of the legend; aspect: height to width of a map
 */
export function sheetOf({ note, maps }, entries, aspect, view, colours) {
  const box = layoutOf(WIDE, aspect);
  const columns = Math.max(Math.min(maps.length, COLUMNS), 2);
  const across = box.outer + GAP;
  const outer = columns * across + GAP;
  const head = LINE * note.length + 12 + ENTRY * Math.ceil(entries.length / columns) + 8;
  const tall = TITLE + box.total + SHARES + GAP;
  const total = head + Math.ceil(maps.length / columns) * tall;
  const canvas = document.createElement("canvas");
  const context = sized(canvas, outer, total, SCALE);
  context.fillStyle = colours.background;
  context.fillRect(0, 0, outer, total);
  const write = (text, x, y, font, strength, most) => {
    Object.assign(context, { font: `${font} ${colours.font}`, fillStyle: ink(colours, strength), textAlign: "left", textBaseline: "alphabetic" });
    context.fillText(text, x, y, most);
  };
  const place = (k, high) => [GAP + (k % columns) * across, Math.floor(k / columns) * high];
  note.forEach((line, k) => write(line, GAP, TITLE + LINE * k, "12px", 0.9, outer - 2 * GAP));
  entries.forEach((entry, k) => {
    const [x, y] = place(k, ENTRY);
    const top = y + LINE * note.length + 16;
    context.drawImage(swatchOf(entry, colours), x, top, 18, 12);
    write(`${entry.name} ${entry.text}`.trim(), x + 24, top + 10, "12px", 0.9, box.outer - 24);
  });
  maps.forEach(({ title, set, shown, named }, k) => {
    const [x, y] = place(k, tall);
    write(title, x, head + y + 14, "600 13px", 1, box.outer);
    const wide = context.measureText(title).width + 8;
    write(set, x + wide, head + y + 14, "11px", 0.75, box.outer - wide);
    if (!shown) return;
    context.save();
    context.translate(x, head + y + TITLE);
    drawBasins(context, document.createElement("canvas"), box, shown, view, colours, SCALE);
    drawFrame(context, box, view, colours);
    context.restore();
    const texts = shown.shares.map((share) => `${named(share)} ${share.text}`);
    const half = texts.length > FEW ? Math.ceil(texts.length / 2) : texts.length;
    for (const [i, some] of [texts.slice(0, half), texts.slice(half)].entries()) {
      write(some.join(" · "), x + box.x, head + y + TITLE + box.total + 14 + 16 * i, "11px", 0.9, box.width);
    }
  });
  return canvas;
}

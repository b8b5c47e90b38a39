// Maps of basins side by side, with their legend and their shares, on any context.

import { newCanvas } from "../base/canvas.js";
import { ink } from "../base/colour.js";
import { drawBasins, drawFrame, layoutOf, swatchOf } from "./basins.js";

const [WIDE, LEAST, COLUMNS, GAP] = [300, 200, 4, 14];
const [TITLE, SHARES, ENTRY] = [20, 38, 20]; // pixels high
const FEW = 4; // shares in a line

/**
 * {size: [width, height], draw(context, step, colours)} of these maps; width: that they have, or null.
 *
 * maps = [{title, set, shown: the map, named(share)}]; entries of the legend; aspect: height to width of a map
 */
export function mosaicOf(maps, entries, aspect, view, width = null) {
  const best = Math.max(Math.min(maps.length, COLUMNS), 2);
  const columns = width === null ? best : Math.max(Math.min(best, Math.floor((width - GAP) / (LEAST + GAP))), 1);
  const box = layoutOf(width === null ? WIDE : (width - GAP) / columns - GAP, aspect);
  const head = ENTRY * Math.ceil(entries.length / columns) + 12;
  const tall = TITLE + box.total + SHARES + GAP;
  const place = (k, high) => [GAP + (k % columns) * (box.outer + GAP), Math.floor(k / columns) * high];
  const draw = (context, _step, colours) => {
    const density = context.vector ? 2 : context.getTransform().a;
    const write = (text, x, y, font, strength, most) => {
      Object.assign(context, { font: `${font} ${colours.font}`, fillStyle: ink(colours, strength), textAlign: "left", textBaseline: "alphabetic" });
      context.fillText(text, x, y, most);
    };
    entries.forEach((entry, k) => {
      const [x, y] = place(k, ENTRY);
      context.drawImage(swatchOf(entry, colours), x, y + 4, 18, 12);
      write(`${entry.name} ${entry.text}`.trim(), x + 24, y + 14, "12px", 0.9, box.outer - 24);
    });
    maps.forEach(({ title, set, shown, named }, k) => {
      const [x, y] = place(k, tall);
      write(title, x, head + y + 14, "600 13px", 1, box.outer);
      const wide = context.measureText(title).width + 8;
      write(set, x + wide, head + y + 14, "11px", 0.75, box.outer - wide);
      if (!shown) return;
      context.save();
      context.translate(x, head + y + TITLE);
      drawBasins(context, newCanvas(), box, shown, view, colours, density);
      drawFrame(context, box, view, colours);
      context.restore();
      const texts = shown.shares.map((share) => `${named(share)} ${share.text}`);
      const half = texts.length > FEW ? Math.ceil(texts.length / 2) : texts.length;
      for (const [i, some] of [texts.slice(0, half), texts.slice(half)].entries()) {
        write(some.join(" · "), x + box.x, head + y + TITLE + box.total + 14 + 16 * i, "11px", 0.9, box.width);
      }
    });
  };
  return { size: [columns * (box.outer + GAP) + GAP, head + Math.ceil(maps.length / columns) * tall], draw };
}

// Maps of basins side by side, with their legend and their shares, on any context.

import { newCanvas } from "../base/canvas.js";
import { ink } from "../base/colour.js";
import { wrapped } from "../base/measure.js";
import { drawBasins, drawFrame, layoutOf, swatchOf } from "./basins.js";

const [WIDE, LEAST, COLUMNS, GAP] = [300, 200, 4, 14];
const [TITLE, SHARE, ENTRY] = [20, 16, 20]; // pixels high
const SMALL = "11px";

/** In how many columns so many maps stand where there is room. */
const bestOf = (count) => Math.max(Math.min(count, COLUMNS), 2);

/** How wide so many maps are as they come out best. */
export const mosaicWidth = (count) => bestOf(count) * (WIDE + GAP) + GAP;

/**
 * {size: [width, height], draw(context, step, colours)} of these maps in a width.
 *
 * maps = [{title, set, shown: the map, named(share)}]; entries of the legend; aspect: height to width of a map; font: of its letters
 */
export function mosaicOf(maps, entries, aspect, view, width, font) {
  const columns = Math.max(Math.min(bestOf(maps.length), Math.floor((width - GAP) / (LEAST + GAP))), 1);
  const box = layoutOf((width - GAP) / columns - GAP, aspect);
  const said = maps.map(({ shown, named }) => {
    const texts = shown?.shares.map((share) => `${named(share)} ${share.text}`) ?? [];
    return wrapped(texts.join(" · "), box.width, `${SMALL} ${font}`, " · ");
  });
  const head = ENTRY * Math.ceil(entries.length / columns) + 12;
  const tall = TITLE + box.total + SHARE * Math.max(...said.map(({ length }) => length), 0) + 6 + GAP;
  const place = (k, high) => [GAP + (k % columns) * (box.outer + GAP), Math.floor(k / columns) * high];
  const draw = (context, _step, colours) => {
    const density = context.vector ? 2 : context.getTransform().a;
    const write = (text, x, y, type, strength, most) => {
      Object.assign(context, { font: `${type} ${colours.font}`, fillStyle: ink(colours, strength), textAlign: "left", textBaseline: "alphabetic" });
      context.fillText(text, x, y, most);
    };
    entries.forEach((entry, k) => {
      const [x, y] = place(k, ENTRY);
      context.drawImage(swatchOf(entry, colours), x, y + 4, 18, 12);
      write(`${entry.name} ${entry.text}`.trim(), x + 24, y + 14, "12px", 0.9, box.outer - 24);
    });
    maps.forEach(({ title, set, shown }, k) => {
      const [x, y] = place(k, tall);
      write(title, x, head + y + 14, "600 13px", 1, box.outer);
      const wide = context.measureText(title).width + 8;
      write(set, x + wide, head + y + 14, SMALL, 0.75, box.outer - wide);
      if (!shown) return;
      context.save();
      context.translate(x, head + y + TITLE);
      drawBasins(context, newCanvas(), box, shown, view, colours, density);
      drawFrame(context, box, view, colours);
      context.restore();
      said[k].forEach((line, i) => write(line, x + box.x, head + y + TITLE + box.total + 14 + SHARE * i, SMALL, 0.9, box.width));
    });
  };
  return { size: [columns * (box.outer + GAP) + GAP, head + Math.ceil(maps.length / columns) * tall], draw };
}

// A picture of charts to be saved: on white paper, below two lines that say what it is of.

import { sized } from "../base/canvas.js";
import { paper } from "../base/theme.js";

export const DENSITY = 2; // pixels of the picture to one of the drawing
const [EDGE, HEAD, LINE] = [14, 40, 16];

/** Save what draw(context, colours) draws in the theme's type on a sheet of this size; note: the lines above it, file: its name without ending. */
export async function saveSheet({ file, note }, theme, [width, height], draw) {
  const colours = paper(theme);
  const canvas = document.createElement("canvas");
  const context = sized(canvas, width, height + HEAD + 4, DENSITY);
  context.fillStyle = colours.background;
  context.fillRect(0, 0, width, height + HEAD + 4);
  context.font = `12px ${colours.font}`;
  context.fillStyle = colours.text;
  note.forEach((line, k) => context.fillText(line, EDGE, 18 + LINE * k, width - 2 * EDGE));
  context.translate(0, HEAD);
  await draw(context, colours);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: `${file}.png` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

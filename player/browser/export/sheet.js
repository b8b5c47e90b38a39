// A figure that is a sheet of charts, below two lines that say what it is of. It knows no page.

import { ink } from "../base/colour.js";
import { wrapped } from "../base/measure.js";
import { themeOf } from "./themes.js";

const [EDGE, TOP, LINE, FOOT] = [14, 8, 16, 4];
const TYPE = 11; // the size of most letters of the charts
const LEAST = 0.55; // of its own width: on a narrower one letters become smaller too

/**
 * A figure as `figureNow` says, of what make(width) gives for a width: {size: [width, height], draw(context, step, colours)}.
 *
 * told = {file, note: the lines above it}; width: its own; options as `figureNow` has them; font: of its type
 */
export function sheetOf({ file, note }, width, options, font, make) {
  const colours = options.colours ?? themeOf(options.theme, { font: options.typeface ?? font });
  const wanted = options.size?.width ?? (colours.type ? width : null);
  const letters = (options.size?.font ?? TYPE * (colours.type ?? 1)) / TYPE;
  const inner = wanted === null ? width : Math.max(wanted / letters, LEAST * width);
  const unit = wanted === null ? letters : wanted / inner;
  const { size, draw } = make(inner, colours);
  const type = `12px ${colours.font}`;
  const lines = note.filter(Boolean).flatMap((line) => wrapped(line, size[0] - 2 * EDGE, type, " "));
  const head = TOP + LINE * lines.length + 8;
  const total = [size[0], size[1] + head + FOOT];
  return {
    width: total[0] * unit,
    height: total[1] * unit,
    type: TYPE * unit,
    total: options.total ?? 0,
    file,
    note: note.filter(Boolean).join(" "),
    draw: (context, step) => {
      context.save();
      context.scale(unit, unit);
      context.fillStyle = colours.background;
      context.fillRect(0, 0, ...total);
      Object.assign(context, { font: type, fillStyle: ink(colours, 0.9), textAlign: "left", textBaseline: "alphabetic" });
      lines.forEach((line, k) => context.fillText(line, EDGE, TOP + 12 + LINE * k));
      context.translate(0, head);
      draw(context, step, colours);
      context.restore();
    },
  };
}

/** draw() with what it draws moved by so much. */
export function placed(context, x, y, draw) {
  context.save();
  context.translate(x, y);
  draw();
  context.restore();
}

/** Pixels to a unit of a context, for what is drawn as pixels. */
export const densityOf = (context) => (context.vector ? 2 : context.getTransform().a);

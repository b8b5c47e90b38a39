// The figure of the loss on a plane: the map or the scene with the paths in it, and beside it, or below, what the plane leaves out, in numbers.
// It knows no page.

import { traceMarker } from "../../base/marker.js";
import { widthOf, wrapped } from "../../base/measure.js";
import { shownNow, stillOf } from "../../drawing/scene.js";
import { drawLosses, numbersAt, slicedPaths, tintedOf } from "../../drawing/slice.js";
import { stage } from "../../stage/store.js";
import { placed, sheetOf } from "../sheet.js";

const SIZE = { width: 1000, side: 310, narrow: 760 };
const [LEFT, TOP, FOOT, BAR] = [44, 9, 40, 96]; // units about the map, for its axes and its colour bar
const [LINE, TIGHT, HEAD, BETWEEN] = [20, 14, 60, 12]; // units: a line of the numbers, of a column's head, the width of that, and between columns
const GAP = 10; // units beside the numbers
const TYPE = "12px";

/**
 * data: what the page says of the trainings; found: the plane that has come, which is on the stage; index: the point of the training that is
 * looked at; options and font as `sheetOf` has them.
 */
export function planeSheet({ data, found, index }, options, font) {
  const { words } = data.plane;
  const paths = slicedPaths(found.paths, data.lanes);
  const numbers = numbersAt(paths, index, found.steps, data);
  const told = { file: `${data.file}_plane`, note: [data.note[0], `${words.title}. ${found.note}`] };
  return sheetOf(told, SIZE.width, options, font, (width, own) => {
    const beside = width >= SIZE.narrow;
    const outer = beside ? width - SIZE.side : width;
    const inner = outer - LEFT - BAR;
    const table = tableOf(numbers, SIZE.side - GAP, own.font);
    const tall = inner / stage.surface.aspect + FOOT;
    const high = beside ? Math.max(tall, table.height + 120) : tall + table.height + 2 * LINE;
    const box = { x: LEFT, y: TOP, width: inner, height: tall - FOOT, bar: true, outer, total: beside ? high : tall, scale: 1 };
    // The numbers begin at `corner`, the row of colours below them or, where they stand below the map, beside them.
    const corner = beside ? [outer, LINE] : [GAP, tall + 1.5 * LINE];
    const colour = beside ? [outer, table.height + 2 * LINE] : [SIZE.side + 2 * GAP, tall + 1.5 * LINE];
    const long = (beside ? SIZE.side : width - SIZE.side - 2 * GAP) - GAP;
    const { ground, paint } = stillOf(shownNow(), box, own);
    const tinted = tintedOf(paths);
    const draw = (context, _step, colours) => {
      paint(context);
      for (const each of tinted) each.draw(context, index, ground, colours);
      placed(context, ...corner, () => write(context, table, SIZE.side - GAP, colours));
      placed(context, ...colour, () => {
        Object.assign(context, { textAlign: "left", textBaseline: "alphabetic", font: `${TYPE} ${colours.font}`, fillStyle: colours.text });
        context.fillText(words.colour, 0, 0, long);
        context.translate(0, LINE / 2);
        drawLosses(context, long, paths, index, colours);
      });
    };
    return { size: [width, high], draw };
  });
}

/** The numbers as a table of this width: the caption's lines, each column's head in lines and how far from the right it ends, and how high all is. */
function tableOf({ caption, heads, rows }, width, font) {
  const lines = wrapped(caption, width, `600 ${TYPE} ${font}`, " ");
  const columns = heads.map((head, k) => {
    const own = wrapped(head, HEAD, `${TYPE} ${font}`, " ");
    return { head: own, wide: Math.max(...[...own, ...rows.map(({ texts }) => texts[k])].map((text) => widthOf(text, `${TYPE} ${font}`))) };
  });
  columns.forEach((column, k) => (column.end = columns.slice(k + 1).reduce((sum, { wide }) => sum + wide + BETWEEN, 0)));
  const first = LINE * lines.length + TIGHT * Math.max(...columns.map(({ head }) => head.length)) + 6; // the first row's line
  const room = width - columns[0].end - columns[0].wide - BETWEEN; // for the rows' titles
  return { lines, columns, rows, first, room, height: first + LINE * rows.length };
}

function write(context, { lines, columns, rows, first, room }, width, colours) {
  Object.assign(context, { fillStyle: colours.text, textAlign: "left", textBaseline: "alphabetic", font: `600 ${TYPE} ${colours.font}` });
  lines.forEach((line, k) => context.fillText(line, 0, LINE * k));
  Object.assign(context, { font: `${TYPE} ${colours.font}`, textAlign: "right" });
  for (const { head, end } of columns) {
    head.toReversed().forEach((line, k) => context.fillText(line, width - end, first - LINE - TIGHT * k));
  }
  rows.forEach(({ title, look, texts }, i) => {
    const y = first + LINE * i;
    const left = look ? 16 : 0;
    context.textAlign = "left";
    context.fillText(title, left, y, room - left);
    context.textAlign = "right";
    texts.forEach((text, k) => context.fillText(text, width - columns[k].end, y));
    if (!look) return;
    traceMarker(context, look.marker, 5, y - 4, 4.5);
    context.fillStyle = look.colours[colours.name];
    context.fill();
    context.fillStyle = colours.text;
  });
}

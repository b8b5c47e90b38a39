// The figure of one setting at all its values: the surface with every path, the losses, and the measure over the values. It knows no page.

import { drawChart } from "../../charts/chart.js";
import { lossesOf, measureOf, said, valued } from "../../charts/paths.js";
import { drawLevels } from "../../drawing/levels.js";
import { Bundle } from "../../drawing/paths.js";
import { Plane } from "../../drawing/plane.js";
import { still } from "../../drawing/still.js";
import { stage } from "../../stage/store.js";
import { placed, sheetOf } from "../sheet.js";

const SIZE = { width: 1100, side: 390, foot: 190 };
const [LEFT, TOP, FOOT] = [44, 9, 40]; // units about the map, for its axes
const AROUND = 140; // units beside it, for its axis and its colour bar

/**
 * data: what the page says of the paths; runs: what came for it, with each one's place; index: the chosen one; total: the last step;
 * options and font as `sheetOf` has them.
 */
export function pathsSheet({ data, runs, index, total }, options, font) {
  const [of, rule] = data.note;
  const chosen = `${valued(data.axis, runs.values[index])}: ${said(runs, index, data.words)}`;
  const told = { file: data.file, note: [of, `${rule}; ${data.words.title}; ${chosen} — Descent Lab`] };
  const bundle = new Bundle(runs.points, runs.at, runs.leaves);
  return sheetOf(told, SIZE.width, { ...options, total }, font, (width, colours) => {
    const side = SIZE.side * Math.min(1, width / SIZE.width);
    const inner = width - side - AROUND;
    const high = inner / stage.surface.aspect + FOOT;
    const box = { x: LEFT, y: TOP, width: inner, height: high - FOOT, bar: true, outer: width - side, total: high, scale: 1 };
    const ground = new Plane(box, stage.view);
    const lay = still((context) => drawLevels(context, stage.surface.figure, ground, colours), box.outer, box.total);
    const [losses, measure] = [lossesOf(runs, data.words, colours)(index), measureOf(runs, data, colours, runs.range)];
    const [beside, below] = [
      { width: side, height: high, titled: true, own: {} },
      { width, height: SIZE.foot, titled: true, own: {} },
    ];
    const draw = (context, step) => {
      lay(context);
      bundle.drawAll(context, ground, colours);
      bundle.drawChosen(context, index, step, ground, colours);
      placed(context, width - side, 0, () => drawChart(context, losses, step, colours, beside));
      placed(context, 0, high, () => drawChart(context, measure, index, colours, below));
    };
    return { size: [width, high + SIZE.foot], draw };
  });
}

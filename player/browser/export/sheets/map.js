// The figure of a map of runs, with its axes, legend and marks. It knows no page.

import { newCanvas } from "../../base/canvas.js";
import { drawKept, drawMap, signsOf } from "../../drawing/runsmap.js";
import { layoutOf } from "../../drawing/sweep.js";
import { densityOf, sheetOf } from "../sheet.js";

const SIZE = { width: 900, height: 760 };

/** data: what the page says of the map; map: as it came, or null; view: the ranges in view; options and font as `sheetOf` has them. */
export function mapSheet({ data, map, view }, options, font) {
  return sheetOf(data, SIZE.width, options, font, (width) => {
    const box = layoutOf(width, SIZE.height, signsOf(map, data.words)?.length ?? null);
    const draw = (context, _step, colours) => {
      drawMap(context, newCanvas(), box, { map, data, view }, colours, densityOf(context));
      drawKept(context, box, data, view, colours);
    };
    return { size: [box.outer, box.total], draw };
  });
}

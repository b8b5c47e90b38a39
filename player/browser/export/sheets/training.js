// The figure of trainings: training loss, what the middle chart shows, and test accuracy, of all lanes. It knows no page.

import { drawChart } from "../../charts/chart.js";
import { answers, chartsOf, NAMED, SIDES } from "../../charts/training.js";
import { roomFor } from "../../charts/names.js";
import { placed, sheetOf } from "../sheet.js";

const SIZE = { width: 1200, tall: 320 };
const MOST = 0.5; // of the last chart, for the lanes' names
const PARTS = [0.3, 0.3, 0.4]; // of the width, for each chart: the last one has the lanes' names

/**
 * data: what the page says of the lanes; found: what has come of them; options and font as `sheetOf` has them.
 *
 * Null where that answers other settings.
 */
export function trainingSheet({ data, found }, options, font) {
  if (!answers(found, data)) return null;
  return sheetOf(data, SIZE.width, options, font, (width, own) => {
    const charts = chartsOf(found, data, own);
    const titles = data.lanes.map(({ title }) => title);
    const names = Math.min(roomFor(titles, own.font), MOST * PARTS.at(-1) * width);
    const draw = (context, _step, colours) => {
      let left = 0;
      SIDES.forEach((name, k) => {
        const box = { width: PARTS[k] * width, height: SIZE.tall, titled: true, names: name === NAMED && names };
        placed(context, left, 0, () => drawChart(context, charts[name], charts[name].total, colours, box));
        left += box.width;
      });
    };
    return { size: [width, SIZE.tall], draw };
  });
}

// The figure of what a learning rate does: the losses of the runs that show it, the sweep and the range test. It knows no page.

import { drawChart } from "../../charts/chart.js";
import { headOf, sweepOf, testOf } from "../../charts/rates.js";
import { placed, sheetOf } from "../sheet.js";

const SIZE = { width: 1100, tall: 260 };

/**
 * data: what the page says of the rates; found: what came for it; rate: the page's own; losses(colours): the chart above, up to the step `total`;
 * options and font as `sheetOf` has them.
 */
export function ratesSheet({ data, found, rate, losses, total }, options, font) {
  const { tall } = SIZE;
  return sheetOf(data, SIZE.width, { ...options, total }, font, (width, own) => {
    const charts = [sweepOf(found, data, own), testOf(found, data, own)].map((chart, k) => ({
      chart,
      left: (k * width) / 2,
      box: { width: width / 2, height: tall, titled: true, own: {} },
    }));
    const above = losses(own);
    const wide = { width, height: tall, names: true, titled: true, own: {} };
    const draw = (context, step, colours) => {
      drawChart(context, above, step, colours, wide);
      for (const { chart, left, box } of charts) placed(context, left, tall, () => drawChart(context, chart, headOf(chart, rate), colours, box));
    };
    return { size: [width, 2 * tall], draw };
  });
}

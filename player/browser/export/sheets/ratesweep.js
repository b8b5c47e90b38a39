// The figure of a sweep over the rates of trainings: what each lane reaches at every rate, on the validation part and on the test. It knows no page.

import { ink } from "../../base/colour.js";
import { short } from "../../base/format.js";
import { traceMarker } from "../../base/marker.js";
import { widthOf } from "../../base/measure.js";
import { drawChart } from "../../charts/chart.js";
import { plotOf } from "../../charts/plot.js";
import { drawMarks, rateSweepChart, SIDES } from "../../charts/ratesweep.js";
import { placed, sheetOf } from "../sheet.js";

const SIZE = { width: 1200, tall: 360 };
const [EDGE, LINE, SIGN, GAP] = [14, 20, 18, 22]; // units: beside the legend, a line of it, for a lane's marker, and between two lanes

/** data: what the page says of the sweep; found: what has come of it; options and font as `sheetOf` has them. */
export function rateSweepSheet({ data, found }, options, font) {
  return sheetOf(data, SIZE.width, options, font, (width, own) => {
    const charts = SIDES.map((name) => rateSweepChart(name, found, data, own));
    const box = { width: width / 2, height: SIZE.tall, titled: true };
    const { entries, height } = legendOf(data, found, width, own.font);
    const draw = (context, _step, colours) => {
      charts.forEach((chart, k) =>
        placed(context, k * box.width, 0, () => {
          drawChart(context, chart, NaN, colours, box);
          drawMarks(context, chart, plotOf(box), colours);
        }),
      );
      placed(context, 0, SIZE.tall, () => entries.forEach((each) => entry(context, each, colours)));
    };
    return { size: [width, SIZE.tall + height], draw };
  });
}

/** Where each lane's name and best rate stand, in lines of this width: {entries: [{lane, text, x, y}], height}. */
function legendOf({ lanes, rates, words }, found, width, font) {
  let [x, y] = [EDGE, LINE / 2];
  const entries = lanes.map((lane, i) => {
    const { best } = found.lanes[i];
    const text = best ? `${lane.title}: ${words.rate} ${short(rates[best.place], 4)}` : lane.title;
    const wide = SIGN + widthOf(text, `12px ${font}`);
    if (x > EDGE && x + wide > width - EDGE) [x, y] = [EDGE, y + LINE];
    x += wide + GAP;
    return { lane, text, x: x - wide - GAP, y };
  });
  return { entries, height: y + LINE / 2 };
}

function entry(context, { lane, text, x, y }, colours) {
  traceMarker(context, lane.marker, x + 6, y, 5);
  context.fillStyle = lane.colours[colours.name];
  context.fill();
  Object.assign(context, { font: `12px ${colours.font}`, fillStyle: ink(colours, 0.9), textAlign: "left", textBaseline: "middle" });
  context.fillText(text, x + SIGN, y);
}

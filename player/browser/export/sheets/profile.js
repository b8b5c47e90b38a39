// The figure of a performance profile with its legend and how it was made. It knows no page.

import { strokeLine } from "../../base/canvas.js";
import { ink } from "../../base/colour.js";
import { traceMarker } from "../../base/marker.js";
import { drawProfile, profileChart, ranked, rulesOf } from "../../charts/profile.js";
import { sheetOf } from "../sheet.js";

const SIZE = { width: 1000, height: 550, legend: 230 };
const [ENTRY, TOP, TEXT] = [23, 20, 44]; // units: a line of the legend, its first one's middle, and where its text begins

/** data: what the page says of the rules; profile: what has come; options and font as `sheetOf` has them. */
export function profileSheet({ data, profile }, options, font) {
  const { height, legend } = SIZE;
  const rules = rulesOf(data.looks, profile);
  return sheetOf({ file: "performance_profile", note: profile.lines }, SIZE.width, options, font, (width) => {
    const draw = (context, _step, colours) => {
      drawProfile(context, profileChart(rules, data, profile.done, colours), colours, { width: width - legend, height });
      Object.assign(context, { textAlign: "left", textBaseline: "middle", font: `12px ${colours.font}` });
      ranked(rules).forEach((rule, k) => entry(context, rule, profile.done, [width - legend + 8, TOP + k * ENTRY], colours));
    };
    return { size: [width, Math.max(height, ENTRY * rules.length + 30)], draw };
  });
}

/** A line of the legend. */
function entry(context, { title, ratios, marker, dash, ...look }, surfaces, [x, y], colours) {
  context.strokeStyle = context.fillStyle = look[colours.name];
  context.lineWidth = 1.6;
  strokeLine(context, [x, y], [x + 36, y], dash);
  traceMarker(context, marker, x + 18, y, 4.5);
  context.fill();
  context.fillStyle = ink(colours, 1);
  context.fillText(`${title} ${Math.round((100 * ratios.length) / surfaces)} %`, x + TEXT, y, SIZE.legend - TEXT - 12);
}

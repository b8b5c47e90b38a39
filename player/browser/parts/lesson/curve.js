// A curve drawn by hand: a value for each step, or NaN where none has been drawn. It knows no page.

import { gapAxis } from "../../base/axis.js";
import { placeX, placeY, trace } from "../../charts/plot.js";

const KNOTS = 8; // that the keys move

/** The steps at which keys move the curve. */
export function knotsOf(total) {
  const count = Math.min(KNOTS, total);
  return Array.from({ length: count }, (_, i) => Math.round(((i + 1) * total) / count));
}

/** The values with a straight stroke on the logarithmic scale between two points, [step, value] each. */
export function joined(values, from, to) {
  const [[k0, v0], [k1, v1]] = from[0] <= to[0] ? [from, to] : [to, from];
  const made = values.slice();
  if (Math.round(k0) === Math.round(k1)) made[Math.round(to[0])] = to[1];
  else for (let k = Math.ceil(k0); k <= Math.min(Math.floor(k1), made.length - 1); k++) made[k] = v0 * (v1 / v0) ** ((k - k0) / (k1 - k0));
  return made;
}

/** The values with the gaps between drawn ones closed; null stays null. */
export function filledIn(values) {
  if (!values) return null;
  let made = values;
  let last = null;
  values.forEach((v, k) => {
    if (Number.isNaN(v)) return;
    if (last !== null && k - last > 1) made = joined(made, [last, values[last]], [k, v]);
    last = k;
  });
  return made;
}

/** The factor by which a drawn curve is off on average (the exponential of the mean |ln|), where it is drawn and the run is on its scale. */
export function averageFactor(drawn, run, [low, high]) {
  const logs = [];
  drawn.forEach((v, k) => {
    const seen = k > 0 && v > 0 && run[k] >= 10 ** low && run[k] <= 10 ** high;
    if (seen) logs.push(Math.abs(Math.log(v / run[k])));
  });
  return logs.length ? Math.exp(logs.reduce((sum, each) => sum + each, 0) / logs.length) : Infinity;
}

/** The axis of a chart on which the drawn values have a place too. */
export function onAxis(chart, values) {
  const all = chart.series.flatMap(({ values: own, band }) => [own, ...(band ?? [])]);
  return gapAxis([...all, values], all[0]?.[0] ?? 1);
}

/** The hand's line, from where the run starts; `open`: a ring shows that start. */
export function stroke(context, chart, plot, { values, start, open, ink }) {
  context.save();
  context.strokeStyle = ink;
  context.lineWidth = 3;
  context.lineCap = context.lineJoin = "round";
  context.globalAlpha = 0.55;
  context.setLineDash(open ? [] : [1, 6]);
  context.beginPath();
  trace(context, values, chart, plot);
  context.stroke();
  if (open) {
    context.setLineDash([]);
    context.beginPath();
    context.arc(placeX(0, chart, plot), placeY(start, chart, plot), 4.5, 0, 2 * Math.PI);
    context.stroke();
  }
  context.restore();
}

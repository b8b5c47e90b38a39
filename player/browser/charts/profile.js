// A performance profile: for each rule the share of the problems on which its cost is within a factor τ of the best, over log₂ τ.

import { strokeLine } from "../base/canvas.js";
import { ink } from "../base/colour.js";
import { traceMarker } from "../base/marker.js";

const PAD = { left: 50, top: 12, bottom: 42, right: 14 };
const TENTHS = 5; // lines across, one for each fifth of the problems
const CLOSE = 24; // pixels to a line that is pointed at

export function plotOf({ width, height }) {
  return { x: PAD.left, y: PAD.top, width: width - PAD.left - PAD.right, height: height - PAD.top - PAD.bottom };
}

/** The rules in the page's order, each with its finite ratios in ascending order. */
export function rulesOf(looks, { rules }) {
  const found = new Map(rules.map(({ rule, ratios }) => [rule, Array.from(ratios)]));
  return looks.map((rule) => ({ ...rule, ratios: found.get(rule.rule) }));
}

/** The same, those that reach f* on the most surfaces first. */
export const ranked = (rules) => [...rules].sort((a, b) => b.ratios.length - a.ratios.length || a.title.localeCompare(b.title));

/** What `drawProfile` takes; total: how many problems; tau and over: where it is read, and the rule that is pointed at. */
export function profileChart(rules, { picked, words }, total, colours, { tau = null, over = null } = {}) {
  const lines = rules.map(({ rule, ratios, marker, dash, ...look }) => ({ rule, ratios, marker, dash, colour: look[colours.name] }));
  return { lines, total, reach: reach(lines), tau, words, picked, over };
}

/** The power of two up to which τ goes: to the largest ratio there is. */
export function reach(lines) {
  const most = Math.max(2, ...lines.map(({ ratios }) => ratios.at(-1) ?? 1));
  return Math.max(1, Math.ceil(Math.log2(most)));
}

/** ρ(τ) of a rule, by its finite ratios in ascending order. */
export function shareAt(ratios, tau, total) {
  return ratios.filter((ratio) => ratio <= tau).length / total;
}

/**
 * Draw the profile.
 *
 * chart = {lines: [{ratios, colour, dash, marker, rule}], total: how many problems, reach, tau, words: {tau, rho}, picked, over}
 * picked: the rule with a thick line; over: the one that is pointed at, beside which all others are faint, or null
 */
export function drawProfile(context, chart, colours, box) {
  const plot = plotOf(box);
  frame(context, chart, colours, plot);
  const rank = ({ rule }) => (rule === chart.over ? 2 : Number(rule === chart.picked));
  for (const line of [...chart.lines].sort((a, b) => rank(a) - rank(b))) draw(context, line, chart, colours, plot);
  if (chart.tau === null) return;
  const x = placeX(chart.tau, chart, plot);
  context.strokeStyle = ink(colours, 0.6);
  context.lineWidth = 1;
  strokeLine(context, [x, plot.y], [x, plot.y + plot.height]);
}

function frame(context, { reach: most, words }, colours, plot) {
  context.font = `11px ${colours.font}`;
  context.fillStyle = ink(colours, 0.7);
  context.strokeStyle = ink(colours, 0.12);
  context.lineWidth = 1;
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (let k = 0; k <= TENTHS; k++) {
    const y = Math.round(placeY(k / TENTHS, plot)) + 0.5;
    strokeLine(context, [plot.x, y], [plot.x + plot.width, y]);
    context.fillText(`${(100 * k) / TENTHS} %`, plot.x - 6, y);
  }
  context.textAlign = "center";
  context.textBaseline = "top";
  const stride = Math.ceil((most * 40) / plot.width);
  for (let k = 0; k <= most; k += stride) {
    const x = Math.round(plot.x + (k / most) * plot.width) + 0.5;
    strokeLine(context, [x, plot.y], [x, plot.y + plot.height]);
    context.fillText(String(2 ** k), x, plot.y + plot.height + 6);
  }
  context.fillText(words.tau, plot.x + plot.width / 2, plot.y + plot.height + 23);
  context.save();
  context.translate(4, plot.y + plot.height / 2);
  context.rotate(-Math.PI / 2);
  context.fillText(words.rho, 0, 0);
  context.restore();
}

export const placeX = (tau, { reach: most }, plot) => plot.x + (Math.log2(tau) / most) * plot.width;
const placeY = (share, plot) => plot.y + (1 - share) * plot.height;

function draw(context, { ratios, colour, dash, marker, rule }, chart, colours, plot) {
  const stands = rule === (chart.over ?? chart.picked);
  context.globalAlpha = !chart.over || stands ? 1 : 0.25;
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = stands ? 3 : 1.6;
  context.lineJoin = "round";
  context.setLineDash(dash);
  context.beginPath();
  const begin = shareAt(ratios, 1, chart.total);
  context.moveTo(plot.x, placeY(begin, plot));
  ratios.forEach((ratio, k) => {
    const x = placeX(ratio, chart, plot);
    context.lineTo(x, placeY(ratio === 1 ? begin : k / chart.total, plot));
    context.lineTo(x, placeY(ratio === 1 ? begin : (k + 1) / chart.total, plot));
  });
  const end = placeY(ratios.length / chart.total, plot);
  context.lineTo(plot.x + plot.width, end);
  context.stroke();
  context.setLineDash([]);
  for (const [x, y] of [
    [plot.x, placeY(begin, plot)],
    [plot.x + plot.width, end],
  ]) {
    traceMarker(context, marker, x, y, stands ? 5 : 4);
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = colours.background;
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** The rule whose line is nearest to a place of the plot, or null. */
export function nearest(chart, tau, top, plot) {
  const away = ({ ratios }) => Math.abs(placeY(shareAt(ratios, tau, chart.total), plot) - top);
  const best = [...chart.lines].sort((a, b) => away(a) - away(b))[0];
  return best && away(best) <= CLOSE ? best.rule : null;
}

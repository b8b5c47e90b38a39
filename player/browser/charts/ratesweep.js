// How good a network is after a training, over the rate: a curve and its band for each lane, where trainings diverged, and its best rate.

import { strokeLine } from "../base/canvas.js";
import { ink } from "../base/colour.js";
import { fixed, short } from "../base/format.js";
import { traceMarker } from "../base/marker.js";
import { axisTicks } from "../base/scale.js";
import { pieces, placeX, placeY } from "./plot.js";
import { shareAxis } from "./training.js";

const EACH = 60; // pixels for a tick's label
export const SIDES = ["validation", "test"];
const ROW = 5; // pixels for a lane's signs of divergence

/** The chart of one part, "validation" or "test". found: what has come; data: {lanes, rates, seeds, words}. */
export function rateSweepChart(part, found, { lanes, rates, seeds, words }, colours) {
  const [low, high] = [rates[0], rates.at(-1)].map(Math.log10);
  const at = rates.map((rate) => (Math.log10(rate) - low) / (high - low));
  const series = found.lanes.map(({ [part]: rows, diverged, best }, i) => ({
    values: rows[0],
    band: seeds > 1 ? rows.slice(1) : undefined,
    colour: lanes[i].colours[colours.name],
    dash: lanes[i].dash,
    marker: lanes[i].marker,
    name: lanes[i].title,
    diverged,
    best: best?.place,
  }));
  const chart = {
    title: [words[part], ...(seeds > 1 ? [words.band] : [])],
    axis: shareAxis(
      series.flatMap(({ values, band = [] }) => [values, ...band]),
      found.counts[part],
    ),
    at,
    ticks: (width) => axisTicks([rates[0], rates.at(-1)], "log", Math.max(2, Math.floor(width / EACH))).ticks,
    total: at.length - 1,
    step: words.over,
    series,
    reading: (k) => read(series, k, rates, seeds, words),
  };
  return { ...chart, ground: (context, _, plot) => signs(context, chart, plot, colours) };
}

/** A row of signs a lane at the bottom, where trainings diverged. */
function signs(context, chart, plot, colours) {
  const half = 0.5 / Math.max(chart.at.length - 1, 1);
  chart.series.forEach(({ diverged, colour }, i) => {
    const y = plot.y + plot.height - ROW * (chart.series.length - i) + ROW / 2;
    context.strokeStyle = colour;
    context.lineWidth = ROW - 2;
    diverged.forEach((count, k) => {
      if (!count) return;
      const [from, to] = [chart.at[k] - half, chart.at[k] + half].map((u) => plot.x + Math.min(Math.max(u, 0), 1) * plot.width);
      strokeLine(context, [from, y], [to, y], [3, 2]);
    });
  });
  context.strokeStyle = ink(colours, 0.3);
}

/** Over all lines: a dot where a rate's neighbours have not come yet, and a lane's marker at its best rate. */
export function drawMarks(context, chart, plot, colours) {
  for (const { values, best, marker, colour } of chart.series) {
    context.fillStyle = colour;
    for (const [from, to] of pieces(values, chart, plot)) if (from === to) dot(context, placeX(from, chart, plot), placeY(values[from], chart, plot));
    if (best === undefined || Number.isNaN(values[best])) continue;
    traceMarker(context, marker, placeX(best, chart, plot), placeY(values[best], chart, plot), 5);
    context.fill();
    context.lineWidth = 1.25;
    context.strokeStyle = colours.background;
    context.stroke();
  }
}

function dot(context, x, y) {
  context.beginPath();
  context.arc(x, y, 2.5, 0, 2 * Math.PI);
  context.fill();
}

/** What is read at a rate: every lane's mean, the largest first, and where trainings diverged. */
function read(series, k, rates, seeds, words) {
  const lost = ({ diverged }) => words.fell.replace("{count}", diverged[k]).replace("{all}", seeds);
  const rows = [...series].sort((a, b) => height(b.values[k]) - height(a.values[k]));
  const said = rows.map((each) => (each.diverged[k] ? `${each.name}  ${lost(each)}` : `${each.name}  ${fixed(each.values[k])}`));
  return [`η ${short(rates[k], 4)}`, ...said.filter((_, i) => rows[i].diverged[k] || !Number.isNaN(rows[i].values[k]))];
}

const height = (value) => (Number.isNaN(value) ? -1 : value);

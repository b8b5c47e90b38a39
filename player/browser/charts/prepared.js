// A quantity of the lanes as a chart shows it. It knows no page.

import { acrossOf } from "./across.js";
import { quantity } from "./quantities.js";

/**
 * A chart, as drawChart takes it, of a quantity of these lanes.
 *
 * told = {words, lowest: f* or null, over: what the chart is over where it is not the steps, total: the last step, titles: whether names
 * stand beside the lines}
 */
export function chartOf(name, lanes, { words, lowest, over, total, titles }, colours) {
  const { title, axis, values, text } = quantity(name, lanes, words, lowest);
  const across = acrossOf(lanes, over);
  const look = (lane) => ({
    colour: lane.colours[colours.name],
    letters: lane.letters[colours.name],
    dash: lane.dash,
    marker: lane.marker,
    name: titles ? lane.title : "",
  });
  const series = lanes.map((lane, i) => values[i] && { ...look(lane), ...values[i], at: across?.at[i] }).filter(Boolean);
  const chart = { title, axis, text, total, step: lanes[0].words.step, series };
  return across ? { ...chart, title: [`${title[0]} · ${words[across.name]}`, ...title.slice(1)], across: true, ticks: across.ticks } : chart;
}

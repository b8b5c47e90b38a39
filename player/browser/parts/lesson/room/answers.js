// What the room answered, beside what was asked: bars on the options, dots over the slider's scale, dots on the maps, pale curves on the chart.

import { element } from "../../../base/element.js";
import { short } from "../../../base/format.js";
import { placeX, placeY } from "../../../charts/plot.js";
import { repaint } from "../../../stage/clock.js";
import { setCrowd } from "../../../stage/crowd.js";

const BINS = 60; // columns of dots over a scale
const [HIGH, DOT] = [80, 10]; // pixels of the columns at most, and of a dot

export class Answers {
  constructor(lesson) {
    this.lesson = lesson;
    this.parts = [];
  }

  /** The room's answers to the step's question, or null for none. */
  show(told) {
    const shown = told?.revealed ? told : null;
    this.bars(shown?.counts);
    this.scale(shown?.values);
    this.curves(shown?.curves);
    const { question } = this.lesson.now ?? {};
    setCrowd(shown?.points ? new Map(shown.points.map((points, i) => [question.lanes[i], points])) : new Map());
  }

  bars(counts) {
    const all = counts?.reduce((sum, each) => sum + each, 0);
    document.querySelectorAll(".dl-lesson-choice label").forEach((label) => {
      const count = counts?.[Number(label.querySelector("input").value)];
      label.toggleAttribute("data-counted", count !== undefined);
      let bar = label.querySelector(".dl-room-bar");
      if (count === undefined) return bar?.remove();
      if (!bar) label.append((bar = element("span", { className: "dl-room-bar" })));
      bar.textContent = `${count} (${all ? Math.round((100 * count) / all) : 0} %)`;
      label.style.setProperty("--part", all ? count / all : 0);
    });
  }

  scale(values) {
    document.querySelector(".dl-room-dots")?.remove();
    const rail = document.querySelector(".dl-lesson-slide");
    if (!values || !rail) return;
    const { low, high, log } = this.lesson.now.question;
    const partOf = (value) => (log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low));
    const columns = Array.from({ length: BINS }, () => 0);
    for (const value of values) columns[Math.min(Math.max(Math.floor(partOf(value) * BINS), 0), BINS - 1)] += 1;
    const size = Math.min(DOT, HIGH / Math.max(...columns, 1));
    const dots = columns.flatMap((count, i) =>
      Array.from({ length: count }, (_, k) => {
        const dot = element("i", {});
        dot.style.cssText = `--at: ${(i + 0.5) / BINS}; bottom: ${k * size}px; width: ${size}px; height: ${size}px`;
        return dot;
      }),
    );
    const middle = values.length ? `: ${short(values[Math.floor((values.length - 1) / 2)])}` : "";
    const strip = element("div", { className: "dl-room-dots", role: "img", ariaLabel: `${values.length}${middle}` }, ...dots);
    strip.style.height = `${Math.max(...columns, 1) * size}px`;
    (rail.querySelector(".dl-lesson-rail") ?? rail.querySelector("input")).before(strip);
  }

  /** Curves under the left chart's lines, on whatever axis it has. */
  curves(curves) {
    const { curves: charts } = this.lesson.board;
    if (this.drawn && charts.drawnOn === this.drawn) charts.drawnOn = this.own;
    else if (!curves && !this.drawn) return;
    this.drawn = null;
    if (curves) {
      const own = (this.own = charts.drawnOn);
      charts.drawnOn = this.drawn = (chart) => {
        const made = own(chart);
        return { ...made, ground: (...given) => (pale(curves, charts.colours, ...given), made.ground?.(...given)) };
      };
    }
    charts.update();
    repaint();
  }
}

/** Curves of 10 to the power of their heights, evenly over the steps. */
function pale(curves, colours, context, chart, plot) {
  context.save();
  context.beginPath();
  context.rect(plot.x, plot.y, plot.width, plot.height);
  context.clip();
  context.strokeStyle = colours.text;
  context.lineWidth = 1.5;
  context.globalAlpha = Math.max(0.1, Math.min(0.6, 8 / curves.length));
  for (const heights of curves) {
    context.beginPath();
    let down = false;
    heights.forEach((height, i) => {
      if (height === null) return (down = false);
      const point = [placeX((i * chart.total) / (heights.length - 1), chart, plot), placeY(10 ** height, chart, plot)];
      if (down) context.lineTo(...point);
      else context.moveTo(...point);
      down = true;
    });
    context.stroke();
  }
  context.restore();
}

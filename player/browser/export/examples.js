// The data in a figure: the examples with each lane's fit, and the gradients that batches have with what they measure beside them.

import { ink } from "../base/colour.js";
import { short } from "../base/format.js";
import { cloud, gradients } from "../drawing/fits.js";
import { drawClouds, drawData } from "../drawing/scatter.js";

const DRAWN = 500; // batches of a cloud

const BESIDE = 700; // units of width that it takes to have the lines beside the clouds
const LEAST = 40; // units of clouds that are worth drawing

export const PICTURED = 300; // units of its height

/** The cloud of a lane's batch gradients; null where its steps see everything, or its weights are none. */
export function cloudOf(data, { p, size }) {
  return size >= data.points[0].length || !p.every(Number.isFinite) ? null : cloud(gradients(data, p), size, DRAWN);
}

/** The lanes of these fits that have a cloud, each with it as `made`. */
export const cloudsOf = (data, fits) => fits.map((fit) => ({ ...fit, made: cloudOf(data, fit) })).filter(({ made }) => made);

/** Clouds in a box of this size. */
export function paintClouds(context, clouds, colours, size) {
  const looks = clouds.map(({ made, colour }) => ({ ...made, colour }));
  drawClouds(context, looks, colours, size);
}

/** How far each lane has come, and what its cloud measures: [[colour, line], …]. */
export function linesOf(words, fits, clouds) {
  const amount = ({ seen, examples }) => ({ epoch: short(seen / examples, 3), seen: short(seen, 9) });
  const far = fits.map((fit) => [fit.letters, `B ${fit.size}: ${words.epoch.replace(/{(\w+)}/g, (_, name) => amount(fit)[name])}`]);
  const spread = clouds.map(({ letters, size, made }) => [letters, `B ${size}: ${short(made.measured, 3)} · ${short(made.predicted, 3)}`]);
  return [...far, ...(spread.length ? [["", words.variance], ...spread] : [])];
}

/** All of it, in a width: the lines beside the clouds, or above them where there is no room. */
export function paintExamples(context, data, fits, clouds, width, colours) {
  const { words } = data;
  const write = (text, x, y, most, colour, font = `12px ${colours.font}`) => {
    Object.assign(context, { font, fillStyle: colour || ink(colours, 0.85), textAlign: "left", textBaseline: "middle" });
    context.fillText(text, x, y, most);
  };
  const lines = linesOf(words, fits, clouds);
  const narrow = width < BESIDE;
  const plot = { width: Math.min(0.56 * width, 620), height: PICTURED - 22 };
  const [x, under] = [plot.width + 8, narrow ? 17 * lines.length + 8 : 0];
  const side = narrow ? Math.min(width - x, PICTURED - under - 22) : Math.min(0.2 * width, 200);
  const left = narrow ? x : x + side + 12;
  write(words.title, 0, 8, plot.width - 8, "", `600 13px ${colours.font}`);
  context.save();
  context.translate(0, 20);
  drawData(context, data, fits, null, colours, plot);
  context.translate(x, under);
  if (side >= LEAST) paintClouds(context, clouds, colours, { width: side, height: side });
  context.restore();
  if (clouds.length && side >= LEAST) write(words.cloud, x, under + 8, width - x, "", `600 13px ${colours.font}`);
  lines.forEach(([colour, line], k) => write(line, left, (narrow ? 8 : 30) + 17 * k, width - left, colour));
}

// The data of a loss with the fits of its lanes, and the gradients of their batches around the full one.

import { roundBetween } from "../base/axis.js";
import { clipped, newCanvas, sized, strokeCased, strokeLine } from "../base/canvas.js";
import { ink } from "../base/colour.js";
import { short } from "../base/format.js";
import { FITS } from "./fits.js";

const PAD = { left: 38, top: 8, right: 8, bottom: 32 };
const NOBODY = 65535;
const POINTS = 120; // of a curve
const MANY = 300; // examples, from which on they are drawn small

/** The part of a panel of this size in which points lie, and the way there and back: {x, y, width, height, to([x, y]), from([px, py])}. */
export function plotOf({ width, height }, [[x0, x1], [y0, y1]]) {
  const box = { x: PAD.left, y: PAD.top, width: width - PAD.left - PAD.right, height: height - PAD.top - PAD.bottom };
  return {
    ...box,
    to: ([x, y]) => [box.x + ((x - x0) / (x1 - x0)) * box.width, box.y + ((y1 - y) / (y1 - y0)) * box.height],
    from: ([px, py]) => [x0 + ((px - box.x) / box.width) * (x1 - x0), y1 - ((py - box.y) / box.height) * (y1 - y0)],
  };
}

/** Axes, examples with a ring in the colour of each lane whose batch they are in, and fits [{p, colour, dash, batch: examples}]. */
export function drawData(context, data, fits, chosen, colours, size) {
  const plot = plotOf(size, data.window);
  axes(context, data, plot, colours);
  clipped(context, plot, () => {
    for (const fit of fits) drawFit(context, data, fit, plot, colours);
    const many = data.points[0].length > MANY;
    const radius = many ? 1.6 : 3;
    fits.forEach(({ batch, colour }, k) => ring(context, data, batch, radius + 2.5 + 2 * k, colour, plot));
    if (many) crowd(context, data, radius, plot, colours, size);
    else data.points[0].forEach((x, i) => point(context, plot.to([x, data.points[1][i]]), !data.classes || data.points[2][i] > 0, radius, colours));
    if (chosen !== null) halo(context, plot.to([data.points[0][chosen], data.points[1][chosen]]), radius + 4, colours);
  });
}

function axes(context, { window: [across, up], axes: names }, plot, colours) {
  context.font = `11px ${colours.font}`;
  context.fillStyle = ink(colours, 0.65);
  context.strokeStyle = ink(colours, 0.1);
  context.lineWidth = 1;
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const v of roundBetween(...across, plot.width / 60)) {
    const [x] = plot.to([v, up[0]]);
    strokeLine(context, [x, plot.y], [x, plot.y + plot.height]);
    context.fillText(short(v, 4), x, plot.y + plot.height + 4);
  }
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const v of roundBetween(...up, plot.height / 40)) {
    const [, y] = plot.to([across[0], v]);
    strokeLine(context, [plot.x, y], [plot.x + plot.width, y]);
    context.fillText(short(v, 4), plot.x - 5, y);
  }
  context.strokeStyle = ink(colours, 0.3);
  context.strokeRect(plot.x + 0.5, plot.y + 0.5, plot.width - 1, plot.height - 1);
  context.font = `italic 12px ${colours.font}`;
  context.fillStyle = ink(colours, 0.85);
  context.textAlign = "center";
  context.fillText(names[0], plot.x + plot.width / 2, plot.y + plot.height + 23);
  context.fillText(names[1], 7, plot.y + plot.height / 2);
}

/** The curve of a model, or the boundary between two classes. */
function drawFit(context, { model, gain, classes, window }, { p, colour, dash }, plot, colours) {
  if (!p.every(Number.isFinite)) return;
  const [x0, x1] = window[0];
  context.beginPath();
  if (classes) {
    const far = Math.hypot(...window.map((ends) => Math.max(...ends.map(Math.abs)))) / (Math.hypot(...p) || 1); // dashes out of sight take time too
    context.moveTo(...plot.to([-p[1] * far, p[0] * far]));
    context.lineTo(...plot.to([p[1] * far, -p[0] * far]));
  } else
    for (let k = 0; k <= POINTS; k++) {
      const x = x0 + (k / POINTS) * (x1 - x0);
      const [px, py] = plot.to([x, FITS[model](p, x, gain)]);
      context.lineTo(px, Math.min(Math.max(py, -1e5), 1e5));
    }
  strokeCased(context, { line: colour, casing: colours.background }, [4, 2], dash);
}

const kept = { canvas: null, of: [] }; // of a crowd: it stands still while fits move over it

/** So many points that they are drawn once, and shown again while they, their place and the colours are the same. */
function crowd(context, data, radius, plot, colours, { width, height }) {
  const draw = (own) => {
    const dots = (wanted) => {
      own.beginPath();
      data.points[0].forEach((x, i) => {
        if (data.classes && data.points[2][i] > 0 !== wanted) return;
        const [px, py] = plot.to([x, data.points[1][i]]);
        own.moveTo(px + radius, py);
        own.arc(px, py, radius, 0, 2 * Math.PI);
      });
    };
    own.fillStyle = own.strokeStyle = ink(colours, 0.55);
    dots(true);
    own.fill();
    if (!data.classes) return;
    dots(false);
    own.stroke();
  };
  if (context.vector) return draw(context);
  const { a: unit } = context.getTransform();
  const now = [data.points, ...data.window.flat(), width, height, unit, colours.name, colours.background];
  if (now.some((v, i) => v !== kept.of[i])) {
    kept.of = now;
    kept.canvas ??= newCanvas();
    draw(sized(kept.canvas, width, height, unit));
  }
  context.drawImage(kept.canvas, 0, 0, width, height);
}

function point(context, [x, y], full, radius, colours) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = full ? ink(colours, 0.75) : colours.background;
  context.strokeStyle = full ? colours.background : ink(colours, 0.85);
  context.lineWidth = full ? 0.75 : 1.5;
  context.fill();
  context.stroke();
}

function ring(context, { points }, batch, radius, colour, plot) {
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  for (const i of batch) {
    if (i === NOBODY || i >= points[0].length) continue;
    context.beginPath();
    context.arc(...plot.to([points[0][i], points[1][i]]), radius, 0, 2 * Math.PI);
    context.stroke();
  }
}

function halo(context, [x, y], radius, colours) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.strokeStyle = ink(colours, 1);
  context.lineWidth = 2;
  context.stroke();
}

/** Clouds [{off, colour}] about the full gradient, all on one scale, in a square; the widest first, so that none hides another. */
export function drawClouds(context, clouds, colours, size) {
  if (!clouds.length) return;
  const reach = Math.max(...clouds.flatMap(({ off }) => off.map((values) => values.reduce((most, v) => Math.max(most, Math.abs(v)), 0))), 1e-12);
  const half = Math.min(size.width, size.height) / 2 - 6;
  const [x, y, scale] = [size.width / 2, size.height / 2, half / reach];
  context.strokeStyle = ink(colours, 0.25);
  context.lineWidth = 1;
  strokeLine(context, [x - half, y], [x + half, y]);
  strokeLine(context, [x, y - half], [x, y + half]);
  for (const { off, colour } of [...clouds].sort((a, b) => b.measured - a.measured)) {
    context.fillStyle = colour;
    context.globalAlpha = 0.45;
    off[0].forEach((dx, i) => {
      context.beginPath();
      context.arc(x + scale * dx, y - scale * off[1][i], 2, 0, 2 * Math.PI);
      context.fill();
    });
    context.globalAlpha = 1;
  }
  context.fillStyle = ink(colours, 0.65);
  context.font = `11px ${colours.font}`;
  context.textAlign = "right";
  context.textBaseline = "bottom";
  context.fillText(`±${short(reach, 2)}`, x + half, y - 3);
}

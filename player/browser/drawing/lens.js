// How the surface curves where a run is: the ellipse of the quadratic that fits it there, its axes, the way out of a saddle, and Newton's step.

import { strokeCased, strokeLine } from "../base/canvas.js";
import { ink } from "../base/colour.js";
import { condition, eigen, newtonStep } from "../base/eigen.js";
import { fixed } from "../base/format.js";

const RADIUS = 54; // pixels; the longer half-axis of the ellipse
const [LEAST, ARROW, NEWTON] = [2.5, 1.35, 5]; // pixels of the shorter one; times the half-axis, of the way out; pixels of Newton's mark
const [LINE, SIDE, SPACE] = [15, 34, 8]; // pixels: a line of the legend, what stands before its text, around it
const FAR = 1e4;

/** What the lens shows at a step: {at, values, vectors, kappa, slope, newton}; null where the surface has no curvature to show. */
export function looked({ hessian, slope }, path, step) {
  const k = Math.min(Math.floor(step), path[0].length - 1);
  const [at, [a, b, d], g] = [path, hessian, slope].map((rows) => rows.map((values) => values[k]));
  if (![...at, a, b, d, ...g].every(Number.isFinite)) return null;
  const { values, vectors } = eigen(a, b, d);
  if (values[0] === 0 && values[1] === 0) return null;
  return { at, values, vectors, kappa: condition(values), slope: g, newton: newtonStep([a, b, d], g) };
}

/**
 * The lines of the legend: [sign, text] each.
 *
 * words: those of the lane's lens; edge: the rule's limit on ηλ, or gradient descent's
 */
export function legend({ values, kappa, newton }, { edge, own, words }) {
  const line = (name, value) => `${name} ${fixed(value)} · ${value > 0 ? `η < ${fixed(edge / value)}` : words.out}`;
  const said = [
    ["least", line("λ₁", values[0])],
    ["most", line("λ₂", values[1])],
  ];
  if (!Number.isNaN(kappa)) said.push(["", `κ ${fixed(kappa)}`]);
  if (newton.every(Number.isFinite)) said.push(["newton", words.newton]);
  if (!own) said.push(["", words.limit]);
  return said;
}

/** The lens at a step; ground: a plane; colours: the theme's with {line, casing}; corner: [right, bottom] of the legend, each 0 or 1. */
export function drawLens(context, lens, path, ground, step, corner, colours) {
  const seen = looked(lens, path, step);
  if (!seen) return;
  const { at, values, vectors, slope, newton } = seen;
  const [x, y] = ground.project(...at);
  const largest = Math.max(...values.map(Math.abs));
  const stretch = values.map((value) => 1 / Math.sqrt(Math.max(Math.abs(value) / largest, 1e-12)));
  const halves = stretch.map((each) => Math.max((RADIUS * each) / Math.max(...stretch), LEAST));
  const pale = { line: ink(colours, 0.85), casing: colours.casing };
  const towards = (i, sign = 1) => [vectors[i][0] * sign, -vectors[i][1] * sign]; // on the screen y runs downwards
  const ends = (i) => [1, -1].map((sign) => towards(i, sign).map((v, axis) => [x, y][axis] + halves[i] * v));
  context.beginPath();
  context.ellipse(x, y, halves[1], halves[0], Math.atan2(towards(1)[1], towards(1)[0]), 0, 2 * Math.PI);
  strokeCased(context, pale, [3.5, 1.5], values[0] < 0 ? [4, 3] : []);
  for (const i of [0, 1]) {
    context.beginPath();
    const [[x0, y0], [x1, y1]] = ends(i);
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
    strokeCased(context, pale, [3, i ? 2 : 1]);
    if (values[i] < 0) drawOut(context, [x, y], waysOut(vectors[i], slope), ARROW * halves[i], pale);
  }
  drawNewton(context, [x, y], ground.project(at[0] + newton[0], at[1] + newton[1]), pale);
  drawLegend(context, legend(seen, lens), ground.box, corner, colours);
}

/** Downhill along a direction of negative curvature, on the screen; both ways where there is no slope to choose by. */
function waysOut([dx, dy], [gx, gy]) {
  const along = dx * gx + dy * gy;
  return [1, -1].filter((sign) => sign * along <= 0).map((sign) => [sign * dx, -sign * dy]);
}

function drawOut(context, [x, y], ways, length, colours) {
  for (const [dx, dy] of ways) {
    const [endX, endY] = [x + length * dx, y + length * dy];
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(endX, endY);
    for (const side of [0.5, -0.5]) {
      context.moveTo(endX - 8 * (dx + side * dy), endY - 8 * (dy - side * dx));
      context.lineTo(endX, endY);
    }
    strokeCased(context, colours, [4, 2]);
  }
}

function drawNewton(context, from, to, { line, casing }) {
  if (!to.every((v) => Math.abs(v) < FAR)) return;
  context.strokeStyle = casing;
  context.lineWidth = 3;
  strokeLine(context, from, to);
  context.strokeStyle = line;
  context.lineWidth = 1;
  strokeLine(context, from, to, [2, 3]);
  context.beginPath();
  diamond(context, ...to);
  context.fillStyle = casing;
  context.fill();
  strokeCased(context, { line, casing }, [3.5, 1.5]);
}

function diamond(context, x, y) {
  context.moveTo(x, y - NEWTON);
  context.lineTo(x + NEWTON, y);
  context.lineTo(x, y + NEWTON);
  context.lineTo(x - NEWTON, y);
  context.closePath();
}

function drawLegend(context, lines, box, [right, bottom], colours) {
  context.font = `11px ${colours.font}`;
  context.textAlign = "left";
  context.textBaseline = "middle";
  const wide = SIDE + Math.max(...lines.map(([, text]) => context.measureText(text).width)) + SPACE;
  const high = lines.length * LINE + SPACE;
  const [left, top] = [box.x + SPACE + right * (box.width - wide - 2 * SPACE), box.y + SPACE + bottom * (box.height - high - 2 * SPACE)];
  context.fillStyle = colours.background;
  context.globalAlpha = 0.85;
  context.fillRect(left, top, wide, high);
  context.globalAlpha = 1;
  lines.forEach(([sign, text], i) => {
    const middle = top + SPACE / 2 + LINE * (i + 0.5);
    context.strokeStyle = context.fillStyle = ink(colours, 0.9);
    context.lineWidth = sign === "most" ? 2 : 1;
    context.beginPath();
    if (sign === "newton") diamond(context, left + SPACE / 2 + 11, middle);
    else if (sign) {
      context.moveTo(left + SPACE / 2, middle);
      context.lineTo(left + SPACE / 2 + 22, middle);
    }
    context.stroke();
    context.fillText(text, left + SIDE, middle);
  });
}

/** The corner [right, bottom] of a box from which the nearest of these points [x, y, x, y, …] is farthest; taken: corners that something else has. */
export function farthestCorner(points, { x, y, width, height }, taken = []) {
  const corners = [
    [1, 1],
    [0, 1],
    [1, 0],
    [0, 0],
  ].filter(([right, bottom]) => !taken.some(([r, b]) => r === right && b === bottom));
  const room = corners.map(([right, bottom]) => {
    const [cx, cy] = [x + right * width, y + bottom * height];
    let nearest = Infinity;
    for (let i = 0; i < points.length; i += 2) {
      const far = Math.hypot(points[i] - cx, points[i + 1] - cy);
      if (far < nearest) nearest = far;
    }
    return nearest;
  });
  return corners[room.indexOf(Math.max(...room))];
}

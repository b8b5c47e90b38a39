// The axes of a surface in 3-D, along the edges of its box that stand free, with numbers that can be read from any side.

import { roundBetween } from "../base/axis.js";
import { strokeLine } from "../base/canvas.js";
import { ink } from "../base/colour.js";
import { short } from "../base/format.js";

const [ALONG, UP] = [36, 20]; // units of the box between two numbers: along the ground, and upwards
const SHORTEST = 24; // units of an axis that is worth numbers
const [TICK, NAME] = [4, 15]; // units from an edge to the end of a tick, and from its numbers to its name
const MOST = 5; // numbers on an axis

/** point(east, north, z) of the box's sides, 0 or 1; `front`: the sides of the corner nearest to the eye, `left`: of the leftmost. */
function boxOf(space) {
  const { ranges, solid } = space.relief;
  const point = (east, north, z) => space.onScreen([ranges[0][east], ranges[1][north], z]);
  const [low, high] = solid[2];
  const corners = [0, 1].flatMap((east) => [0, 1].map((north) => [east, north]));
  const best = (among, rank) => among.reduce((a, b) => (rank(b) > rank(a) ? b : a));
  const front = best(corners, (corner) => point(...corner, low)[2]);
  const ends = [
    [front[0], 1 - front[1]],
    [1 - front[0], front[1]],
  ];
  return { point, low, high, front, back: front.map((side) => 1 - side), ends, left: best(ends, (corner) => -point(...corner, low)[0]) };
}

/** What stands behind the surface: the edges of the floor and of the two walls at the back, and on these a line at the height of every tick. */
export function drawWalls(context, space, colours) {
  const { point, low, high, front, back, ends, left } = boxOf(space);
  context.lineWidth = 1;
  context.strokeStyle = ink(colours, 0.2);
  for (const end of ends) {
    for (const corner of [front, back]) strokeLine(context, point(...corner, low), point(...end, low));
    strokeLine(context, point(...end, low), point(...end, high));
    strokeLine(context, point(...end, high), point(...back, high));
  }
  strokeLine(context, point(...back, low), point(...back, high));
  context.strokeStyle = ink(colours, 0.12);
  for (const { z } of heightTicks(space.relief, (at) => point(...left, at)))
    for (const end of ends) strokeLine(context, point(...end, z), point(...back, z));
}

/** The axes with their numbers and names; a name is left out where its axis is seen from its end. */
export function drawAxes(context, space, colours) {
  const { point, low, high, front, left } = boxOf(space);
  const { ranges, heights, surface } = space.relief;
  const middle = [0, 1].map((i) => [0, 1].reduce((sum, side) => sum + point(side, side, low)[i] / 2, 0));
  context.font = `11px ${colours.font}`;
  context.textBaseline = "middle";
  context.lineWidth = 1;
  for (const [axis, name] of surface.names.entries()) {
    const [from, to] = ranges[axis];
    const at = (value) => space.onScreen(axis ? [ranges[0][front[0]], value, low] : [value, ranges[1][front[1]], low]);
    const ticks = roundBetween(from, to, MOST).map((value) => ({ place: at(value), text: short(value, 6) }));
    const half = at((from + to) / 2);
    drawAxis(context, { ends: [at(from), at(to)], ticks, name, away: unit(half[0] - middle[0], half[1] - middle[1]), least: ALONG }, colours);
  }
  const up = (z) => point(...left, z);
  const ticks = heightTicks(space.relief, up).map(({ z, text }) => ({ place: up(z), text }));
  if (length(up(low), up(high)) < SHORTEST) return;
  drawAxis(context, { ends: [up(low), up(high)], ticks, away: [-1, 0], least: UP }, colours);
  const [x, y] = up(high);
  label(context, heights.title, [x, y - 11], [x > 40 ? 0 : 1, 0], ink(colours, 0.85));
}

/** The heights that have a number, far enough apart. */
function heightTicks({ heights, raised }, up) {
  const found = [];
  for (const { at, text } of heights.ticks(MOST)) {
    const z = raised(at);
    if (!found.length || Math.abs(up(z)[1] - up(found.at(-1).z)[1]) >= UP) found.push({ z, text });
  }
  return found;
}

function drawAxis(context, { ends, ticks, name, away, least }, colours) {
  context.strokeStyle = ink(colours, 0.45);
  strokeLine(context, ...ends);
  if (length(...ends) < SHORTEST) return;
  let [last, wide] = [null, 0];
  for (const { place, text } of ticks) {
    const [x, y] = [place[0] + TICK * away[0], place[1] + TICK * away[1]];
    if (last && length(last, place) < least) continue;
    last = place;
    context.strokeStyle = ink(colours, 0.45);
    strokeLine(context, place, [x, y]);
    label(context, text, [x + 3 * away[0], y + 7 * away[1]], away, ink(colours, 0.75));
    wide = Math.max(wide, Math.abs(away[0]) * context.measureText(text).width + Math.abs(away[1]) * 12);
  }
  const far = TICK + wide + NAME;
  const half = [0, 1].map((i) => (ends[0][i] + ends[1][i]) / 2 + far * away[i]);
  if (name) label(context, name, half, [0, 0], ink(colours, 0.85));
}

/** A text on that side of a place. */
function label(context, text, [x, y], [across], colour) {
  context.textAlign = across < -0.35 ? "right" : across > 0.35 ? "left" : "center";
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

function unit(x, y) {
  const far = Math.hypot(x, y) || 1;
  return [x / far, y / far];
}

function length([x0, y0], [x1, y1]) {
  return Math.hypot(x1 - x0, y1 - y0);
}

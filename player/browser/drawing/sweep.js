// What stands around and on a map of runs: axes with their numbers, the legend, what theory says, and marks at cells. It knows no page.

import { clipped, strokeLine } from "../base/canvas.js";
import { channels, ink } from "../base/colour.js";
import { fixed, short } from "../base/format.js";
import { traceMarker } from "../base/marker.js";
import { cssAt } from "../base/palette.js";
import { axisTicks, place } from "../base/scale.js";
import { OUTCOMES, patternsOf, tileOf } from "./heat.js";

const MARGIN = { left: 62, right: 12, top: 8, bottom: 40 };
const LEGEND = { bar: 190, height: 10, title: 15, line: 18, gap: 18 };
const EACH = { x: 72, y: 44 }; // pixels for a tick's label
const FONT = 11.5;

/**
 * Where the plot lies in a drawing of this width, and how high it is with axes and legend.
 *
 * tallest: the most height of the whole; entries: how many signs the legend has, or null where there is no legend
 */
export function layoutOf(width, tallest, entries) {
  const inner = Math.max(width - MARGIN.left - MARGIN.right, 80);
  const foot = entries === null ? 0 : LEGEND.title + LEGEND.height + LEGEND.line * (1 + rowsOf(width, entries));
  const height = Math.max(Math.min(tallest - MARGIN.top - MARGIN.bottom - foot, 1.1 * inner), 120);
  return { x: MARGIN.left, y: MARGIN.top, width: inner, height, outer: width, total: height + MARGIN.top + MARGIN.bottom + foot };
}

/** In how many rows signs with these labels stand below the bar, or beside it. */
function rowsOf(width, entries) {
  return width > 560 || !entries ? 0 : Math.ceil(entries / 2);
}

/** A place on the map from a value on each axis, and back. */
export function spot([x, y], box, view, scales) {
  const part = [x, y].map((value, i) => {
    const [low, high, at] = [...view[i], value].map((v) => place(v, scales[i]));
    return (at - low) / (high - low);
  });
  return [box.x + part[0] * box.width, box.y + (1 - part[1]) * box.height];
}

/** The frame with both axes. axes = [{label, letter, scale}] */
export function drawFrame(context, box, axes, view, colours) {
  const { x, y, width, height } = box;
  context.strokeStyle = ink(colours, 0.4);
  context.lineWidth = 1;
  context.strokeRect(x - 0.5, y - 0.5, width + 1, height + 1);
  context.font = `${FONT}px ${colours.font}`;
  const across = axisTicks(view[0], axes[0].scale, Math.floor(width / EACH.x));
  const along = axisTicks(view[1], axes[1].scale, Math.floor(height / EACH.y));
  context.fillStyle = ink(colours, 0.8);
  context.textBaseline = "top";
  context.textAlign = "center";
  for (const { at, label } of across.ticks) {
    const left = x + at * width;
    strokeLine(context, [left, y + height], [left, y + height + 4]);
    context.fillText(label, Math.min(left, x + width - context.measureText(label).width / 2 + MARGIN.right - 2), y + height + 6);
  }
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { at, label } of along.ticks) {
    const top = y + (1 - at) * height;
    strokeLine(context, [x - 4, top], [x, top]);
    context.fillText(label, x - 6, Math.max(top, y + 5), MARGIN.left - 24);
  }
  context.font = `600 ${FONT + 0.5}px ${colours.font}`;
  context.fillStyle = ink(colours, 0.95);
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  context.fillText(titled(axes[0], across.from), x + width / 2, y + height + 34, width);
  context.save();
  context.translate(13, y + height / 2);
  context.rotate(-Math.PI / 2);
  context.fillText(titled(axes[1], along.from), 0, 0, height);
  context.restore();
}

/** An axis' name; where ticks are counted from a value, with that. */
function titled({ label, letter }, from) {
  return from === null ? label : `${letter || label} − ${short(from, 17)}`;
}

/** The legend: the row of colours with its numbers, and a sign for each outcome that is on the map, with its share. */
export function drawLegend(context, box, { title, range, whole }, entries, colours) {
  const top = box.y + box.height + MARGIN.bottom;
  const length = Math.min(LEGEND.bar, box.width);
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.font = `600 ${FONT}px ${colours.font}`;
  context.fillStyle = ink(colours, 0.9);
  context.fillText(title, box.x, top + LEGEND.title / 2, Math.max(length, 0.6 * box.width));
  const row = top + LEGEND.title + 1;
  for (let k = 0; k < length; k++) {
    context.fillStyle = cssAt((k + 0.5) / length);
    context.fillRect(box.x + k, row, 1.5, LEGEND.height);
  }
  context.font = `${FONT}px ${colours.font}`;
  context.fillStyle = ink(colours, 0.8);
  const number = (v) => (whole ? String(Math.round(v)) : short(v, 2));
  const first = range.log ? "≤ " : "";
  const ends = [
    [0, "left", range.low],
    [0.5, "center", range.log ? Math.sqrt(range.low * range.high) : (range.low + range.high) / 2],
    [1, "right", range.high],
  ];
  for (const [part, align, value] of ends) {
    context.textAlign = align;
    context.fillText(`${part ? "" : first}${number(value)}`, box.x + part * length, row + LEGEND.height + 9);
  }
  signs(context, box, top, length, entries, colours);
}

function signs(context, box, top, length, entries, colours) {
  const below = rowsOf(box.outer, entries.length);
  const patterns = patternsOf(colours);
  let [left, line] = [box.x + length + LEGEND.gap, top + LEGEND.title + 1];
  entries.forEach(({ outcome, text }, k) => {
    const wide = 23 + context.measureText(text).width;
    if (!below && k && left + wide > box.x + box.width) [left, line] = [box.x + length + LEGEND.gap, line + LEGEND.line];
    if (below) [left, line] = [box.x + ((k % 2) * box.width) / 2, top + LEGEND.title + LEGEND.height + LEGEND.line * (1.1 + Math.floor(k / 2))];
    context.fillStyle = context.createPattern(tileOf(patterns[outcome]), "repeat");
    context.fillRect(left, line, 18, LEGEND.height + 2);
    context.strokeStyle = ink(colours, 0.4);
    context.strokeRect(left + 0.5, line + 0.5, 17, LEGEND.height + 1);
    context.fillStyle = ink(colours, 0.85);
    context.textAlign = "left";
    context.fillText(text, left + 23, line + 6, below ? box.width / 2 - 26 : undefined);
    left += wide + LEGEND.gap * 0.8;
  });
}

/** What theory says: lines as rows of segments [x0, y0, x1, y1] of values, and points; in the page's ink on its paper. */
export function drawTheory(context, box, { lines, points }, view, scales, colours) {
  const at = (x, y) => spot([x, y], box, view, scales);
  clipped(context, box, () => {
    for (const { segments, weight } of lines) {
      context.beginPath();
      for (let k = 0; k < segments.length; k += 4) {
        context.moveTo(...at(segments[k], segments[k + 1]));
        context.lineTo(...at(segments[k + 2], segments[k + 3]));
      }
      context.lineCap = "round";
      context.strokeStyle = paperOf(colours);
      context.lineWidth = weight + 2.5;
      context.stroke();
      context.strokeStyle = inkOf(colours);
      context.lineWidth = weight;
      context.stroke();
    }
    for (const { x, y } of points) {
      const [left, top] = at(x, y);
      for (const [style, width] of [
        [paperOf(colours), 5],
        [inkOf(colours), 2],
      ]) {
        context.strokeStyle = style;
        context.lineWidth = width;
        strokeLine(context, [left - 7, top], [left + 7, top]);
        strokeLine(context, [left, top - 7], [left, top + 7]);
      }
    }
  });
}

const paperOf = ({ background }) => `rgba(${channels(background).slice(0, 3).join(",")},0.75)`;
const inkOf = (colours) => ink(colours, 0.95);

/** A mark at a cell: a lane's head, or the ring of the cell that is pointed at. */
export function drawCell(context, [left, top], box, { marker, colour }, colours) {
  if (left < box.x - 1 || left > box.x + box.width + 1 || top < box.y - 1 || top > box.y + box.height + 1) return;
  context.beginPath();
  if (marker) traceMarker(context, marker, left, top, 6);
  else context.arc(left, top, 6.5, 0, 2 * Math.PI);
  context.lineWidth = marker ? 1.5 : 4;
  context.strokeStyle = colours.background;
  if (marker) {
    context.fillStyle = colour;
    context.fill();
  }
  context.stroke();
  if (marker) return;
  context.lineWidth = 2;
  context.strokeStyle = inkOf(colours);
  context.stroke();
}

/** What is read at a cell: its values on both axes and what its run does there. */
export function readingOf({ map, axes, words }, [i, j]) {
  const k = j * map.n + i;
  const [x, y] = [map.xs[i], map.ys[j]];
  const outcome = OUTCOMES[map.outcomes[k]];
  const value = map.values[k];
  const shown = map.coloured[map.outcomes[k]] && Number.isFinite(value);
  const names = [
    [axes[0], x],
    [axes[1], y],
  ].map(([axis, v]) => `${axis.letter || axis.label} ${short(v, 4)}`);
  const said = shown ? `${map.title} ${map.whole ? value : fixed(value)}` : words.outcomes[outcome];
  return { x, y, text: [names.join(", "), said, words.regimes?.[map.regimes?.[k]]].filter(Boolean).join(" · ") };
}

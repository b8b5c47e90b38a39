// Predict, then reveal: the runs wait until everybody has marked where each of them ends. Guesses stay in the browser.

import { clock, hold, play, repaint, seek } from "./clock.js";
import { short } from "./format.js";
import { mode } from "./present.js";
import { lanesInOrder, onChange, stage } from "./store.js";

const guesses = new Map(); // a lane's number → where its run is thought to end
const listeners = new Set();
let revealed = false;
let asked = null; // what the guesses are about

/** Whether the runs are still hidden. */
export function waiting() {
  return Boolean(mode.predict) && !revealed;
}

export function progress() {
  return { asking: Boolean(mode.predict), revealed, set: guesses.size, count: stage.lanes.size };
}

export function onPredict(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Take the point for the lane's end; false where a click means something else. */
export function guess(index, point) {
  if (!mode.predict) return false;
  if (!revealed) guesses.set(index, point);
  tell();
  return true;
}

/** The same on a map of all lanes: the first that has no guess yet, or the last one again. */
export function guessNext(point) {
  const lanes = lanesInOrder();
  const next = lanes.find(({ index }) => !guesses.has(index)) ?? lanes.at(-1);
  return guess(next?.index, point);
}

export function guessOf(index) {
  return mode.predict ? guesses.get(index) : undefined;
}

export function reveal() {
  revealed = true;
  tell();
  // Asked for by hand, but still no motion for those who want none.
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) seek(clock.total);
  else play();
}

export function again() {
  guesses.clear();
  revealed = false;
  tell();
}

/** How far the guess lies from the run's end: {distance, part of the map's width}; null before the run is over. */
export function missed(lane, step) {
  const point = guessOf(lane.index);
  if (!point || !revealed || step < clock.total) return null;
  const [xs, ys] = lane.path;
  const distance = Math.hypot(point[0] - xs[xs.length - 1], point[1] - ys[ys.length - 1]);
  const [[x0, x1]] = stage.surface.home;
  return { distance: short(distance), part: `${short((100 * distance) / (x1 - x0))} %` };
}

/** The mark of a guess, a ring with a cross in the lane's colour, and the cross-hair that the keys move. */
export function drawGuess(context, { lane, map, aim }, { line, casing }) {
  const point = guessOf(lane.index);
  for (const [width, colour] of [[4.5, casing], [2, line]]) {
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.setLineDash([]);
    context.beginPath();
    if (point) {
      const [x, y] = map.project(...point);
      context.arc(x, y, 8, 0, 2 * Math.PI);
      cross(context, x, y, 4, 13);
    }
    if (aim && waiting()) cross(context, ...map.project(...aim), 3, 22);
    context.stroke();
  }
}

function cross(context, x, y, from, to) {
  for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
    context.moveTo(x + from * dx, y + from * dy);
    context.lineTo(x + to * dx, y + to * dy);
  }
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** The keys of a map that has the focus: arrows move the cross-hair by a hundredth of the view (with Shift a tenth), Enter marks. */
export function aimWithKeys(panel, event) {
  if (!waiting() || event.ctrlKey || event.metaKey || event.altKey) return;
  const middle = stage.view.map(([low, high]) => (low + high) / 2);
  const arrow = ARROWS[event.key];
  if (arrow) panel.aim = (panel.aim ?? guessOf(panel.lane.index) ?? middle).map((v, i) => moved(v, arrow[i] * (event.shiftKey ? 0.1 : 0.01), stage.view[i]));
  else if (event.key === "Enter") guess(panel.lane.index, (panel.aim ??= middle));
  else return;
  event.preventDefault();
  repaint();
}

function moved(value, part, [low, high]) {
  return Math.min(Math.max(value + part * (high - low), low), high);
}

function tell() {
  hold(waiting());
  document.documentElement.toggleAttribute("data-waiting", waiting());
  for (const listener of listeners) listener();
  repaint();
}

/** Guesses are about one race: another one begins anew. */
onChange((what) => {
  if (what === "view") return;
  const { x, y, steps, noise, seed, many } = stage.link;
  const shape = Object.entries(stage.link).filter(([key]) => key.startsWith("surface"));
  const question = JSON.stringify([mode.predict, x, y, steps, noise, seed, many, shape, lanesInOrder().map(({ link }) => link)]);
  if (question !== asked) again();
  asked = question;
});

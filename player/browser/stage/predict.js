// Predict, then reveal: the runs wait until it is said where each of them ends, or what else a page asks. Guesses stay in the browser.

import { short } from "../base/format.js";
import { clock, hold, play, repaint, seek } from "./clock.js";
import { mode } from "./mode.js";
import { lanesInOrder, onChange, stage } from "./store.js";

const guesses = new Map(); // a lane's number → where its run is thought to end
const listeners = new Set();
let revealed = false;
let asked = null; // the race that the guesses are about
let placed = null; // the lanes whose ends are to be marked; null for all
let bound = true; // whether another race asks anew

/** Whether the runs are still hidden. */
export function waiting() {
  return Boolean(mode.predict) && !revealed;
}

/** Whether the end of this lane's run is to be marked on its map now. */
export function placing(index) {
  return waiting() && (!placed || placed.includes(index));
}

export function progress() {
  return { asking: Boolean(mode.predict), revealed, set: guesses.size, count: placed?.length ?? stage.lanes.size };
}

/** Ask anew, for the ends of these lanes; with [] the page itself takes what is said, and no map asks. The race may change then: only this asks. */
export function ask(lanes) {
  [placed, bound] = [lanes, false];
  again();
}

export function onPredict(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Take the point for the lane's end; false where a click means something else. */
export function guess(index, point) {
  if (!mode.predict) return false;
  if (placing(index)) guesses.set(index, point);
  tell();
  return true;
}

/** The same on a map of all lanes: the first that has no guess yet, or the last one again. */
export function guessNext(point) {
  const lanes = lanesInOrder().filter(({ index }) => placing(index));
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
  if (bound && question !== asked) again();
  asked = question;
});

// The map of runs: which one the page asks for and what the hand tries, and the newest that has come. The first is as fine as it can be at once.

import { Recent } from "../base/recent.js";
import { fetched, followed } from "./asked.js";
import { linkOf, Ranges, rangesOf } from "./ranges.js";

const FINE = 200; // cells along each axis
const KEPT = 12; // maps that are remembered

const listeners = new Set();
const known = new Recent(KEPT); // fine maps by what was asked
let asked = null; // ends the request under way, where it may be ended
let busy = false;
let hand = null; // what follows it

/** The ranges [[x0, x1], [y0, y1]] in view. */
export const ranges = new Ranges(() => {
  tell("view");
  work();
});

export const sweep = {
  data: null, // what the page says of it
  tried: {}, // settings that the hand moves
  map: null, // the newest map that has come
};

/** Call listener(what) with "data", "tried", "view" or "map" when that has changed, "left" when the page is; returns a function that ends it. */
export function onSweep(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(what) {
  for (const listener of listeners) listener(what);
}

/** The page has another map: its settings, axes and words. */
export function showSweep(data) {
  hand?.forget();
  Object.assign(sweep, { data, tried: {} });
  ranges.show(rangesOf(data.axes));
  tell("data");
  work();
}

/** The page with the map is left. */
export function leaveSweep() {
  asked?.abort();
  hand?.end();
  Object.assign(sweep, { data: null, tried: {}, map: null });
  ranges.forget();
  tell("left");
}

/** From now on what sliders and the start are moved to is shown on the map. */
export function followHand() {
  hand = followed((tried) => {
    sweep.tried = tried;
    tell("tried");
    work();
  });
}

/** The settings of the map that is wanted now, as a link has them. */
export function wanted() {
  const { data, tried } = sweep;
  return new URLSearchParams({ ...data.link, ...tried, ...linkOf(ranges.view) }).toString();
}

async function work() {
  if (!sweep.data) return;
  if (busy) return asked?.abort();
  busy = true;
  try {
    while (sweep.data && !(sweep.map?.link === wanted() && sweep.map.n === FINE)) {
      const link = wanted();
      if (known.has(link)) put(known.get(link));
      else await ask(link, sweep.map?.link === link);
    }
  } finally {
    busy = false;
  }
}

/** Ask for a map: the first one, or the fine one where a coarse one is there already, which another wish ends. */
async function ask(link, finer) {
  const own = new AbortController();
  asked = finer ? own : null;
  const message = await fetched(`map/${finer ? FINE : "first"}?${link}`, own.signal);
  asked = null;
  if (!message) return;
  const { map } = message;
  map.link = link;
  if (map.n === FINE) known.keep(link, map);
  if (sweep.data) put(map);
}

function put(map) {
  sweep.map = map;
  tell("map");
}

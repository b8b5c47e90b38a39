// Basins side by side: what the page asks for and what the hand tries, the newest map of each rule, the start that is pointed at, and the runs.

import { Recent } from "../base/recent.js";
import { fetched, followed } from "./asked.js";
import { Ranges } from "./ranges.js";
import { INK } from "./lane.js";
import { Runs } from "./runs.js";

export const POINTED = 9; // the number of the lane under the pointer
const [COARSE, FINE] = [40, 200]; // starts along each axis
const FAST = 60; // milliseconds: while a fine map takes no longer, no coarse one is needed
const KEPT = 48; // maps that are remembered

const listeners = new Set();
const known = new Recent(KEPT); // fine maps by what was asked
const runs = new Runs(wantedRuns, () => INK);
let asked = null; // ends the request under way, where it may be ended
let busy = false;
let took = Infinity; // milliseconds that the last fine map took
let hand = null; // what follows it

/** The ranges [[x0, x1], [y0, y1]] of the starts in view. */
export const ranges = new Ranges(() => {
  tell("view");
  work();
}, seen);

export const basins = {
  data: null, // what the page says of them
  tried: {}, // settings that the hand moves
  maps: new Map(), // the newest that has come, by rule
  pointed: null, // {rule, at: the start}
};

/** Call listener(what) with "data", "tried", "view", "map" or "pointed" when that has changed; returns a function that ends it. */
export function onBasins(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(what) {
  for (const listener of listeners) listener(what);
}

/** The page has other settings. */
export function showBasins(data) {
  hand?.forget();
  Object.assign(basins, { data, tried: {} });
  const { view, home, finest } = data;
  ranges.show({ view, whole: home, limits: home, finest, names: JSON.stringify(home) });
  for (const rule of basins.maps.keys()) if (!data.maps.some((each) => each.rule === rule)) basins.maps.delete(rule);
  tell("data");
  work();
}

/** From now on what sliders are moved to is shown on the maps. */
export function followHand() {
  hand = followed((tried) => {
    basins.tried = tried;
    tell("tried");
    work();
  });
}

/** The page with the basins is left. */
export function leaveBasins() {
  asked?.abort();
  hand?.end();
  Object.assign(basins, { data: null, tried: {}, maps: new Map(), pointed: null });
  ranges.forget();
  runs.work();
}

/** A range to no more digits than can be seen. */
function seen([low, high]) {
  const digits = Math.min(Math.max(4 - Math.floor(Math.log10(high - low)), 0), 100);
  return [low, high].map((v) => Number(v.toFixed(digits)));
}

/** Point at a start on a rule's map, or with null at none. */
export function pointAt(pointed) {
  if (JSON.stringify(pointed) === JSON.stringify(basins.pointed)) return;
  basins.pointed = pointed;
  tell("pointed");
  runs.work();
}

/** What the hand tries that a rule's runs hang on, as settings of the page's rule: all of that one's own, of another its rate and the schedule. */
function triedFor({ rule, own }) {
  const mine = ([key]) => own || !key.startsWith("1.") || key === "1.warmup" || key.startsWith("1.schedule");
  const entries = Object.entries(basins.tried).filter(mine);
  return Object.fromEntries(
    entries.map(([key, value]) => [key === `${rule}.lr` ? "1.lr" : key, value]).filter(([key]) => !key.endsWith(".lr") || key === "1.lr"),
  );
}

/** The address of a rule's map without its size. */
function linkOf(map) {
  const tried = triedFor(map);
  for (const axis of ["x", "y"]) delete tried[axis]; // each cell has a start of its own
  const starts = ranges.atHome ? "" : ranges.view.flat().map(String).join();
  return new URLSearchParams({ ...map.link, ...tried, starts }).toString();
}

/** By lane: each rule's run from the page's start, after the one that is pointed at. */
function wantedRuns() {
  const { data, pointed } = basins;
  if (!data) return new Map();
  const link = (map, at = null) => new URLSearchParams({ ...map.race, ...triedFor(map), ...at }).toString();
  const found = data.maps.map((map, k) => [k + 1, link(map)]);
  const map = pointed && data.maps.find(({ rule }) => rule === pointed.rule);
  if (map) found.unshift([POINTED, link(map, { x: String(pointed.at[0]), y: String(pointed.at[1]) })]);
  return new Map(found);
}

async function work() {
  runs.work();
  if (busy) return asked?.abort();
  busy = true;
  try {
    for (let next = missing(); next; next = missing()) await ask(...next);
  } finally {
    busy = false;
  }
}

/** The map that is to be asked for next, [n, rule, link]: first what is coarse at once for all rules. */
function missing() {
  if (!basins.data) return null;
  const wanted = basins.data.maps.map((map) => [map.rule, linkOf(map)]);
  for (const [rule, link] of wanted) if (known.has(link) && basins.maps.get(rule) !== known.get(link)) put(rule, known.get(link));
  const lacks = (n) => wanted.find(([rule, link]) => !(basins.maps.get(rule)?.link === link && basins.maps.get(rule).n >= n));
  const [coarse, fine] = [took > FAST && lacks(COARSE), lacks(FINE)];
  return coarse ? [COARSE, ...coarse] : fine ? [FINE, ...fine] : null;
}

/** Ask for a map; a fine one that takes long is ended by another wish. */
async function ask(n, rule, link) {
  const own = new AbortController();
  asked = n === FINE && took > FAST ? own : null;
  const begun = performance.now();
  const message = await fetched(`basins/${n}?${link}`, own.signal);
  asked = null;
  if (!message) return;
  const map = Object.assign(message.map, { link });
  if (n === FINE) took = performance.now() - begun;
  if (n === FINE) known.keep(link, map);
  if (basins.data?.maps.some((each) => each.rule === rule)) put(rule, map);
}

function put(rule, map) {
  basins.maps.set(rule, map);
  tell("map");
}

// Lanes' runs, and the surface, for settings that are still moving: one request under way, and then one for the newest values.

import { ask } from "../base/ask.js";
import { unpack } from "../base/unpack.js";
import { heldBack } from "./held.js";
import { setSurface, stage, wholeLink } from "./store.js";

export const SURFACE = 0; // in place of a lane's number
const PAUSE = 500; // milliseconds

let wanted = null; // {settings, lanes}: the newest values, and the lanes that are still to be shown with them
let busy = false;
let asked; // ends the request under way
let taker = null; // who takes the settings instead, on a page without lanes of its own

/** From now on to(settings) is told what a hand tries, and to(null) when it has left; returns a function with which lanes follow it again. */
export function handOver(to) {
  taker = to;
  return () => {
    if (taker === to) taker = null; // who came after it keeps the hand
  };
}

/**
 * Show lanes, by their numbers, and the surface with these settings: one after the other, first the one that has waited longest.
 *
 * Older values are dropped.
 */
export function tryOut(lanes, settings) {
  if (taker) return taker(settings);
  const late = wanted?.lanes.filter((lane) => lanes.includes(lane)) ?? [];
  wanted = { settings, lanes: [...late, ...lanes.filter((lane) => !late.includes(lane))] };
  if (!busy) work();
}

/** Whether a hand tries settings now. */
export function trying() {
  return wanted !== null;
}

/** The page brings the run now: a request that is still under way has come too late. */
export function stopTrying() {
  taker?.(null);
  wanted = null;
  asked?.abort();
}

async function work() {
  busy = true;
  while (wanted?.lanes.length) {
    const lane = wanted.lanes.shift();
    const link = wholeLink();
    for (const [name, value] of Object.entries(wanted.settings)) link.set(name, value);
    asked = new AbortController();
    try {
      const place = lane === SURFACE ? "surface" : `lane/${lane}`;
      const answer = await ask(`${place}?${link}`, { signal: asked.signal });
      if (answer.status === 200) {
        const data = new Uint8Array(await answer.arrayBuffer());
        if (asked.signal.aborted) continue;
        if (lane === SURFACE) setSurface(unpack(data).surface);
        else stage.panels.get(lane)?.show(data, true);
      }
      if (answer.status !== 200) {
        const held = await heldBack(answer, true);
        if (!held && answer.status !== 204) continue;
        if (wanted && !wanted.lanes.includes(lane)) wanted.lanes.unshift(lane); // a class keeps the server busy: once more in a while
        if (!held) await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    } catch (error) {
      if (!asked.signal.aborted) console.warn(error); // the page brings the same run once the hand lets go
    }
  }
  busy = false;
}

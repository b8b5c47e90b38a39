// A lane's run for a setting that is still moving: one request under way, and then one for the newest value.

import { stage, wholeLink } from "./store.js";

const PAUSE = 500; // milliseconds

let wanted = null;
let busy = false;
let asked; // ends the request under way

/** Show a lane, by its number, with setting `name` = value; while a request is under way only the newest value waits. */
export function tryOut(lane, name, value) {
  wanted = { lane, name, value };
  if (!busy) work();
}

/** The page brings the run now: a request that is still under way has come too late. */
export function stopTrying() {
  wanted = null;
  asked?.abort();
}

async function work() {
  busy = true;
  while (wanted) {
    const { lane, name, value } = wanted;
    wanted = null;
    const link = wholeLink();
    link.set(name, value);
    asked = new AbortController();
    try {
      const answer = await fetch(new URL(`lane/${lane}?${link}`, document.baseURI), { signal: asked.signal });
      if (answer.status === 200) stage.panels.get(lane)?.show(new Uint8Array(await answer.arrayBuffer()), true);
      if (answer.status === 204) {
        wanted ??= { lane, name, value }; // a class keeps the server busy: once more in a while, unless the slider is let go before
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    } catch (error) {
      if (!asked.signal.aborted) console.warn(error); // the page brings the same run once the slider is let go
    }
  }
  busy = false;
}

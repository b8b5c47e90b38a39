// The connection to the server, as Streamlit tells of it.
//
// A server that was started anew, or has waited for minutes, knows the page no more: it hears no change of a lane until it has drawn the page.

import { watchServer } from "./page.js";

const listeners = new Set();
const held = new Map();
let connected = true;
let watching = false;

export let known = true; // whether the server has drawn the page since the connection was lost

/** `listener` hears "back" when a lost connection is there again, and "known" once the page has been drawn there. */
export function onConnection(listener) {
  watch();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Send now, or what was last to be sent under this name as soon as it is heard. */
export function send(name, message) {
  if (known) message();
  else held.set(name, message);
}

function watch() {
  watching ||= watchServer(changed);
}

function changed({ connected: now, finished }) {
  const was = connected;
  connected = now;
  if (!connected) known = false;
  else if (!was) tell("back");
  else if (!known && finished) {
    known = true;
    tell("known");
    for (const message of held.values()) message();
    held.clear();
  }
}

function tell(what) {
  for (const listener of listeners) listener(what);
}

// The connection to the server, as Streamlit tells of it.
//
// A server that was started anew, or has not heard of the page for minutes, has forgotten it: changes in a lane are lost until it has drawn it again.

import { watchServer } from "./page.js";

const listeners = new Set();
const held = new Map();
let connected = true;
let watching = false;

export let known = true; // whether the server has drawn the page since the connection was lost

/** Call listener("back") when a lost connection is there again, and listener("known") once the server has drawn the page again. */
export function onConnection(listener) {
  watch();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Send a message now or, while the server does not know the page, once it does; of several under one name only the last. */
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

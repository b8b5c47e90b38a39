// The connection to the server, as Streamlit tells of it.
//
// A server that was started anew, or has not heard of the page for minutes, has forgotten it: changes in a lane are lost until it has drawn it again.

import { scriptRuns, watchServer } from "./page.js";

const listeners = new Set();
const held = new Map();
let connected = true;
let watching = false;
let asked = false; // whether a part has asked the server to draw the page and waits for its answer

export let known = true; // whether the server has drawn the page since the connection was lost

/**
 * Call listener("back") when a lost connection is there again, listener("known") once the server has drawn the page again, and listener("drawn")
 * whenever it has drawn the page.
 *
 * A listener that asks the server for that returns true on "back", and calls `answered` when the answer has come: until then a script that ends may
 * be one that was overtaken before it had drawn all.
 */
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

/** The server has drawn the page, which it was asked for. */
export function answered() {
  asked = false;
  if (connected && !known && !scriptRuns()) becomeKnown();
}

function watch() {
  watching ||= watchServer(changed);
}

function changed({ connected: now, finished }) {
  const was = connected;
  connected = now;
  if (!connected) known = false;
  else if (!was) asked = tell("back").some(Boolean);
  else if (!known && finished && !asked) becomeKnown();
  if (known && finished) tell("drawn");
}

function becomeKnown() {
  known = true;
  tell("known");
  for (const message of held.values()) message();
  held.clear();
}

function tell(what) {
  return [...listeners].map((listener) => listener(what));
}

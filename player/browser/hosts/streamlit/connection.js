// The connection to the server, as Streamlit's root element tells of it.
//
// A server that was started anew, or has waited for minutes, knows the page no more: it hears no change of a lane until it has drawn the page.

const CONNECTION = "data-test-connection-state";
const SCRIPT = "data-test-script-state";

const listeners = new Set();
const held = new Map();
let connected = true;
let app;

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
  if (app) return;
  app = document.querySelector(`[${CONNECTION}]`);
  if (app) new MutationObserver(changed).observe(app, { attributeFilter: [CONNECTION, SCRIPT] });
}

function changed(changes) {
  const was = connected;
  connected = app.getAttribute(CONNECTION) === "CONNECTED";
  if (!connected) known = false;
  else if (!was) tell("back");
  else if (!known && changes.some(({ attributeName }) => attributeName === SCRIPT) && app.getAttribute(SCRIPT) === "notRunning") {
    known = true;
    tell("known");
    for (const message of held.values()) message();
    held.clear();
  }
}

function tell(what) {
  for (const listener of listeners) listener(what);
}

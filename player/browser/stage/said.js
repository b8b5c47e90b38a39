// Sentences that any part has to say, and that the page shows at one place.

const listeners = new Set();

export function say(text) {
  for (const listener of listeners) listener(text);
}

/** Call listener(text) with each; returns a function that ends it. */
export function listenToSaid(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

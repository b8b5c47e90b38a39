// What the server is asked for that can wait: one thing after the other, so that none of them finds it busy with another of this page.

import { ask } from "../base/ask.js";

let last = Promise.resolve();
let answer = (path, signal) => ask(path, { signal });

/** From now on other(path) answers, a Response or the promise of one: where no server is. */
export function answerWith(other) {
  answer = other;
}

/** The answer to a request for `path`, below the page's address, once it is its turn; the signal ends it, before its turn too. */
export function askQuietly(path, signal) {
  const turn = () => answer(path, signal);
  last = last.then(turn, turn);
  return last;
}

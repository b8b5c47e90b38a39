// What the server is asked for that can wait: one thing after the other, so that none of them finds it busy with another of this page.

let last = Promise.resolve();
let answer = (path, signal) => fetch(new URL(path, document.baseURI), { signal });

/** From now on other(path) answers, a Response or the promise of one: where no server is. */
export function answerWith(other) {
  answer = other;
}

/** The answer to a request for `path`, below the page's address, once it is its turn; the signal ends it, before its turn too. */
export function askQuietly(path, signal) {
  const ask = () => answer(path, signal);
  last = last.then(ask, ask);
  return last;
}

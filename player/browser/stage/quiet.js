// What the server is asked for that can wait: one thing after the other, so that none of them finds it busy with another of this page.

let last = Promise.resolve();

/** The answer to a request for `path`, below the page's address, once it is its turn; the signal ends it, before its turn too. */
export function askQuietly(path, signal) {
  const ask = () => fetch(new URL(path, document.baseURI), { signal });
  const answer = last.then(ask, ask);
  last = answer;
  return answer;
}

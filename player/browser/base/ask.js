// What a page asks the program: every request says of which version the page is, and another version does not answer it.

const OTHER = 412; // the status of an answer that another version gives (serving/versions.py)

/** The server is of another version than the page, and the page says so. `message` is a sentence; `why` tells it from other errors. */
export class Renewed extends Error {
  why = "renewed";
  after = 10; // seconds until it is worth asking again: a server of the page's version may come back
}

/** The answer at an address of the program, below the page's; `options` are those of `fetch`. Throws Renewed, and what `fetch` throws. */
export async function ask(address, { headers, ...options } = {}) {
  const page = globalThis.descentLab; // of a page that a server has sent: hosts/document/opening.js
  const own = page ? { "Descent-Version": page.version } : {};
  const answer = await fetch(new URL(address, document.baseURI), { ...options, headers: { ...headers, ...own } });
  if (page && answer.status === OTHER) throw new Renewed(page.renewed());
  return answer;
}

/** A file of the program did not come: throws the error, and the page says so where that is because of another version. */
export function missed(error) {
  globalThis.descentLab?.look();
  throw error;
}

// What a hand asks the server for while it moves: one request under way, and then one for the newest wish.

import { ask } from "../base/ask.js";
import { Recent } from "../base/recent.js";
import { unpack } from "../base/unpack.js";
import { heldBack } from "./held.js";
import { handOver } from "./live.js";

const PAUSE = 400; // milliseconds until a server that was busy is asked again
const LATE = 2000; // milliseconds that what was tried holds until the page says it too
const KEPT = 12; // messages that are remembered
export const HEADERS = { "Descent-Tab": Math.random().toString(36).slice(2) }; // by which the server tells one tab's requests from all others

/** The message at an address of the program; null, after a while, where none comes: the server is busy, the connection lost, or it was ended. */
export async function fetched(address, signal) {
  try {
    const answer = await ask(address, { signal, headers: HEADERS });
    if (answer.status === 200) return unpack(new Uint8Array(await answer.arrayBuffer()));
    if (!(await heldBack(answer))) await pause(answer.status === 204 ? PAUSE : 10 * PAUSE);
  } catch (error) {
    if (signal?.aborted) return null;
    console.warn(error);
    await pause(10 * PAUSE);
  }
  return null;
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** From now on tried(settings) is told all that sliders and the start are moved to, {} once the page has had time to say it; returns what ends it. */
export function followed(tried) {
  let settings = {};
  let timer = null;
  const tell = (to) => tried((settings = to));
  const release = handOver((moved) => {
    clearTimeout(timer);
    if (moved) tell({ ...settings, ...moved });
    else timer = setTimeout(tell, LATE, {});
  });
  return {
    /** The page says it now. */
    forget() {
      clearTimeout(timer);
      settings = {};
    },
    end() {
      clearTimeout(timer);
      release();
    },
  };
}

/** What the program makes of a page's settings and of what the hand tries. */
export class Asked {
  /** `route` is the program's, put(message) takes what has come; moved() is called when the hand tries something. */
  constructor(route, put, moved = () => {}) {
    Object.assign(this, { route, put, link: null, tried: {}, known: new Recent(KEPT), came: null, busy: false });
    this.hand = followed((tried) => {
      this.tried = tried;
      moved();
      this.work();
    });
  }

  /** The page has these settings. */
  show(link) {
    this.hand.forget();
    Object.assign(this, { link, tried: {} });
    this.work();
  }

  /** What is wanted now, by its address. */
  get wanted() {
    return this.link && `${this.route}?${new URLSearchParams({ ...this.link, ...this.tried })}`;
  }

  async work() {
    if (this.busy) return;
    this.busy = true;
    try {
      for (let next = this.wanted; next && next !== this.came; next = this.wanted) {
        const message = this.known.get(next) ?? (await fetched(next));
        if (!message || !this.link) continue;
        this.came = next;
        this.known.keep(next, message);
        this.put(message);
      }
    } finally {
      this.busy = false;
    }
  }

  end() {
    this.hand.end();
    this.link = null;
  }
}

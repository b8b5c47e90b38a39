// Work that the server does in small parts: one request after the other, which can be stopped and gone on with. Leaving the page ends it.

import { Recent } from "../base/recent.js";
import { fetched } from "./asked.js";

const KEPT = 500; // answers that are remembered

export class Job {
  /** changed() is called when an answer has come, and when the work is begun, stopped or done. */
  constructor(changed) {
    Object.assign(this, { changed, parts: [], known: new Recent(KEPT), stopped: true, asked: null, busy: false });
  }

  /** Ask for these addresses, of which some may be known. The same ones again go on as they are, or stay stopped. */
  begin(parts) {
    if (String(parts) !== String(this.parts)) {
      this.asked?.abort();
      Object.assign(this, { parts, stopped: false });
    }
    this.work();
  }

  stop() {
    this.stopped = true;
    this.asked?.abort();
    this.changed();
  }

  goOn() {
    this.stopped = false;
    this.work();
  }

  /** How many of the parts have come. */
  get done() {
    return this.parts.filter((part) => this.known.has(part)).length;
  }

  get complete() {
    return this.done === this.parts.length;
  }

  /** What has come of a part, or undefined. */
  answer(part) {
    return this.known.get(part);
  }

  async work() {
    this.changed();
    if (this.busy) return;
    this.busy = true;
    try {
      for (let next = this.next(); next; next = this.next()) {
        this.asked = new AbortController();
        const message = await fetched(next, this.asked.signal);
        if (!message) continue;
        this.known.keep(next, message);
        this.changed();
      }
    } finally {
      this.busy = false;
    }
  }

  next() {
    return this.stopped ? null : this.parts.find((part) => !this.known.has(part));
  }

  end() {
    this.changed = () => {};
    this.stop();
  }
}

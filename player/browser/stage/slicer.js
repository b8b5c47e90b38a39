// The loss on a plane, which the server works out a little at a time: one request after the other. Leaving the page, or the plane, ends the asking.

import { fetched } from "./asked.js";

const PAUSE = 400; // milliseconds until a place in the queue is asked for again

export class Slicer {
  /** changed() is called when an answer has come, and when the work is begun or done. */
  constructor(changed) {
    Object.assign(this, { changed, link: null, found: null, place: 0, error: "", asked: null, busy: false });
  }

  /** Work out the plane of these settings, or with null none; who: the place in the queue. */
  begin(link, who) {
    const wanted = link && named(link);
    if (wanted !== this.wanted) {
      this.asked?.abort();
      Object.assign(this, { wanted, found: null, place: 0, error: "" });
    }
    Object.assign(this, { link, who });
    this.work();
  }

  retry() {
    this.error = "";
    this.work();
  }

  get over() {
    return Boolean(this.found?.fine);
  }

  async work() {
    this.changed();
    if (this.busy) return;
    this.busy = true;
    try {
      while (this.link && !this.error && !this.over) {
        const { wanted } = this;
        this.asked = new AbortController();
        const message = await fetched(`plane?${new URLSearchParams({ ...this.link, who: this.who })}`, this.asked.signal);
        if (!message || wanted !== this.wanted || this.asked.signal.aborted) continue;
        const { plane, trained = plane } = message;
        Object.assign(this, { place: trained.place, error: trained.error });
        if (plane && (plane.surface || !this.found?.surface)) this.found = plane; // another process of the server may be behind
        this.changed();
        if (this.place) await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    } finally {
      this.busy = false;
    }
  }

  end() {
    this.changed = () => {};
    this.link = null;
    this.asked?.abort();
  }
}

/** The settings on which the plane hangs, and its words, as a text. */
function named(link) {
  return JSON.stringify(Object.entries(link).filter(([key]) => !key.endsWith(".look") && !(key === "lane" && link.plane === "all")));
}

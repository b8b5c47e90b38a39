// Trainings that the server does a little at a time: one request after the other. Leaving the page, or a pause, ends the asking, and so the work.

import { fetched } from "./asked.js";

const PAUSE = 400; // milliseconds until a place in the queue is asked for again
const UNLIKE = ["lane", "lang"]; // what changes no training

const token = () => Math.random().toString(36).slice(2);

export class Trainer {
  /**
   * changed() is called when an answer has come, and when the work is begun, paused or done.
   *
   * `route` is the program's; whether a look at one lane's network is wanted too says `looks`.
   */
  constructor(changed, { route = "training", looks = true } = {}) {
    Object.assign(this, { changed, route, looks, link: null, found: null, paused: false, place: 0, error: "", asked: null, busy: false });
    this.who = token(); // one place in the queue for each page
    this.again = ""; // what was begun anew is kept apart from what the server knows already
  }

  /** Train as these settings have it. */
  begin(link) {
    const before = this.link;
    this.link = link;
    if (!before || trainings(before) !== trainings(link)) this.drop();
    this.work();
  }

  /** Forget what has come. */
  drop() {
    this.asked?.abort();
    Object.assign(this, { found: null, paused: false, error: "", place: 0 });
  }

  anew() {
    this.again = token();
    this.drop();
    this.work();
  }

  pause() {
    this.paused = true;
    this.asked?.abort();
    this.changed();
  }

  goOn() {
    Object.assign(this, { paused: false, error: "" });
    this.work();
  }

  /** Whether all is there that is wanted: every training, and a look at the lane that is looked at. */
  get over() {
    return Boolean(this.found?.over) && (!this.looks || this.seen?.lane === Number(this.link.lane));
  }

  async work() {
    this.changed();
    if (this.busy) return;
    this.busy = true;
    try {
      while (this.link && !this.paused && !this.error && !this.over) {
        const asked = trainings(this.link);
        this.asked = new AbortController();
        const query = new URLSearchParams({ ...this.link, who: this.who, again: this.again });
        const message = await fetched(`${this.route}?${query}`, this.asked.signal);
        if (!message || !this.link || asked !== trainings(this.link) || this.asked.signal.aborted) continue;
        this.take(message.trained);
        this.changed();
        if (this.place) await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    } finally {
      this.busy = false;
    }
  }

  take(trained) {
    Object.assign(this, { place: trained.place, error: trained.error });
    if (!trained.lanes || (this.found && reached(trained) < reached(this.found))) return;
    this.found = trained;
    if (trained.seen) this.seen = { ...trained.seen, lane: trained.lane };
  }

  end() {
    this.changed = () => {};
    this.link = null;
    this.asked?.abort();
  }
}

/** How far an answer is. Another process of the server may be behind the one that answered before. */
function reached({ done, lanes }) {
  return done ?? lanes.reduce((sum, { step }) => sum + step, 0);
}

/** The settings on which the trainings hang, as a text. */
function trainings(link) {
  return JSON.stringify(Object.entries(link).filter(([key]) => !UNLIKE.includes(key) && !key.endsWith(".look")));
}

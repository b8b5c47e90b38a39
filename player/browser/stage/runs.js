// Runs that are shown without panels of their own: one request under way, always for what is wanted now.

import { fetched } from "./asked.js";
import { dropLane, setLane } from "./store.js";

export class Runs {
  /** wanted(): by lane, the link that asks for its run, the most wanted first; look(index): how the lane looks beside its own look. */
  constructor(wanted, look) {
    Object.assign(this, { wanted, look, shown: new Map(), busy: false });
  }

  async work() {
    for (const index of [...this.shown.keys()]) {
      if (this.wanted().has(index)) continue;
      this.shown.delete(index);
      dropLane(index, holder);
    }
    if (this.busy) return;
    this.busy = true;
    try {
      for (let next = this.missing(); next; next = this.missing()) await this.ask(...next);
    } finally {
      this.busy = false;
    }
  }

  missing() {
    return [...this.wanted()].find(([index, link]) => this.shown.get(index) !== link);
  }

  async ask(index, link) {
    const message = await fetched(`lane/1?${link}`);
    if (!message || !this.wanted().has(index)) return;
    this.shown.set(index, link);
    setLane(Object.assign(message.lane, { index, link: null }, this.look(index)), holder);
  }
}

/** What stands for a panel, whose map is there. */
const holder = { show() {}, data: null, root: document.documentElement, area: { map: { there: true } } };

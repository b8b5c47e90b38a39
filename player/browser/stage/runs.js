// Runs that are shown without panels of their own: one request under way, always for what is wanted now.

import { fetched } from "./asked.js";
import { dropLane, onChange, setLane, stage } from "./store.js";

export class Runs {
  /** wanted(): by lane, the link that asks for its run, the most wanted first; look(index): how the lane looks beside its own look. */
  constructor(wanted, look) {
    Object.assign(this, { wanted, look, runs: new Map(), busy: false });
    this.unlisten = onChange((what) => what === "lane" && this.place());
  }

  async work() {
    for (const index of [...this.runs.keys()]) {
      if (this.wanted().has(index)) continue;
      this.runs.delete(index);
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
    return [...this.wanted()].find(([index, link]) => this.runs.get(index)?.link !== link);
  }

  async ask(index, link) {
    const message = await fetched(`lane/1?${link}`);
    if (!message || !this.wanted().has(index)) return;
    this.runs.set(index, { link, lane: Object.assign(message.lane, { index, link: null }, this.look(index)) });
    this.place();
  }

  /** Show them where no panel is: one of a page that goes leaves its place at the end, and one of a page that comes takes it. */
  place() {
    for (const [index, { lane }] of this.runs) {
      const panel = stage.panels.get(index) ?? holder;
      if (panel === holder && stage.lanes.get(index) !== lane) setLane(lane, holder);
    }
  }

  /** Nothing is wanted any more. */
  end() {
    this.unlisten();
    this.work();
  }
}

/** What stands for a panel, whose map is there. */
const holder = { show() {}, data: null, root: document.documentElement, area: { map: { there: true } } };

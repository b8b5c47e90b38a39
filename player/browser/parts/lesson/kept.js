// Lanes' runs with settings that were let go, asked for until they come: the server may be busy, or away for a while.

import { ask } from "../../base/ask.js";
import { stage, wholeLink } from "../../stage/store.js";

const BUSY = 400; // milliseconds until a server without time is asked again
const AWAY = 2000; // milliseconds until one that does not answer is

export class Kept {
  /** lost(on) is called when the server does not answer, and when it does again. */
  constructor(lost) {
    Object.assign(this, { lost, wanted: new Map(), working: false });
  }

  /** Show a lane with these settings. */
  show(lane, settings) {
    this.wanted.set(lane, settings);
    if (!this.working) this.work();
  }

  /** Nothing is wanted any more. */
  drop() {
    this.wanted.clear();
  }

  async work() {
    this.working = true;
    while (this.wanted.size) {
      const [lane, settings] = this.wanted.entries().next().value;
      const link = wholeLink();
      for (const [name, value] of Object.entries(settings)) link.set(name, value);
      const run = await this.run(lane, link);
      if (!run || this.wanted.get(lane) !== settings) continue; // a newer one is wanted, or none
      this.wanted.delete(lane);
      stage.panels.get(lane)?.show(run);
    }
    this.working = false;
  }

  /** The message for a lane, or null after a while. */
  async run(lane, link) {
    try {
      const answer = await ask(`lane/${lane}?${link}`);
      if (answer.status === 200) {
        const run = new Uint8Array(await answer.arrayBuffer());
        this.lost(false);
        return run;
      }
      await pause(answer.status === 204 ? BUSY : AWAY);
    } catch (error) {
      this.lost(!error.why); // of another version the page speaks itself
      await pause(AWAY);
    }
    return null;
  }
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

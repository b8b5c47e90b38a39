// Asks again and again, about every second and never all at once: less often out of sight or where the answer takes long, later where there is none,
// at once when the network is back.

const EVERY = 1000; // milliseconds, on average
const REST = 5; // times as long as an answer took is nothing asked: a busy server gets fewer questions
const HIDDEN = 10000; // while nobody looks
const LATEST = 8000; // of a slow server, and after several times without an answer

export class Poll {
  /** `ask()` is a promise that fails where nobody answers, or gives seconds to wait before the next time. */
  constructor(ask) {
    Object.assign(this, { ask, lost: 0, asking: false });
    this.woken = () => !document.hidden && this.soon();
    document.addEventListener("visibilitychange", this.woken);
    addEventListener("online", this.woken);
    this.soon();
  }

  /** Now. */
  soon() {
    clearTimeout(this.timer);
    if (!this.over && !this.asking) this.run();
    else this.again = true;
  }

  async run() {
    [this.asking, this.again] = [true, false];
    const begun = performance.now();
    let wait = 0;
    try {
      wait = (await this.ask()) ?? 0;
      this.lost = 0;
    } catch {
      this.lost += 1;
    }
    this.asking = false;
    if (this.over) return;
    const slow = Math.min(REST * (performance.now() - begun), LATEST);
    const usual = document.hidden ? HIDDEN : Math.max(EVERY, slow);
    const late = this.lost ? Math.min(usual * 2 ** (this.lost - 1), Math.max(LATEST, usual)) : Math.max(usual, 1000 * wait);
    this.timer = setTimeout(() => this.run(), this.again && !wait ? 0 : late * (0.75 + Math.random() / 2));
  }

  end() {
    this.over = true;
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.woken);
    removeEventListener("online", this.woken);
  }
}

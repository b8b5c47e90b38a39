// The row above what is trained: how far it is, and the buttons that pause it, begin it anew and save a picture.

import { setText } from "../base/text.js";

export class TrainJob {
  /** `trainer` does the work, save() saves the picture. */
  constructor(root, trainer, save) {
    Object.assign(this, { root, trainer, bar: root.querySelector("progress") });
    const find = (name) => root.querySelector(`.dl-${name}`);
    [this.count, this.toggle, this.anew, this.picture] = ["train-count", "train-toggle", "train-anew", "picture"].map(find);
    this.toggle.addEventListener("click", () => (trainer.paused || trainer.error ? trainer.goOn() : trainer.pause()));
    this.anew.addEventListener("click", () => trainer.anew());
    this.picture.addEventListener("click", () => trainer.found && save());
  }

  show(words) {
    this.words = words;
    this.picture.title = words.picture;
    this.picture.setAttribute("aria-label", words.picture);
    setText(this.anew, words.again);
  }

  /** value of all is done; `said` is how that is told. */
  fill({ value, all, said }) {
    const { trainer, words, bar, count, toggle, root } = this;
    Object.assign(bar, { max: all, value, hidden: trainer.over });
    bar.setAttribute("aria-label", words.title);
    const place = trainer.place ? words.place.replace("{place}", trainer.place) : "";
    count.setAttribute("aria-live", trainer.over || trainer.paused || trainer.error || trainer.place ? "polite" : "off");
    setText(count, [...said, place, trainer.error].filter(Boolean).join(" · "));
    count.toggleAttribute("data-error", Boolean(trainer.error));
    toggle.hidden = trainer.over;
    setText(toggle, trainer.error ? words.retry : trainer.paused ? words.continue : words.pause);
    this.anew.hidden = this.picture.hidden = !trainer.found;
    root.dataset.state = trainer.over ? "over" : trainer.error ? "error" : trainer.paused ? "paused" : "training";
  }
}

// Another page of the program in a lesson, with a sign until it is there.

import { element } from "../../base/element.js";
import { setText } from "../../base/text.js";

const THERE = ".dl-bar"; // what every page of the program has once it can be used
const OFTEN = 200; // milliseconds between two looks

export class Frame {
  /** pressed(event) is called with keys that are pressed in the frame. */
  constructor(frame, pressed) {
    Object.assign(this, { frame, pressed, sign: element("p", { className: "dl-lesson-loading", role: "status", hidden: true }) });
    frame.before(this.sign);
    frame.addEventListener("load", () => this.loaded());
  }

  show(address, title, waiting) {
    const { frame, sign } = this;
    frame.title = title;
    frame.hidden = false;
    setText(sign, waiting);
    if (this.address === address) return;
    this.address = address;
    sign.hidden = false;
    frame.contentWindow.location.replace(address); // Back leads to the step before
    this.look();
  }

  /** There is no page to show, and a sentence says so. */
  away(said) {
    this.frame.hidden = true;
    this.sign.hidden = false;
    setText(this.sign, said);
  }

  hide() {
    this.frame.hidden = this.sign.hidden = true;
    if (this.address) this.frame.contentWindow.location.replace("about:blank"); // it computes no more
    this.address = null;
    clearTimeout(this.timer);
  }

  loaded() {
    if (this.address) this.frame.contentWindow.addEventListener("keydown", this.pressed);
  }

  /** The sign goes once the page can be seen. */
  look() {
    clearTimeout(this.timer);
    const there = this.frame.contentDocument?.querySelector(THERE);
    if (there) this.sign.hidden = true;
    else this.timer = setTimeout(() => this.look(), OFTEN);
  }
}

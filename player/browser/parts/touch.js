// Fingers on a map: one scrolls the page or taps, two zoom the map, a double tap shows the whole map again.

import { settle, stretch } from "./stretch.js";

const DOUBLE = 300; // milliseconds between the taps of a double tap

/** `ground()` is what lies there now, `moving` follows the fingers until they leave; `back.go()` shows the whole again where that is `needed()`. */
export class Touch {
  constructor(element, ground, moving, back) {
    Object.assign(this, { element, ground, moving, back });
    const options = { capture: true, passive: false };
    element.addEventListener("touchstart", (event) => this.began(event), options);
    element.addEventListener("touchmove", (event) => this.moved(event), options);
    for (const end of ["touchend", "touchcancel"]) element.addEventListener(end, (event) => this.ended(event), options);
  }

  /** Call `pick` once it is sure that no second tap follows. */
  tap(pick) {
    if (this.timer) {
      clearTimeout(this.timer);
      this.timer = null;
      this.back.go();
    } else if (!this.back.needed()) pick();
    else {
      this.timer = setTimeout(() => {
        this.timer = null;
        pick();
      }, DOUBLE);
    }
  }

  began(event) {
    if (event.touches.length !== 2 || !this.ground()?.level) return;
    event.preventDefault();
    event.stopPropagation();
    this.first = this.fingers(event);
    this.now = this.first;
  }

  moved(event) {
    if (!this.first || event.touches.length !== 2) return;
    event.preventDefault();
    event.stopPropagation();
    this.now = this.fingers(event);
    const [from, to] = [this.first, this.now];
    stretch(this.moving, from, to, to.apart / from.apart);
  }

  ended(event) {
    if (!this.first || event.touches.length > 1) return;
    const [from, to] = [this.first, this.now];
    this.first = null;
    settle(this.moving, this.ground().box, from, to, to.apart / from.apart);
  }

  /** The middle of two fingers, from the map's corner, and how far apart they are. */
  fingers({ touches: [a, b] }) {
    const box = this.first ? this.corner : (this.corner = this.element.getBoundingClientRect());
    return {
      x: (a.clientX + b.clientX) / 2 - box.left,
      y: (a.clientY + b.clientY) / 2 - box.top,
      apart: Math.max(Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY), 1),
    };
  }
}

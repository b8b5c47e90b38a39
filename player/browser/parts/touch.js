// Fingers on a map: one scrolls the page or taps, two zoom the map, a double tap shows the whole map again.

import { setView, stage } from "../stage/store.js";

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
    const grown = to.apart / from.apart;
    const moves = `translate(${to.x - grown * from.x}px, ${to.y - grown * from.y}px) scale(${grown})`;
    for (const part of this.moving) Object.assign(part.style, { transformOrigin: "0 0", transform: moves });
  }

  ended(event) {
    if (!this.first || event.touches.length > 1) return;
    const [from, to] = [this.first, this.now];
    this.first = null;
    for (const part of this.moving) part.style.transform = "";
    const grown = to.apart / from.apart;
    if (grown === 1 && to.x === from.x && to.y === from.y) return;
    const { x, y, width, height, scale } = this.ground().box;
    // Where the plot area's corners were before the fingers moved them: what lay there is seen in them now.
    const back = (v, axis) => ((v * scale - to[axis]) / grown + from[axis]) / scale;
    const [[x0, x1], [y0, y1]] = stage.view;
    const [left, right] = [back(x, "x"), back(x + width, "x")].map((v) => x0 + ((v - x) / width) * (x1 - x0));
    const [top, bottom] = [back(y, "y"), back(y + height, "y")].map((v) => y1 - ((v - y) / height) * (y1 - y0));
    setView([
      [left, right],
      [bottom, top],
    ]);
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

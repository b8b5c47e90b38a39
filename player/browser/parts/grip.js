// The start of the runs, which is dragged by its ring: all lanes follow the hand, and letting go sets it.

import { drawStart } from "../drawing/trail.js";
import { repaint } from "../stage/clock.js";
import { stopTrying, tryOut } from "../stage/live.js";
import { mode, scale } from "../stage/mode.js";
import { lanesInOrder, stage } from "../stage/store.js";

const REACH = { touch: 22, other: 12 }; // pixels from the ring's middle within which a finger, or anything else, takes it
const STILL = 4; // pixels that a click may wander

let held = null; // the start under the hand, while it is dragged

/** The start under the hand, drawn in a lane's colours; nothing while there is none. */
export function paintHeld(context, lane, ground, colours) {
  if (held && !ground.turns) drawStart(context, ...ground.project(...held), { line: lane.colours[colours.name], casing: colours.background });
}

/** A coordinate of a start to a thousandth of the view or finer, with as few digits as that needs. */
export function placed(point) {
  return point.map((value, i) => {
    const unit = 10 ** Math.floor(Math.log10((stage.view[i][1] - stage.view[i][0]) / 1000));
    return Number((Math.round(value / unit) * unit).toPrecision(6));
  });
}

export class Grip {
  /** `ground()` is what lies on the map's element now, `pick(point)` takes the start that was let go. */
  constructor(element, ground, pick) {
    Object.assign(this, { element, ground, pick });
    this.hold = null; // {id, from: the pointer, off: the ring's middle from there, in pixels, before: what the lanes showed, once it has moved}
    this.keyed = (event) => this.escaped(event);
    this.moving = (event) => event.pointerId === this.hold?.id && this.moved(event);
  }

  /** From a pointer to the ring's middle, in pixels, where that is within reach; else null, and where the start is not to be moved. */
  reach({ clientX, clientY, pointerType }) {
    const ground = this.ground();
    if (!ground || ground.turns || mode.predict || !("x" in stage.link)) return null;
    const { left, top } = this.element.getBoundingClientRect();
    const ring = ground.project(Number(stage.link.x), Number(stage.link.y)).map((v) => v * ground.box.scale);
    if (!ground.at(...ring)) return null;
    const off = [ring[0] + left - clientX, ring[1] + top - clientY];
    return Math.hypot(...off) <= (REACH[pointerType] ?? REACH.other) * Math.max(scale(), 1) ? off : null;
  }

  /** Show a pointer that the ring can be taken. */
  offer(event) {
    this.element.classList.toggle("dl-grip", Boolean(this.hold || this.reach(event)));
  }

  take(event) {
    const off = event.button === 0 && event.isPrimary ? this.reach(event) : null;
    if (!off) return;
    this.hold = { id: event.pointerId, from: [event.clientX, event.clientY], off, before: null };
    addEventListener("pointermove", this.moving, true);
    addEventListener("keydown", this.keyed, true);
  }

  moved({ clientX, clientY }) {
    const { hold, element } = this;
    if (!hold.before && Math.hypot(clientX - hold.from[0], clientY - hold.from[1]) < STILL) return;
    hold.before ??= new Map([...stage.panels].map(([index, panel]) => [index, panel.data]));
    const { left, top } = element.getBoundingClientRect();
    const { x, y, width, height, scale: unit } = this.ground().box;
    const within = (v, low, size) => Math.min(Math.max(v / unit, low), low + size) * unit;
    const at = this.ground().at(within(clientX + hold.off[0] - left, x, width), within(clientY + hold.off[1] - top, y, height));
    if (!at) return;
    held = placed(at);
    document.documentElement.toggleAttribute("data-gripping", true);
    tryOut(
      lanesInOrder().map(({ index }) => index),
      { x: held[0], y: held[1] },
    );
    repaint();
  }

  /** Let it go where it is. Whether it was dragged. */
  letGo() {
    if (!this.hold?.before) {
      this.leave();
      return false;
    }
    const point = held;
    const same = point.every((v, i) => v === Number(stage.link[["x", "y"][i]]));
    if (same) this.putBack();
    else {
      this.leave();
      this.pick(point);
    }
    return true;
  }

  /** All lanes are again as they were before. */
  putBack() {
    const before = this.hold?.before;
    this.leave();
    before?.forEach((data, index) => stage.panels.get(index)?.show(data, true));
  }

  leave() {
    if (this.hold?.before) stopTrying();
    removeEventListener("pointermove", this.moving, true);
    removeEventListener("keydown", this.keyed, true);
    this.hold = held = null;
    document.documentElement.toggleAttribute("data-gripping", false);
    repaint();
  }

  escaped(event) {
    if (event.key !== "Escape" || !this.hold.before) return;
    event.preventDefault();
    event.stopPropagation();
    this.putBack();
  }
}

// The map beside a map of runs: the runs of the cells that are kept, and of the one that is pointed at.

import { narrow } from "../stage/mode.js";
import { Overlay } from "./overlay.js";

const PART = { desk: 0.5, phone: 0.42 }; // of the window's height

const room = (width) => Math.min(width, (narrow() ? PART.phone : PART.desk) * window.innerHeight);

export class Beside extends Overlay {
  constructor(parent) {
    super(parent, room, () => true);
  }
}

// A map that is drawn here, of the level lines of the grid that is there, however far it is zoomed.

import { sized } from "../../base/canvas.js";
import { drawLevels } from "../../drawing/levels.js";
import { SurfaceMap } from "../../drawing/map.js";
import { repaint } from "../../stage/clock.js";
import { hides, mode } from "../../stage/mode.js";
import { stage } from "../../stage/store.js";
import { listenToBox } from "./zoombox.js";

export class LevelMap extends SurfaceMap {
  constructor(...given) {
    super(...given);
    this.canvas = Object.assign(document.createElement("canvas"), { className: "dl-levels" });
    this.frame = Object.assign(document.createElement("div"), { className: "dl-zoombox", hidden: true });
  }

  get there() {
    return Boolean(this.ground);
  }

  update(colours) {
    this.measure();
    if (!this.ground) return;
    if (!this.canvas.isConnected) this.begin();
    const key = [stage.surface, this.ground, colours.name, colours.background, mode.hide.join(), devicePixelRatio];
    if (this.drawn && key.every((part, i) => part === this.drawn[i])) return;
    this.drawn = key;
    const { outer, total, scale } = this.box;
    drawLevels(sized(this.canvas, outer, total, undefined, scale), stage.surface.figure, this.ground, colours, !hides("minima"));
    repaint();
  }

  begin() {
    this.element.replaceChildren(this.canvas, this.frame);
    this.listening = new AbortController();
    listenToBox(this.element, this.frame, () => this.ground, this.listening.signal);
    this.element.addEventListener("dblclick", () => this.home(), { signal: this.listening.signal });
  }

  end() {
    this.listening?.abort();
    this.ground = this.drawn = null;
    this.canvas.remove();
    this.frame.remove();
  }
}

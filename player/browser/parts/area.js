// A map in the page, with the canvas over it on which runs are drawn, the field between them, and what a pointer does there.

import { sized } from "../base/canvas.js";
import { showField } from "../drawing/field.js";
import { SurfaceMap } from "../drawing/map.js";
import { mapFor } from "../drawing/scene.js";
import { waiting } from "../stage/predict.js";
import { stage } from "../stage/store.js";
import { sayFirst } from "./first.js";
import { listenToMap } from "./pointing.js";
import { listenToScene } from "./turning.js";

export class Area {
  /**
   * `root` holds its elements; room(width): the most height that it may take; pick(point) takes a point that is clicked;
   *
   * inspected(): the inspected lane's numbers where its arrows are drawn here.
   */
  constructor(root, room, pick, inspected) {
    const find = (name) => root.querySelector(`.dl-${name}`);
    this.parts = { map: find("map"), canvas: find("trail"), field: find("field"), hover: find("hover"), home: find("home") };
    this.room = room;
    this.map = new SurfaceMap(this.parts.map, room);
    this.parts.home.addEventListener("click", () => this.map.home());
    const back = { needed: () => !this.map.atHome(), go: () => this.map.home() };
    this.unlisten = [
      listenToMap(this.parts, () => this.ground, pick, back, inspected),
      listenToScene(this.parts.map, () => Boolean(this.ground?.turns), waiting),
    ];
  }

  /** What runs are drawn on now, or null. */
  get ground() {
    return this.map.ground;
  }

  /** The size of the canvas and where the ground lies in it, or undefined before there is one. */
  get box() {
    return this.map.box;
  }

  name(home) {
    this.parts.home.title = home;
    this.parts.home.setAttribute("aria-label", home);
  }

  /** Show what stands still: the map with the field on it, or the surface in 3-D. */
  update(colours) {
    const { field } = this.parts;
    this.map = mapFor(this.map, this.room);
    this.map.update(colours);
    this.offerHome();
    const shown = fieldShown(this.ground);
    field.toggleAttribute("hidden", !shown); // a picture has no `hidden` of its own
    if (shown) showField(field, stage.surface, this.ground, colours);
    if (this.ground) sayFirst(this.parts.map.parentElement, this.box);
  }

  offerHome() {
    this.parts.home.hidden = this.map.atHome();
  }

  /** The canvas, cleared, in the units of the box. */
  context() {
    if (this.map.moved()) this.offerHome();
    const { outer, total, scale } = this.box;
    return sized(this.parts.canvas, outer, total, undefined, scale);
  }

  /** Nothing is shown until the next update. */
  clear() {
    this.map.end();
  }

  end() {
    for (const end of this.unlisten) end();
    this.map.end();
  }
}

/** Whether the gradient field is shown on this ground. */
export function fieldShown(ground) {
  return stage.link.field === "1" && Boolean(stage.surface && ground?.level);
}

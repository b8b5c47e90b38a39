// The surface in 3-D in one panel: a copy of what all panels of its size show.

import { HOME } from "../base/camera.js";
import { newCanvas, sized } from "../base/canvas.js";
import { repaint } from "../stage/clock.js";
import { cameraAtHome, look, setCamera } from "../stage/look.js";
import { isHome, setView, stage } from "../stage/store.js";
import { Graph } from "./graph.js";
import { paintGraph, SurfaceGraph } from "./graphmap.js";
import { pictureOf, SurfaceMap } from "./map.js";
import { Plane } from "./plane.js";
import { keyOf, same, sightOf } from "./sight.js";

const AXES = 10; // units beside a curve

/** The map or the scene, as the settings say, or the curve of a single weight; `now` where it is that. */
export function mapFor(now, room) {
  const Kind = stage.surface?.curve ? SurfaceGraph : stage.link.view === "3d" ? SurfaceScene : SurfaceMap;
  if (now.constructor === Kind) return now;
  now.end();
  return new Kind(now.element, room);
}

function wishesFor(box, colours, density, moving) {
  return { surface: stage.surface, kind: stage.link.height, box, camera: look.camera, moving, colours, density };
}

/** What lies in a box of a still picture, {ground, image}: the map or the scene, as the settings say; density: pixels to a unit of the box. */
export async function stillOf(box, colours, density) {
  if (stage.surface.curve) return curveIn({ ...box, width: box.outer - box.x - AXES, bar: false }, colours, density);
  if (stage.link.view !== "3d") return { ground: new Plane(box, stage.view), image: await pictureOf(box, colours, density) };
  const whole = { ...box, x: 0, y: 0, width: box.outer, height: box.total };
  const { space, canvas } = sightOf(wishesFor(whole, colours, density, false));
  return { ground: space, image: canvas };
}

function curveIn(box, colours, density) {
  const ground = new Graph(box, stage.view, stage.surface.curve);
  const image = newCanvas();
  paintGraph(sized(image, box.outer, box.total, density, box.scale), ground, colours);
  return { ground, image };
}

export class SurfaceScene extends SurfaceMap {
  constructor(...given) {
    super(...given);
    this.canvas = Object.assign(document.createElement("canvas"), { className: "dl-scene", tabIndex: 0 });
    this.canvas.setAttribute("role", "application");
  }

  layout() {
    const { outer, total, scale } = super.layout();
    return { x: 0, y: 0, width: outer, height: total, outer, total, scale };
  }

  get there() {
    return Boolean(this.ground);
  }

  /** Its ground comes with a camera. */
  lay() {}

  /** It is drawn in the next frame. */
  update(colours) {
    this.over = false;
    this.colours = colours;
    this.measure();
    if (stage.words.scene) this.canvas.setAttribute("aria-label", stage.words.scene);
    if (!this.canvas.isConnected) this.element.replaceChildren(this.canvas);
    this.moved();
    repaint();
  }

  wishes() {
    return wishesFor(this.box, this.colours, window.devicePixelRatio || 1, look.moving);
  }

  /** Whether it shows another picture than at the last call; the same ground is every scene's of this size. */
  moved() {
    if (!stage.surface || this.over || !this.box?.outer) return false;
    const wishes = this.wishes();
    const key = keyOf(wishes);
    if (same(key, this.key)) return false;
    const sight = sightOf(wishes);
    Object.assign(this, { key, ground: sight.space });
    const { outer, total, scale } = this.box;
    sized(this.canvas, outer, total, undefined, scale).drawImage(sight.canvas, 0, 0, outer, total);
    return true;
  }

  atHome() {
    return isHome() && cameraAtHome();
  }

  home() {
    setCamera(HOME);
    setView(null);
  }

  end() {
    this.over = true;
    this.ground = this.key = null;
    this.canvas.remove();
  }
}

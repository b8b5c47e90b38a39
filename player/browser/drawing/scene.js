// The surface in 3-D in one panel: a copy of what all panels of its size show.

import { HOME } from "../base/camera.js";
import { sized } from "../base/canvas.js";
import { repaint } from "../stage/clock.js";
import { cameraAtHome, look, setCamera } from "../stage/look.js";
import { hides } from "../stage/mode.js";
import { isHome, setView, stage } from "../stage/store.js";
import { drawGraph, Graph } from "./graph.js";
import { SurfaceGraph } from "./graphmap.js";
import { drawLevels } from "./levels.js";
import { SurfaceMap } from "./map.js";
import { Plane } from "./plane.js";
import { keyOf, same, sightOf } from "./sight.js";

const AXES = 10; // units beside a curve
const [DENSITY, MOST] = [2, 4]; // pixels of the surface in a figure's scene to a unit: in an SVG, and on any canvas at most

/** What a map is where it is flat: a host may put another in its place. */
export const flat = { Kind: SurfaceMap };

/** The map or the scene, as the settings say, or the curve of a single weight; `now` where it is that. */
export function mapFor(now, room) {
  const Kind = stage.surface?.curve ? SurfaceGraph : stage.link.view === "3d" ? SurfaceScene : flat.Kind;
  if (now.constructor === Kind) return now;
  now.end();
  return new Kind(now.element, room);
}

function wishesFor(box, colours, density, moving) {
  return { surface: stage.surface, kind: stage.link.height, box, camera: look.camera, moving, colours, density };
}

/**
 * What lies in a box of a figure, {ground, paint(context)}: the map or the scene, as the settings say.
 *
 * told = {surface, view: the ranges that are seen, kind: of the heights in 3-D, or null for a map, minima: whether they are marked}
 */
export function stillOf(told, box, colours) {
  const { surface, view, kind, minima } = told;
  if (surface.curve) {
    const ground = new Graph({ ...box, width: box.outer - box.x - AXES, bar: false }, view, surface.curve);
    return { ground, paint: (context) => drawGraph(context, ground, surface.names, minima ? surface.figure.data[1].x : [], colours) };
  }
  if (!kind) {
    const ground = new Plane(box, view);
    return { ground, paint: (context) => drawLevels(context, surface.figure, ground, colours, minima) };
  }
  const whole = { ...box, x: 0, y: 0, width: box.outer, height: box.total };
  const sight = (density) => sightOf({ ...wishesFor(whole, colours, density, false), surface, kind });
  const fitting = (context) => (context.vector ? DENSITY : Math.min(Math.max(context.getTransform().a, 1), MOST));
  return { ground: sight(DENSITY).space, paint: (context) => sight(fitting(context)).paint(context, colours) };
}

/** What `stillOf` is told of the page as it is. */
export function shownNow() {
  return { surface: stage.surface, view: stage.view, kind: stage.link.view === "3d" ? stage.link.height : null, minima: !hides("minima") };
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

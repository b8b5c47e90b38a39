// The surface in 3-D in one panel: a Plotly surface, drawn once. All of them are turned together.

import { around, Layer } from "../base/layer.js";
import { cameraOf, clear, plotly } from "../base/plotly.js";
import { repaint } from "../stage/clock.js";
import { hides } from "../stage/mode.js";
import { isHome, setView, stage } from "../stage/store.js";
import { solidFigure } from "./figure.js";
import { SurfaceMap } from "./map.js";
import { drawMarks } from "./marks.js";
import { Relief } from "./relief.js";
import { Space } from "./space.js";

const USUAL = { eye: { x: -0.79, y: -1.51, z: 1.13 }, center: { x: 0, y: 0, z: -0.26 }, up: { x: 0, y: 0, z: 1 } };
const LONG = 50; // milliseconds: where two frames are further apart, scenes are turned one a frame
const SETTLED = 60; // frames after which Plotly has surely drawn what it was told, on a busy machine too
const MARK = 12; // pixels around a mark's middle

const scenes = new Set();
const behind = new Set(); // scenes that have yet to take the camera
let passing = false;
let passed = 0; // when the last ones took it
let camera = null; // as a person has turned it
let able = null;

/** {map, flat}: the map or the scene, as the settings say; `now` where it is that. flat: a scene is wanted, and this browser has no WebGL. */
export function mapFor(now, room) {
  const wanted = stage.link.view === "3d";
  const Kind = wanted && offered() ? SurfaceScene : SurfaceMap;
  const map = now.constructor === Kind ? now : new Kind(now.element, room);
  if (map !== now) now.end();
  return { map, flat: wanted && !able };
}

/** Whether this browser has WebGL. */
function offered() {
  if (able !== null) return able;
  const gl = document.createElement("canvas").getContext("webgl");
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return (able = Boolean(gl));
}

function turn(to, from = null) {
  camera = to;
  for (const scene of scenes) if (scene !== from) behind.add(scene);
  if (!passing) requestAnimationFrame(pass);
  passing = true;
  repaint();
}

/** The other scenes take the camera: all in one frame or, where drawing them takes long, one a frame, so that the scene under the hand follows it. */
function pass(time) {
  const some = [...behind].slice(0, time - passed < LONG ? behind.size : 1);
  passed = time;
  for (const scene of some) {
    behind.delete(scene);
    scene.follow();
  }
  passing = behind.size > 0;
  if (passing) requestAnimationFrame(pass);
}

export class SurfaceScene extends SurfaceMap {
  constructor(...given) {
    super(...given);
    this.settling = 0; // frames in which the camera is still looked at
    this.layer = new Layer(); // the stationary points
  }

  layout() {
    const { outer, total, scale } = super.layout();
    return { x: 0, y: 0, width: outer, height: total, outer, total, scale };
  }

  /** Its ground comes with a camera. */
  lay() {
    if (this.ground && JSON.stringify(this.box) !== JSON.stringify(this.ground.box)) this.ground = new Space(this.box, this.relief, this.camera);
  }

  async draw(colours) {
    const Plotly = await plotly();
    if (!this.element.clientWidth || this.over) return;
    scenes.add(this);
    this.measure();
    const key = [stage.surface, colours.name, colours.background, JSON.stringify(this.box)];
    if (this.drawn && key.every((part, i) => part === this.drawn[i])) return;
    this.drawn = key;
    const relief = new Relief(stage.surface);
    const { width, height, scale } = this.box;
    const type = Math.sqrt(scale); // the labels lie around the scene, and take its room
    const { traces, layout } = solidFigure(stage.surface, relief, colours, camera ?? USUAL, type);
    await Plotly.react(
      this.element,
      traces,
      { ...layout, width: width * scale, height: height * scale },
      { displayModeBar: false, doubleClick: false, responsive: false, scrollZoom: false, showTips: false },
    );
    if (this.over) return clear(this.element);
    this.relief = relief;
    this.ground = null;
    this.settle();
    if (this.listening) return;
    this.listening = true;
    for (const name of ["plotly_relayouting", "plotly_relayout"]) {
      this.element.on(name, (change) => {
        const to = change?.["scene.camera"];
        if (to && !this.following) turn(to, this);
        this.settle();
      });
    }
  }

  /** Take the camera that another scene has. */
  async follow() {
    if (this.over || !this.relief) return;
    this.following = true;
    await window.Plotly.relayout(this.element, { "scene.camera": camera ?? USUAL });
    this.following = false;
    this.settle();
  }

  /** Look at the camera in the next frames: Plotly moves it in a loop of its own. */
  settle() {
    this.settling = SETTLED;
    repaint();
  }

  moved() {
    if (this.settling > 0) {
      this.settling -= 1;
      repaint();
    }
    const seen = this.relief && cameraOf(this.element);
    if (!seen) return false;
    const now = [...seen.matrices, seen.scale].flatMap((numbers) => [...numbers]);
    if (this.ground && now.every((v, i) => v === this.seen[i])) return false;
    this.seen = now;
    this.camera = seen;
    this.ground = new Space(this.box, this.relief, seen);
    this.settling = Math.max(this.settling, 2);
    repaint();
    return true;
  }

  /** The stationary points. */
  paint(context, colours) {
    if (!this.ground || hides("minima")) return;
    const { figure } = stage.surface;
    if (this.marks?.ground !== this.ground) {
      const { x, y } = figure.data[1];
      this.marks = { ground: this.ground, bounds: around(this.ground.place([x, y]), this.box, MARK) };
    }
    this.layer.put(context, this.marks, 1, (layer) => drawMarks(layer, figure, this.ground, colours));
  }

  atHome() {
    return isHome() && !camera;
  }

  home() {
    turn(null);
    setView(null);
  }

  end() {
    scenes.delete(this);
    behind.delete(this);
    this.relief = this.ground = null;
    super.end();
  }
}

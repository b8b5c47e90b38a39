// The surface in 3-D in one panel: a Plotly surface, drawn once, and where a point of it lies in pixels. All of them are turned together.

import { around, Kept } from "../base/kept.js";
import { plotly } from "../base/plotly.js";
import { meeting, rowsOf } from "../base/projection.js";
import { solid } from "../base/theme.js";
import { repaint } from "../stage/clock.js";
import { hides } from "../stage/mode.js";
import { isHome, setView, stage } from "../stage/store.js";
import { SurfaceMap } from "./map.js";
import { Relief } from "./relief.js";
import { Track } from "./track.js";

const USUAL = { eye: { x: -0.79, y: -1.51, z: 1.13 }, center: { x: 0, y: 0, z: -0.26 }, up: { x: 0, y: 0, z: 1 } };
const TALL = 0.55; // the heights' range, as the view's height is 1
const TICKS = 4;
const LONG = 50; // milliseconds between two frames, from which on scenes are turned one a frame
const SETTLED = 60; // frames after which Plotly has surely drawn what it was told, on a busy machine too
const DIM = 0.28;
const MARK = 12; // pixels around a mark's middle

const scenes = new Set();
const behind = new Set(); // scenes that have yet to take the camera
let passing = false;
let passed = 0; // when some of them last did
let camera = null; // as a person has turned it
let able = null;

/** The map or the scene, as the page's switch says, instead of `now` where that is the other; flat: a scene was wanted and cannot be. */
export function groundFor(now, room) {
  const wanted = stage.link.view === "3d";
  const Ground = wanted && offered() ? SurfaceScene : SurfaceMap;
  const ground = now.constructor === Ground ? now : new Ground(now.element, room);
  if (ground !== now) now.end();
  return { ground, flat: wanted && !able };
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

/** The other scenes take the camera, all at once or, where drawing them takes long, in turns: then the one under the hand stays close to it. */
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
    this.rows = null; // of the matrix from a point of the surface to the screen
    this.settling = 0;
    this.kept = new Kept();
    this.level = false;
  }

  layout() {
    const { outer, total } = super.layout();
    return { x: 0, y: 0, width: outer, height: total, outer, total };
  }

  async draw(colours) {
    const Plotly = await plotly();
    if (!this.element.clientWidth || this.over) return;
    scenes.add(this);
    this.box = this.layout();
    this.element.style.height = `${this.box.total * this.scale}px`;
    const key = [stage.surface, colours.name, colours.background, JSON.stringify([this.box, this.scale])];
    if (this.drawn && key.every((part, i) => part === this.drawn[i])) return;
    this.drawn = key;
    const relief = new Relief(stage.surface);
    const type = Math.sqrt(this.scale); // the labels lie around the scene, and take its room
    const [width, height] = [this.box.width * this.scale, this.box.height * this.scale];
    await Plotly.react(
      this.element,
      [surface(colours)],
      {
        width,
        height,
        margin: { l: 0, r: 0, t: 0, b: 0 },
        paper_bgcolor: "rgba(0,0,0,0)",
        font: { family: colours.font, size: 10 * type, color: solid(colours, 0.75) },
        hovermode: false,
        scene: {
          ...axes(relief, colours, type),
          camera: camera ?? USUAL,
          dragmode: "turntable",
          aspectmode: "manual",
          aspectratio: { x: stage.surface.aspect, y: 1, z: TALL },
        },
      },
      { displayModeBar: false, doubleClick: false, responsive: false, scrollZoom: false, showTips: false },
    );
    if (this.over) return this.free();
    this.relief = relief;
    this.rows = null;
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

  /** Look for another matrix in the next frames: Plotly makes it in a loop of its own. */
  settle() {
    this.settling = SETTLED;
    repaint();
  }

  moved() {
    if (this.settling > 0) {
      this.settling -= 1;
      repaint();
    }
    const gl = this.element._fullLayout?.scene?._scene;
    const params = gl?.glplot?.cameraParams;
    if (!params || !this.relief) return false;
    const { model, view, projection } = params;
    const now = [...model, ...view, ...projection, ...gl.dataScale];
    if (this.rows && now.every((v, i) => v === this.seen[i])) return false;
    this.seen = now;
    this.rows = rowsOf([projection, view, model], gl.dataScale);
    const [x, y, , w] = this.rows;
    this.eye = meeting(x, y, w);
    this.marks = null;
    this.settling = Math.max(this.settling, 2);
    repaint();
    return true;
  }

  /** Where a point in space is, in pixels of the element. */
  onScreen([x, y, z]) {
    const [u, v, , w] = this.rows.map(([a, b, c, d]) => a * x + b * y + c * z + d);
    return [((u / w + 1) / 2) * this.box.width, ((1 - v / w) / 2) * this.box.height];
  }

  lifted(x, y) {
    return [x, y, this.relief.height(x, y) + this.relief.lift];
  }

  project(x, y) {
    return this.rows ? this.onScreen(this.lifted(x, y)) : [NaN, NaN];
  }

  place([xs, ys]) {
    const points = new Float64Array(2 * xs.length);
    for (let i = 0; i < xs.length; i++) [points[2 * i], points[2 * i + 1]] = this.project(xs[i], ys[i]);
    return points;
  }

  trail(path) {
    return this.rows ? new Track(path, this) : { points: this.place(path), drawPast() {}, drawNow() {} };
  }

  at(left, top) {
    if (!this.rows) return null;
    const [px, py] = [left / this.scale, top / this.scale];
    const [u, v] = [(2 * px) / this.box.width - 1, 1 - (2 * py) / this.box.height];
    const [x, y, , w] = this.rows;
    const [onX, onY] = [x.map((a, i) => a - u * w[i]), y.map((a, i) => a - v * w[i])];
    const far = meeting(
      onX,
      onY,
      w.map((a, i) => (i === 3 ? a - 1 : a)),
    ); // the point of the line of sight where w is 1
    return this.relief.met(
      this.eye,
      far.map((a, i) => a - this.eye[i]),
    );
  }

  /** The stationary points. */
  paint(context, colours) {
    if (!this.rows || hides("minima")) return;
    const { x, y } = stage.surface.figure.data[1];
    this.marks ??= { bounds: around(this.place([x, y]), this.box, MARK) };
    this.kept.put(context, this.marks, 1, (layer) => this.paintMarks(layer, colours));
  }

  paintMarks(context, colours) {
    const { figure } = stage.surface;
    const { x, y } = figure.data[1];
    const { symbol, size, color, line } = figure.themes[colours.name][1].marker;
    for (let i = 0; i < x.length; i++) {
      const place = this.lifted(x[i], y[i]);
      const [px, py] = this.onScreen(place);
      if (!Number.isFinite(px)) continue;
      context.globalAlpha = this.relief.hides(place, this.eye) ? DIM : 1;
      context.strokeStyle = context.fillStyle = color;
      context.lineWidth = line.width;
      traceMark(context, symbol[i], px, py, size[i] / 2);
      if (symbol[i] === "star") context.fill();
      context.stroke();
    }
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
    this.over = true;
    this.free();
    this.drawn = this.relief = this.rows = null;
    this.listening = false;
  }

  /** A browser has few WebGL contexts: this one's is given back at once. */
  free() {
    const gl = this.element._fullLayout?.scene?._scene?.glplot?.gl;
    window.Plotly?.purge(this.element);
    gl?.getExtension("WEBGL_lose_context")?.loseContext();
  }
}

/** The surface's trace: the map's heights, colours and level lines. */
function surface(colours) {
  const { figure, grid } = stage.surface;
  const { z, zmin, zmax, contours } = figure.data[0];
  const { colorscale } = figure.themes[colours.name][0];
  const still = { highlight: false };
  return {
    type: "surface",
    x: ticksOf(grid.x),
    y: ticksOf(grid.y),
    z,
    cmin: zmin,
    cmax: zmax,
    colorscale,
    showscale: false,
    hoverinfo: "none",
    contours: { x: still, y: still, z: { ...still, show: true, ...contours, color: solid(colours, 0.5), width: 1 } },
    lighting: { ambient: 0.72, diffuse: 0.55, specular: 0.03, roughness: 0.9, fresnel: 0 },
  };
}

/** The axes; the heights' has the colour bar's ticks, f itself at the places where it is drawn. */
function axes({ ranges, low, high, lift }, colours, type) {
  const { colorbar } = stage.surface.figure.data[0];
  const every = Math.ceil(colorbar.tickvals.length / TICKS);
  const some = (values) => values.filter((_, i) => i % every === 0);
  const axis = {
    color: solid(colours, 0.65),
    linecolor: solid(colours, 0.4),
    gridcolor: solid(colours, 0.13),
    showbackground: false,
    zeroline: false,
    showspikes: false,
    nticks: 5,
  };
  const title = (text) => ({ title: { text, font: { size: 11 * type } } });
  return {
    xaxis: { ...axis, ...title("x"), range: ranges[0] },
    yaxis: { ...axis, ...title("y"), range: ranges[1] },
    zaxis: {
      ...axis,
      ...title(colorbar.title.text),
      range: [low - lift, high + lift],
      tickvals: some(colorbar.tickvals),
      ticktext: some(colorbar.ticktext),
    },
  };
}

function ticksOf({ from, step, count }) {
  return Float64Array.from({ length: count }, (_, i) => from + i * step);
}

function traceMark(context, symbol, x, y, r) {
  context.beginPath();
  if (symbol === "x-thin-open") {
    const a = r * Math.SQRT1_2;
    for (const s of [-1, 1]) {
      context.moveTo(x - a, y - s * a);
      context.lineTo(x + a, y + s * a);
    }
    return;
  }
  const [corners, inner] = symbol === "triangle-up-open" ? [3, 0.5] : [5, 0.382];
  for (let k = 0; k < 2 * corners; k++) {
    const [angle, far] = [(Math.PI * k) / corners, k % 2 ? inner * r : r];
    context.lineTo(x + far * Math.sin(angle), y - far * Math.cos(angle));
  }
  context.closePath();
}

// What all scenes of one size show: the surface in its box as the camera sees it. It is drawn once, and each scene copies it.

import { newCanvas, sized } from "../base/canvas.js";
import { channels, ink, mixed } from "../base/colour.js";
import { short } from "../base/format.js";
import { Raster } from "../base/raster.js";
import { hides } from "../stage/mode.js";
import { stage } from "../stage/store.js";
import { drawAxes, drawWalls } from "./axes.js";
import { drawMarks } from "./marks.js";
import { meshOf } from "./mesh.js";
import { Relief } from "./relief.js";
import { Space } from "./space.js";

const FINE = 2; // points of the mesh's picture across a unit of the screen, at least: edges are smooth when it is made smaller
const [QUICK, CAREFUL] = [4e5, 3e6]; // the most points of it: while the camera moves, and at rest
const SIDE = 0.12; // of the text's colour in the block's sides
const LINE = 0.8; // units, as on the map
const KEPT = 4; // sizes whose drawing is kept

const kept = [];
let ground = null; // the relief and its mesh, one for all

/** What there is to see of a surface, {relief, mesh}; made anew where it or the scale of its heights is another. */
function groundOf(surface, kind) {
  if (ground?.relief.surface !== surface || ground.relief.kind !== kind) {
    const relief = new Relief(surface, kind);
    ground = { relief, mesh: meshOf(relief) };
  }
  return ground;
}

/**
 * {canvas, space} of a surface in a box; the same ones for the same wishes.
 *
 * wishes = {surface, kind: of its heights, box, camera, moving, colours, density: of the screen}
 */
export function sightOf(wishes) {
  const { surface, kind, box, moving, density } = wishes;
  const size = JSON.stringify([box, density, moving]);
  const at = kept.findIndex((each) => each.size === size);
  const sight = at >= 0 ? kept.splice(at, 1)[0] : new Sight(size);
  kept.unshift(sight);
  kept.length = Math.min(kept.length, KEPT);
  const key = keyOf(wishes);
  if (!same(key, sight.key)) {
    sight.key = key;
    sight.show(groundOf(surface, kind), wishes);
  }
  return sight;
}

/** All that a picture is made from. */
export function keyOf({ surface, kind, box, camera, moving, colours, density }) {
  const { name, background, text, font } = colours;
  return [surface, kind, JSON.stringify(box), camera, moving, density, name, background, text, font, hides("minima"), stage.words];
}

export function same(key, before) {
  return Boolean(before) && key.every((part, i) => part === before[i]);
}

class Sight {
  constructor(size) {
    this.size = size;
    this.canvas = newCanvas();
    this.top = newCanvas(); // the mesh alone
  }

  show({ relief, mesh }, { box, camera, moving, colours, density }) {
    this.space = new Space(box, relief, camera);
    this.drawMesh(mesh, moving, colours, density);
    const { outer, total, scale } = box;
    this.paint(sized(this.canvas, outer, total, density, scale), colours);
  }

  /** Everything on a context in the units of the box. */
  paint(context, colours) {
    const { space, top } = this;
    const { outer, total } = space.box;
    drawWalls(context, space, colours);
    context.imageSmoothingQuality = "high";
    context.drawImage(top, 0, 0, outer, total);
    drawAxes(context, space, colours);
    drawNote(context, space, colours);
    if (hides("minima")) return;
    const place = (x, y) => {
      const [left, above, near] = space.onScreen(space.lifted(x, y));
      return [left, above, space.hides(left, above, near)];
    };
    drawMarks(context, space.relief.surface.figure, place, colours);
  }

  drawMesh(mesh, moving, colours, density) {
    const { space } = this;
    const { outer, total, scale } = space.box;
    const [wanted, most] = moving ? [density * scale, QUICK] : [Math.max(density, FINE) * scale, CAREFUL];
    const fine = Math.min(wanted, Math.sqrt(most / (outer * total)));
    const [width, height] = [Math.round(outer * fine), Math.round(total * fine)];
    if (this.raster?.width !== width || this.raster.height !== height) {
      this.raster = new Raster(width, height);
      Object.assign(this.top, { width, height });
    }
    const { raster } = this;
    const looks = looksOf(space.relief.surface, colours);
    raster.clear();
    for (const [part, paint] of [
      [mesh.sides, { table: looks.side, top: 1, line: [0, 0, 0], strength: 0, wide: 0 }],
      [mesh.top, { ...looks.top, wide: LINE * fine }],
    ])
      raster.draw({ ...space.onScreenAll(part.places, fine), level: part.level, shade: part.shade }, part.triangles, paint);
    this.top.getContext("2d").putImageData(new ImageData(raster.pixels, width, height), 0, 0);
    space.seen = raster;
  }
}

/** The map's colours and level lines in a theme, and the colour of the block's sides. */
function looksOf({ figure }, colours) {
  const { contours, zmin, zmax } = figure.data[0];
  const { colorscale, line } = figure.themes[colours.name][0];
  const [r, g, b, strength] = channels(line.color);
  return {
    top: { table: tableOf(colorscale), top: (zmax - zmin) / contours.size, line: [r, g, b], strength },
    side: Float32Array.from(mixed(colours, SIDE)),
  };
}

/** [r, g, b, r, g, b, …] of a colour scale, in 256 steps. */
function tableOf(colorscale) {
  const stops = colorscale.map(([part, colour]) => [part, channels(colour)]);
  return Float32Array.from({ length: 3 * 256 }, (_, i) => {
    const part = Math.floor(i / 3) / 255;
    const next = Math.max(
      stops.findIndex(([at]) => at >= part),
      1,
    );
    const [[from, a], [to, b]] = [stops[next - 1], stops[next]];
    return a[i % 3] + ((part - from) / (to - from)) * (b[i % 3] - a[i % 3]);
  });
}

/** What the heights are, at the lower edge. */
function drawNote(context, { box, relief }, colours) {
  const { kind, surface } = relief;
  const { heights } = stage.words;
  if (!heights) return;
  const { base } = surface.grid;
  const above = base ? `f ${base < 0 ? "+" : "−"} ${short(Math.abs(base))}` : "f";
  const text = kind === "f" ? heights.f : surface.lowest === null ? heights.around.replace("{above}", above) : heights.log;
  context.font = `10px ${colours.font}`;
  context.textAlign = "right";
  context.textBaseline = "alphabetic";
  context.fillStyle = ink(colours, 0.6);
  context.fillText(text, box.outer - 6, box.total - 5);
}

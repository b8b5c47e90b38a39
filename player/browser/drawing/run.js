// One lane's run: it draws itself on any 2-D context, on a ground and at a step. It knows no page.

import { clipped } from "../base/canvas.js";
import { Layer } from "../base/layer.js";
import { drawNames, drawStep } from "./arrows.js";
import { drawCloud, drawEllipse } from "./cloud.js";
import { drawLens, farthestCorner } from "./lens.js";
import { drawMark } from "./trail.js";

const STANDS_BACK = 0.45; // how much is seen of one run among many
const PALE = 0.6; // of a run before the last change

export class Run {
  constructor() {
    this.layers = { past: new Layer(), hidden: new Layer() };
    this.ghost = { layers: { past: new Layer(), hidden: new Layer() } };
    this.former = null; // the path that the lane had before its last change, where it is to be seen
  }

  /** The lane to draw from now on, as the server sends it. */
  show(lane) {
    this.lane = lane;
    this.ground = null;
  }

  /**
   * The way up to a step, with what lies under it.
   *
   * ground: a plane or a space; colours: a theme's; secret: whether what theory predicts is left out
   */
  drawPast(context, step, ground, colours, secret = false) {
    const own = this.place(ground, colours);
    const { many, lens, path, inspected } = this.lane;
    clipped(context, ground.box, () => {
      if (lens && ground.level) drawLens(context, lens, path, ground, step, this.corner, own); // both legends lie under every trail
      if (inspected) drawNames(context, inspected, ground, step, this.named, own);
      if (this.former && !secret) this.drawFormer(context, ground, own);
      if (many?.predicted && !secret) drawEllipse(context, many.predicted, ground, own);
      context.globalAlpha = many ? STANDS_BACK : 1;
      this.trail.drawPast(context, step, own, this.layers);
    });
  }

  /** The whole way of the run before the last change, thin and pale. */
  drawFormer(context, ground, { line }) {
    const { ghost, former } = this;
    if (ghost.path !== former || ghost.ground !== ground || ghost.line !== line)
      Object.assign(ghost, { path: former, ground, line, trail: ground.trail(former) });
    context.globalAlpha = PALE;
    ghost.trail.drawPast(context, former[0].length - 1, { line, casing: "transparent", width: 1.25 }, ghost.layers);
    context.globalAlpha = 1;
  }

  /** What moves: the head, the many runs, the step under way. */
  drawNow(context, step, ground, colours) {
    const own = this.place(ground, colours);
    const { many, inspected, marker } = this.lane;
    clipped(context, ground.box, () => {
      for (const mark of this.marks) drawMark(context, mark, this.trail.points, step, own);
      context.globalAlpha = many ? STANDS_BACK : 1;
      this.trail.drawNow(context, step, marker, own);
      context.globalAlpha = 1;
      if (many) drawCloud(context, many, ground, step, own);
      if (inspected) drawStep(context, inspected, ground, step, own);
    });
  }

  /** The corners of the map, [right, bottom], for the inspector's legend and for the lens's: far from the trail, and not where the hint stands. */
  corners({ box, level }) {
    const { inspected, lens, hint } = this.lane;
    const taken = hint ? [[0, 1]] : [];
    this.named = inspected ? farthestCorner(this.trail.points, box, taken) : null;
    this.corner = lens && level ? farthestCorner(this.trail.points, box, this.named ? [...taken, this.named] : taken) : null;
  }

  /** Where its points lie, worked out anew for another ground or other colours; returns the theme's colours with the lane's. */
  place(ground, colours) {
    const line = this.lane.colours[colours.name];
    if (ground !== this.ground || line !== this.own.line || colours.background !== this.own.casing) {
      this.ground = ground;
      this.trail = ground.trail(this.lane.path, this.lane);
      this.corners(ground);
      this.marks = this.lane.marks.map((mark) => ground.place(mark));
    }
    this.own = { ...colours, marker: this.lane.marker, line, casing: colours.background, away: this.lane.words?.away };
    return this.own;
  }
}

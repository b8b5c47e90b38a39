// The race as a figure, and the picture that the bar's button saves of it: at the cursor, at twice the size.

import { theme } from "../base/theme.js";
import { drawField } from "../drawing/field.js";
import { Run } from "../drawing/run.js";
import { shownNow, stillOf } from "../drawing/scene.js";
import { composition } from "../export/composition.js";
import { offerFigure } from "../export/offered.js";
import { pngOf, save } from "../export/saved.js";
import { themeOf } from "../export/themes.js";
import { clock } from "../stage/clock.js";
import { hides, overlaid } from "../stage/mode.js";
import { inPicture } from "../stage/pictured.js";
import { lanesInOrder, stage } from "../stage/store.js";
import { fieldShown } from "./area.js";
import { curvesOnStage } from "./curves.js";
import { paintRuns } from "./overlay.js";

const SCALE = 2;

/** Offer the race as the page's figure; told() is savePicture's data. Returns what takes the offer back. */
export function offerRace(told) {
  return offerFigure((options) => (stage.surface && stage.lanes.size ? raceFigure(told(), options) : null), true);
}

/**
 * Save the picture; returns the name of its file. It is on white paper, or with `own` in the page's colours.
 *
 * data = {picture: file name without the step, note: what is descended}
 */
export async function savePicture(data, own = false) {
  const seen = seenBy(lanesInOrder());
  const step = Math.floor(clock.step);
  const figure = raceFigure(data, { theme: own ? seen.name : "light", part: "all", curves: true, size: null, at: step, colours: own ? seen : null });
  return save(await pngOf(figure, step, SCALE), `${figure.file}_step${step}.png`);
}

const seenBy = (lanes) => theme(stage.panels.get(lanes[0].index).root);

function raceFigure({ picture, note }, { theme: name, part, curves, size, typeface, at = null, bare = false, colours: own }) {
  const all = lanesInOrder();
  const chosen = all.filter(({ index }) => index === part);
  const lanes = chosen.length ? chosen : all;
  const colours = own ?? themeOf(name, { font: typeface ?? seenBy(all).font });
  const runs = new Map(lanes.map((lane) => [lane, runOf(lane)]));
  const given = {
    lanes,
    note,
    colours,
    hides,
    bare,
    at,
    total: clock.total,
    aspect: stage.surface.aspect,
    names: stage.surface.names,
    flat: stage.link.view !== "3d",
    one: overlaid() && !chosen.length,
    groundIn: (box) => groundIn(box, colours),
    paintRuns: (context, shown, step, ground) =>
      paintRuns(
        context,
        shown.map((lane) => runs.get(lane)),
        step,
        ground,
        colours,
      ),
    charts: part !== "maps" && curves && !hides("curves") ? curvesOnStage().prepare(colours, lanes) : null,
    more: part === "all" ? inPicture() : [],
  };
  return {
    ...composition(given, size),
    total: clock.total,
    file: chosen.length ? fileOf(picture, all, chosen[0]) : picture,
    note,
    colours,
    lanes: all.length,
    shown: lanes,
    titled: !hides("titles"),
  };
}

/** The file's name for one lane: the others' rules are not in it. */
function fileOf(picture, all, { index, link }) {
  const rules = all.map((lane) => lane.link[`${lane.index}.rule`]).join("-");
  return picture.endsWith(rules) ? picture.slice(0, -rules.length) + link[`${index}.rule`] : picture;
}

function groundIn(box, colours) {
  const { ground, paint: lay } = stillOf(shownNow(), box, colours);
  const paint = (context) => {
    lay(context);
    if (fieldShown(ground)) drawField(context, stage.surface, ground, colours);
  };
  return { ground, paint };
}

function runOf(lane) {
  const run = new Run();
  run.show(lane);
  return run;
}

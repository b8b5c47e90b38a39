// The race as a figure, drawn by a program without a browser: from what the page would be sent, as SVG.

import { bytesOf } from "./bare.js";
import { widths } from "./letters.js";
import { unpack } from "../../base/unpack.js";
import { chartsOnStage } from "../../charts/staged.js";
import { fitsAt } from "../../drawing/fitsat.js";
import { drawField } from "../../drawing/field.js";
import { Run } from "../../drawing/run.js";
import { shownNow, stillOf } from "../../drawing/scene.js";
import { composition } from "../../export/composition.js";
import { cloudsOf, paintExamples, PICTURED } from "../../export/examples.js";
import { stripOf } from "../../export/strip.js";
import { svgOf } from "../../export/svgfile.js";
import { themeOf } from "../../export/themes.js";
import { configure } from "../../stage/clock.js";
import { hides, setMode } from "../../stage/mode.js";
import { dropLane, lanesInOrder, setCount, setLane, setLink, setSurface, stage } from "../../stage/store.js";

let told = null;

export { widths };

/** Take a race: {surface, link, words, lanes, curves, steps, hide, data: of the Data page or null, file, note, address}, packed, in hexadecimals. */
export function take(hex) {
  told = unpack(bytesOf(hex));
  setMode({ present: 0, hide: told.hide, predict: 0 });
  for (const { index } of lanesInOrder()) dropLane(index, null);
  setLink(told.link, told.words);
  setSurface(told.surface);
  setCount(told.lanes.length, 0);
  for (const lane of told.lanes) setLane(lane, null);
  configure({ total: told.steps });
}

/** The figure at each of these steps, as SVG; options = {theme, font, part, curves, size: {width, font}, each where it is given}. */
export function svgs(options, steps) {
  const figure = made({ ...options, at: steps.length === 1 ? steps[0] : null });
  return steps.map((step) => svgOf(figure, step));
}

/** One lane at several steps side by side, as SVG; options as above, part: its number. */
export async function strip(options, steps) {
  const frame = (more) => made({ ...options, curves: false, bare: true, ...more });
  return svgOf(await stripOf(frame, steps, options.size), 0);
}

function made({ theme, font, part, curves, size, bare = false, at = null }) {
  const all = lanesInOrder();
  const chosen = all.filter(({ index }) => index === part);
  const lanes = chosen.length ? chosen : all;
  const colours = themeOf(theme, { font });
  const runs = new Map(lanes.map((lane) => [lane, runOf(lane)]));
  const given = {
    ...{ lanes, colours, hides, bare, at, note: told.note, total: told.steps, aspect: stage.surface.aspect, names: stage.surface.names },
    flat: stage.link.view !== "3d",
    one: stage.link.overlay === "1" && !chosen.length,
    groundIn: (box) => groundIn(box, colours),
    paintRuns: (context, shown, step, ground) => {
      for (const lane of shown) runs.get(lane).drawPast(context, step, ground, colours);
      for (const lane of shown) runs.get(lane).drawNow(context, step, ground, colours);
    },
    charts: part === "all" && curves && !hides("curves") ? chartsOnStage(told.curves, told.steps, colours, lanes) : null,
    more: part === "all" && told.data && !hides("data") ? [{ height: () => PICTURED, paint: paintData }] : [],
  };
  const about = { total: told.steps, file: told.file, note: told.note, link: told.address };
  return { ...composition(given, size), ...about, colours, shown: lanes, titled: !hides("titles") };
}

function paintData(context, width, step, colours) {
  const fits = fitsAt(lanesInOrder(), step, colours.name);
  paintExamples(context, told.data, fits, cloudsOf(told.data, fits), width, colours);
}

function groundIn(box, colours) {
  const { ground, paint: lay } = stillOf(shownNow(), box, colours);
  const paint = (context) => {
    lay(context);
    if (stage.link.field === "1" && ground.level) drawField(context, stage.surface, ground, colours);
  };
  return { ground, paint };
}

function runOf(lane) {
  const run = new Run();
  run.show(lane);
  return run;
}

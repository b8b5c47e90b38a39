// A view of the pages Explore and Train as a figure, drawn by a program without a browser: from what the page would be sent, as SVG.

import { bytesOf } from "./bare.js";
import { widths } from "./letters.js";
import { unpack } from "../../base/unpack.js";
import { indexOf, withPlaces } from "../../charts/paths.js";
import { lookOf, ORDER, OWN } from "../../charts/rates.js";
import { chartsOnStage } from "../../charts/staged.js";
import { pointAt, slicedPaths } from "../../drawing/slice.js";
import { basinsSheet } from "../../export/sheets/basins.js";
import { mapSheet } from "../../export/sheets/map.js";
import { pathsSheet } from "../../export/sheets/paths.js";
import { ratesSheet } from "../../export/sheets/rates.js";
import { planeSheet } from "../../export/sheets/plane.js";
import { profileSheet } from "../../export/sheets/profile.js";
import { rateSweepSheet } from "../../export/sheets/ratesweep.js";
import { trainingSheet } from "../../export/sheets/training.js";
import { svgOf } from "../../export/svgfile.js";
import { setMode } from "../../stage/mode.js";
import { rangesOf } from "../../stage/ranges.js";
import { dropLane, lanesInOrder, setLane, setLink, setSurface } from "../../stage/store.js";

export { widths };

/** What draws each view, by its name: (told, options, font) => a figure. */
const VIEWS = {
  map: ({ data, found: [{ map }] }, ...how) => mapSheet({ data, map, view: rangesOf(data.axes).view }, ...how),
  paths,
  rates,
  best: ({ data, found: [{ profile }] }, ...how) => profileSheet({ data, profile }, ...how),
  "train.curves": ({ data, found: [{ trained }] }, ...how) => trainingSheet({ data, found: trained }, ...how),
  "train.rates": ({ data, found: [{ trained }] }, ...how) => rateSweepSheet({ data, found: trained }, ...how),
  "train.plane": plane,
  basins: ({ data, found }, ...how) => basinsSheet({ data, maps: found.map(({ map }) => map), view: data.view }, ...how),
};

function paths({ data, found: [{ paths: runs }], steps }, ...how) {
  withPlaces(runs, data.axis);
  return pathsSheet({ data, runs, index: indexOf(data.chosen, runs, data.axis), total: steps }, ...how);
}

function rates({ data, found: [{ rates: found }], lanes, curves, steps }, ...how) {
  for (const { key, ...lane } of lanes) {
    const index = key ? ORDER.indexOf(key) + 1 : OWN;
    setLane({ ...lane, index, link: null, ...lookOf(index, found, data.rate) }, null);
  }
  const losses = (colours) => chartsOnStage(curves, steps, colours).left;
  return ratesSheet({ data, found, rate: data.rate, losses, total: steps }, ...how);
}

function plane({ data, found: [{ plane: found }] }, ...how) {
  setSurface(found.surface);
  return planeSheet({ data, found, index: pointAt(data.plane.moment, slicedPaths(found.paths, data.lanes)) }, ...how);
}

/** What the page's stage is sent: the surface, the settings and the words of maps; and no lanes of a figure before. */
function put({ settings, words, surface = null }) {
  for (const { index } of lanesInOrder()) dropLane(index, null);
  setLink(settings, words);
  if (surface) setSurface(surface);
}

/**
 * The figure of a view as SVG, at a step where it has any; null where there is nothing to see.
 *
 * told = {view, data: what the page says of it, found: the messages that come for it, stage: those that the page's stage is sent, hide, address, and
 * what the view takes besides}, packed, in hexadecimals;
 * options = {theme, font, size: {width, font}, each where it is given}
 */
export function svg(hex, options, step) {
  const told = unpack(bytesOf(hex));
  const found = told.found.map((each) => unpack(each));
  setMode({ present: 0, hide: told.hide, predict: 0 });
  put(Object.assign({}, ...told.stage.map((each) => unpack(each))));
  const figure = VIEWS[told.view]({ ...told, found }, options, options.font);
  return figure && svgOf({ ...figure, link: told.address }, step);
}

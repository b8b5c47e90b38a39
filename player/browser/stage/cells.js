// The cells of a map of runs whose runs are shown beside it: those that are kept, and the one that is pointed at, or else the best one. Their runs
// follow the hand.

import { INK } from "./lane.js";
import { Runs } from "./runs.js";
import { onSweep, sweep } from "./sweeps.js";

export const MOST = 8; // cells that can be kept
const POINTED = 9; // the number of the lane under the pointer

const listeners = new Set();
const runs = new Runs(wanted, (index) => (index === POINTED ? INK : {}));

export const cells = {
  at: null, // the cell [i, j] that is pointed at
  pointed: null, // and its values on both axes
  best: null, // the best cell's, of the newest map
};

export function onCells(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Point at a cell [i, j] with these values, or with null at none. */
export function pointAt(at, values) {
  if (JSON.stringify(at) === JSON.stringify(cells.at) && JSON.stringify(values) === JSON.stringify(cells.pointed)) return;
  Object.assign(cells, { at, pointed: at ? values : null });
  for (const listener of listeners) listener();
  runs.work();
}

/** The cells that are kept once one more has been clicked: one that is there already goes. */
export function keepCell(kept, values) {
  const others = kept.filter((cell) => !cell.every((v, i) => v === values[i]));
  return others.length < kept.length ? others : [...kept, values].slice(-MOST);
}

onSweep((what) => {
  if (what === "left") Object.assign(cells, { at: null, pointed: null, best: null }); // another page has lanes of its own
  if (what === "map") cells.best = bestOf(sweep.map);
  if (what !== "view") runs.work();
});

/** The values on both axes of the cell with the least value of those that have a colour, the first one of equals; null where none has. */
export function bestOf({ n, xs, ys, values, outcomes, coloured }) {
  let best = -1;
  for (let k = 0; k < values.length; k++) {
    if (coloured[outcomes[k]] && Number.isFinite(values[k]) && !(best >= 0 && values[best] <= values[k])) best = k;
  }
  return best < 0 ? null : [xs[best % n], ys[Math.floor(best / n)]];
}

/** The cell that is looked at, by its values on both axes: the one that is pointed at, or the best one while none is kept. */
export function lookedAt() {
  return cells.pointed ?? (sweep.data?.kept.length ? null : cells.best);
}

/** The runs that are to be shown: by lane, the link that asks for each. */
function wanted() {
  const { data, tried } = sweep;
  if (!data) return new Map();
  const lanes = data.kept.map((cell, k) => [k + 1, cell]);
  if (lookedAt()) lanes.unshift([POINTED, lookedAt()]);
  const link = (index, cell) => {
    const at = Object.fromEntries(data.axes.map(({ key }, i) => [key, String(cell[i])]));
    return new URLSearchParams({ ...data.race, ...tried, ...at, "1.look": String(Math.min(index, MOST)) }).toString();
  };
  return new Map(lanes.map(([index, cell]) => [index, link(index, cell)]));
}

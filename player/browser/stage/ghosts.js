// The run that each lane had before its last change: it stays while a slider is dragged, and after it was let go, until the next change.

import { stage } from "./store.js";

const now = new Map(); // by lane: {path, look, ground} of the run that the page brought last
const former = new Map(); // by lane: the path before it

/** A lane has a run. `trying`: for a setting that is still moving. */
export function keepFormer({ index, path, colours }, trying = false) {
  const before = now.get(index);
  const [look, ground] = [colours.light, JSON.stringify(Object.entries(stage.link).filter(([key]) => key.startsWith("surface")))];
  if (before?.look !== look || before.ground !== ground)
    former.delete(index); // another lane, or another surface
  else if (!same(before.path, path)) former.set(index, before.path);
  if (!trying) now.set(index, { path, look, ground });
}

/** The path [xs, ys] that the lane had before its last change; null where there is none, or where it is not to be seen. */
export function formerOf({ index }) {
  return (stage.link.ghost === "1" && former.get(index)) || null;
}

function same(a, b) {
  return a.every((values, axis) => values.length === b[axis].length && values.every((v, i) => Object.is(v, b[axis][i])));
}

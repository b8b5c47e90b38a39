// How far somebody has come in each lesson, which this browser keeps: {name: the number of the last step that was shown, from 0}.

import { keep, kept } from "../../base/kept.js";

const KEPT = "lessons";

export function reached() {
  const all = kept(KEPT);
  return all && typeof all === "object" ? all : {};
}

/** A step of a lesson is shown. */
export function reach(lesson, number) {
  const all = reached();
  if (!(all[lesson] >= number)) keep(KEPT, { ...all, [lesson]: number });
}

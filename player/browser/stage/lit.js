// What of the inspected step is pointed at, on the map or in the formula: the names of its arrows, "g", that of the velocity, "p" for the step.

import { repaint } from "./clock.js";

const listeners = new Set();

let lit = [];

export function isLit(name) {
  return lit.includes(name);
}

export function light(names) {
  if (names.join() === lit.join()) return;
  lit = names;
  for (const listener of listeners) listener();
  repaint();
}

export function onLight(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// What is on the stage now: the surface, the part of it in view, and each lane's run. Components write here and listen here.

const listeners = new Set();

export const stage = { surface: null, view: null, lanes: new Map() };

export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(what) {
  for (const listener of listeners) listener(what);
}

export function setSurface(surface) {
  stage.surface = surface;
  stage.view = surface.view;
  tell("surface");
}

/** The ranges [[x0, x1], [y0, y1]] that all panels show, or the home view; the server sends a finer map of them. */
export function setView(view) {
  stage.view = view ?? stage.surface.home;
  tell("view");
}

export function isHome() {
  return !stage.surface || stage.view.flat().every((v, i) => v === stage.surface.home.flat()[i]);
}

export function setLane(index, lane) {
  stage.lanes.set(index, lane);
  tell("lane");
}

/** A panel that goes away takes its run with it, unless another panel has taken its place. */
export function dropLane(index, owner) {
  if (stage.lanes.get(index)?.owner !== owner) return;
  stage.lanes.delete(index);
  tell("lane");
}

export function lanesInOrder() {
  return [...stage.lanes].sort(([a], [b]) => a - b).map(([, lane]) => lane);
}

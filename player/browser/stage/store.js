// What is on the stage now: the surface, the part of it in view, the settings, and each lane's run. It is changed here only, and who listens is told.

const listeners = new Set();

export const stage = {
  surface: null,
  view: null, // the ranges [[x0, x1], [y0, y1]] that all maps show
  rules: [],
  count: 0, // how many lanes there are to be
  inspected: 0, // the number of the lane that the inspector looks into; 0 for none
  lanes: new Map(), // each lane as the server sends it, by number
  panels: new Map(), // the panel that shows it
  link: {}, // the settings that belong to no lane, as a link has them
  words: {}, // what all maps say
};

export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tell(what) {
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

/** The families of rules that a lane can have: [name, [[rule, title, year], …]], …. */
export function setRules(rules) {
  stage.rules = rules;
  tell("rules");
}

/** How many lanes there are, and which one is inspected. */
export function setCount(count, inspected) {
  if (count === stage.count && inspected === stage.inspected) return;
  Object.assign(stage, { count, inspected });
  tell("count");
}

/** The settings that belong to no lane, as a link has them, and what all maps say. */
export function setLink(link, words = stage.words) {
  Object.assign(stage, { link, words });
  tell("link");
}

export function setLane(lane, panel) {
  stage.lanes.set(lane.index, lane);
  stage.panels.set(lane.index, panel);
  tell("lane");
}

/** A panel that goes away takes its lane with it, unless another panel has taken its place. */
export function dropLane(index, panel) {
  if (stage.panels.get(index) !== panel) return;
  stage.lanes.delete(index);
  stage.panels.delete(index);
  tell("lane");
}

/** Every setting, as a link has them. */
export function wholeLink() {
  return new URLSearchParams(Object.assign({}, stage.link, ...lanesInOrder().map(({ link }) => link)));
}

export function lanesInOrder() {
  return [...stage.lanes].sort(([a], [b]) => a - b).map(([, lane]) => lane);
}

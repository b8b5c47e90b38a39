// The keys that move a cross-hair over a map, for guesses without a mouse.

import { repaint } from "../stage/clock.js";
import { guess, guessOf, waiting } from "../stage/predict.js";
import { stage } from "../stage/store.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** The keys of a map that has the focus: arrows move the cross-hair by a hundredth of the view (with Shift a tenth), Enter marks. */
export function aimWithKeys(panel, event) {
  if (!waiting() || event.ctrlKey || event.metaKey || event.altKey) return;
  const middle = stage.view.map(([low, high]) => (low + high) / 2);
  const arrow = ARROWS[event.key];
  if (arrow)
    panel.aim = (panel.aim ?? guessOf(panel.lane.index) ?? middle).map((v, i) => moved(v, arrow[i] * (event.shiftKey ? 0.1 : 0.01), stage.view[i]));
  else if (event.key === "Enter") guess(panel.lane.index, (panel.aim ??= middle));
  else return;
  event.preventDefault();
  repaint();
}

function moved(value, part, [low, high]) {
  return Math.min(Math.max(value + part * (high - low), low), high);
}

// The keys that move a cross-hair over a map, for guesses without a mouse.

import { repaint } from "../stage/clock.js";
import { guess, guessOf, placing } from "../stage/predict.js";
import { stage } from "../stage/store.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * What a key does on a lane's map that has the focus: arrows move the cross-hair by a hundredth of the view (with Shift a tenth), Enter marks.
 *
 * Returns where the cross-hair is then; aim: where it was, or null.
 */
export function aimed(event, aim, index) {
  if (!placing(index) || event.ctrlKey || event.metaKey || event.altKey) return aim;
  const middle = stage.view.map(([low, high]) => (low + high) / 2);
  const arrow = ARROWS[event.key];
  if (!arrow && event.key !== "Enter") return aim;
  event.preventDefault();
  repaint();
  if (!arrow) {
    guess(index, aim ?? middle);
    return aim ?? middle;
  }
  const far = event.shiftKey ? 0.1 : 0.01;
  return (aim ?? guessOf(index) ?? middle).map((v, i) => moved(v, i && stage.surface.curve ? 0 : arrow[i] * far, stage.view[i]));
}

function moved(value, part, [low, high]) {
  return Math.min(Math.max(value + part * (high - low), low), high);
}

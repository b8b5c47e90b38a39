// The questions of a lesson, each a file.

import { Choice } from "./choice.js";
import { Place } from "./place.js";
import { Sketch } from "./sketch.js";
import { Slide } from "./slide.js";

const KINDS = { choice: Choice, slide: Slide, place: Place, sketch: Sketch };

/**
 * What asks a question: {root, lanes, answer, freeze(on), tell(), end()}.
 *
 * `kept` outlives it: what has been answered is found there again after a change of the language, {} at first. changed() is called with each answer.
 * lanes: those whose ends are to be marked on the maps, [] where something else is asked; answer: null until there is one, else an option's place
 * in the author's order, a number, {lane: [x, y], …}, or f − f* at each step drawn; freeze(on): whether it can still be answered;
 * tell(): sentences on the answer once the run is over, which is marked then.
 */
export function questionOf(question, { words, kept, changed, board }) {
  return new KINDS[question.kind](question, { words, kept, changed, board });
}

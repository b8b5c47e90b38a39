// The figure that the page can be saved as: whoever shows something that is a figure offers it here, and the newest offer counts.

const offers = [];
const QUICK = { theme: "light", part: "all", curves: true, size: null }; // what is offered without a question

/** make(options) gives the figure as `figureNow` says, or null; `last`: where nobody else has one. Returns what takes the offer back. */
export function offerFigure(make, last = false) {
  offers[last ? "unshift" : "push"](make);
  return () => offers.splice(offers.indexOf(make), 1);
}

/**
 * The page's figure {width, height, draw(context, step), total, file, note, link}, or null where there is none.
 *
 * width, height: CSS pixels. draw puts all of it on any 2-D context, at a step or between two. total: the last step, 0 where the page has no clock.
 * file: a file's name without its ending. note: a sentence. type: the size of most letters.
 *
 * options = {theme: "light", "dark" or "print", part: "all", "maps" or a lane's number, curves: whether they are in it, typeface: as CSS has it,
 * where it is not to be the page's, size: {width of the figure, font: of its letters} in CSS pixels, and beside: whether curves stand beside
 * the maps; what is missing is as it comes out best, at: the only step at which it is drawn, where there is one}
 */
export async function figureNow(options = {}) {
  for (const make of offers.toReversed()) {
    const figure = await make({ ...QUICK, ...options });
    if (figure) return figure;
  }
  return null;
}

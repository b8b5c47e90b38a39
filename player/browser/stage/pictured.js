// What else of a page stands in the picture that is saved of it, below the maps and the curves.

const painters = new Set();

/** From now on painter = {height(): units, 0 for nothing; paint(context, width, step, colours)} is in it; returns what ends that. */
export function pictured(painter) {
  painters.add(painter);
  return () => painters.delete(painter);
}

/** The painters that have something to paint. */
export function inPicture() {
  return [...painters].filter((painter) => painter.height() > 0);
}

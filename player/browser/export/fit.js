// A figure laid out for a picture of a given size: wide or narrow, with its curves below the maps or beside them.

const TYPE = 11; // CSS pixels of most letters
const READABLE = 1 / 55; // of a picture's height: how large letters are that are read from afar
const BELOW = [1, 0.88, 0.76, 0.64]; // of the width that a figure takes by itself
const BESIDE = [0.8, 0.95, 1.1, 1.25, 1.4, 1.6];

/** How good a figure looks in so many pixels: the larger its maps, as long as its letters are read. */
function fitIn({ width, height, mapped = width * height }, [wide, high]) {
  const scale = Math.min(wide / width, high / height);
  return mapped * scale ** 2 * Math.min((TYPE * scale) / (READABLE * high), 1) ** 2;
}

/** The page's figure with these options, see `figureNow`, for a picture of [width, height or null] pixels; null where the page has none. */
export async function figureFor(figureNow, options, [wide, high]) {
  const free = await figureNow(options);
  if (!free) return null;
  const laid = (part, beside) => figureNow({ ...options, size: { width: part * free.width, font: TYPE, beside } });
  if (high === null) return laid(BELOW[2], false);
  let best = free;
  for (const beside of [false, true])
    for (const part of beside ? BESIDE : BELOW) {
      const figure = await laid(part, beside);
      if (fitIn(figure, [wide, high]) > fitIn(best, [wide, high])) best = figure;
    }
  return best;
}

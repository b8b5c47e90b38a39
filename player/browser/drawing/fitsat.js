// What the data's picture draws of each lane at a step. It knows no page.

const NONE = []; // no examples of a batch
const RINGED = 40; // examples: a larger batch is no longer told apart by rings

/** Each lane at a step: its weights, its look in a theme of this name, and the examples that its next step sees. */
export function fitsAt(lanes, step, name) {
  const ringed = new Set(); // lanes with batches of one size see the same ones
  return lanes
    .filter(({ path, seen }) => path && seen)
    .map(({ index, path, colours, letters, dash, rows, batch, seen, examples }) => {
      const k = Math.min(Math.floor(step), path[0].length - 1);
      const own = { index, p: [path[0][k], path[1][k]], colour: colours[name], letters: letters[name], dash, seen: seen[k], examples };
      const size = Math.min(batch, examples);
      const now = rows && !ringed.has(size) && size <= RINGED && k < rows.length ? rows[k] : NONE;
      ringed.add(size);
      return { ...own, size, batch: now };
    });
}

// The models of the Data page, as problems/losses has them: what they make of an example, what that costs, and which way the cost rises.

const STEP = 1e-5; // of central differences: their error is some 1e-10 here

/** The model's output for a feature x, or for two of them. */
export const FITS = {
  one_weight: ([w], x) => w * x,
  linear_regression: ([a, b], x) => a * x + b,
  logistic_regression: ([a, b], [x, y]) => a * x + b * y,
  tanh_neuron: ([w, b], x) => Math.tanh(w * x + b),
  tanh_network: ([a, b], x) => b * Math.tanh(a * x),
  recurrence: ([w, b], x, g) => Math.tanh(g * (w * Math.tanh(g * (w * x + b)) + b)),
};

/** What each example i of the data {model, gain, classes, points} costs at the weights p: a function of i. */
export function costAt({ model, gain, classes, points: [xs, ys, kinds] }, p) {
  const fit = FITS[model];
  if (!classes) return (i) => 0.5 * (fit(p, xs[i], gain) - ys[i]) ** 2;
  return (i) => {
    const margin = fit(p, [xs[i], ys[i]]) * (kinds[i] > 0 ? 1 : -1);
    return margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
  };
}

/** The gradient of each example's cost at the weights p: [[∂/∂p₁ …], [∂/∂p₂ …]]. */
export function gradients(data, [a, b]) {
  const each = (up, down) => {
    const [above, below] = [costAt(data, up), costAt(data, down)];
    const found = new Float64Array(data.points[0].length);
    for (let i = 0; i < found.length; i++) found[i] = (above(i) - below(i)) / (2 * STEP);
    return found;
  };
  return [each([a + STEP, b], [a - STEP, b]), each([a, b + STEP], [a, b - STEP])];
}

/**
 * Gradients of batches of B examples, none twice in one, less the full gradient: {off: [[…], […]], measured, predicted}.
 *
 * Where B is 1 and there are no more than `most`, these are all of them, else `most` that are drawn by chance, always the same ones.
 * measured: the variance of both coordinates together; predicted: S²/B·(1 − B/N), S² over N − 1.
 */
export function cloud(all, batch, most) {
  const count = all[0].length;
  const full = all.map(mean);
  const spread = all.reduce((sum, values, c) => sum + values.reduce((s, v) => s + (v - full[c]) * (v - full[c]), 0) / (count - 1), 0);
  const chosen = batch === 1 && count <= most ? Uint16Array.from(all[0], (_, i) => i) : draws(count, batch, most);
  const off = all.map((values, c) => {
    const found = new Float64Array(chosen.length / batch);
    for (let j = 0, at = 0; j < found.length; j++) {
      let sum = 0;
      for (const end = at + batch; at < end; at++) sum += values[chosen[at]];
      found[j] = sum / batch - full[c];
    }
    return found;
  });
  const measured = off.reduce((sum, values) => sum + values.reduce((s, v) => s + v * v, 0) / values.length, 0);
  return { off, measured, predicted: (spread / batch) * (1 - batch / count) };
}

const mean = (values) => values.reduce((sum, v) => sum + v, 0) / values.length;

const KEPT = 6e6; // places of examples in draws that are remembered
const remembered = new Map();

/** `most` batches of this size, one after the other, each without an example twice: the beginning of a shuffle. */
function draws(count, batch, most) {
  const key = [count, batch, most].join();
  if (!remembered.has(key)) {
    if ([...remembered.values()].reduce((sum, { length }) => sum + length, 0) > KEPT) remembered.clear();
    const chance = generator(20240229);
    const order = Uint16Array.from({ length: count }, (_, i) => i);
    const made = new Uint16Array(most * batch);
    for (let drawn = 0; drawn < most; drawn++) {
      for (let i = 0; i < batch; i++) {
        const j = i + Math.floor(chance() * (count - i));
        [order[i], order[j]] = [order[j], order[i]];
      }
      made.set(order.subarray(0, batch), drawn * batch);
    }
    remembered.set(key, made);
  }
  return remembered.get(key);
}

/** Numbers in [0, 1) that are the same each time: Marsaglia's xorshift with 32 bits. */
function generator(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

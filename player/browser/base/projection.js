// From a point in space to the screen and back: what a camera's matrices make of it.

/** The rows of a product of column-major matrices, the last one's columns scaled. */
export function rowsOf([first, ...others], scale) {
  const times = (rows, m) => rows.map((row) => [0, 1, 2, 3].map((j) => [0, 1, 2, 3].reduce((sum, k) => sum + row[k] * m[4 * j + k], 0)));
  const start = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => first[4 * j + i]));
  return others.reduce(times, start).map((row) => row.map((a, j) => a * (scale[j] ?? 1)));
}

/** The point in which three planes a·x + b·y + c·z + d = 0 meet. */
export function meeting(p, q, r) {
  const det = ([a, b, c], [d, e, f], [g, h, i]) => a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  const whole = det(p, q, r);
  return [0, 1, 2].map((k) => det(...[p, q, r].map((row) => row.slice(0, 3).map((a, j) => (j === k ? -row[3] : a)))) / whole);
}

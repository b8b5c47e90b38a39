// Planes in space.

/** The point in which three planes a·x + b·y + c·z + d = 0 meet. */
export function meeting(p, q, r) {
  const det = ([a, b, c], [d, e, f], [g, h, i]) => a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  const whole = det(p, q, r);
  return [0, 1, 2].map((k) => det(...[p, q, r].map((row) => row.slice(0, 3).map((a, j) => (j === k ? -row[3] : a)))) / whole);
}

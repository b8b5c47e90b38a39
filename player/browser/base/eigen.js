// The eigenvalues and eigenvectors of a symmetric matrix of two by two.

const FLAT = 1e-9; // a curvature below this part of the other one is what rounding leaves of zero

/** [[a, b], [b, d]] → {values: [smaller, larger], vectors: [its unit vector, the larger one's]}. */
export function eigen(a, b, d) {
  const [middle, radius] = [(a + d) / 2, Math.hypot((a - d) / 2, b)];
  const angle = Math.atan2(2 * b, a - d) / 2; // of the larger one's
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return {
    values: [middle - radius, middle + radius],
    vectors: [
      [-s, c],
      [c, s],
    ],
  };
}

/** The condition number of these curvatures, infinite where one is flat; NaN where one is negative. */
export function condition([least, most]) {
  if (Math.abs(least) <= FLAT * Math.abs(most)) return most > 0 ? Infinity : NaN;
  return least > 0 ? most / least : NaN;
}

/** The step of Newton's method, −H⁻¹g; not finite where H has no inverse. */
export function newtonStep([a, b, d], [gx, gy]) {
  const determinant = a * d - b * b;
  return [(b * gy - d * gx) / determinant, (b * gx - a * gy) / determinant];
}

// The surface as triangles: its top, which carries the map's colours and level lines, and the sides of the block that it is cut from.

const SUN = [-0.48, 0.36, 0.8]; // where the light comes from: from behind on the left, as in an atlas
const [DIM, BRIGHT] = [0.62, 1.08]; // what is turned away from it, and what faces it
const SIDES = { left: 0.9, right: 1, front: 0.95, back: 1 };

/** {top, sides} of a relief, each {places: {x, y, z}, level, shade, triangles}; places in the relief's units, levels as the map counts its lines. */
export function meshOf(relief) {
  const { x, y, z, solid, surface } = relief;
  const [columns, rows] = [x.count, y.count];
  const { contours, zmin } = surface.figure.data[0];
  const size = columns * rows;
  const top = empty(size, 6 * (columns - 1) * (rows - 1));
  const [stepX, stepY] = [(2 * solid[0]) / (columns - 1), (2 * solid[1]) / (rows - 1)];
  for (let j = 0, k = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++, k++) {
      put(top, k, x.from + i * x.step, y.from + j * y.step, z[j][i]);
      top.level[k] = (surface.figure.data[0].z[j][i] - zmin) / contours.size;
      const [east, north] = [slope(z[j][i - 1], z[j][i], z[j][i + 1]) / stepX, slope(z[j - 1]?.[i], z[j][i], z[j + 1]?.[i]) / stepY];
      const facing = (SUN[2] - SUN[0] * east - SUN[1] * north) / Math.hypot(east, north, 1);
      top.shade[k] = DIM + (BRIGHT - DIM) * Math.max(facing, 0);
    }
  }
  let at = 0;
  for (let j = 0; j < rows - 1; j++) {
    for (let i = 0; i < columns - 1; i++, at += 6) {
      const k = j * columns + i;
      top.triangles.set([k, k + 1, k + columns, k + 1, k + columns + 1, k + columns], at);
    }
  }
  return { top, sides: sidesOf(top, columns, rows, solid[2][0]) };
}

function sidesOf(top, columns, rows, base) {
  const along = (count, index) => Array.from({ length: count }, (_, i) => index(i));
  const edges = [
    [along(columns, (i) => i), SIDES.front],
    [along(columns, (i) => (rows - 1) * columns + i), SIDES.back],
    [along(rows, (j) => j * columns), SIDES.left],
    [along(rows, (j) => j * columns + columns - 1), SIDES.right],
  ];
  const sides = empty(4 * (columns + rows), 12 * (columns + rows - 2));
  let [k, at] = [0, 0];
  for (const [edge, shade] of edges) {
    edge.forEach((of, i) => {
      const { x, y, z } = top.places;
      put(sides, k, x[of], y[of], z[of]);
      put(sides, k + 1, x[of], y[of], base);
      sides.shade.fill(shade, k, k + 2);
      if (i > 0) {
        sides.triangles.set([k - 2, k - 1, k, k - 1, k + 1, k], at);
        at += 6;
      }
      k += 2;
    });
  }
  return sides;
}

function empty(corners, indices) {
  const numbers = () => new Float64Array(corners);
  return { places: { x: numbers(), y: numbers(), z: numbers() }, level: numbers(), shade: numbers(), triangles: new Uint32Array(indices) };
}

function put({ places }, k, x, y, z) {
  places.x[k] = x;
  places.y[k] = y;
  places.z[k] = z;
}

/** The rise from one point of the grid to the next, also at an edge or beside a gap. */
function slope(before, here, after) {
  if (Number.isFinite(before) && Number.isFinite(after)) return (after - before) / 2;
  if (Number.isFinite(after)) return after - here;
  return Number.isFinite(before) ? here - before : 0;
}

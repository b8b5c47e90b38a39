// The colours of a map of runs: a row from light to dark that colour-blind people read as one, after cividis (Nuñez, Anderton, Renslow, 2018).

const ANCHORS = [
  [255, 233, 69],
  [219, 201, 84],
  [187, 173, 108],
  [156, 147, 118],
  [124, 123, 120],
  [93, 100, 111],
  [61, 78, 107],
  [20, 55, 111],
  [0, 34, 78],
];
export const LEVELS = 256;

/** Colours for what has no order, such as minima: areas that colour-blind people tell apart, below dark letters (Tol's "light", 2021). */
export const KINDS = ["#77AADD", "#EE8866", "#EEDD88", "#44BB99", "#FFAABB", "#BBCC33", "#99DDFF", "#AAAA00"];

/** As a canvas has them: red, green, blue, alpha from the lowest byte up. */
export const PALETTE = Uint32Array.from({ length: LEVELS }, (_, i) => word(colourAt(i / (LEVELS - 1))));

/** A colour of the row as CSS has it; part from 0, the best, to 1. */
export function cssAt(part) {
  return `rgb(${colourAt(part).join(",")})`;
}

/** A colour of the row for lines on a theme's map, which stand out from it; part from 0 to 1. */
export function lineAt(part, { dark }) {
  return cssAt(dark ? 0.72 * part : 0.12 + 0.88 * part);
}

export function word([r, g, b]) {
  return (0xff000000 | (Math.round(b) << 16) | (Math.round(g) << 8) | Math.round(r)) >>> 0;
}

function colourAt(part) {
  const at = Math.min(Math.max(part, 0), 1) * (ANCHORS.length - 1);
  const k = Math.min(Math.floor(at), ANCHORS.length - 2);
  return ANCHORS[k].map((v, i) => Math.round(v + (at - k) * (ANCHORS[k + 1][i] - v)));
}

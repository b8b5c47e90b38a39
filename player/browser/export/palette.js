// One palette for all frames of a GIF.

const MOST = 255; // colours; the last of 256 says that nothing changes
const PLAIN = 128; // colours at most that are kept as they are
const OFTEN = 1 / 4000; // of all pixels have such a colour

/**
 * The colours [[r, g, b], …] for pixels as these, 32 bits each: what is frequent as it is, since flat paper and flat lines must not change their
 * colour, and the rest as gifenc's `quantize` brings them together.
 */
export function paletteOf(pixels, quantize) {
  const often = pixels.length * OFTEN;
  const counts = [...countsOf(pixels)].filter(([, n]) => n >= often).sort((a, b) => b[1] - a[1]);
  const plain = new Set(counts.slice(0, PLAIN).map(([colour]) => colour));
  const rest = pixels.filter((colour) => !plain.has(colour));
  const mixed = rest.length ? quantize(new Uint8Array(rest.buffer), MOST - plain.size) : [];
  return [...[...plain].map(partsOf), ...mixed.map(([r, g, b]) => [r, g, b])];
}

function countsOf(pixels) {
  const counts = new Map();
  for (let i = 0, from = 0; i < pixels.length; i = from) {
    const colour = pixels[i];
    while (from < pixels.length && pixels[from] === colour) from++;
    counts.set(colour, (counts.get(colour) ?? 0) + from - i);
  }
  return counts;
}

const partsOf = (colour) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];

/** Finds the place of a colour's nearest in a palette. */
export class Nearest {
  constructor(palette) {
    this.palette = palette;
    this.known = new Map();
  }

  of(colour) {
    let place = this.known.get(colour);
    if (place === undefined) this.known.set(colour, (place = this.look(partsOf(colour))));
    return place;
  }

  look([r, g, b]) {
    let [best, least] = [0, Infinity];
    this.palette.forEach(([red, green, blue], i) => {
      const distance = (red - r) ** 2 + (green - g) ** 2 + (blue - b) ** 2;
      if (distance < least) [best, least] = [i, distance];
    });
    return best;
  }
}

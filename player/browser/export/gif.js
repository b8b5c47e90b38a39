// A GIF: one palette for all frames, and of each frame the pixels that changed. It goes round for ever.

import { newCanvas } from "../base/canvas.js";
import { breaths } from "./breath.js";
import { gifenc } from "./libraries.js";
import { Nearest, paletteOf } from "./palette.js";

const SAMPLES = 6; // frames whose colours make the palette
const SAME = 255; // the place in the palette of what does not change
const KEEP = 1; // what a frame leaves for the next one: itself
const HEAD = 13 + 3 * 256 + 19; // bytes before the first frame: sizes, palette, and that it goes round
const PIXELS = 6e5; // of all samples together that are looked at, about
export const FASTEST = 50; // frames a second: browsers show a shorter frame for a tenth of a second

/** Make it, of what draw(context, i) draws; see `encode`. */
export async function encodeGif({ width, height, count, rate, hold, draw, progress, signal, comment = "" }) {
  const { GIFEncoder, quantize } = await gifenc();
  const canvas = Object.assign(newCanvas(), { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const breath = breaths();
  const frame = async (i) => {
    signal?.throwIfAborted();
    draw(context, i);
    await breath();
    return new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  };
  const palette = paletteOf(await sampled(frame, count, width * height), quantize);
  const gif = new Gif(GIFEncoder, width, height, palette, comment);
  for (let i = 0; i < count; i++) {
    gif.add(await frame(i), delay(i, count, rate, hold));
    progress?.((i + 1) / count);
    await breath();
  }
  signal?.throwIfAborted();
  return gif.end();
}

/** Pixels of some frames, the first and the last among them. */
async function sampled(frame, count, size) {
  const some = Math.min(SAMPLES, count);
  const stride = 2 * Math.floor((some * size) / PIXELS / 2) + 1; // odd: it meets every column
  const each = Math.ceil(size / stride);
  const pixels = new Uint32Array(some * each);
  for (let k = 0; k < some; k++) {
    const all = await frame(some > 1 ? Math.round((k * (count - 1)) / (some - 1)) : 0);
    for (let p = 0; p < each; p++) pixels[k * each + p] = all[p * stride];
  }
  return pixels;
}

/** Hundredths of a second that frame i stays; as a GIF counts in whole ones, what one frame loses the next one gets. */
function delay(i, count, rate, hold) {
  const until = (k) => Math.round((100 * k) / rate);
  const own = until(i + 1) - until(i);
  return i === count - 1 ? Math.max(own, Math.round(100 * hold)) : own;
}

class Gif {
  constructor(GIFEncoder, width, height, palette, comment) {
    Object.assign(this, { width, height, palette, comment });
    this.encoder = GIFEncoder();
    this.nearest = new Nearest(palette);
    this.shown = new Uint8Array(width * height).fill(SAME);
  }

  add(pixels, hundredths) {
    const { encoder, width, height } = this;
    const [places, changed] = this.changes(pixels);
    const [wide, high] = changed ? [width, height] : [1, 1]; // one clear pixel changes nothing
    const part = changed ? places : places.subarray(0, 1);
    const first = this.pixels === undefined;
    const palette = first ? [...this.palette, ...new Array(SAME + 1 - this.palette.length).fill([0, 0, 0])] : null;
    encoder.writeFrame(part, wide, high, { palette, delay: 10 * hundredths, transparent: !first, transparentIndex: SAME, dispose: KEEP });
    this.pixels = pixels;
  }

  /** The place of each pixel's colour, or SAME; and whether there is any other. */
  changes(pixels) {
    const { shown, nearest, pixels: before } = this;
    const places = new Uint8Array(pixels.length).fill(SAME);
    let changed = false;
    for (let p = 0; p < pixels.length; p++) {
      if (before && pixels[p] === before[p]) continue;
      const place = nearest.of(pixels[p]);
      if (place === shown[p]) continue;
      places[p] = shown[p] = place;
      changed = true;
    }
    return [places, changed];
  }

  end() {
    this.encoder.finish();
    const bytes = this.encoder.bytesView();
    return new Blob([bytes.subarray(0, HEAD), ...commentOf(this.comment), bytes.subarray(HEAD)], { type: "image/gif" });
  }
}

/** A comment as a GIF has it, in pieces of at most 255 bytes. */
function commentOf(text) {
  const bytes = new TextEncoder().encode(text);
  const pieces = Array.from({ length: Math.ceil(bytes.length / 255) }, (_, k) => bytes.subarray(255 * k, 255 * (k + 1)));
  return [Uint8Array.of(0x21, 0xfe), ...pieces.flatMap((piece) => [Uint8Array.of(piece.length), piece]), Uint8Array.of(0)];
}

// How large a file is going to be, from short pieces of it.

import { encode } from "./animation.js";
import { KEY } from "./video.js";

const PIECE = 4; // frames
const BEFORE = { gif: 1, mp4: 4, webm: 4 }; // frames before those that are counted: a video's first ones are finer than the rest
const PLACES = [0.2, 0.7]; // of the way

/** About how many bytes `encode` of the same comes to. */
export async function estimate(wanted) {
  const { kind, count, rate, draw } = wanted;
  const sizeOf = async (from, n) => {
    const part = { ...wanted, count: n, hold: 0, progress: null, draw: (context, i) => draw(context, from + i) };
    return (await encode(part)).size;
  };
  const whole = await sizeOf(0, 1);
  if (count === 1) return whole;
  const n = Math.min(BEFORE[kind] + PIECE, count);
  const before = Math.min(BEFORE[kind], n - 1);
  let more = 0; // of a frame after another
  for (const place of PLACES) {
    const from = Math.round(place * (count - n));
    more += ((await sizeOf(from, n)) - (await sizeOf(from, before))) / (n - before) / PLACES.length;
  }
  const keys = kind === "gif" ? 1 : Math.ceil(count / (KEY * rate));
  return keys * whole + (count - keys) * more;
}

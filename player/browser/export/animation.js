// Frames to a file: GIF, MP4 or WebM.

import { wayOf } from "./codecs.js";
import { encodeGif } from "./gif.js";
import { recordVideo } from "./recording.js";
import { encodeVideo } from "./video.js";

/**
 * The file, a Blob, of `count` frames, `rate` a second, which draw(context, i) draws on a canvas of width × height pixels.
 *
 * kind: "gif", "mp4" or "webm"; hold: seconds that the last frame stays; progress(part): called with the part that is done; signal: an AbortSignal
 * that ends it (what it throws then is the signal's reason); title, comment: what the file says of itself. Sizes of videos are even.
 */
export async function encode(wanted) {
  if (wanted.kind === "gif") return encodeGif(wanted);
  const way = await wayOf(wanted.kind, wanted);
  if (!way) throw new Error(`No ${wanted.kind} can be made here`);
  return (way.by === "encoder" ? encodeVideo : recordVideo)({ ...wanted, way });
}

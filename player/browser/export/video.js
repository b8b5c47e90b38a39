// MP4 and WebM: WebCodecs makes the frames, mediabunny the file.

import { newCanvas } from "../base/canvas.js";
import { breaths } from "./breath.js";
import { mediabunny } from "./libraries.js";

export const KEY = 2; // seconds between two frames that stand by themselves, to which one can jump
const WAITING = 8; // frames at most that are with the encoder
const SECOND = 1e6; // microseconds, in which WebCodecs counts

/** Make it, of what draw(context, i) draws; way: as `wayOf` gives it; see `encode`. */
export async function encodeVideo({ kind, way, width, height, count, rate, hold, draw, progress, signal, comment, title }) {
  const { BufferTarget, EncodedPacket, EncodedVideoPacketSource, Mp4OutputFormat, Output, WebMOutputFormat } = await mediabunny();
  const format = kind === "mp4" ? new Mp4OutputFormat({ fastStart: "in-memory" }) : new WebMOutputFormat();
  const output = new Output({ format, target: new BufferTarget() });
  const source = new EncodedVideoPacketSource(way.codec);
  output.addVideoTrack(source, { frameRate: rate });
  output.setMetadataTags({ title, comment });
  await output.start();

  let written = Promise.resolve();
  let failure = null;
  const encoder = new VideoEncoder({
    output: (chunk, about) => (written = written.then(() => source.add(EncodedPacket.fromEncodedChunk(chunk), about))),
    error: (error) => (failure = error),
  });
  const check = () => {
    signal?.throwIfAborted();
    if (failure) throw failure;
  };
  try {
    encoder.configure(way.config);
    const canvas = Object.assign(newCanvas(), { width, height });
    const context = canvas.getContext("2d", { alpha: false });
    const breath = breaths();
    for (let i = 0; i < count; i++) {
      while (encoder.encodeQueueSize >= WAITING && !failure)
        await new Promise((resolve) => encoder.addEventListener("dequeue", resolve, { once: true }));
      check();
      draw(context, i);
      const duration = i === count - 1 ? Math.max(hold, 1 / rate) : 1 / rate;
      const frame = new VideoFrame(canvas, { timestamp: Math.round((i * SECOND) / rate), duration: Math.round(duration * SECOND) });
      encoder.encode(frame, { ...way.each, keyFrame: i % (KEY * rate) === 0 });
      frame.close();
      progress?.((i + 1) / count);
      await breath();
    }
    await encoder.flush();
    await written;
    check();
    await output.finalize();
    return new Blob([output.target.buffer], { type: `video/${kind}` });
  } catch (error) {
    await output.cancel();
    throw failure ?? error;
  } finally {
    if (encoder.state !== "closed") encoder.close();
  }
}

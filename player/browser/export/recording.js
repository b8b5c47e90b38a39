// MP4 and WebM where there is no WebCodecs: the animation plays on a canvas that nobody sees and is recorded, in the time that it lasts.

import { lasting } from "./frames.js";

/** Make it, of what draw(context, i) draws; way: as `wayOf` gives it; see `encode`. */
export async function recordVideo({ kind, way, width, height, count, rate, hold, draw, progress, signal }) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d", { alpha: false });
  draw(context, 0);
  const stream = canvas.captureStream(0);
  const [track] = stream.getVideoTracks();
  const recorder = new MediaRecorder(stream, { mimeType: way.type, videoBitsPerSecond: way.bitrate });
  const parts = [];
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  const happens = (name) => new Promise((resolve) => recorder.addEventListener(name, resolve, { once: true }));
  const ended = Promise.race([happens("stop"), happens("error").then(({ error }) => Promise.reject(error))]);
  const begun = happens("start");
  recorder.start();
  try {
    await Promise.race([begun, ended]);
    const start = performance.now();
    const capture = (i) => {
      draw(context, i);
      (track.requestFrame ? track : stream).requestFrame(); // Firefox asks the stream
    };
    for (let i = 0; i < count; i++) {
      capture(i);
      progress?.((i + 1) / count);
      await until(start + 1000 * (i < count - 1 ? (i + 1) / rate : lasting(count, rate, hold)), signal);
    }
    capture(count - 1); // until here the last frame lasts
    await until(performance.now() + 1000 / rate, signal);
  } finally {
    if (recorder.state !== "inactive") recorder.stop();
    track.stop();
  }
  await ended;
  signal?.throwIfAborted();
  return new Blob(parts, { type: `video/${kind}` });
}

function until(time, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, time - performance.now());
    signal?.addEventListener("abort", () => (clearTimeout(timer), reject(signal.reason)), { once: true });
  });
}

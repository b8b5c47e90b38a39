// Which video this browser can make, and how.
//
// WebCodecs is there over https and on the machine itself only; a class that opens the page over plain http has MediaRecorder.

const CODECS = { mp4: ["avc", "vp9"], webm: ["vp9", "vp8"] }; // the first that there is
const RECORDED = {
  mp4: ["video/mp4;codecs=avc1", "video/mp4;codecs=vp9", "video/mp4"],
  webm: ["video/webm;codecs=vp9", "video/webm;codecs=vp8", "video/webm"],
};
const BITS = 0.1; // of a pixel and frame, where little moves
const SHARP = 28; // VP9's quantizer, 0 to 63
const LEVELS = [
  // of H.264: macroblocks a frame, macroblocks a second, and the level's number
  [3600, 108000, "1f"],
  [8192, 245760, "28"],
  [8704, 522240, "2a"],
  [36864, 983040, "33"],
  [36864, 2073600, "34"],
];
const PROFILES = ["6400", "4d00", "42e0"]; // High, Main, Constrained Baseline

/**
 * How a file of a kind comes about: {by: "encoder", codec, config, each: what is said with each frame} with WebCodecs, {by: "recorder", type,
 * bitrate} with MediaRecorder, or null.
 *
 * kind: "mp4" or "webm"; width and height in pixels, rate in frames a second
 */
export async function wayOf(kind, { width, height, rate }) {
  const more = { width, height, framerate: rate, bitrate: bitrateOf(width, height, rate) };
  for (const codec of typeof VideoEncoder === "undefined" ? [] : CODECS[kind])
    for (const name of namesOf(codec, more)) {
      const steady = { codec: name, width, height, framerate: rate, bitrateMode: "quantizer" }; // every frame as fine as the others
      if (codec === "vp9" && (await supported(steady))) return { by: "encoder", codec, config: steady, each: { vp9: { quantizer: SHARP } } };
      const config = { codec: name, ...more, ...(codec === "avc" ? { avc: { format: "avc" } } : {}) };
      if (await supported(config)) return { by: "encoder", codec, config, each: {} };
    }
  if (typeof MediaRecorder === "undefined" || !HTMLCanvasElement.prototype.captureStream) return null;
  const type = RECORDED[kind].find((name) => MediaRecorder.isTypeSupported(name));
  return type ? { by: "recorder", type, bitrate: more.bitrate } : null;
}

async function supported(config) {
  try {
    return (await VideoEncoder.isConfigSupported(config)).supported;
  } catch {
    return false; // it does not know the codec's name
  }
}

/** Bits a second, for maps and lines that stay sharp. */
export function bitrateOf(width, height, rate) {
  return Math.round(BITS * width * height * rate);
}

function namesOf(codec, { width, height, framerate }) {
  if (codec === "vp8") return ["vp8"];
  if (codec === "vp9") return ["vp09.00.51.08"];
  const blocks = Math.ceil(width / 16) * Math.ceil(height / 16);
  const level = LEVELS.find(([frame, second]) => blocks <= frame && blocks * framerate <= second);
  return level ? PROFILES.map((profile) => `avc1.${profile}${level[2]}`) : [];
}

// What a PNG says besides its pixels: texts, and how large it is on paper.

const HEAD = 33; // bytes of the signature and of the first chunk, behind which others may stand
const METRE = 39.3701; // inches

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function checksum(bytes) {
  let c = 0xffffffff;
  for (const byte of bytes) c = TABLE[(c ^ byte) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

function chunk(kind, content) {
  const bytes = new Uint8Array(12 + content.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  bytes.set(new TextEncoder().encode(kind), 4);
  bytes.set(content, 8);
  view.setUint32(8 + content.length, checksum(bytes.subarray(4, 8 + content.length)));
  return bytes;
}

/** The PNG with these texts {keyword: text} and so many pixels to an inch; png: a Uint8Array. */
export function withTexts(png, texts, density) {
  const found = Object.entries(texts).map(([name, text]) => chunk("iTXt", new TextEncoder().encode(`${name}\0\0\0\0\0${text}`)));
  const size = new Uint8Array(9);
  new DataView(size.buffer).setUint32(0, Math.round(density * METRE));
  new DataView(size.buffer).setUint32(4, Math.round(density * METRE));
  size[8] = 1; // per metre
  const parts = [png.subarray(0, HEAD), chunk("pHYs", size), ...found, png.subarray(HEAD)];
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => {
    whole.set(part, at);
    return at + part.length;
  }, 0);
  return whole;
}

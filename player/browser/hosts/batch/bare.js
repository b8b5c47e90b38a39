// What the figure's modules need of a browser, where there is none: a decoder of ASCII, and a canvas that only keeps pixels for a picture.

const nothing = () => {};

class Pixels {
  /** (bytes, width, height), or (width, height) of what is still empty. */
  constructor(...given) {
    const [height, width, data = new Uint8ClampedArray(4 * width * height)] = given.reverse();
    Object.assign(this, { data, width, height });
  }
}

/** A canvas on which nothing is drawn but pixels; its address has them as they are, which the program makes a PNG of. */
class Canvas {
  constructor(width, height) {
    Object.assign(this, { width, height, pixels: null });
    const own = {
      putImageData: ({ data }) => (this.pixels = data),
      drawImage: (image, x, y) => image.pixels && this.copy(image, Math.round(x), Math.round(y)),
      measureText: () => ({ width: 0 }),
      getTransform: () => ({ a: 1, e: 0, f: 0 }),
    };
    this.context = new Proxy(own, { get: (target, name) => target[name] ?? nothing, set: () => true });
  }

  /** The part of another one from there on. */
  copy(image, x, y) {
    const { width, height } = this;
    this.pixels = new Uint8ClampedArray(4 * width * height);
    for (let row = 0; row < Math.min(height, image.height - y); row++) {
      const from = 4 * ((y + row) * image.width + x);
      this.pixels.set(image.pixels.subarray(from, from + 4 * Math.min(width, image.width - x)), 4 * row * width);
    }
  }

  getContext() {
    return this.context;
  }

  toDataURL() {
    return `data:image/x-pixels;${this.width};${this.height};${inHex(this.pixels)}`;
  }
}

const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

function inHex(bytes) {
  const parts = new Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) parts[i] = DIGITS[bytes[i]];
  return parts.join("");
}

class Decoder {
  decode(bytes) {
    let text = "";
    for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096));
    return text;
  }
}

globalThis.window ??= { devicePixelRatio: 1, innerWidth: 1440, innerHeight: 900, addEventListener: nothing };
globalThis.OffscreenCanvas ??= Canvas;
globalThis.ImageData ??= Pixels;
globalThis.TextDecoder ??= Decoder;
for (const name of ["requestAnimationFrame", "setTimeout", "clearTimeout"]) globalThis[name] ??= nothing;

/** The bytes of a text of hexadecimal digits. */
export function bytesOf(hex) {
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

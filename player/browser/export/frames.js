// The frames of an animation: at which steps, and how each fills the picture.

const CLOSE = 1e-9; // of a frame: what rounding adds to a whole number of them

/** How many frames show the steps `from` to `to`, at `speed` steps and `rate` frames a second; the last one is at `to`. */
export function countOf({ from, to, speed, rate }) {
  return Math.max(Math.ceil(((to - from) * rate) / speed - CLOSE), 0) + 1;
}

/** The step of frame i; between two steps a fraction. */
export function stepOf(i, { from, to, speed, rate }) {
  return Math.min(from + (i * speed) / rate, to);
}

/** How long an animation lasts, in seconds, when its last frame stays for `hold`. */
export function lasting(count, rate, hold) {
  return (count - 1) / rate + Math.max(hold, 1 / rate);
}

/** A whole and even number of pixels, as video wants it. */
export function even(length) {
  return Math.max(2 * Math.round(length / 2), 2);
}

/** Have draw(context) draw what is `size` units large into the middle of a canvas, as large as it goes, with the rest in one colour. */
export function drawInto(context, [width, height], colour, draw) {
  const { canvas } = context;
  const scale = Math.min(canvas.width / width, canvas.height / height);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = colour;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.setTransform(scale, 0, 0, scale, (canvas.width - scale * width) / 2, (canvas.height - scale * height) / 2);
  draw(context);
}

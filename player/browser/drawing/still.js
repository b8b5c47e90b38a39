// What stands still while runs move over it: drawn once, and put on every frame.

import { newCanvas, sized } from "../base/canvas.js";

/** paint(context), of a picture of this size, as a function that works it out only once for each sharpness of a canvas. */
export function still(paint, width, height) {
  let [canvas, density] = [null, 0];
  return (context) => {
    if (context.vector) return context.shared(paint, () => paint(context));
    const { a, e, f } = context.getTransform();
    if (a !== density) {
      canvas ??= newCanvas();
      paint(sized(canvas, width, height, a));
      density = a;
    }
    context.save();
    context.setTransform(1, 0, 0, 1, Math.round(e), Math.round(f)); // pixel on pixel
    context.drawImage(canvas, 0, 0);
    context.restore();
  };
}

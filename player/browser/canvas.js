// A canvas in CSS pixels, sharp on every screen.

/** A canvas of this size in CSS pixels, cleared, with a context that draws in them. */
export function sized(canvas, width, height, scale = window.devicePixelRatio || 1) {
  const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
  const context = canvas.getContext("2d");
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

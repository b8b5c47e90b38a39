// A canvas in CSS pixels, sharp on every screen.

/** A canvas of this size, cleared, with a context that draws in its units: CSS pixels, or `unit` of them. */
export function sized(canvas, width, height, density = window.devicePixelRatio || 1, unit = 1) {
  const scale = density * unit;
  const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
  const context = canvas.getContext("2d");
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
    canvas.style.width = `${width * unit}px`;
    canvas.style.height = `${height * unit}px`;
  }
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

export function strokeLine(context, [x0, y0], [x1, y1], dash = []) {
  context.setLineDash(dash);
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
  context.setLineDash([]);
}

// Drawing on a canvas: in CSS pixels, sharp on every screen.

/** A canvas to draw on out of sight, also in a worker, which has no document. */
export function newCanvas() {
  return typeof document === "undefined" ? new OffscreenCanvas(1, 1) : document.createElement("canvas");
}

/** A canvas of this size, cleared, with a context that draws in its units: CSS pixels, or `unit` of them. */
export function sized(canvas, width, height, density = window.devicePixelRatio || 1, unit = 1) {
  const scale = density * unit;
  const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
  const context = canvas.getContext("2d");
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
    if (canvas.style) Object.assign(canvas.style, { width: `${width * unit}px`, height: `${height * unit}px` });
  }
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

/** Draw inside a box only. */
export function clipped(context, { x, y, width, height }, draw) {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  draw();
  context.restore();
}

/** Stroke the path that has been traced, in a wider casing that sets it off from what lies under it. */
export function strokeCased(context, { line, casing }, [wide, narrow], dash = []) {
  context.setLineDash([]);
  context.strokeStyle = casing;
  context.lineWidth = wide;
  context.stroke();
  context.setLineDash(dash);
  context.strokeStyle = line;
  context.lineWidth = narrow;
  context.stroke();
  context.setLineDash([]);
}

export function strokeLine(context, [x0, y0], [x1, y1], dash = []) {
  context.setLineDash(dash);
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
  context.setLineDash([]);
}

// A lane's second sign beside its colour: the shape of its head, on the map and on the curves.

const corners = (n, turn, inner) =>
  Array.from({ length: inner ? 2 * n : n }, (_, i) => {
    const angle = (2 * Math.PI * i) / (inner ? 2 * n : n) + turn;
    const radius = inner && i % 2 ? inner : 1;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });

const UP = -Math.PI / 2;
const SHAPES = {
  square: corners(4, Math.PI / 4),
  triangle: corners(3, UP),
  diamond: corners(4, 0),
  wedge: corners(3, -UP),
  star: corners(5, UP, 0.45),
  hexagon: corners(6, 0),
  pentagon: corners(5, UP),
};

/** A marker as the `d` of an SVG path, in a picture of 16 by 16. */
export function markerPath(shape) {
  if (!SHAPES[shape]) return "M2.5 8a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0z";
  return `M${SHAPES[shape].map(([dx, dy]) => `${8 + sizeOf(shape, 5.5) * dx} ${8 + sizeOf(shape, 5.5) * dy}`).join("L")}z`;
}

const sizeOf = (shape, radius) => radius * (shape === "star" ? 1.5 : 1.25);

/** Trace a marker of about the area of a circle of this radius; the caller fills and strokes. */
export function traceMarker(context, shape, x, y, radius) {
  context.beginPath();
  if (!SHAPES[shape]) return context.arc(x, y, radius, 0, 2 * Math.PI);
  const size = sizeOf(shape, radius);
  for (const [dx, dy] of SHAPES[shape]) context.lineTo(x + size * dx, y + size * dy);
  context.closePath();
}

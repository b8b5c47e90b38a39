// The stationary points on a surface, in 3-D dim where a hill stands before them. On the page's maps they are Plotly's.

import { BEHIND } from "./relief.js";

const GROWN = { star: 1.4, "star-open": 1.4, "triangle-up-open": 2 / Math.sqrt(3) }; // as Plotly has them

/** Draw what a figure marks, with its look in this theme; place(x, y) = [left, top, whether it is hidden]; `flat`: as large as Plotly draws them. */
export function drawMarks(context, { data, themes }, place, colours, flat = false) {
  const { x, y } = data[1];
  const { symbol, size, color, line } = themes[colours.name][1].marker;
  for (let i = 0; i < x.length; i++) {
    const [px, py, hidden] = place(x[i], y[i]);
    if (!Number.isFinite(px)) continue;
    context.globalAlpha = hidden ? BEHIND : 1;
    context.strokeStyle = context.fillStyle = color;
    context.lineWidth = line.width;
    traceMark(context, symbol[i], px, py, ((flat && GROWN[symbol[i]]) || 1) * (size[i] / 2));
    if (symbol[i] === "star") context.fill();
    context.stroke();
  }
  context.globalAlpha = 1;
}

function traceMark(context, symbol, x, y, r) {
  context.beginPath();
  if (symbol === "x-thin-open") {
    const a = r * Math.SQRT1_2;
    for (const s of [-1, 1]) {
      context.moveTo(x - a, y - s * a);
      context.lineTo(x + a, y + s * a);
    }
    return;
  }
  const [corners, inner] = symbol === "triangle-up-open" ? [3, 0.5] : [5, 0.382];
  for (let k = 0; k < 2 * corners; k++) {
    const [angle, far] = [(Math.PI * k) / corners, k % 2 ? inner * r : r];
    context.lineTo(x + far * Math.sin(angle), y - far * Math.cos(angle));
  }
  context.closePath();
}

// The page's theme as it is now: light or dark, its colours and its font; and the style sheets.

import { newCanvas } from "./canvas.js";

const sheets = ["present.css", "player.css", "plotly.css", "streamlit.css"].map((name) => new URL(`../style/${name}`, import.meta.url).href);

export function useStyle() {
  for (const href of sheets) {
    if (document.querySelector(`link[href="${href}"]`)) continue;
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
  }
}

export function theme(element) {
  const style = getComputedStyle(element);
  const background = style.getPropertyValue("--st-background-color").trim() || "#ffffff";
  const text = style.getPropertyValue("--st-text-color").trim() || "#31333f";
  const font = style.getPropertyValue("--st-font").trim() || "sans-serif";
  const dark = luminance(background) < 0.5;
  return { name: dark ? "dark" : "light", dark, background, text, font };
}

function luminance(colour) {
  const [r, g, b] = channels(colour);
  return (0.299 * r + 0.587 * g + 0.114 * b) / 255;
}

const known = new Map(); // a colour's channels, worked out once
let pad = null;

function channels(colour) {
  if (!known.has(colour)) {
    pad ??= newCanvas().getContext("2d");
    pad.fillStyle = colour; // the canvas turns any CSS colour into #rrggbb
    known.set(
      colour,
      [1, 3, 5].map((i) => parseInt(pad.fillStyle.slice(i, i + 2), 16)),
    );
  }
  return known.get(colour);
}

/** The text colour at a strength between 0 and 1. */
export function ink({ text }, strength) {
  const [r, g, b] = channels(text);
  return `rgba(${r},${g},${b},${strength})`;
}

/** The same on the page's background, opaque: WebGL lines know no transparency. */
export function solid({ text, background }, strength) {
  const [over, under] = [channels(text), channels(background)];
  return `rgb(${over.map((v, i) => Math.round(strength * v + (1 - strength) * under[i]))})`;
}

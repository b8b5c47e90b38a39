// How the page is shown in a classroom: presentation mode, what is left out, and how large everything is drawn.

import { onChange, stage, tell } from "./store.js";

const root = typeof document === "undefined" ? { dataset: {} } : document.documentElement; // figures are drawn without a page too
const [WIDE, HIGH] = [2560, 1440]; // on a window larger than this everything grows with it
const CROWD = 4; // lanes
const NARROW = 640; // pixels of the widest window that has a lane a row, as the style sheets have it

export const mode = { present: 0, hide: [], predict: 0 };

export function setMode(wanted) {
  if (JSON.stringify(wanted) === JSON.stringify(mode) && "hide" in root.dataset) return;
  Object.assign(mode, wanted);
  root.dataset.present = mode.present;
  root.dataset.hide = mode.hide.join(" ");
  if (root.style) resize();
  tell("mode");
}

export function hides(part) {
  return mode.hide.includes(part);
}

/** Whether the window is a phone's. */
export function narrow() {
  return window.innerWidth <= NARROW;
}

/** Whether one map shows all lanes: where that is wanted, and on a phone. */
export function overlaid() {
  return stage.link.overlay === "1" || narrow();
}

/** How many times larger than on a desk type, lines and marks are: in presentation mode they fill the window. */
export function scale() {
  const { innerWidth: width, innerHeight: height } = window;
  const usual = Math.max(1, Math.min(width / WIDE, height / HIGH));
  if (!mode.present) return usual;
  const most = stage.count > CROWD && !overlaid() ? 1.2 : 1.6; // many lanes leave no room for larger type
  return !narrow() ? Math.max(most / 1.28, most * Math.min(width / 1440, height / 900)) : 1.15;
}

/** Streamlit and the player's own parts measure in the root's type size. */
function resize() {
  root.style.setProperty("--dl-scale", scale());
  root.style.fontSize = scale() === 1 ? "" : `${16 * scale()}px`;
}

if (root.style) {
  onChange((what) => what === "count" && resize());
  window.addEventListener("resize", () => {
    resize();
    tell("mode");
  });
}

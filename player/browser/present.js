// How the page is shown in a classroom: presentation mode, what is left out, and how large everything is drawn.

import { stage, tell } from "./store.js";

const root = document.documentElement;
const [WIDE, HIGH] = [2560, 1440]; // on a window larger than this everything grows with it

export const mode = { present: 0, hide: [], predict: 0 };

export function setMode(wanted) {
  if (JSON.stringify(wanted) === JSON.stringify(mode) && "hide" in root.dataset) return;
  Object.assign(mode, wanted);
  root.dataset.present = mode.present;
  root.dataset.hide = mode.hide.join(" ");
  resize();
  tell("mode");
}

export function hides(part) {
  return mode.hide.includes(part);
}

/** How many times larger than on a desk type, lines and marks are: in presentation mode they fill the window. */
export function scale() {
  const { innerWidth: width, innerHeight: height } = window;
  const usual = Math.max(1, Math.min(width / WIDE, height / HIGH));
  if (!mode.present) return usual;
  return width > 640 ? Math.max(1.25, 1.6 * Math.min(width / 1440, height / 900)) : 1.15;
}

/** The most height that a map may take, in the window's pixels. */
export function tallest(usual) {
  if (!mode.present && !hides("controls")) return usual;
  const rem = 16 * scale();
  const above = mode.present || hides("top") ? 1 : 5.5;
  const beside = above + (hides("curves") ? 0 : 11.5) + (hides("bar") ? 0.5 : 3.5);
  const pairs = mode.present && hides("curves") && stage.lanes.size > 2 && stage.lanes.size <= 4; // two a row, as the style sheet has it
  const rows = window.innerWidth <= 640 ? 1 : stage.lanes.size > 4 || pairs ? 2 : 1;
  const double = mode.present && !pairs; // head and readout have two lines
  const around = (hides("titles") && hides("verdicts") ? 0 : double ? 3 : 1.6) + (hides("readout") ? 0 : double ? 2.8 : 1.4) + 1;
  return (window.innerHeight - beside * rem) / rows - around * rem;
}

/** In presentations and on the largest screens the curves take what height the panels leave. */
export function fillWindow(curves) {
  const rest = window.innerHeight - curves.getBoundingClientRect().top - window.scrollY - (hides("bar") ? 0.5 : 3.6) * 16 * scale();
  const most = mode.present ? rest : Math.min(rest, 24 * 16 * scale());
  root.style.setProperty("--dl-curves", scale() > 1 && window.innerWidth > 640 ? `${Math.floor(most)}px` : "0px");
}

/** Streamlit and the player's own parts measure in the root's type size. */
function resize() {
  root.style.setProperty("--dl-scale", scale());
  root.style.fontSize = scale() === 1 ? "" : `${16 * scale()}px`;
}

window.addEventListener("resize", () => {
  resize();
  tell("mode");
});

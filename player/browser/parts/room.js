// How high maps and curves may be, so that what belongs together stays in the window.

import { hides, mode, narrow, scale } from "../stage/mode.js";
import { stage } from "../stage/store.js";

const root = document.documentElement;
const TALLEST = 0.4; // of the window's height for a panel's map
const LOWER = 0.3; // the same for wide panels, so that the curves stay in view
const BESIDE = 370; // of a window's height for the top row, the curves and the transport bar
const CURVES = 270; // the same without the top row

/** The most height that a panel's map of this width may take, in the window's pixels. */
export function roomForPanel(width) {
  if (!mode.present && !hides("controls")) return (width < 560 ? TALLEST : LOWER) * window.innerHeight;
  const rem = 16 * scale();
  const above = mode.present || hides("top") ? 1 : 5.5;
  const beside = above + (hides("curves") ? 0 : 11.5) + (hides("bar") ? 0.5 : 3.5);
  const pairs = mode.present && hides("curves") && stage.lanes.size > 2 && stage.lanes.size <= 4; // two a row, as the style sheet has it
  const rows = narrow() ? 1 : stage.lanes.size > 4 || pairs ? 2 : 1;
  const double = mode.present && !pairs; // head and readout have two lines
  const around = (hides("titles") && hides("verdicts") ? 0 : double ? 3 : 1.6) + (hides("readout") ? 0 : double ? 2.8 : 1.4) + 1;
  return (window.innerHeight - beside * rem) / rows - around * rem;
}

/** The same for the map of all lanes. */
export function roomForOverlay() {
  return window.innerHeight - (mode.present ? CURVES : BESIDE) * scale();
}

/** In presentations and on the largest screens the curves take what height the panels leave. */
export function fillWindow(curves) {
  const rest = window.innerHeight - curves.getBoundingClientRect().top - window.scrollY - (hides("bar") ? 0.5 : 3.6) * 16 * scale();
  const most = mode.present ? rest : Math.min(rest, 24 * 16 * scale());
  root.style.setProperty("--dl-curves", scale() > 1 && !narrow() ? `${Math.floor(most)}px` : "0px");
}

// The room that maps and curves have in the window: worked out anew when the window, the lanes or what stands around them change.

import { arrange } from "../stage/arrange.js";
import { hides, mode, narrow, overlaid, scale } from "../stage/mode.js";
import { onChange, stage, tell } from "../stage/store.js";

const root = document.documentElement;
const PANEL = { x: 48, y: 31 }; // pixels around a plot for its axes
const LINES = { head: 1.75, readout: 1.35, bar: 3.4, end: 0.4 }; // rem
const PHONE = 0.42; // of a phone's height for a map

let around = null; // measures {top, width, controls} of the page, in pixels
let now = { plot: { height: 200 }, below: 0, beside: 0 };

/** From now on the page is measured so. */
export function settleIn(measure) {
  around = measure;
  rearrange();
}

/** The most height that a map of this width may take with its axes, in the window's pixels. */
export function roomForMap(width) {
  return narrow() || !around ? Math.min(PHONE * window.innerHeight, width) : now.plot.height + PANEL.y * scale();
}

/** Find the arrangement anew, and tell where it has changed. */
export function rearrange() {
  if (!around || !stage.count || matchMedia("print").matches) return; // on paper everything stands as it stood
  const unit = scale();
  const rem = 16 * unit;
  const { top, width, controls } = around();
  const foot = (hides("bar") ? 0 : LINES.bar) + LINES.end;
  const head = hides("titles") && hides("verdicts") ? 0 : LINES.head;
  const height = Math.max(window.innerHeight - top - foot * rem, 300 * unit);
  now = arrange({
    free: { width, height },
    lanes: stage.count,
    panel: { x: PANEL.x * unit, y: PANEL.y * unit, around: (head + (hides("readout") ? 0 : LINES.readout)) * rem },
    controls: mode.present || hides("controls") ? 0 : controls,
    curves: !hides("curves"),
    inspector: Boolean(stage.inspected),
    overlay: overlaid(),
    aspect: stage.surface?.aspect,
    unit,
  });
  const written = {
    columns: now.columns,
    beside: `${Math.floor(now.beside)}px`,
    tall: narrow() ? "24rem" : `${Math.floor(now.tall)}px`,
    side: `${Math.floor(now.side)}px`,
    inspector: `${Math.floor(now.inspector)}px`,
    cards: `${Math.floor(now.cards)}px`,
    free: `${Math.floor(height)}px`,
  };
  root.toggleAttribute("data-overlay", overlaid());
  const said = JSON.stringify([overlaid(), written, now.curves, now.controls, Math.floor(now.plot.height)]);
  if (said === root.dataset.arranged) return;
  root.dataset.arranged = said;
  root.dataset.curves = now.curves;
  root.dataset.controls = narrow() ? "under" : now.controls;
  for (const [name, value] of Object.entries(written)) root.style.setProperty(`--dl-${name}`, value);
  tell("room");
}

onChange((what) => ["mode", "count", "surface", "link"].includes(what) && rearrange());

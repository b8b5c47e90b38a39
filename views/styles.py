"""Everything that names parts of Streamlit's page to change their look, as they were seen in Streamlit 1.67."""

from __future__ import annotations

from collections.abc import Collection

STYLE = """
<style>
.stMainBlockContainer { padding: 0.75rem 1.25rem 4.5rem; max-width: none; }
[class*="st-key-stage_"] { display: none; }
.stAppHeader { background: transparent; height: 2.5rem; min-height: 0; }
.stAppHeader, .stAppHeader * { pointer-events: none; }
.stAppHeader button, .stAppHeader button * { pointer-events: auto; }
h1.dl-brand { font-size: 1.15rem; line-height: 1.75rem; margin: 0; padding: 0 0.5rem 0 0; white-space: nowrap; }
/* The first row is one line: a field's name stands before it, in the same frame. */
.stMainBlockContainer > .stVerticalBlock { gap: 0.4rem; }
.st-key-top { padding-right: 2.5rem; }
.st-key-top .st-key-brand { flex: none; }
.st-key-top .stNumberInput label p { font-size: 0.8rem; }
.st-key-top .stPopover button p { max-width: 8rem; overflow: hidden; text-overflow: ellipsis; }
@media (min-width: 1100px) { .st-key-top { flex-wrap: nowrap; } }
@media (min-width: 1100px) and (max-width: 1399px) {
  .st-key-top .dl-brand { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
}
@media (min-width: 1100px) and (max-width: 1259px) { .st-key-top { gap: 0.25rem; } }
.st-key-top > .stElementContainer .stNumberInput { display: flex; align-items: center; gap: 0.35rem; }
.st-key-top .stNumberInput label { margin: 0 0 0 0.4rem; min-height: 0; white-space: nowrap; }
.st-key-top > :is(.st-key-x, .st-key-y) { flex: 0 1 8.4rem; min-width: 6.2rem; }
.st-key-top > .st-key-steps { flex: 0 1 7.2rem; min-width: 5.8rem; }
.st-key-top .stNumberInput button { display: none; }
.st-key-top .stNumberInput > div:last-child { flex: 1 1 0; min-width: 0; }
.st-key-headline { max-height: 1.75rem; overflow: hidden; row-gap: 2rem; }
[class*="st-key-headline"] p { margin: 0; white-space: nowrap; line-height: 1.75rem; font-size: 0.95rem; word-break: keep-all; }
.st-key-headline_scene { max-height: 3.2rem; overflow: hidden; flex-wrap: nowrap; }
.st-key-headline_scene > :first-child p { font-size: 1.05rem; line-height: 1.5rem; white-space: normal; }
.st-key-headline_scene > :last-child { display: none; }
[class*="st-key-headline"] .dl-marks { opacity: 0.75; font-size: 0.85rem; }
[class*="st-key-headline"] .dl-marks span { margin-right: 0.6rem; }
.st-key-brand [data-testid="stPageLink-NavLink"] { padding-left: 0; }
.st-key-brand .dl-lessons { display: block; padding-right: 0.5rem; font-size: 0.875rem; line-height: 1.75rem; white-space: nowrap;
  color: inherit; text-decoration: none; border-radius: 0.35rem; }
.st-key-brand .dl-lessons:hover { background: rgba(151, 166, 195, 0.15); }
[data-testid="stWidgetLabel"] [data-testid="stTooltipIcon"] { opacity: 0.35; transition: opacity 0.15s; }
[data-testid="stWidgetLabel"]:hover [data-testid="stTooltipIcon"], [data-testid="stTooltipIcon"]:focus-within { opacity: 1; }
[class*="st-key-refused"] pre { padding: 0.25rem 0.75rem; }
[class*="st-key-trouble"] { position: fixed; inset: auto 1.25rem 1rem; z-index: 20; width: auto; backdrop-filter: blur(1rem); }
.stColumn [class*="st-key-trouble"] { position: static; }
/* The board: lanes in columns, the curves below or beside them, the inspector at their side. player/browser/stage/arrange.js says which. */
.st-key-board { display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); }
:root:not([data-overlay]) .st-key-overlay_panel { display: none; }
.st-key-board > .st-key-curves, .st-key-board > .st-key-inspector { min-width: 0; }
@media (min-width: 641px) {
  .st-key-lanes { display: grid; gap: 1rem; grid-template-columns: repeat(var(--dl-columns, 4), minmax(0, 1fr)); align-items: start; }
  :root[data-curves="beside"] .st-key-board { grid-template-columns: minmax(0, 1fr) var(--dl-beside); }
  .st-key-board:has(> .st-key-inspector) { grid-template-columns: minmax(0, 1fr) var(--dl-inspector, 30rem); }
  .st-key-board > .st-key-inspector { grid-column: 2; grid-row: 1 / span 2; max-height: var(--dl-free); overflow-y: auto; }
  /* One map of all lanes, and these as cards beside it. */
  :root[data-overlay] .st-key-board { grid-template-columns: minmax(0, 1fr) var(--dl-cards); }
  :root[data-overlay] .st-key-board:has(> .st-key-inspector) { grid-template-columns: minmax(0, 1fr) var(--dl-cards) var(--dl-inspector); }
  :root[data-overlay] .st-key-board > .st-key-inspector { grid-column: 3; }
  :root[data-overlay] .st-key-board > :has(> .st-key-lanes) { grid-column: 2; grid-row: 1 / span 2; max-height: var(--dl-free); overflow-y: auto; }
  :root[data-overlay] .st-key-board > .st-key-curves { grid-column: 1; grid-row: 2; }
  :root[data-controls="beside"] [class*="st-key-lane"]:not(.st-key-lanes) {
    display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr) var(--dl-side); align-items: center; }
  :root[data-controls="stacked"] .st-key-board { grid-template-rows: auto minmax(0, 1fr); }
  :root[data-controls="stacked"] .st-key-board :has(.st-key-panel1) { display: contents; }
  :root[data-controls="stacked"] .st-key-panel1 { grid-column: 1; grid-row: 1 / span 2; }
  :root[data-controls="stacked"] .st-key-lane1 > :has(> .st-key-controls1) { grid-column: 2; grid-row: 1; }
  :root[data-controls="stacked"] .st-key-curves { grid-column: 2; grid-row: 2; }
}
[class*="st-key-controls"] { max-width: 26.25rem; margin: 0 auto; padding-top: 0.25rem; }
[class*="st-key-controls"] button[kind="tertiary"]:is(:hover, :active, :focus, [aria-expanded="true"]) { color: inherit; }
[data-testid="stPopoverBody"] { outline: none; max-width: 95vw; }
[data-testid="stPopoverBody"]:has(.katex-display) { width: max-content; }
[class*="st-key-rest_menu"] { flex: 1 1 0; min-width: 0; }
[class*="st-key-rest_menu"] button { justify-content: flex-start; padding-left: 0; min-height: 2rem; }
[class*="st-key-rest_menu"] button p { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-size: 0.875rem; }
[class*="st-key-controls"] [class*="st-key-rest"] button { min-height: 2rem; padding-block: 0; }
:root[data-controls="folded"] [class*="st-key-lanes"] > * { position: relative; }
:root[data-controls="folded"] [class*="st-key-controls"] { display: none; }
:root[data-controls="folded"] :is(
  [data-unfolded="1"] .st-key-controls1, [data-unfolded="2"] .st-key-controls2, [data-unfolded="3"] .st-key-controls3,
  [data-unfolded="4"] .st-key-controls4, [data-unfolded="5"] .st-key-controls5, [data-unfolded="6"] .st-key-controls6,
  [data-unfolded="7"] .st-key-controls7, [data-unfolded="8"] .st-key-controls8) {
  display: flex; position: absolute; z-index: 60; top: 1.9rem; right: 0; width: min(100%, 26.25rem); padding: 0.5rem 0.75rem; border-radius: 0.5rem;
  background: var(--dl-paper, canvas); border: 1px solid rgba(128, 128, 128, 0.4); box-shadow: 0 0.25rem 1rem rgba(0, 0, 0, 0.2); }
.dl-warned { margin: 0; overflow-wrap: anywhere; }
.dl-warned span { color: #b26b00; }
.st-key-complaints { max-height: 9rem; overflow-y: auto; padding: 0.5rem 1rem; flex-wrap: nowrap; }
.st-key-complaints .stHtml { min-width: 0; }
:root[data-waiting] [class*="st-key-headline"], :root[data-waiting] [class*="st-key-headline"] * { visibility: hidden !important; }
:is([class*="st-key-scene-"], [class*="st-key-preset-"]) button { min-height: 1.9rem; padding: 0 1.25rem 0 0; }
/* A lane's small buttons and the way back to the opening show their icons; their names are for screen readers. */
[class*="st-key-formula"] button p, [class*="st-key-inspect_lane"] button p, [class*="st-key-rest_menu"] button em, .st-key-reset_button button p {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media (max-width: 1439px) { .st-key-add button p { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); } }
/* What is shown stays as it is until the next is there; a line at the top says that it takes a while. */
[data-stale="true"] { opacity: 1 !important; transition: none !important; }
.stApp[data-test-script-state="running"]::after {
  content: ""; position: fixed; inset: 0 0 auto; height: 3px; z-index: 1000; opacity: 0; background: #5089b5; animation: dl-wait 0.01s 0.3s forwards;
}
@keyframes dl-wait { to { opacity: 0.8; } }
.stSlider * { touch-action: pan-y !important; } /* a finger goes up or down to scroll the page; the player hands it on where it goes along */
@media (prefers-reduced-motion: reduce) { *, ::before, ::after { transition: none !important; scroll-behavior: auto !important; } }
@media (max-width: 640px) {
  :is([class*="st-key-scene-"], [class*="st-key-preset-"]) button { min-height: 2.75rem; }
  .stMainBlockContainer { padding: 0.5rem 0.75rem 8rem; }
  /* One map; below it the lanes as a strip to swipe, then the curves. The first row is swiped too. */
  .st-key-top { flex-wrap: nowrap; overflow-x: auto; scrollbar-width: none; padding-right: 0; width: calc(100% - 2.25rem); }
  .st-key-top > * { flex: none; }
  .st-key-top .st-key-brand { flex-wrap: nowrap; }
  .st-key-headline, .st-key-headline_scene { max-height: none; }
  [class*="st-key-headline"] p { white-space: normal; line-height: 1.5rem; }
  [class*="st-key-headline"] > :not(:first-child) { display: none; }
  .st-key-board { gap: 0.5rem; }
  .st-key-lanes { position: relative; display: flex; flex-direction: row; gap: 0.75rem;
    overflow-x: auto; scroll-snap-type: x mandatory; scrollbar-width: none; }
  .st-key-lanes > * { flex: 0 0 86%; scroll-snap-align: start; }
  .st-key-board > .st-key-inspector {
    position: fixed; z-index: 80; left: 0; right: 0; bottom: 6.5rem; max-height: 55vh; overflow-y: auto; padding: 0.5rem 0.75rem;
    background: var(--dl-paper, canvas); border-top: 1px solid rgba(128, 128, 128, 0.4); box-shadow: 0 -0.5rem 1rem rgba(0, 0, 0, 0.15); }
}
</style>
"""

# Where the parts are that a link can leave out; the player's own are left out by its style sheet.
PLACES = {
    "top": ".st-key-top, .stAppHeader",
    "surface": ".st-key-surface",
    "noise": ".st-key-noise_menu",
    "controls": '[class*="st-key-controls"]',
}


def left_out(hidden: Collection[str], present: bool) -> str:
    """The rules that leave parts out of the page, also before the player's script has come and has a say in it."""
    hidden = {*hidden, *(("top", "controls") if present else ())}
    rules = [f":root[data-hide~='{part}'] :is({place}) {{ display: none; }}" for part, place in PLACES.items()]
    rules += [f":root[data-present='1'] :is({PLACES[part]}) {{ display: none; }}" for part in ("top", "controls")]
    rules += [f":root:not([data-hide]) :is({PLACES[part]}) {{ display: none; }}" for part in PLACES if part in hidden]
    return f"<style>{' '.join(rules)}</style>"

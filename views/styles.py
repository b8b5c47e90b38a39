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
.st-key-brand [data-testid="stPageLink-NavLink"] { padding-left: 0; }
[data-testid="stWidgetLabel"] [data-testid="stTooltipIcon"] { opacity: 0.35; transition: opacity 0.15s; }
[data-testid="stWidgetLabel"]:hover [data-testid="stTooltipIcon"], [data-testid="stTooltipIcon"]:focus-within { opacity: 1; }
[class*="st-key-refused"] pre { padding: 0.25rem 0.75rem; }
[class*="st-key-trouble"] { position: fixed; inset: auto 1.25rem 1rem; z-index: 20; width: auto; backdrop-filter: blur(1rem); }
.stColumn [class*="st-key-trouble"] { position: static; }
.dl-warned { margin: 0; overflow-wrap: anywhere; }
.dl-warned span { color: #b26b00; }
.st-key-complaints { max-height: 9rem; overflow-y: auto; padding: 0.5rem 1rem; flex-wrap: nowrap; }
.st-key-complaints .stHtml { min-width: 0; }
:root[data-waiting] .st-key-headline { visibility: hidden; }
.st-key-headline p { font-size: 1.1rem; word-break: keep-all; text-wrap: balance; }
:is([class*="st-key-scene-"], [class*="st-key-preset-"]) button { min-height: 1.9rem; padding: 0 1.25rem 0 0; }
/* A lane's small buttons and the way back to the opening show their icons; their names are for screen readers. */
[class*="st-key-lane"] .stPopover button p, [class*="st-key-inside"] button p, .st-key-reset_button button p {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
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
  .st-key-top [data-testid="stTooltipIcon"] { display: none; } /* one would lie under the page's own menu */
  /* Streamlit stacks all columns on a phone; short controls stay side by side here. */
  [class*="st-key-lane"] .stHorizontalBlock { flex-wrap: nowrap; gap: 0.5rem; }
  [class*="st-key-lane"] .stColumn { min-width: 0; }
}
</style>
"""

# Where the parts are that a link can leave out; the player's own are left out by its style sheet.
PLACES = {
    "top": ".st-key-top, .stAppHeader",
    "surface": ".st-key-surface",
    "noise": ".st-key-noise_menu",
    "controls": '[class*="st-key-lane"] > :not([class*="st-key-panel"])',
}


def left_out(hidden: Collection[str], present: bool) -> str:
    """The rules that leave parts out of the page, also before the player's script has come and has a say in it."""
    hidden = {*hidden, *(("top", "controls") if present else ())}
    rules = [f":root[data-hide~='{part}'] :is({place}) {{ display: none; }}" for part, place in PLACES.items()]
    rules += [f":root[data-present='1'] :is({PLACES[part]}) {{ display: none; }}" for part in ("top", "controls")]
    rules += [f":root:not([data-hide]) :is({PLACES[part]}) {{ display: none; }}" for part in PLACES if part in hidden]
    return f"<style>{' '.join(rules)}</style>"

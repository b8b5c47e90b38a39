"""The components of the Race page. They share one clock, because an ES module is a singleton in a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from streamlit.components import v2

from player.assets import ADDRESS
from player.icons import icon


def component(name: str, html: str) -> Callable[..., Any]:
    """A component whose script is a stub that imports its served module; Streamlit sends the stub again with every update."""
    stub = f'const module = await import(new URL("{ADDRESS}/player/{name}.js", document.baseURI));\nexport default module.default;\n'
    return v2.component(f"descent_lab.{name}", html=html, js=stub, isolate_styles=False)


def button(name: str, content: str = "") -> str:
    return f'<button type="button" class="dl-{name}">{content or icon(name)}</button>'


PANEL = f"""
<div class="dl-panel" role="group">
  <div class="dl-head">
    <svg class="dl-glyph" viewBox="0 0 16 16" aria-hidden="true"><path/></svg>
    <span class="dl-title"></span><span class="dl-verdict" role="status"></span>
  </div>
  <div class="dl-stage">
    <div class="dl-map"></div><svg class="dl-field" aria-hidden="true" hidden><path/></svg><canvas class="dl-trail" aria-hidden="true"></canvas>
    <span class="dl-hint"></span><span class="dl-missed" role="status"></span><span class="dl-hover"></span>{button("home")}
  </div>
  <div class="dl-readout"></div>
  <p class="dl-summary"></p>
</div>
"""

OVERLAY = f"""
<div class="dl-panel dl-large" role="group">
  <div class="dl-stage">
    <div class="dl-map"></div><svg class="dl-field" aria-hidden="true" hidden><path/></svg><canvas class="dl-trail" aria-hidden="true"></canvas>
    <span class="dl-hover"></span>{button("home")}
  </div>
  <div class="dl-legend" aria-hidden="true"></div>
</div>
"""


def chart(name: str) -> str:
    values = '<div class="dl-values" aria-hidden="true" hidden></div>'
    return f'<div><canvas class="dl-{name}" role="img"></canvas><select class="dl-choose"></select>{values}</div>'


CURVES = f'<div class="dl-curves">{chart("loss")}{chart("rates")}</div>\n'

BAR = f"""
<div class="dl-bar" role="toolbar">
  {button("restart")}{button("back")}
  {button("play", icon("play", "dl-if-play") + icon("pause", "dl-if-pause"))}
  {button("forward")}
  <div class="dl-scrub-box"><input type="range" class="dl-scrub" min="0" max="1" step="1" value="0"></div>
  <div class="dl-count-box"><div class="dl-count"></div></div>
  <select class="dl-speed"></select>
  {button("loop")}{button("link")}{button("picture")}
  {button("present")}{button("full")}{button("classroom")}{button("help", "?")}
</div>
<span class="dl-said" role="status"></span>
<div class="dl-predict" hidden><span class="dl-predict-text" role="status"></span>{button("reveal", " ")}{button("again", " ")}</div>
<dialog class="dl-dialog dl-shown"></dialog>
<dialog class="dl-dialog dl-keys"></dialog>
"""

SLIDER = """
<div class="dl-slider">
  <div class="dl-slider-name"></div>
  <div class="dl-slider-rail"><output class="dl-slider-value" aria-hidden="true"></output><input type="range" min="0" step="1"></div>
</div>
"""

INSPECTOR = f"""
<div class="dl-inside" role="region">
  <div class="dl-inside-head">
    <span class="dl-inside-title"></span><div><div class="dl-inside-step"></div></div>{button("inside-close", icon("close"))}
  </div>
  <div class="dl-inside-body"><div class="dl-inside-formula"></div><dl class="dl-inside-list"></dl></div>
</div>
"""

_panel = component("panel", PANEL)
_overlay = component("overlay", OVERLAY)
_curves = component("curves", CURVES)
_transport = component("transport", BAR)
_slider = component("slider", SLIDER)
_inspector = component("inspector", INSPECTOR)


def panel(data: bytes, *, key: str, on_start: Callable[[], None]) -> None:
    """A lane's panel; `data` is packed {"lane": …}. A click on its map calls `on_start`, with the point in st.session_state[key].start."""
    _panel(data=data, key=key, on_start_change=on_start)


def overlay(data: dict[str, str], *, key: str, on_start: Callable[[], None]) -> None:
    """One large panel with the runs of all lanes, which come from their own panels. A click on its map calls `on_start`, as theirs do."""
    _overlay(data=data, key=key, on_start_change=on_start)


def curves(data: bytes, *, key: str, on_view: Callable[[], None], on_choice: Callable[[], None]) -> None:
    """The two charts over the steps; `data` is packed {"surface": …, "words": …} and brings the surface to all panels.

    A zoom in any panel calls `on_view`, with the ranges [[x0, x1], [y0, y1]] in st.session_state[key].view, or None for the home view.
    Another quantity for a chart calls `on_choice`, with ["left" or "right", quantity] in st.session_state[key].choice.
    """
    _curves(data=data, key=key, on_view_change=on_view, on_choice_change=on_choice)


def transport(data: dict[str, Any], *, key: str, on_change: Callable[[], None], on_mode: Callable[[], None]) -> None:
    """The transport bar. A change of speed or loop calls `on_change`, with {"speed", "loop"} in st.session_state[key].kept.

    A change of how the page is shown calls `on_mode`, with {"present", "hide": […], "predict"} in st.session_state[key].mode.
    When a lost connection is there again, the page is run.
    """
    _transport(data=data, key=key, on_kept_change=on_change, on_mode_change=on_mode)


def slider(data: dict[str, Any], *, key: str, on_value: Callable[[], None]) -> None:
    """A slider whose lane follows the hand; `data` is {"name", "label", "help", "lane", "stops", "texts", "value", "aside"}.

    `name` is the setting's key in the link. Letting it go calls `on_value`, with the stop in st.session_state[key].value.
    """
    _slider(data=data, key=key, on_value_change=on_value)


def inspector(data: dict[str, Any], *, key: str, on_close: Callable[[], None]) -> None:
    """A lane's steps from inside; `data` is {"lane", "words"}, and the numbers come with the lane's panel. Its close button calls `on_close`."""
    _inspector(data=data, key=key, on_close_change=on_close)

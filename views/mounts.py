"""Puts the player's components on a Streamlit page; what comes back from a component stands in st.session_state under its key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st
from streamlit.components import v2

from player import ADDRESS, HTML
from views.visit import visit

SCRIPT = """const missed = (error) => {{ window.descentLab?.look(); throw error; }};
const module = await import(new URL("{address}", document.baseURI)).catch(missed);
export default module.default;
"""


def component(name: str) -> Callable[..., Any]:
    """The mount of a component. Its script imports the served module: Streamlit sends it again with every update, and an ES module is a singleton
    in a page, so that all components share one clock.
    """
    script = SCRIPT.format(address=f"{ADDRESS}/player/hosts/streamlit/{name}.js")
    return v2.component(f"descent_lab.{name}", html=HTML[name], js=script, isolate_styles=False)


HELD = st.session_state


def heard(key: str) -> list[Any]:
    """[visit, number]: the last that was told by a component of this key, in this visit; it shows no answer to an earlier one."""
    return [visit().name, HELD.get(f"heard {key}", 0)]


def hear(key: str, name: str, on_change: Callable[[Any], None]) -> None:
    """Give what a component told under a name to on_change (in a callback)."""
    told: Any = HELD[key][name]
    if told is not None:
        HELD[f"heard {key}"] = told["number"]
        on_change(told["value"])


_stage = component("stage")
_panel = component("panel")
_overlay = component("overlay")
_beside = component("beside")
_sweep = component("sweep")
_best = component("best")
_paths = component("paths")
_basins = component("basins")
_rates = component("rates")
_training = component("training")
_ratesweep = component("ratesweep")
_curves = component("curves")
_transport = component("transport")
_slider = component("slider")
_inspector = component("inspector")
_examples = component("examples")


def stage(data: bytes, *, key: str, on_view: Callable[[], None]) -> None:
    """What all parts of the page look at, itself unseen; `data` is the message `surface` or `settings`.

    A zoom in any panel calls the surface's `on_view`, with the ranges [[x0, x1], [y0, y1]] in st.session_state[key].view, or None for the home view.
    """
    _stage(data=data, key=key, on_view_change=on_view)


def panel(data: bytes, *, key: str, on_start: Callable[[], None], on_rule: Callable[[], None], on_tried: Callable[[], None]) -> None:
    """A lane's panel; `data` is the message `lane`.

    A click on its map calls `on_start`, with the point in st.session_state[key].start; another rule from the menu that its name is calls `on_rule`,
    with the rule's name in st.session_state[key].rule. "Try it" calls `on_tried`, with the settings suggested, as a link has them, in
    st.session_state[key].tried.
    """
    _panel(data=data, key=key, on_start_change=on_start, on_rule_change=on_rule, on_tried_change=on_tried)


def overlay(data: dict[str, str], *, key: str, on_start: Callable[[], None]) -> None:
    """The one large map with the runs of all lanes; `data` is the message `overlay`. A click on it calls `on_start`, as with a panel."""
    _overlay(data=data, key=key, on_start_change=on_start)


def sweep(data: dict[str, Any], *, key: str, on_view: Callable[[], None], on_kept: Callable[[], None]) -> None:
    """The map of runs; `data` is the message `sweep`, and the map's numbers come when the browser asks for them.

    A zoom calls `on_view`, with the ranges [[x0, x1], [y0, y1]] of both axes in st.session_state[key].view; a click on a cell calls `on_kept`, with
    the cells that are then kept, [[x, y], …] by their values, in st.session_state[key].kept.
    """
    _sweep(data=data, key=key, on_view_change=on_view, on_kept_change=on_kept)


def best(data: dict[str, Any], *, key: str, on_told: Callable[[Any], None]) -> None:
    """The table of all rules at their best; `data` is the message `best`, and its rows come when the browser asks for them.

    Another order, a rule that is picked out and the profile that is begun call `on_told` with the settings, {"sort" or "1.rule" or "profile": …}.
    """
    _best(data=data | {"heard": heard(key)}, key=key, on_told_change=lambda: hear(key, "told", on_told))


def paths(data: dict[str, Any], *, key: str, on_scrub: Callable[[Any], None], on_view: Callable[[], None], on_start: Callable[[], None]) -> None:
    """The paths of a setting at all its values; `data` is the message `paths`, and the runs come when the browser asks for them.

    The slider through the values, let go, calls `on_scrub(value)`; a zoom calls `on_view`, with the range of the values, [[low, high]], in
    st.session_state[key].view. A click on the map calls `on_start`, as with a panel.
    """
    told: dict[str, Any] = {"on_scrub_change": lambda: hear(key, "scrub", on_scrub), "on_view_change": on_view, "on_start_change": on_start}
    _paths(data=data | {"heard": heard(key)}, key=key, **told)


def basins(data: dict[str, Any], *, key: str, on_view: Callable[[], None], on_start: Callable[[], None]) -> None:
    """The basins of several rules; `data` is the message `basins`, and each map comes when the browser asks for it.

    A zoom calls `on_view`, with the ranges [[x0, x1], [y0, y1]] of the starts in st.session_state[key].view; a click on a start calls `on_start`, as
    with a panel.
    """
    _basins(data=data, key=key, on_view_change=on_view, on_start_change=on_start)


def rates(data: dict[str, Any], *, key: str, on_rate: Callable[[Any], None]) -> None:
    """The sweep of rates and the range test; `data` is the message `rates`, and the numbers come when the browser asks for them.

    A click on a rate calls `on_rate(rate)`. The runs of the four rates are shown by the page's curves and by the map beside them.
    """
    _rates(data=data | {"heard": heard(key)}, key=key, on_rate_change=lambda: hear(key, "rate", on_rate))


def training(
    data: dict[str, Any], *, key: str, on_lane: Callable[[Any], None], on_curve: Callable[[Any], None], on_moment: Callable[[Any], None]
) -> None:
    """Rules that train a network; `data` is the message `train`, and how far they are comes while the browser asks for it.

    A click on a lane's name calls `on_lane` with its number; something else for the chart in the middle calls `on_curve` with its name; another
    point of a path `on_moment` with its part of the training, 0 to 1.
    """
    told = {"lane": on_lane, "curve": on_curve, "moment": on_moment}
    calls: dict[str, Any] = {f"on_{name}_change": partial(hear, key, name, on) for name, on in told.items()}
    _training(data=data | {"heard": heard(key)}, key=key, **calls)


def ratesweep(data: dict[str, Any], *, key: str, on_lane: Callable[[Any], None], on_rates: Callable[[Any], None]) -> None:
    """A sweep over rates; `data` is the message `ratesweep`, and its trainings' ends come while the browser asks for them.

    A click on a lane's name calls `on_lane` with its number; the best rates, where they are to be the page's, call `on_rates` with {number: rate}.
    """
    told: dict[str, Any] = {"on_lane_change": lambda: hear(key, "lane", on_lane), "on_rates_change": lambda: hear(key, "rates", on_rates)}
    _ratesweep(data=data | {"heard": heard(key)}, key=key, **told)


def beside(data: dict[str, str], *, key: str, on_start: Callable[[], None]) -> None:
    """The surface with the runs of a map's cells; `data` is the message `overlay`. A click on it calls `on_start`, as with a panel."""
    _beside(data=data, key=key, on_start_change=on_start)


def curves(data: dict[str, Any], *, key: str, on_choice: Callable[[], None]) -> None:
    """The two charts over the steps; `data` is the message `curves`.

    Another quantity for a chart calls `on_choice`, with ["left" or "right", quantity] in st.session_state[key].choice.
    """
    _curves(data=data, key=key, on_choice_change=on_choice)


def transport(data: dict[str, Any], *, key: str, on_change: Callable[[Any], None], on_mode: Callable[[], None], on_scene: Callable[[], None]) -> None:
    """The transport bar; `data` is the message `transport`, with what only a visit knows.

    A change of speed or loop calls `on_change({"speed", "loop"})`; a change of how the page is shown calls `on_mode`, with {"present", "hide": […],
    "predict"} in st.session_state[key].mode; a key that asks for a scene calls `on_scene`, with its number in st.session_state[key].scene. When a
    lost connection is there again, the page is run.
    """
    _transport(
        data=data | {"heard": heard(key)},
        key=key,
        on_kept_change=lambda: hear(key, "kept", on_change),
        on_back_change=lambda: hear(key, "back", lambda _: None),
        on_mode_change=on_mode,
        on_scene_change=on_scene,
    )


def slider(data: dict[str, Any], *, key: str, on_value: Callable[[Any], None]) -> None:
    """A slider whose lane follows the hand; `data` is {"name", "label", "named", "help", "lane", "stops", "texts", "value", "aside", "within",
    "whole", "words"}.

    `name` is the setting's key in the link. Letting it go calls `on_value(value)` with the stop; so does a number that is typed, which lies `within`.
    """
    _slider(data=data | {"heard": heard(key)}, key=key, on_value_change=lambda: hear(key, "value", on_value))


def inspector(data: dict[str, Any], *, key: str, on_close: Callable[[], None]) -> None:
    """The inspector; `data` is the message `inspector`, and the numbers come with the lane's panel. Its close button calls `on_close`."""
    _inspector(data=data, key=key, on_close_change=on_close)


def examples(data: dict[str, Any], *, key: str, on_points: Callable[[Any], None]) -> None:
    """The data panel; `data` is the message `data`. Points that are added, moved, deleted or loaded call `on_points(points)`, as a link has them."""
    _examples(data=data | {"heard": heard(key)}, key=key, on_points_change=lambda: hear(key, "points", on_points))

"""The widgets of all pages. Each is given the key of a setting, shows the setting's value, and changes it when a person moves the widget."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Literal

import streamlit as st

from core import Range, Text
from core.number import setting
from links.sliders import stops_with
from locales import _
from views.tied import tied

Width = Literal["stretch"] | int  # pixels


def slider(key: str, allowed: Range, width: Width = "stretch", stops: list[float] | None = None) -> None:
    """A slider for a number: it stops where the parameter's range says, or at `stops`, and at the present value where that is none of them."""
    value = st.session_state[key]
    stops = stops_with(value, stops or allowed.stops())
    options = [repr(stop) for stop in stops]  # Streamlit takes numbers that differ by less than 5e-12 for the same one, and texts not
    made = whole if allowed.whole else float
    st.select_slider(_(allowed.label), options, repr(value), help=_(allowed.help) or None, format_func=as_set, width=width, **tied(key, read=made))


def whole(stop: str) -> int:
    """A stop of a slider of whole numbers."""
    return int(float(stop))


def as_set(stop: str) -> str:
    """What the slider shows at a stop."""
    return setting(float(stop))


def field(key: str, allowed: Text, change: Callable[[], None]) -> None:
    """A field for a text, with its label beside it; `change` is called once the text has been typed."""
    label = _(allowed.label)
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        st.markdown(label, width="content", help=_(allowed.help) or None)
        st.text_input(label, st.session_state[key], label_visibility="collapsed", **tied(key, then=change))


def under(text: str, position: int) -> str:
    """A line with ^ under a character of the text above it, counted from 1; a character that is two columns wide counts as two."""
    return "".join("\u3000" if unicodedata.east_asian_width(c) in "FW" else " " for c in text[: position - 1]) + "^"


def menu(
    key: str,
    label: str,
    options: list[str],
    title: Callable[[str], str],
    *,
    help: str | None = None,
    hidden: bool = False,
    width: Width = "stretch",
    widget: str | None = None,
) -> None:
    """A menu of options under their titles; with `hidden` its label is for screen readers only.

    `widget` is its own name where another menu shows the setting under other titles: the browser holds a title, and says it in place of an option.
    """
    chosen, shown, visibility = options.index(st.session_state[key]), titles(options, title), "collapsed" if hidden else "visible"
    st.selectbox(label, options, chosen, format_func=shown, help=help, label_visibility=visibility, width=width, **tied(key, widget=widget))


def choice(key: str, label: str, options: list[str], title: Callable[[str], str], *, help: str | None = None, hidden: bool = False) -> None:
    """A few options side by side, one of them chosen."""
    chosen, visibility = st.session_state[key], "collapsed" if hidden else "visible"
    st.segmented_control(
        label, options, default=chosen, required=True, format_func=titles(options, title), help=help, label_visibility=visibility, **tied(key)
    )


def several(key: str, label: str, options: list[str], title: Callable[[str], str], most: int) -> None:
    """Some of the options, at most so many, in the order in which they were chosen; the setting names them with commas between."""
    chosen = [name for name in st.session_state[key].split(",") if name]
    shown = titles(options, title)
    st.multiselect(
        label,
        options,
        chosen,
        max_selections=most,
        format_func=shown,
        placeholder=label,
        label_visibility="collapsed",
        **tied(key, read=",".join),
    )


def titles(options: list[str], title: Callable[[str], str]) -> Callable[[str], str]:
    """The options' titles, translated now: Streamlit asks for them again before callbacks, when no page has said yet which language it speaks."""
    return {option: title(option) for option in options}.__getitem__


def switch(key: str, label: str, *, help: str | None = None, disabled: bool = False) -> None:
    """A switch for a setting that is 0 or 1."""
    st.toggle(label, bool(st.session_state[key]), help=help, disabled=disabled, **tied(key))


def number_field(
    key: str, label: str, allowed: Range, *, step: float, help: str | None = None, format: str | None = None, width: Width = "stretch"
) -> None:
    """A field for a number within the range, with buttons that change it by `step`."""
    kind = int if allowed.whole else float
    low, high, value = kind(allowed.low), kind(allowed.high), kind(st.session_state[key])
    st.number_input(label, low, high, value, step=kind(step), format=format, help=help, width=width, **tied(key))

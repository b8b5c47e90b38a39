"""Ties a widget to a setting: only a hand on a widget that shows the setting as it is changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from random import randrange
from typing import Any

import streamlit as st


@dataclass
class Ties:
    """What a visit remembers of its widgets."""

    shown: dict[str, tuple[int, Any]] = field(default_factory=dict)  # by widget: the version of its key, and the setting and language it shows
    # Every visit begins at another number: after a restart of the server the browser still holds what belonged to the last one.
    versions: Iterator[int] = field(default_factory=lambda: count(randrange(1_000_000)))
    kept: dict[str, int] = field(default_factory=dict)  # versions that widgets are to have again


def ties() -> Ties:
    """Those of this visit."""
    if "ties" not in st.session_state:
        st.session_state.ties = Ties()
    return st.session_state.ties


def tied(
    setting: str, *, widget: str | None = None, read: Callable[[Any], Any] = lambda value: value, then: Callable[[], None] = lambda: None
) -> dict[str, Any]:
    """The key and the callback for a widget that shows `setting` and is called as it, or `widget`; it has to be given the setting's value too.

    `read` makes the setting of the widget's value, `then` is called after a change.

    Streamlit's browser side sends what it holds for every widget with every change: the first option or the minimum for one in a menu that has
    just been opened, and for one in a closed menu what it showed before. So a widget whose setting was changed elsewhere, or whose words are to
    change, gets a new key: the browser holds nothing for it, and what it held for the old one is asked for no more.
    """
    widget = widget or setting
    own = ties()
    version, shown = own.shown.get(widget, (None, None))
    now = st.session_state[setting], st.session_state["lang"]
    if version is None or shown != now:
        version = next(own.versions)
    version = own.kept.pop(widget, version)
    own.shown[widget] = version, now
    return {"key": spelled(widget, version), "on_change": take, "args": (setting, widget, version, now[0], read, then)}


def spelled(widget: str, version: int) -> str:
    """A key whose version is written in spaces of ten widths: Streamlit trims them away where it makes a class name of the key."""
    return widget + "".join(chr(0x2000 + int(digit)) for digit in str(version))


def keep_keys(keys: Iterable[str]) -> None:
    """Let the widgets that the browser holds values for keep these keys, in a visit that begins with a change of one of them."""
    versions = {key.rstrip(): "".join(str(ord(space) - 0x2000) for space in key[len(key.rstrip()) :]) for key in keys}
    ties().kept = {widget: int(version) for widget, version in versions.items() if version.isdigit()}


def take(setting: str, widget: str, version: int, before: Any, read: Callable[[Any], Any], then: Callable[[], None]) -> None:
    """Keep what a person has set (in a callback).

    A widget that has a new key may be heard of once more under the old one: with the value from `before` that is no hand's doing.
    """
    value, current = read(st.session_state[spelled(widget, version)]), ties().shown[widget][0] == version
    if not current and value == before:
        return
    st.session_state[setting] = value
    if current:
        ties().shown[widget] = version, (value, st.session_state["lang"])
    then()

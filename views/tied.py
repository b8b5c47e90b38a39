"""Ties a widget to a setting: only a hand on a widget that shows the setting as it is changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count
from random import randrange
from typing import Any

import streamlit as st

MEMORY = st.session_state


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
    version, shown = MEMORY.setdefault("shown", {}).get(widget, (None, None))
    now = MEMORY[setting], MEMORY["lang"]
    if shown != now:
        # Every visit begins at another number: after a restart of the server the browser still holds what belonged to the last one.
        version = next(MEMORY.setdefault("versions", count(randrange(1_000_000))))
    version = MEMORY.setdefault("kept_keys", {}).pop(widget, version)
    MEMORY.shown[widget] = version, now
    return {"key": spelled(widget, version), "on_change": take, "args": (setting, widget, version, read, then)}


def spelled(widget: str, version: int) -> str:
    """A key whose version is written in spaces of ten widths: Streamlit trims them away where it makes a class name of the key."""
    return widget + "".join(chr(0x2000 + int(digit)) for digit in str(version))


def keep_keys(keys: Iterable[str]) -> None:
    """Let the widgets that the browser holds values for keep these keys, in a visit that begins with a change of one of them."""
    versions = {key.rstrip(): "".join(str(ord(space) - 0x2000) for space in key[len(key.rstrip()) :]) for key in keys}
    MEMORY.kept_keys = {widget: int(version) for widget, version in versions.items() if version.isdigit()}


def take(setting: str, widget: str, version: int, read: Callable[[Any], Any], then: Callable[[], None]) -> None:
    """Keep what a person has set (in a callback)."""
    MEMORY[setting] = value = read(MEMORY[spelled(widget, version)])
    if MEMORY.shown[widget][0] == version:
        MEMORY.shown[widget] = version, (value, MEMORY["lang"])
    then()

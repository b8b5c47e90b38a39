"""A slider for a lane's setting that the player draws itself: Streamlit's own says nothing before it is let go, this one moves the path at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core import Range
from core.number import setting
from links.sliders import stops_with
from locales import _
from views import mounts


def slider(key: str, allowed: Range, lane: int, aside: Mapping[str, Any] | None = None) -> None:
    """A slider for the setting `key` of this lane.

    `aside` {"at": [[value, text], …], "elsewhere": text} adds a word to the label that depends on the value, or none where it is empty.
    """
    stops = stops_with(st.session_state[key], allowed.stops())
    data = {
        "name": key,
        "label": _(allowed.label),
        "named": _("Lane {i}: {title}").format(i=lane, title=_(allowed.label)),
        "help": _(allowed.help),
        "lane": lane,
        "stops": stops,
        "texts": [setting(v) for v in stops],
        "aside": aside,
    }
    with st.container(key=key):
        mounts.slider(data | {"value": st.session_state[key]}, key=f"live {key}", on_value=lambda: let_go(key))


def let_go(key: str) -> None:
    """Keep the value at which the slider was let go (in a callback)."""
    value: Any = st.session_state[f"live {key}"].value
    if value is not None:
        st.session_state[key] = value

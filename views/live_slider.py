"""A slider for a setting that the player draws itself: Streamlit's own says nothing before it is let go, this one moves the path at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core import Range
from player import messages
from views import mounts


def slider(
    key: str, allowed: Range, lane: int = 0, aside: Mapping[str, Any] | None = None, stops: list[float] | None = None, *, ruled: bool = True
) -> None:
    """A slider for the setting `key` of this lane, 0 for none, as the message `slider` describes it."""
    data = messages.slider(key, st.session_state[key], allowed, lane, aside, stops, ruled=ruled)
    with st.container(key=key):
        mounts.slider(data, key=f"live {key}", on_value=lambda value: let_go(key, allowed, value))


def let_go(key: str, allowed: Range, value: Any) -> None:
    """Keep the value at which the slider was let go, or that was typed (in a callback)."""
    if isinstance(value, int | float) and allowed.holds(value):
        st.session_state[key] = value

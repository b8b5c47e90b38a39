"""Which rule is best: a table of all of them, each at its own best settings, and how they compare over all surfaces."""

from __future__ import annotations

import streamlit as st

from links import Flat
from links.axes import settings_of
from links.display import Display
from player import messages
from runs.race import Race
from views import mounts
from views.explore import memory
from views.explore.knobs import knobs

OURS = ("surface.", "1.schedule", "1.warmup", "x", "y")  # the settings that all rules share; the others are found, and there is no noise


def draw(flat: Flat, race: Race, display: Display) -> None:
    """The sliders of what all rules share, and the table."""
    with st.container(key="controls_explore", gap=None):
        knobs(flat, [*(key for key in settings_of(flat) if not key.startswith(OURS)), "seed"])
    with st.container(key="view"):
        mounts.best(messages.best(flat), key="best", on_told=memory.keep_table)

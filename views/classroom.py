"""Which of Streamlit's parts a classroom's modes leave out of the page."""

from __future__ import annotations

import streamlit as st

from links import Flat

# The player's own parts are left out by its style sheet.
PLACES = {
    "top": ".st-key-top, .stAppHeader",
    "surface": ".st-key-surface",
    "noise": ".st-key-noise_menu",
    "controls": '[class*="st-key-lane"] > :not([class*="st-key-panel"])',
}


def style(flat: Flat) -> None:
    """What is left out, also before the player's script has come and has a say in it."""
    hidden = {*flat["hide"].split(","), *(("top", "controls") if flat["present"] else ())}
    rules = [f":root[data-hide~='{part}'] :is({place}) {{ display: none; }}" for part, place in PLACES.items()]
    rules += [f":root[data-present='1'] :is({PLACES[part]}) {{ display: none; }}" for part in ("top", "controls")]
    rules += [f":root:not([data-hide]) :is({PLACES[part]}) {{ display: none; }}" for part in PLACES if part in hidden]
    st.html(f"<style>{' '.join(rules)}</style>")

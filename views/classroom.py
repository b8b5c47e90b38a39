"""What a classroom needs of the page: the words of its dialogs, and which of Streamlit's parts each mode leaves out."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core import N_
from links import Flat
from links.race import PARTS
from locales import _

NAMES = {
    "top": N_("The top row"),
    "surface": N_("The surface's name"),
    "noise": N_("The noise"),
    "controls": N_("The lanes' controls"),
    "titles": N_("The rules' names"),
    "verdicts": N_("What is said of a run"),
    "readout": N_("The numbers"),
    "minima": N_("The marks of minima and saddles"),
    "curves": N_("The curves"),
    "bar": N_("The player's bar"),
}
# The player's own parts are left out by its style sheet.
PLACES = {
    "top": ".st-key-top, .stAppHeader",
    "surface": ".st-key-surface",
    "noise": ".st-key-noise_menu",
    "controls": '[class*="st-key-lane"] > :not([class*="st-key-panel"])',
}
KEYS = {
    N_("Space"): N_("Play or pause"),
    "← →": N_("One step back or forward"),
    "Home End": N_("To the start, to the end"),
    "P": N_("Presentation mode on or off"),
    "Esc": N_("Leave presentation mode or full screen"),
    "F": N_("Full screen on or off"),
    "H": N_("What the page shows, for a classroom"),
    "?": N_("These keys"),
    "← ↑ → ↓": N_("On a map, while the end is to be predicted: move the cross-hair (with Shift in large steps)"),
    "Enter": N_("On a map: mark the end there"),
}


def style(flat: Flat) -> None:
    """What is left out, also before the player's script has come and has a say in it."""
    hidden = {*flat["hide"].split(","), *(("top", "controls") if flat["present"] else ())}
    rules = [f":root[data-hide~='{part}'] :is({place}) {{ display: none; }}" for part, place in PLACES.items()]
    rules += [f":root[data-present='1'] :is({PLACES[part]}) {{ display: none; }}" for part in ("top", "controls")]
    rules += [f":root:not([data-hide]) :is({PLACES[part]}) {{ display: none; }}" for part in PLACES if part in hidden]
    st.html(f"<style>{' '.join(rules)}</style>")


def bar_data(flat: Flat) -> dict[str, Any]:
    """What the transport bar needs for its classroom buttons, besides their words."""
    hide = [part for part in PARTS if part in flat["hide"].split(",")]
    return {
        "mode": {"present": flat["present"], "hide": hide, "predict": flat["predict"]},
        "parts": [[part, _(NAMES[part])] for part in PARTS],
        "keys": [[_(key), _(text)] for key, text in KEYS.items()],
    }


def words() -> dict[str, str]:
    """The words of the bar's classroom buttons and dialogs."""
    return {
        "present": _("Presentation mode (P)"),
        "full": _("Full screen (F)"),
        "classroom": _("For the classroom (H)"),
        "help": _("Keys (?)"),
        "classroom_title": _("For the classroom"),
        "keys_title": _("Keys"),
        "present_box": _("Presentation mode: large type, no controls"),
        "predict_box": _("Predict, then reveal: the runs wait until the end of each has been marked"),
        "hide": _("Leave out"),
        "hide_note": _("The link keeps what is chosen here. H opens this again, also when the bar is left out."),
        "copy": _("Copy the link"),
        "close": _("Close"),
        "reveal": _("Reveal"),
        "again": _("Guess again"),
        "asked": _("Where does each run end? Click on its map: {set} of {count} marked. (Clicks do not move the start here.)"),
        "revealed": _("The circles are your guesses."),
    }

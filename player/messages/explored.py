"""What the Explore page's stage and bar are sent beside what those of a race are: its own settings, parts and keys."""

from __future__ import annotations

from typing import Any

from core import N_
from links import Flat
from links.explore import EXPLORE, PARTS
from locales import _
from player.messages.stage import words
from player.pack import pack

NAMES = {
    "top": N_("The top row"),
    "surface": N_("The surface's name"),
    "controls": N_("The controls"),
    "legend": N_("The map's legend"),
    "theory": N_("What theory says"),
    "panel": N_("The runs beside the map"),
    "bar": N_("The player's bar"),
}
KEYS = {
    "← ↑ → ↓": N_("On the map: to the next cell (with Shift ten further)"),
    "Enter": N_("On the map: keep the cell, or let it go"),
    "+ − 0": N_("On the map: zoom in, zoom out, the whole map"),
    "Backspace": N_("On the map: back to the view before"),
    N_("Space"): N_("Play or pause"),
    "Home End": N_("To the start, to the end"),
    "P": N_("Presentation mode on or off"),
    "F": N_("Full screen on or off"),
    "H": N_("What the page shows, for a classroom"),
    "E": N_("Export: pictures and more"),
    "?": N_("These keys"),
}


def explored(flat: Flat) -> bytes:
    """{"settings": as the page's link has them, "lanes": how many are waited for, "inspected": 0, "language", "words"}."""
    told = {"settings": EXPLORE.write(flat), "lanes": 1, "inspected": 0, "language": flat["lang"]}
    return pack(told | {"words": {key: text for key, text in words().items() if key != "first"}})


def of_explore(flat: Flat) -> dict[str, Any]:
    """How the page is shown, and the names of its parts and keys; without what is for races alone."""
    return {
        "mode": {"present": flat["present"], "hide": flat["hide"].split(",") if flat["hide"] else [], "predict": 0},
        "shows": flat["view"],
        "parts": [[part, _(NAMES[part])] for part in PARTS],
        "keys": [[_(key), _(text)] for key, text in KEYS.items()],
        "predictable": False,
    }

"""What the transport bar is sent for a classroom: presentation, what is left out, the keys, and predicting the end."""

from __future__ import annotations

from typing import Any

from core import N_
from links.data import parts_of
from links.display import Display
from locales import _

NAMES = {
    "top": N_("The top row"),
    "surface": N_("The surface's name"),
    "noise": N_("The noise"),
    "data": N_("The data"),
    "controls": N_("The lanes' controls"),
    "titles": N_("The rules' names"),
    "verdicts": N_("What is said of a run"),
    "readout": N_("The numbers"),
    "minima": N_("The marks of minima and saddles"),
    "curves": N_("The curves"),
    "bar": N_("The player's bar"),
}
KEYS = {
    N_("Space"): N_("Play or pause"),
    "← →": N_("One step back or forward"),
    "Home End": N_("To the start, to the end"),
    "PageUp PageDown": N_("In presentation mode: to the scene before, to the next scene"),
    "Ctrl Z": N_("Undo the last change, with Shift do it again (on a Mac with ⌘)"),
    N_("Ctrl Wheel"): N_("On a map: zoom about the pointer, as a box does that is drawn on it"),
    "P": N_("Presentation mode on or off"),
    "Esc": N_("Leave presentation mode or full screen"),
    "F": N_("Full screen on or off"),
    "H": N_("What the page shows, for a classroom"),
    "E": N_("Export: pictures and more"),
    "?": N_("These keys"),
    "← ↑ → ↓": N_("On a map, while the end is to be predicted: move the cross-hair (with Shift in large steps)"),
    "Enter": N_("On a map: mark the end there"),
}


def mode(display: Display) -> dict[str, Any]:
    """How the page is shown, and the names of its parts and keys."""
    return {
        "mode": {"present": int(display.present), "hide": list(display.hidden), "predict": int(display.predict)},
        "parts": [[part, _(NAMES[part])] for part in parts_of(display.settings)],
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
        "first_scene": _("This is the first of {count} scenes."),
        "last_scene": _("This is the last of {count} scenes."),
        "revealed": _("The circles are your guesses."),
    }

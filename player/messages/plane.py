"""What the loss on a plane is sent: the map as far as it is there, the paths in it, and what is said about both."""

from __future__ import annotations

from typing import Any

import numpy as np

import figures
from links import Flat
from links.trained import data_of
from locales import _
from player.pack import pack
from runs.slices import COARSE, COLUMNS, Heights, MOST, ROWS
from runs.training import marks


def words(flat: Flat) -> dict[str, Any]:
    """What stands around it."""
    return {
        "title": _("The loss on a plane"),
        "waiting": _("The plane is worked out once the trainings are done."),
        "working": _("Working out the plane …"),
        "finer": _("a finer map is on its way"),
        "moment": _("A step of the training: the arrow keys go from point to point of the path"),
        "step": _("Step {step} of {steps}"),
        "start": _("Start"),
        "end": _("End"),
        "holds": _("the plane holds {share} of its path's variance"),
        "held": _("Variance held"),
        "true": _("True loss"),
        "shown": _("On the plane"),
        "colour": _("The path's colour: its true loss"),
        "home": _("Show the whole map again"),
        "picture": _("Save a picture of the plane"),
        "is": about(flat),
    }


def about(flat: Flat) -> str:
    """What is to be kept in mind."""
    return {
        "own": _(
            "A slice: the two directions along which this path goes most, from its end. A point of the path lies beside it, and is drawn at "
            "the nearest place of the plane, where the loss can be another."
        ),
        "random": _(
            "A slice: two random directions from the path's end, in which each neuron's weights are as long as its own (Li et al., 2018); 1 is "
            "that length. A path hardly goes along random directions, so all of it is drawn near its end."
        ),
        "all": _(
            "A slice: the two directions along which all paths together go most, from the mean of their points. It is no path's own: a start "
            "can be drawn in a valley and have the loss of a hill."
        ),
    }[flat["plane"]]


def under_way() -> bytes:
    """That the paths are still to come."""
    return pack({"plane": {"place": 0, "error": "", "part": 0.0, "surface": None}})


def planed(flat: Flat, made: Heights) -> bytes:
    """The plane as far as it is there, packed: {"plane": …}; the map is coarse first."""
    lanes = range(1, flat["lanes"] + 1) if flat["plane"] == "all" else (flat["lane"],)
    values = made.values if made.fine else made.values[::2, ::2]
    message = {
        "place": 0,
        "error": "",
        "kind": flat["plane"],
        "part": made.done / (COLUMNS * ROWS if made.done > COARSE else COARSE),
        "fine": made.fine,
        "steps": marks(flat["steps"]).astype(np.float64),
        "surface": figures.sliced(values, made.window, _("loss")) if made.coarse else None,
        "paths": [
            {"lane": i, "points": path.places, "true": path.true, "shown": path.shown, "share": path.share}
            for i, path in zip(lanes, made.paths, strict=True)
        ],
        "note": note(flat, made),
    }
    return pack({"plane": message})


def note(flat: Flat, made: Heights) -> str:
    """What the heights are."""
    n = len(data_of(flat).training)
    seen = _("the first {n} training examples").format(n=MOST) if n > MOST else _("all {n} training examples").format(n=n)
    rows, columns = (ROWS, COLUMNS) if made.fine else ((ROWS + 1) // 2, (COLUMNS + 1) // 2)
    return _("Heights: the mean cross-entropy over {seen}, at {columns} × {rows} points.").format(seen=seen, columns=columns, rows=rows)

"""What the paths of one setting at all its values are sent: the page's words, and the runs when they are asked for."""

from __future__ import annotations

from typing import Any

import numpy as np

from links import Flat
from links.axes import axes_of
from links.entries import lane_of, surface_of
from links.explore import EXPLORE, measures
from links.paths import chosen, values_of
from locales import _
from player.messages.curves import words as charted
from player.messages.overlay import overlay
from player.messages.sweep import OUTCOMES, UNASKED, colours, described, note, shares, shown, summary
from player.pack import pack
from runs.cells import Outcome
from runs.paths import Paths


def paths(flat: Flat) -> dict[str, Any]:
    """What the runs are asked for with, the axis, the value that is chosen, and words."""
    x, _y = axes_of(flat)
    label = _(x.allowed.label)
    return {
        "link": {key: text for key, text in EXPLORE.write(flat).items() if key not in UNASKED},
        "axis": described(x, flat),
        "chosen": float(values_of(x)[chosen(flat)]),
        "words": {
            "title": _("Paths at all values of {name}").format(name=label),
            "slider": _("{name}: the arrow keys go from value to value, plus and minus zoom, 0 shows all").format(name=label),
            "home": overlay()["home"],
            "all": _("Show all values again"),
            "before": _("Back to the view before"),
            "end": _("Double precision ends here: nearer, neighbouring cells would be the same number."),
            "loss": _("Loss of all runs, the chosen one in bold"),
            "step": _("step"),
            "picture": _("Save a picture of the charts"),
            "waiting": _("Working out the runs …"),
            "outcomes": {name: _(text) for name, text in OUTCOMES.values()},
            "charts": charted(surface_of(flat)),
        },
        "note": [note(flat | {"ay": x.key})[0], _(lane_of(flat | {"1.quiet": 0}, 1).rule.title)],
        "file": "_".join(["paths", flat["surface"], flat["1.rule"], x.key.rpartition(".")[2]]),
    }


def moved_through(flat: Flat, found: Paths) -> bytes:
    """The runs, packed: {"paths": …}; a measure that has no meaning for a run is NaN there."""
    lowest, (x, _y), values = surface_of(flat).lowest, axes_of(flat), values_of(axes_of(flat)[0])
    measured = shown(flat["measure"], found.cells, lowest)
    outcome = found.cells.outcome
    coloured = [each in colours(flat["measure"]) for each in Outcome]
    there = np.array(coloured)[outcome] & np.isfinite(measured)
    named = measures(flat)[flat["measure"]]
    title = _(named)
    message = {
        "range": [x.low, x.high],
        "values": values,
        "points": found.points,
        "loss": found.loss,
        "lowest": lowest,
        "measured": np.where(there, measured, np.nan),
        "outcomes": outcome,
        "leaves": np.isin(outcome, (Outcome.LEFT, Outcome.DIVERGED)).astype(np.uint8),
        "title": title,
        "whole": flat["measure"] == "steps",
        "log": lowest is not None or flat["measure"] == "distance",
        "shares": shares(outcome, coloured),
        "summary": summary(flat, title, measured, found.cells, measured[there], (values,), (x,)),
    }
    return pack({"paths": message})

"""What the Train page has worked out by now, to be written down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from core import InputError, N_
from export import trainings
from export.address import Asked
from links.planes import what_is_sliced
from links.ratesweep import sweep_of
from links.trained import what_is_trained
from locales import _, speaking
from runs.training import Progress
from views.train import planes, sweeping, work

NOTHING = N_("There is nothing to save yet: the page is still to work it out.")


def trained(asked: Asked, name: str) -> tuple[Callable[..., Any], *tuple[Any, ...]]:
    """How this table is made, and of what, beside the settings. Raises InputError where there is nothing yet."""
    flat = asked.flat
    with speaking(flat["lang"]):
        nothing = InputError("{said}", said=_(NOTHING))
    if name == "rates":
        found = [[[sweeping.done.get((key, "")) for key in keys] for keys in lane] for lane in sweep_of(flat)]
        if not any(each for lane in found for rate in lane for each in rate):
            raise nothing
        return trainings.sweep_of, found
    if name == "curves":
        slices = {i: known for i in range(1, flat["lanes"] + 1) if (known := work.known.get((what_is_trained(flat, i), "")))}
        if not slices:
            raise nothing
        return trainings.curves_of, {i: light(each.progress) for i, each in slices.items()}, next(iter(slices.values())).per_epoch
    plane = planes.known.get(what_is_sliced(flat))
    if plane is None:
        raise nothing
    return trainings.plane_of if name == "plane" else trainings.paths_of, plane


def light(progress: Progress) -> Progress:
    """The curves alone: the weights stay here."""
    none = np.empty(0)
    return replace(progress, p=none, state=(), path=none, along=None, watched=None)

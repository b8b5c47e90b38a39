"""From the settings of the Explore page to the runs of its map."""

from __future__ import annotations

from typing import Any

import numpy as np

from core import Array
from links.axes import Axis, axes_of
from links.entries import lane_of, surface_of
from links.explore import AXES
from links.table import Flat
from runs import Noisy
from runs.descent import Descent
from runs.gusts import Gusts

SHOWN = ("lang", "view", "measure", "kept", "scrub", "sort", "profile", "present", "hide", "at", "play")  # settings that change no run


def map_of(flat: Flat, n: int) -> Descent:
    """The runs of a map of n × n cells, the bottom row first."""
    x, y = axes_of(flat)
    return descent(flat, (x, x.values(n)), (y, y.values(n)))


def descent(flat: Flat, across: tuple[Axis, Array], along: tuple[Axis, Array]) -> Descent:
    """The runs at these values of both axes, in a batch of shape (along, across)."""
    set_to, grid = spread(flat, across, along)
    shape = len(along[1]), len(across[1])
    surface = surface_of(set_to)
    start = np.array([np.broadcast_to(set_to[axis], shape) for axis in "xy"], dtype=float)
    noisy = Noisy(surface, flat["noise"], flat["seed"])
    if "noise" in grid:
        noisy = Gusts(surface, 1.0, flat["seed"], sizes=np.broadcast_to(grid["noise"], shape))
    lane = lane_of(set_to, 1)
    return Descent(lane.rule, noisy, start, flat["steps"], lane.schedule)


def spread(flat: Flat, across: tuple[Axis, Array], along: tuple[Axis, Array]) -> tuple[Flat, dict[str, Array]]:
    """The settings with arrays for those that are axes, and these arrays; the noise, of which a surface has one, stays as it is."""
    grid = {across[0].key: across[1][None, :], along[0].key: along[1][:, None]}
    return flat | {"1.quiet": 0} | {key: values for key, values in grid.items() if key != "noise"}, grid


def what_is_swept(flat: Flat) -> tuple[tuple[str, Any], ...]:
    """All that the map's runs hang on: not the value of a setting that is an axis, nor what is only looked at."""
    return tuple((key, value) for key, value in flat.items() if key not in SHOWN and key not in (flat[name] for name in AXES))

"""From the settings of the Explore page to the runs of its map, a part at a time."""

from __future__ import annotations

from typing import Any

import numpy as np

from core import Array
from links.axes import Axis, axes_of
from links.entries import lane_of, surface_of
from links.explore import AXES
from links.table import Flat
from runs import Noisy
from runs.cells import Cells, cells
from runs.gusts import Gusts
from runs.ruler import Rated

RUNS = 10_000  # of a part: an array of their points stays in a core's cache
SHOWN = ("lang", "view", "measure", "kept", "present", "hide", "at", "play")  # settings that change no run


def parts(n: int) -> list[slice]:
    """The rows of an n × n map in parts of about so many runs."""
    rows = max(RUNS // n, 1)
    return [slice(first, min(first + rows, n)) for first in range(0, n, rows)]


def swept(flat: Flat, n: int, rows: slice) -> Cells:
    """The cells of these rows of the map, bottom first; arrays of shape (rows, n)."""
    x, y = axes_of(flat)
    return cells(descent(flat, (x, x.values(n)), (y, y.values(n)[rows])))


def descent(flat: Flat, across: tuple[Axis, Array], along: tuple[Axis, Array]) -> Rated:
    """The runs at these values of both axes, in a batch of shape (along, across)."""
    set_to, grid = spread(flat, across, along)
    shape = len(along[1]), len(across[1])
    surface = surface_of(set_to)
    start = np.array([np.broadcast_to(set_to[axis], shape) for axis in "xy"], dtype=float)
    noisy = Noisy(surface, flat["noise"], flat["seed"])
    if "noise" in grid:
        noisy = Gusts(surface, 1.0, flat["seed"], sizes=np.broadcast_to(grid["noise"], shape))
    lane = lane_of(set_to, 1)
    return Rated(lane.rule, noisy, start, flat["steps"], lane.schedule, rates_of(set_to, grid.get("1.warmup")))


def spread(flat: Flat, across: tuple[Axis, Array], along: tuple[Axis, Array]) -> tuple[Flat, dict[str, Array]]:
    """The settings with arrays for those that are axes, and these arrays; a warm-up and the noise, which an entry has one of, stay as they are."""
    grid = {across[0].key: across[1][None, :], along[0].key: along[1][:, None]}
    return flat | {"1.quiet": 0} | {key: values for key, values in grid.items() if key not in ("1.warmup", "noise")}, grid


def rates_of(set_to: Flat, warmups: Array | None) -> Array:
    """The rate of each step of each run, (steps, along, across), where it hangs on an axis; else with 1 in its place."""
    if warmups is None:
        return of_lane(set_to)
    values = [int(w) for w in warmups.flat]
    known = {w: of_lane(set_to | {"1.warmup": w}) for w in set(values)}
    return np.concatenate([known[w] for w in values], axis=2 if len(warmups) == 1 else 1)


def of_lane(set_to: Flat) -> Array:
    """The same for one warm-up."""
    lane = lane_of(set_to, 1)
    rule: Any = lane.rule
    k = np.arange(set_to["steps"])[:, None, None]
    return np.asarray(rule.lr, dtype=float) * lane.schedule(k, set_to["steps"])


def what_is_swept(flat: Flat) -> tuple[tuple[str, Any], ...]:
    """All that the map's runs hang on: not the value of a setting that is an axis, nor what is only looked at."""
    return tuple((key, value) for key, value in flat.items() if key not in SHOWN and key not in (flat[name] for name in AXES))

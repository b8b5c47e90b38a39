"""Basins of attraction: from which starts does a rule reach which minimum?"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from concurrent.futures import Executor

import numpy as np

from core import Array, InputError, N_
from landscapes import Landscape
from optimizers import Optimizer
from optimizers.schedules import Schedule
from runs.arguments import checked, spread
from runs.blocks import folded
from runs.descent import Descent, E, Row, mapped
from runs.minimum import CLOSE, distances, size_of, tolerance
from runs.stretch import SETTLED
from runs.trajectory import End


def basin(
    optimizer: Optimizer,
    surface: Landscape,
    n: int,
    steps: int,
    *,
    schedule: Schedule | None = None,
    threads: int = 1,
    executor: Executor | None = None,
) -> Array:
    """Which minimum the runs from an n × n mesh of the domain reach: its index in `surface.minima()`, or −1; shape (n, n), rows along y.

    Reached is a minimum as in `verdicts`: the loss at the end is within `tolerance` of the value there, and did not leave it in the last ten
    steps; at f* the end lies inside the domain, and at most 1 % of it from any other minimum. A valley with a flat floor is one minimum.
    −1 is a run that diverged or left the formula's domain, is under way, restless, or stands elsewhere.
    Arrays in place of the parameters of rule, schedule and surface make a batch of basins: shape (*batch, n, n), a mesh for each of their values.
    Threads and executor as in `sweep`. Raises ValueError as `run` does, for what is no landscape, and for noise drawn for a number of runs.
    """
    schedule = checked(optimizer, surface, steps, schedule, Landscape)
    if isinstance(n, bool) or not isinstance(n, (int, np.integer)) or n < 1:
        raise InputError(N_("{name} = {value}: allowed is a whole number in {within}."), name="n", value=repr(n), within="[1, ∞)")
    runs = getattr(surface, "runs", None)
    if runs is not None:
        template = N_("The noise is drawn for {runs} runs, and a basin has a run for every start: leave out runs.")
        raise InputError(template, runs=runs)
    spread(np.zeros(2), optimizer, schedule, surface)  # their arrays go together
    mesh = np.array(np.meshgrid(*(np.linspace(low, high, n) for low, high in surface.domain)))
    descent = Descent(aside(optimizer), aside(surface), mesh, int(steps), aside(schedule))
    return folded(descent, reached, threads, executor)


def aside(entry: E) -> E:
    """The entry with its arrays along axes of their own, before those of the mesh."""
    return mapped(entry, lambda value: value[..., None, None])


def reached(rows: Iterable[Row], surface: Landscape) -> Array:
    """The index of the minimum at which each run ends, or −1."""
    recent = deque(rows, maxlen=SETTLED + 1)
    end, minima, close = recent[-1], surface.minima(), tolerance(surface)
    if not minima.size:
        return np.full(end.loss.shape, -1)
    away, size = distances(end.p, surface), size_of(surface)
    values = np.array([np.broadcast_to(surface.value(minimum), end.loss.shape) for minimum in minima.T])
    low, high = (np.reshape(side, (2, *[1] * end.loss.ndim)) for side in np.transpose(surface.domain))
    inside = ((low - CLOSE * size <= end.p) & (end.p <= high + CLOSE * size)).all(axis=0)
    there = (np.abs(end.loss - values) <= close) & ((away <= CLOSE * size) | (inside & (values - values[0] <= close)))
    index = np.where(there, away, np.inf).argmin(axis=0)
    value = np.take_along_axis(values, index[None], 0)[0]
    near = np.array([np.abs(row.loss - value) <= close for row in recent])
    left = (near[:-1] & ~near[1:]).any(axis=0)
    stays = there.any(axis=0) & ~left & ((end.ended == End.NONE) | (end.ended == End.NO_STEP))
    return np.where(stays, index, -1)

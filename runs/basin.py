"""Basins of attraction: from which starts does a rule reach which minimum?"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Executor
from functools import partial

import numpy as np

from core import Array, InputError, N_
from landscapes import Landscape
from optimizers import Optimizer
from optimizers.schedules import Schedule
from runs.blocks import folded
from runs.descent import Descent, Row
from runs.folds import last, nearest
from runs.measures import TOLERANCE
from runs.run import checked


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

    Reached is a minimum as in `verdicts`: at the end the distance to it is at most 1 % of the domain and the loss within 1e-6 of the value there.
    −1 is a run that has diverged, is under way, or stands elsewhere. Threads and executor as in `sweep`.
    """
    schedule = checked(optimizer, surface, steps, schedule)
    if isinstance(n, bool) or not isinstance(n, (int, np.integer)) or n < 1:
        raise InputError(N_("{name} = {value}: allowed is a whole number in {within}."), name="n", value=repr(n), within="[1, ∞)")
    mesh = np.array(np.meshgrid(*(np.linspace(low, high, n) for low, high in surface.domain)))
    return folded(Descent(optimizer, surface, mesh, int(steps), schedule), partial(reached, surface=surface), threads, executor)


def reached(rows: Iterable[Row], surface: Landscape) -> Array:
    """The index of the minimum at which each run ends, or −1."""
    end, minima = last(rows), surface.minima()
    if not minima.size:
        return np.full(end.loss.shape, -1)
    far, index = nearest(end.p, surface)
    size = min(high - low for low, high in surface.domain)
    there = (far <= 0.01 * size) & (np.abs(end.loss - surface.value(minima)[index]) <= TOLERANCE) & (end.diverged_at < 0)
    return np.where(there, index, -1)

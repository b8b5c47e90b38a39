"""What a map of a sweep shows of each of its runs: every measure and how the run ended, from one pass."""

from __future__ import annotations

from concurrent.futures import Executor
from enum import IntEnum
from functools import partial
from typing import NamedTuple

import numpy as np

from core import Array
from core.window import widened
from landscapes import Landscape
from runs.blocks import folded
from runs.compiled import outcome
from runs.descent import Descent
from runs.minimum import CLOSE, distances, size_of, tolerance
from runs.outcome import Outcome as Ends
from runs.outcome import for_good, goal
from runs.trajectory import End


class Outcome(IntEnum):
    """How a run ended, as far as a map tells."""

    UNDER_WAY = 0
    REACHED = 1  # f*, at a point inside the domain
    ELSEWHERE = 2  # it stands at another minimum
    LEFT = 3  # it ends beside the map, or where the formula has no value
    DIVERGED = 4


class Cells(NamedTuple):
    """Arrays of the batch's shape.

    steps: the k from which on a run is at f*, as `for_good` has it, inf where it is not. final and best: the last and the
    lowest loss, of a run that ended early up to its last finite point. distance: from there to the nearest minimum, NaN without one. minimum: the
    index of this one in `surface.minima()`, −1 without one. outcome: an `Outcome`.
    """

    steps: Array
    final: Array
    best: Array
    distance: Array
    minimum: Array
    outcome: Array


def cells(descent: Descent, *, compiled: bool = False, threads: int = 1, executor: Executor | None = None) -> Cells:
    """The cells of these runs, which are those that `run` makes of the same arguments; with a compiled kernel, if there is one, to rounding.

    Threads and executor as in `sweep`.
    """
    table = folded(descent, partial(tabled, compiled=compiled), threads, executor)
    return Cells(*(table[name] for name in Cells._fields))


def tabled(descent: Descent, compiled: bool) -> Array:
    """The cells as one array of the descent's shape, whose fields they are."""
    surface = descent.surface
    assert isinstance(surface, Landscape)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # as in `run`; each thread has its own
        found = ended(outcome(descent, goal(surface), recent=False, compiled=compiled), surface, descent.steps)
    table = np.empty(found.steps.shape, [(name, part.dtype) for name, part in found._asdict().items()])
    for name, part in found._asdict().items():
        table[name] = part
    return table


def ended(made: Ends, surface: Landscape, last: int) -> Cells:
    """The cells, from what has become of the runs in so many steps."""
    shape, minima = made.final.shape, surface.minima()
    distance, minimum, there = np.full(shape, np.nan), np.full(shape, -1), np.zeros(shape, dtype=bool)
    if minima.size:
        away = distances(made.end, surface)
        minimum, distance = away.argmin(axis=0), away.min(axis=0)
        values = np.array([np.broadcast_to(surface.value(point), shape) for point in minima.T])
        value = np.take_along_axis(values, minimum[None], 0)[0]
        there = (distance <= CLOSE * size_of(surface)) & (np.abs(made.final - value) <= tolerance(surface)) & (value - values[0] > tolerance(surface))
    (x0, x1), (y0, y1) = widened(surface.domain)
    x, y = made.end
    off = (x < x0) | (x > x1) | (y < y0) | (y > y1) | (made.ended == End.OUTSIDE)
    steps = for_good(made.reached, last)
    how = np.where(np.isfinite(steps), Outcome.REACHED, Outcome.UNDER_WAY)
    how = np.where(there, Outcome.ELSEWHERE, how)
    how = np.where(off, Outcome.LEFT, how)
    how = np.where(made.ended == End.DIVERGED, Outcome.DIVERGED, how)
    return Cells(steps, made.final, made.best, distance, minimum.astype(np.int8), how.astype(np.uint8))

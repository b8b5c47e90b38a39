"""What a map of a sweep shows of each of its runs: every measure and how the run ended, from one pass."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np

from core import Array
from core.window import widened
from landscapes import Landscape
from runs.descent import Descent, Row
from runs.minimum import CLOSE, distances, size_of, tolerance
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

    steps: the first k with |f − f*| within the tolerance at a point inside the domain, inf where there is none. final and best: the last and the
    lowest loss, of a run that ended early up to its last finite point. distance: from there to the nearest minimum, NaN without one. minimum: the
    index of this one in `surface.minima()`, −1 without one. outcome: an `Outcome`.
    """

    steps: Array
    final: Array
    best: Array
    distance: Array
    minimum: Array
    outcome: Array


def cells(descent: Descent) -> Cells:
    """The cells of these runs, which are those that `run` makes of the same arguments."""
    surface = descent.surface
    assert isinstance(surface, Landscape)
    lowest, level = surface.lowest, tolerance(surface)
    best = steps = np.array(np.inf)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # as in `run`
        row = None
        for row in descent.rows():
            best = np.fmin(best, row.loss)
            if lowest is not None:
                near = np.abs(row.loss - lowest) <= level
                if near.any():
                    steps = np.where(near & inside(row.p, surface) & (steps > row.k), row.k, steps)
        assert row is not None
        return ended(row, np.broadcast_to(steps, row.loss.shape), np.broadcast_to(best, row.loss.shape), surface)


def inside(p: Array, surface: Landscape) -> Array:
    """Which points lie in the domain, or on its edge but for rounding."""
    low, high = (np.reshape(side, (2, *[1] * (p.ndim - 1))) for side in np.transpose(surface.domain))
    margin = CLOSE * size_of(surface)
    return np.all((p >= low - margin) & (p <= high + margin), axis=0)  # pyright: ignore[reportReturnType]


def ended(row: Row, steps: Array, best: Array, surface: Landscape) -> Cells:
    """The cells, from the row with which the runs end."""
    shape, minima = row.loss.shape, surface.minima()
    distance, minimum, there = np.full(shape, np.nan), np.full(shape, -1), np.zeros(shape, dtype=bool)
    if minima.size:
        away = distances(row.p, surface)
        minimum, distance = away.argmin(axis=0), away.min(axis=0)
        values = np.array([np.broadcast_to(surface.value(point), shape) for point in minima.T])
        value = np.take_along_axis(values, minimum[None], 0)[0]
        there = (distance <= CLOSE * size_of(surface)) & (np.abs(row.loss - value) <= tolerance(surface)) & (value - values[0] > tolerance(surface))
    (x0, x1), (y0, y1) = widened(surface.domain)
    x, y = row.p
    off = (x < x0) | (x > x1) | (y < y0) | (y > y1) | (row.ended == End.OUTSIDE)
    outcome = np.where(np.isfinite(steps), Outcome.REACHED, Outcome.UNDER_WAY)
    outcome = np.where(there, Outcome.ELSEWHERE, outcome)
    outcome = np.where(off, Outcome.LEFT, outcome)
    outcome = np.where(row.ended == End.DIVERGED, Outcome.DIVERGED, outcome)
    return Cells(steps, row.loss, best, distance, minimum, outcome.astype(np.uint8))

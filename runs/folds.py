"""What a sweep keeps of each run: one number, folded from the rows of the descent as they come."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

import numpy as np

from core import Array
from landscapes import Landscape, Objective
from runs.descent import Row
from runs.minimum import nearest
from runs.minimum import tolerance as usual
from runs.trajectory import End


def best_loss(rows: Iterable[Row], surface: Objective, tolerance: float | None) -> Array:
    """The lowest loss on the way, start and end included: the minimum of `Trajectory.loss` over the steps."""
    losses = (row.loss for row in rows)
    best = np.array(next(losses))
    for loss in losses:
        np.minimum(best, loss, out=best)
    return best


def final_loss(rows: Iterable[Row], surface: Objective, tolerance: float | None) -> Array:
    """The loss at the end, of a run that ended early at its last finite point: `Trajectory.loss[-1]`."""
    return np.array(last(rows).loss)


def steps_to_tolerance(rows: Iterable[Row], surface: Landscape, tolerance: float | None) -> Array:
    """The first k at which f − f* ≤ tolerance, as a float: inf where there is none, so that it can be sorted and coloured like the others."""
    lowest, level = surface.lowest, usual(surface) if tolerance is None else tolerance
    first = np.array(np.inf)
    for row in rows:
        first = np.minimum(first, np.where(row.loss - lowest <= level, row.k, np.inf))
    return first


def distance(rows: Iterable[Row], surface: Landscape, tolerance: float | None) -> Array:
    """How far the last point, of a run that ended early the last finite one, is from the nearest minimum."""
    return nearest(last(rows).p, surface)[0]


def diverged_at(rows: Iterable[Row], surface: Objective, tolerance: float | None) -> Array:
    """The k at which the run diverged, as a float like the steps to tolerance: inf where it did not."""
    end = last(rows)
    return np.where(end.ended == End.DIVERGED, end.stopped_at, np.inf)


FOLDS: dict[str, Callable[..., Array]] = {fold.__name__: fold for fold in (best_loss, final_loss, steps_to_tolerance, distance, diverged_at)}


def last(rows: Iterable[Row]) -> Row:
    """The row with which the descent ends."""
    return deque(rows, maxlen=1).pop()

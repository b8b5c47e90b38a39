"""What a sweep keeps of each run: one number, folded from the rows of the descent as they come."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

import numpy as np

from core import Array
from landscapes import Landscape
from runs.descent import Row


def best_loss(rows: Iterable[Row], surface: Landscape, tolerance: float) -> Array:
    """The lowest loss on the way, start and end included: the minimum of `Trajectory.loss` over the steps."""
    losses = (row.loss for row in rows)
    best = np.array(next(losses))
    for loss in losses:
        np.minimum(best, loss, out=best)
    return best


def final_loss(rows: Iterable[Row], surface: Landscape, tolerance: float) -> Array:
    """The loss at the end, of a diverged run at its last finite point: `Trajectory.loss[-1]`."""
    return np.array(last(rows).loss)


def steps_to_tolerance(rows: Iterable[Row], surface: Landscape, tolerance: float) -> Array:
    """The first k at which f − f* ≤ tolerance, as a float: inf where there is none, so that sorting, `min` and the colours of a heat map hold."""
    lowest = surface.lowest
    first = np.array(np.inf)
    for row in rows:
        first = np.minimum(first, np.where(row.loss - lowest <= tolerance, row.k, np.inf))
    return first


def distance(rows: Iterable[Row], surface: Landscape, tolerance: float) -> Array:
    """How far the last point, of a diverged run the last finite one, is from the nearest minimum."""
    return nearest(last(rows).p, surface)[0]


def diverged_at(rows: Iterable[Row], surface: Landscape, tolerance: float) -> Array:
    """The k at which the run diverged, as a float like the steps to tolerance: inf where it did not."""
    k = last(rows).diverged_at
    return np.where(k < 0, np.inf, k)


FOLDS: dict[str, Callable[..., Array]] = {fold.__name__: fold for fold in (best_loss, final_loss, steps_to_tolerance, distance, diverged_at)}


def last(rows: Iterable[Row]) -> Row:
    """The row with which the descent ends."""
    return deque(rows, maxlen=1).pop()


def nearest(p: Array, surface: Landscape) -> tuple[Array, Array]:
    """The distance to the nearest minimum, and its index in `surface.minima()`; each of the batch's shape."""
    distances = np.array([np.hypot(x - p[0], y - p[1]) for x, y in surface.minima().T])
    return distances.min(axis=0), distances.argmin(axis=0)

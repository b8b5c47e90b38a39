"""What a run leaves behind: arrays, and nothing but numbers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from core import Array, Number

BOUND = 1e6  # a run that has a coordinate beyond ±BOUND has diverged
HUGE = 1e150  # beyond this the square of a slope overflows, and with it the mean squares of many a rule


class End(IntEnum):
    """Why a run went no further."""

    NONE = 0  # it took all its steps
    DIVERGED = 1  # a point beyond ±1e6, or an overflow
    NO_STEP = 2  # the rule divides by zero here: no slope, as on a kink, or a singular Hessian
    OUTSIDE = 3  # the formula has no real value at the new point, at the point that the step asks, or at the start


@dataclass(frozen=True)
class Trajectory:
    """A run, or a batch of runs, step by step.

    path (steps+1, P, *batch): the points, the start first; a run that ends early stays at its last finite point where f has a finite value.
    loss (steps+1, *batch): f at these points, without noise; NaN or infinite only where f is not finite at the start.
    lr (steps, *batch): the rate of each step, peak × schedule.
    states[name] (steps, P, *batch): the gradient used ("g") and what the rule shows; row k belongs to the step
    k → k+1, and is NaN from the step in which the run ended.
    ended (*batch), integers: why the run went no further, an `End`; 0 where it took all its steps.
    stopped_at (*batch), integers: the first k at which it did not: the point not finite, beyond ±1e6, or its loss not finite; −1 where ended is 0.
    """

    path: Array
    loss: Array
    lr: Array
    states: dict[str, Array]
    ended: Array
    stopped_at: Array

    @property
    def diverged_at(self) -> Array:
        """`stopped_at` of the runs that diverged, −1 of all others; shape (*batch)."""
        return np.where(self.ended == End.DIVERGED, self.stopped_at, -1)


def settle(path: Array, loss: Array) -> tuple[Array, Array, Array]:
    """Mark where runs end early and hold them at their last finite point; returns (path, loss, stopped_at) of the same shapes."""
    finite = np.isfinite(path).all(axis=1) & np.isfinite(loss)
    gone = ~finite | (np.abs(path) > BOUND).any(axis=1)
    if not gone.any():
        return path, loss, np.full(loss.shape[1:], -1)
    first = gone.argmax(axis=0)
    stopped = gone.any(axis=0)
    last = np.where(at(finite, first), first, np.maximum(first - 1, 0))
    rows = np.arange(len(path)).reshape(-1, *[1] * last.ndim)
    rows = np.where(stopped, np.minimum(rows, last), rows)
    return np.take_along_axis(path, rows[:, None], 0), np.take_along_axis(loss, rows, 0), np.where(stopped, first, -1)


def at(rows: Array, k: Array) -> Array:
    """Row k of each run of rows (steps, *batch) or (steps, P, *batch), k (*batch): shape (*batch) or (P, *batch)."""
    return np.take_along_axis(rows, k[None, None] if rows.ndim > k.ndim + 1 else k[None], 0)[0]


def reason(p: Array, loss: Array, f: Array, g: Array, lr: Number) -> Array:
    """Why runs end at the points p (P, *batch) with this loss, an `End` each; f (*batch) and g (P, *batch) are value and slope for that step.

    A point that is not finite comes from an overflow where these are huge, and from a division by zero where they are not.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        size = np.abs(g).max(axis=0) * np.maximum(lr, 1)
        overflow = (np.abs(f) > HUGE) | (np.isfinite(g).all(axis=0) & (size > HUGE))
    broken = np.where(np.isnan(f), End.OUTSIDE, np.where(overflow, End.DIVERGED, End.NO_STEP))
    nowhere = np.isnan(loss) & ~(np.abs(p) > BOUND).any(axis=0)
    return np.where(np.isfinite(p).all(axis=0), np.where(nowhere, End.OUTSIDE, End.DIVERGED), broken)

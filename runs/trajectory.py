"""What a run leaves behind: arrays, and nothing but numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array

BOUND = 1e6  # a run that leaves |x|, |y| ≤ BOUND has diverged


@dataclass(frozen=True)
class Trajectory:
    """A run, or a batch of runs, step by step.

    path (steps+1, 2, *batch): the points, the start first; a diverged run stays at its last finite point.
    loss (steps+1, *batch): f at these points, without noise.
    lr (steps, *batch): the rate of each step, peak × schedule.
    states[name] (steps, 2, *batch): the gradient used ("g") and what the rule shows; row k belongs to the step
    k → k+1, and is NaN from the step in which the run diverged.
    diverged_at (*batch), integers: the first k at which the point was not finite or beyond ±1e6, or its loss not finite; −1 where the run
    did not diverge.
    """

    path: Array
    loss: Array
    lr: Array
    states: dict[str, Array]
    diverged_at: Array


def settle(path: Array, loss: Array) -> tuple[Array, Array, Array]:
    """Mark where runs diverge and hold them at their last finite point; returns (path, loss, diverged_at) of the same shapes."""
    finite = np.isfinite(path).all(axis=1) & np.isfinite(loss)
    gone = ~finite | (np.abs(path) > BOUND).any(axis=1)
    if not gone.any():
        return path, loss, np.full(loss.shape[1:], -1)
    first = gone.argmax(axis=0)
    diverged = gone.any(axis=0)
    last = np.where(np.take_along_axis(finite, first[None], 0)[0], first, np.maximum(first - 1, 0))
    rows = np.arange(len(path)).reshape(-1, *[1] * last.ndim)
    rows = np.where(diverged, np.minimum(rows, last), rows)
    return np.take_along_axis(path, rows[:, None], 0), np.take_along_axis(loss, rows, 0), np.where(diverged, first, -1)

"""What becomes of each run of a batch, all of it from one pass: where and why it ended, and its losses on the way."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from core import Array, InputError
from landscapes import Landscape, Objective
from runs.descent import Descent
from runs.minimum import tolerance as usual
from runs.stretch import SETTLED

RECENT = SETTLED + 1  # rows


@dataclass(frozen=True)
class Target:
    """When a run has reached f*: |f − f*| ≤ tolerance at a point inside the box (P, 2). f* and tolerance are numbers or of the batch's shape."""

    lowest: Array
    tolerance: Array
    box: Array

    @classmethod
    def of(cls, surface: Objective, tolerance: float | None) -> Target | None:
        """The surface's own, with the usual tolerance where none is given; None where it has no minimum, or lists none for many surfaces."""
        if not isinstance(surface, Landscape):
            return None
        try:
            lowest = surface.lowest
            if lowest is None:
                return None
            return cls(np.asarray(lowest), np.asarray(usual(surface) if tolerance is None else tolerance), np.array(surface.domain))
        except InputError:
            return None

    def met(self, p: Array, loss: Array) -> Array:
        """Whether it is met at the points p (P, *batch) with these losses; shape (*batch)."""
        near = np.abs(loss - self.lowest) <= self.tolerance
        if not near.any():
            return near
        low, high = np.reshape(self.box.T, (2, len(p), *[1] * loss.ndim))
        return near & (low <= p).all(axis=0) & (p <= high).all(axis=0)


@dataclass(frozen=True)
class Outcome:
    """What became of runs, each array of the batch's shape (*batch).

    end (P, *batch) and final: the last point and its loss, of a run that ended early the last finite ones. best: the lowest loss on the way.
    reached: the first k at which the target was met, inf where it never was. ended and stopped_at as in `Trajectory`.
    recent (rows, *batch): the losses of the last eleven rows, where they were asked for.
    """

    end: Array
    final: Array
    best: Array
    reached: Array
    ended: Array
    stopped_at: Array
    recent: Array
    compiled: bool = False


def walked(descent: Descent, target: Target | None, recent: bool) -> Outcome:
    """The outcome of a descent, a row at a time in NumPy."""
    rows = descent.rows()
    row = next(rows)
    best, reached = np.array(row.loss), np.full(row.loss.shape, np.inf)
    last = deque([row.loss], maxlen=RECENT if recent else 0)
    if target:
        reached[target.met(row.p, row.loss)] = 0
    for row in rows:
        np.minimum(best, row.loss, out=best)
        last.append(row.loss)
        if target and (met := target.met(row.p, row.loss)).any():
            np.minimum(reached, np.where(met, row.k, np.inf), out=reached)
    last.extend([row.loss] * (descent.steps - row.k))  # later rows repeat the one in which the last run ended
    kept = np.array(last) if recent else np.empty((0, *best.shape))
    return Outcome(np.array(row.p), np.array(row.loss), best, reached, row.ended, row.stopped_at, kept)

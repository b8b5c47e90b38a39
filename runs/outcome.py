"""What becomes of each run of a batch, all of it from one pass: where and why it ended, and its losses on the way."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from core import Array, InputError
from landscapes import Landscape, Objective
from runs.descent import Descent
from runs.minimum import CLOSE, size_of
from runs.minimum import tolerance as usual
from runs.stretch import SETTLED
from runs.trajectory import End

RECENT = SETTLED + 1  # rows


@dataclass(frozen=True)
class Target:
    """Where a run is at f*: |f − f*| ≤ tolerance at a point inside the box (P, 2). f* and tolerance are numbers or of the batch's shape."""

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
        return near & inside(p, self.box) if near.any() else near


def goal(surface: Landscape) -> Target | None:
    """Where a page says that a run is at f*: in the domain, or beside it by a margin, because a minimum may lie on its edge."""
    found, margin = Target.of(surface, None), CLOSE * size_of(surface)
    return replace(found, box=found.box + np.array([-margin, margin])) if found else None


def for_good(since: Array, steps: int) -> Array:
    """The step from which on runs of so many steps are at f*, inf where that is for fewer than ten points: a shorter stay is a passage."""
    return np.where(since <= steps + 1 - SETTLED, since, np.inf)


@dataclass(frozen=True)
class Outcome:
    """What became of runs, each array of the batch's shape (*batch).

    end (P, *batch) and final: the last point and its loss, of a run that ended early the last finite ones. best: the lowest loss on the way.
    reached: the k from which on the target is met, up to the last step; inf where it is not met there, or the run diverged or left the formula's
    domain. ended and stopped_at as in `Trajectory`.
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
    best, since = np.array(row.loss), np.zeros(row.loss.shape)
    last = deque([row.loss], maxlen=RECENT if recent else 0)
    if target:
        np.copyto(since, 1.0, where=~target.met(row.p, row.loss))
    for row in rows:
        np.minimum(best, row.loss, out=best)
        last.append(row.loss)
        if target:
            np.copyto(since, row.k + 1.0, where=~target.met(row.p, row.loss))
    last.extend([row.loss] * (descent.steps - row.k))  # later rows repeat the one in which the last run ended
    kept = np.array(last) if recent else np.empty((0, *best.shape))
    reached = np.where(since <= row.k if target else False, since, np.inf)
    return Outcome(np.array(row.p), np.array(row.loss), best, to_stay(reached, row.ended), row.ended, row.stopped_at, kept)


def inside(p: Array, box: Any) -> Array:
    """Which of the points p (P, *batch) lie in the box (P, 2); shape (*batch)."""
    low, high = np.reshape(np.transpose(box), (2, len(p), *[1] * (p.ndim - 1)))
    return np.asarray(((low <= p) & (p <= high)).all(axis=0))


def to_stay(reached: Array, ended: Array) -> Array:
    """Since when runs are at the target, inf for those that have gone from there, and from everywhere."""
    return np.where((ended == End.DIVERGED) | (ended == End.OUTSIDE), np.inf, reached)

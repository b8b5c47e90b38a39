"""A descent walked a row at a time: the loop of `run` for those who keep nothing of the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from itertools import chain
from typing import Any, NamedTuple, TypeVar

import numpy as np

from core import Array, Entry
from landscapes import Landscape
from optimizers import Optimizer
from optimizers.schedules import Schedule
from runs.run import spread, walk
from runs.trajectory import BOUND

E = TypeVar("E", bound=Entry)
Box = tuple[slice, ...]  # a part of a batch: a slice for each of its axes


class Row(NamedTuple):
    """Row k of a trajectory: points (2, *batch) and losses (*batch), those of a diverged run held; `diverged_at` as it is known by now."""

    k: int
    p: Array
    loss: Array
    diverged_at: Array


@dataclass(frozen=True)
class Descent:
    """A batch of runs that are still to be made; its arguments are those of `run`, checked."""

    optimizer: Optimizer
    surface: Landscape
    start: Array
    steps: int
    schedule: Schedule

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the batch."""
        return spread(self.start, self.optimizer, self.schedule, self.surface).shape[1:]

    def part(self, box: Box) -> Descent:
        """The runs of a part of the batch, of the same number of axes."""
        optimizer, surface, schedule = part_of(self.optimizer, box), part_of(self.surface, box), part_of(self.schedule, box)
        return Descent(optimizer, surface, cut(self.start, box, self.start.ndim - 1), self.steps, schedule)

    def rows(self) -> Iterator[Row]:
        """The rows of the trajectory, one after the other; none after that in which the last run has diverged, since they would only repeat.

        Overflow is no error here, as in `run`; whoever asks for the rows silences it.
        """
        p: Array = spread(self.start, self.optimizer, self.schedule, self.surface).copy()
        peak = np.asarray(self.optimizer.lr, dtype=float)
        rates = (peak * self.schedule(k, self.steps) for k in range(self.steps))
        points = chain([p], (point for point, _ in walk(self.optimizer, self.surface, p, rates)))
        row = Row(0, p, self.surface.value(p), np.full(p.shape[1:], -1))
        all_inside = True
        for k, p in enumerate(points):
            loss = self.surface.value(p)
            all_inside = all_inside and inside(p, loss)
            row = Row(k, p, loss, row.diverged_at) if all_inside else held(row, k, p, loss)
            yield row
            if not all_inside and (row.diverged_at >= 0).all():
                return


def inside(p: Array, loss: Array) -> bool:
    """Whether no run is outside the bound or without a finite loss; a doubtful no where the sum of the losses overflows."""
    return bool(p.max(initial=0) <= BOUND and p.min(initial=0) >= -BOUND and np.isfinite(np.sum(loss)))


def held(row: Row, k: int, p: Array, loss: Array) -> Row:
    """Row k after this one, in which diverged runs stay; a run that diverges now keeps its new point and loss if they are finite, as in `settle`."""
    under_way = row.diverged_at < 0
    finite = np.isfinite(p).all(axis=0) & np.isfinite(loss)
    gone = ~finite | (np.abs(p) > BOUND).any(axis=0)
    new = under_way & finite
    return Row(k, np.where(new, p, row.p), np.where(new, loss, row.loss), np.where(under_way & gone, k, row.diverged_at))


def part_of(entry: E, box: Box) -> E:
    """The entry with its array-valued fields, of a schedule behind a warm-up and of a surface under its noise too, cut to a part of the batch."""
    changes: dict[str, Any] = {}
    for f in fields(entry):
        value = getattr(entry, f.name)
        if isinstance(value, Entry):
            inner = part_of(value, box)
            changes |= {f.name: inner} if inner is not value else {}
        elif isinstance(value, np.ndarray):
            changes[f.name] = cut(value, box, value.ndim)
    return replace(entry, **changes) if changes else entry


def cut(value: Array, box: Box, axes: int) -> Array:
    """The array cut along its last `axes` axes, which are the last of the batch; one of length 1 is repeated over the batch, and stays."""
    own = box[len(box) - axes :]
    return value[(..., *(s if n > 1 else slice(None) for s, n in zip(own, value.shape[value.ndim - axes :], strict=True)))]

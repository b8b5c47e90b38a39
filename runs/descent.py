"""A descent a row at a time: the loop of `run` without keeping the path."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple, TypeVar

import numpy as np

from core import Array, Entry, Number
from landscapes import Objective
from optimizers import Optimizer
from optimizers.schedules import Schedule
from runs.arguments import spread
from runs.run import walk
from runs.trajectory import BOUND, End, reason

E = TypeVar("E", bound=Entry)
Box = tuple[slice, ...]  # a part of a batch: a slice for each of its axes


class Row(NamedTuple):
    """Row k of a trajectory: points (P, *batch) and losses (*batch), a run that has ended held where it is; `ended` and `stopped_at` as of step k."""

    k: int
    p: Array
    loss: Array
    ended: Array
    stopped_at: Array


@dataclass(frozen=True)
class Descent:
    """A batch of runs that are still to be made: the arguments of `run`, checked."""

    optimizer: Optimizer
    surface: Objective
    start: Array
    steps: int
    schedule: Schedule

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the batch."""
        return spread(self.start, self.optimizer, self.schedule, self.surface).shape[1:]

    def part(self, box: Box) -> Descent:
        """The runs of a part of the batch: rule, start, surface and schedule with their arrays cut to it; the number of axes stays."""
        optimizer, surface, schedule = part_of(self.optimizer, box), part_of(self.surface, box), part_of(self.schedule, box)
        return Descent(optimizer, surface, cut(self.start, box, self.start.ndim - 1), self.steps, schedule)

    def rows(self) -> Iterator[Row]:
        """The rows of the trajectory, one after the other, up to the one in which the last run ends: later ones would repeat it.

        Overflow is no error, as in `run`; the caller silences NumPy's warnings of it.
        """
        p: Array = spread(self.start, self.optimizer, self.schedule, self.surface).copy()
        loss = self.surface.value(p)
        row = Row(0, p, loss, np.where(np.isfinite(loss), End.NONE, End.OUTSIDE), np.where(np.isfinite(loss), -1, 0))
        all_inside = inside(p, loss)
        yield row
        steps = walk(self.optimizer, self.surface, p, map(self.rate, range(self.steps)))
        for k, (p, state) in enumerate(steps, start=1):
            loss = self.surface.value(p)
            all_inside = all_inside and inside(p, loss)
            new = Row(k, p, loss, row.ended, row.stopped_at)
            row = new if all_inside else self.held(row, new, state)
            yield row
            if not all_inside and (row.stopped_at >= 0).all():
                return

    def rate(self, k: int) -> Number:
        """The rate of the step k → k + 1, peak × factor."""
        return np.asarray(self.optimizer.lr, dtype=float) * self.schedule(k, self.steps)

    def held(self, row: Row, new: Row, state: Any) -> Row:
        """The new row with the runs that have ended held as in `row`; one that ends in this step takes its new point and loss if they are finite."""
        under_way = row.stopped_at < 0
        finite = np.isfinite(new.p).all(axis=0) & np.isfinite(new.loss)
        ends = under_way & (~finite | (np.abs(new.p) > BOUND).any(axis=0))
        moves = under_way & finite
        ended = row.ended
        if ends.any():
            asked = self.optimizer.probe(row.p, state)
            why = reason(new.p, new.loss, self.surface.value(asked), self.surface.gradient(asked), self.rate(row.k))
            ended = np.where(ends, why, ended)
        stopped_at = np.where(ends, new.k, row.stopped_at)
        return Row(new.k, np.where(moves, new.p, row.p), np.where(moves, new.loss, row.loss), ended, stopped_at)


def inside(p: Array, loss: Array) -> bool:
    """Whether all runs are within the bound and have a finite loss; False too where only the sum of the losses overflows, which costs time alone."""
    return bool(p.max(initial=0) <= BOUND and p.min(initial=0) >= -BOUND and np.isfinite(np.sum(loss)))


def part_of(entry: E, box: Box) -> E:
    """The entry with its arrays cut to a part of the batch."""
    return mapped(entry, lambda value: cut(value, box, value.ndim))


def mapped(entry: E, change: Callable[[Array], Array]) -> E:
    """The entry with its array-valued fields changed, those of a schedule after a warm-up and of a surface under noise included."""
    changes = {}
    for f in fields(entry):
        value = getattr(entry, f.name)
        if isinstance(value, Entry):
            changes[f.name] = mapped(value, change)
        elif isinstance(value, np.ndarray):
            changes[f.name] = change(value)
    return replace(entry, **changes) if changes else entry


def cut(value: Array, box: Box, axes: int) -> Array:
    """The array cut along its last `axes` axes, which are the last ones of the batch; an axis of length 1 is broadcast, and stays."""
    own = box[len(box) - axes :]
    return value[(..., *(s if n > 1 else slice(None) for s, n in zip(own, value.shape[value.ndim - axes :], strict=True)))]

"""A ruler: where a lane's run would end at each value of one of its settings."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from time import sleep
from typing import Any

import numpy as np

from core import Array, Number
from core.window import widened
from landscapes import Landscape
from optimizers.schedules.warmup import Warmup
from runs.arrival import outside
from runs.descent import Descent, Row
from runs.measures import steepest
from runs.race import Lane
from runs.trajectory import End

WARMUP = "warmup"  # the setting that is none of the rule's parameters
EVERY = 8  # steps, of some 50 µs each
HALVINGS = 60  # of the gap between two stops: below it there is no float any more


class Fate(IntEnum):
    """How a run ends, as far as its last value means anything."""

    STAYS = 0
    LEAVES = 1  # it ends beside the map, or where the formula has no value
    DIVERGES = 2


@dataclass(frozen=True)
class Ruler:
    """The ends of a lane's runs; the arrays have the shape (n,), one for each value.

    loss: f at the end, of a run that ended early at its last finite point. fates: a `Fate` each. limits: the values, between the first and the last,
    at which the rate passes the stability limit; of the rate itself, that limit wherever it lies.
    """

    values: Array
    loss: Array
    fates: Array
    limits: tuple[float, ...]


def ruler(lane: Lane, name: str, values: tuple[float, ...], surface: Landscape, start: tuple[float, float], steps: int) -> Ruler:
    """The ends of this lane's runs with its setting `name`, a parameter of its rule or "warmup", at each of the values.

    The runs are those that `run` makes one by one, noise included, up to rounding, which grows where a run is chaotic. Beside the map is beside all
    of it, as the page shows it.
    """
    swept = with_setting(lane, name, np.array(values, dtype=float))
    many = np.repeat(np.array(start, dtype=float)[:, None], len(values), axis=1)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # as in `run`
        end = deque(giving_way(Descent(swept.rule, surface, many, steps, swept.schedule).rows()), maxlen=1).pop()
    left = outside(end.p.T, widened(surface.domain)) | (end.ended == End.OUTSIDE)
    fates = np.where(end.ended == End.DIVERGED, Fate.DIVERGES, np.where(left, Fate.LEAVES, Fate.STAYS))
    return Ruler(np.array(values, dtype=float), np.array(end.loss), fates, limits(lane, name, values, surface, start))


def giving_way(rows: Iterable[Row]) -> Iterator[Row]:
    """The same rows; between them other threads have their turn.

    Python's lock changes hands every 5 ms otherwise: whoever waits for it beside a ruler waits 5.2 ms each time, and so 0.3 ms.
    """
    for row in rows:
        if row.k % EVERY == 0:
            sleep(0)
        yield row


def with_setting(lane: Lane, name: str, value: Number) -> Lane:
    """The lane with a parameter of its rule, or its warm-up, at this value, or at each of an array of them."""
    if name != WARMUP:
        return replace(lane, rule=replace(lane.rule, **{name: value}))
    after = lane.schedule.then if isinstance(lane.schedule, Warmup) else lane.schedule
    return replace(lane, schedule=Warmup(np.asarray(value, dtype=int)[()], after) if np.any(value) else after)


def value_of(lane: Lane, name: str) -> float:
    """The value of a parameter of the lane's rule, or of its warm-up."""
    if name != WARMUP:
        return getattr(lane.rule, name)
    return lane.schedule.steps if isinstance(lane.schedule, Warmup) else 0


def limits(lane: Lane, name: str, values: tuple[float, ...], surface: Landscape, start: tuple[float, float]) -> tuple[float, ...]:
    """Where the peak rate passes the stability limit at the minimum nearest to the start, or at the start where there is none."""
    curvatures = steepest(surface, start)
    curvature = curvatures.get("minimum", curvatures.get("start", 0.0))
    if name == WARMUP or not curvature > 0:
        return ()

    def limit(value: float) -> float:
        rule: Any = with_setting(lane, name, value).rule
        below = rule.stable_below(curvature)
        return np.inf if below is None else float(below)

    if name == "lr":
        return (limit(values[0]),) if np.isfinite(limit(values[0])) else ()
    rate: Any = lane.rule.lr
    beyond = [rate >= limit(value) for value in values]
    passed = []
    for low, high, first, second in zip(values, values[1:], beyond, beyond[1:], strict=False):
        if first != second:
            passed.append(between(low, high, lambda value, first=first: (rate >= limit(value)) == first))
    return tuple(passed)


def between(low: float, high: float, like_low: Any) -> float:
    """The value at which something changes that holds at `low` and not at `high`."""
    for _halving in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if like_low(middle) else (low, middle)
    return high

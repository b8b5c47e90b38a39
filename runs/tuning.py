"""The best rate of a sweep, for a lane that has one already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from landscapes import Landscape
from optimizers import Optimizer
from optimizers.schedules import Schedule
from runs.arguments import alone
from runs.ends import outside, unstable
from runs.scan import scan, scanned

ROUNDING = 1e-12  # of the way down: ends closer than this are the same


@dataclass(frozen=True)
class Tuning:
    """A lane's rate, and why it is this one: a better one than it had; none was better; or every rate leaves the map, and it was left as it was."""

    lr: float
    outcome: Literal["better", "none better", "none stays"]


def tuned(optimizer: Optimizer, surface: Landscape, start: tuple[float, float], steps: int, schedule: Schedule) -> Tuning:
    """The rate whose run ends lowest of a scan's, among the runs that stay on the map and can come to rest where they end.

    Off the domain an end below f* does not count: no minimum is there. The rule's own rate is kept unless another ends lower; where its own run
    leaves the map and comes back, unless another ends as low. Of equal ends it is the one whose mean loss is lowest.
    Raises InputError for arrays in place of parameters.
    """
    alone("tuned", surface, optimizer, schedule)
    rule: Any = optimizer
    rates = np.array([rule.lr, *scanned(optimizer)])
    runs = scan(optimizer, rates, surface, start, steps, schedule)
    off, loss, lowest = outside(runs, surface), runs.loss, surface.lowest
    low, high = np.array(surface.domain).T[..., None]
    inside = ((low <= runs.path[-1]) & (runs.path[-1] <= high)).all(axis=0)
    counts = (runs.stopped_at < 0) & ~off[-1] & (inside | (lowest is None or loss[-1] >= lowest))
    stays = counts & ~off.any(axis=0)
    if not stays.any():
        return Tuning(float(rule.lr), "none stays")
    rests = stays & ~unstable(runs, optimizer, surface)
    candidates = rests if rests.any() else stays
    candidates[0] = counts[0]
    final = np.where(candidates, loss[-1], np.inf)
    equal = final <= final.min() + ROUNDING * abs(loss[0, 0] - final.min())
    if equal[0] and (not off[:, 0].any() or not equal[1:].any()):
        return Tuning(float(rule.lr), "none better")
    equal[0] = False
    return Tuning(float(rates[equal][loss[:, equal].mean(axis=0).argmin()]), "better")

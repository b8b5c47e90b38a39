"""A scan: the runs of a rule at many rates, without their states."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from core import Array, parameters
from landscapes import Landscape
from optimizers import Optimizer
from optimizers.schedules import Schedule
from optimizers.schedules.constant import Constant
from runs.arguments import checked_start, spread
from runs.run import rates, walk
from runs.trajectory import settle

POINTS = 60


@dataclass(frozen=True)
class Scan:
    """The runs of a scan; each array is that of a `Trajectory`, with one axis of runs."""

    path: Array
    loss: Array
    lr: Array
    stopped_at: Array


def sixty(optimizer: Optimizer) -> Array:
    """Rates from one end of the slider's axis to the other, equally spaced and rounded to three digits; shape (60,)."""
    return rounded(parameters(optimizer)["lr"].grid(POINTS))


def rounded(rates: Array) -> Array:
    """With three digits, so that what a slider shows is what it is."""
    return np.array([float(f"{rate:.3g}") for rate in rates])


def scanned(optimizer: Optimizer) -> Array:
    """The rates that a scan tries, in ascending order: these sixty, two between each pair of them, and the slider's stops."""
    return np.union1d(rounded(parameters(optimizer)["lr"].grid(3 * POINTS - 2)), parameters(optimizer)["lr"].stops())


def scan(optimizer: Optimizer, lr: Array, surface: Landscape, start: Any, steps: int, schedule: Schedule | None = None) -> Scan:
    """The runs that `run` makes at the rates `lr` of shape (n,), without their states, which take as long as the runs themselves."""
    rule: Any = replace(optimizer, lr=lr)
    first = spread(checked_start(start, surface), rule)
    each = rates(rule, schedule or Constant(), steps, lr.shape)
    path = np.empty((steps + 1, *first.shape))
    path[0] = first
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # as in `run`
        for t, (p, _) in enumerate(walk(rule, surface, path[0].copy(), each), start=1):
            path[t] = p
        loss = surface.value(np.moveaxis(path, 1, 0))
    path, loss, stopped_at = settle(path, loss)
    return Scan(path, loss, each, stopped_at)

"""In which manner a run goes: whether it zigzags, creeps, crosses a plateau, or has its rate taken away."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from core import Array
from landscapes import Landscape
from runs.minimum import nearest
from runs.trajectory import Trajectory

WINDOW = 40  # steps
OFTEN = 0.6  # of the steps in a window: what changes its direction as often goes to and fro
WASTED = 3  # times the way made across the valley: shorter ways to and fro cost nothing
LAST = 0.25  # of the run
ALONG = 0.99  # the cosine between a direction and an axis that is as good as along it
FLAT = 0.1  # of the mean slope that leads from the end to the minimum: a slope below this part of it is a plateau's


class Zigzag(NamedTuple):
    """So many changes of the slope's sign in so many steps from step `at` on, along an axis, "x" or "y", or along no axis, ""."""

    times: int
    steps: int
    at: int
    axis: str


def zigzag(trajectory: Trajectory, surface: Landscape, until: int) -> Zigzag | None:
    """Where a run up to a step goes to and fro across a valley more than it gets on: its worst window; None where it does not."""
    path = trajectory.path[: until + 1]
    if until < 4:
        return None
    with np.errstate(all="ignore"):
        hessians = np.nan_to_num(np.moveaxis(surface.hessian(path.T), -1, 0))
        slopes = np.nan_to_num(surface.gradient(path.T))
    values, vectors = np.linalg.eigh(hessians)
    across = vectors[:, :, -1]
    turns = np.sign((across[1:] * across[:-1]).sum(axis=1))
    across = across * np.cumprod(np.concatenate([[1.0], np.where(turns == 0, 1.0, turns)]))[:, None]  # an eigenvector's sign is nobody's
    slope, step = (across * slopes.T).sum(axis=1), (across[:-1] * np.diff(path, axis=0)).sum(axis=1)
    changes = (np.sign(slope[1:]) * np.sign(slope[:-1]) < 0) & (values[1:, -1] > 0)
    width = min(WINDOW, until)
    counts = np.convolve(changes, np.ones(width, dtype=int), "valid")
    at = int(counts.argmax())
    way = step[at : at + width]
    if counts[at] < OFTEN * width or np.abs(way).sum() < WASTED * abs(way.sum()):
        return None
    direction = np.abs(across[at])
    axis = "xy"[int(direction.argmax())] if direction.max() >= ALONG else ""
    return Zigzag(int(counts[at]), width, at, axis)


class Creep(NamedTuple):
    """In its last `steps` a run moved by `moved`; the nearest minimum is `away`, at this pace `more` steps. `flat`: the slope is a plateau's."""

    steps: int
    moved: float
    away: float
    more: float
    slope: float
    flat: bool


def creep(trajectory: Trajectory, surface: Landscape) -> Creep | None:
    """A run that at its last pace needs more steps to the nearest minimum than it has had; None for any other."""
    path, last = trajectory.path, len(trajectory.path) - 1
    if not surface.minima().size:
        return None
    n = max(int(LAST * last), 1)
    moved, away = float(np.hypot(*(path[-1] - path[-1 - n]))), float(nearest(path[-1], surface)[0])
    more = away * n / moved if moved else np.inf
    if more <= last:
        return None
    slope = float(np.median(np.hypot(*surface.gradient(path[-n:].T))))
    gap = abs(float(trajectory.loss[-1]) - float(surface.lowest or 0.0))
    return Creep(n, moved, away, more, slope, slope < FLAT * gap / away)


def used(rates: Array) -> float:
    """The sum of the rates as a part of what it would be had the largest of them held all the time."""
    return float(rates.sum() / (len(rates) * rates.max()))


def stalled(trajectory: Trajectory) -> tuple[str, float, float] | None:
    """The axis along which a rule's own scaling leaves more, and the rate there at the first step and at the last; None where it ever rises."""
    own: Any = trajectory.states.get("rate")
    if own is None or len(own) < 3:
        return None
    rates = own / np.maximum(trajectory.lr, np.finfo(float).tiny)[:, None]  # what the rule makes of any rate
    if not np.isfinite(rates).all() or (np.diff(rates, axis=0) > 0).any():
        return None
    axis = int(rates[-1].argmax())
    return "xy"[axis], float(own[0, axis]), float(own[-1, axis])


def halving(trajectory: Trajectory, lowest: float) -> float | None:
    """In how many steps f − f* halved over the run's last quarter; None where it did not fall."""
    gap = trajectory.loss - lowest
    n = max(int(LAST * (len(gap) - 1)), 1)
    first, end = float(gap[-1 - n]), float(gap[-1])
    return n * float(np.log(2) / np.log(first / end)) if first > end > 0 else None

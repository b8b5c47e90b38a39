"""A lane's run as the browser draws it: the single one, and many at once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from core import Array
from core.window import widened
from links import quantities
from runs import Noisy, Verdict, distance, gradient_norm, predicted_spread, run, sizes, verdicts
from runs.race import Lane, descent


class Single(NamedTuple):
    """What every panel draws of its run, what it gets only where a chart shows it (by quantity), and what can be said of the run."""

    arrays: dict[str, Any]
    further: dict[str, Array]
    verdicts: list[Verdict]


@lru_cache(maxsize=512)
def single(lane: Lane, surface: Noisy, start: tuple[float, float], steps: int) -> Single:
    """A lane's one run, remembered for everyone."""
    trajectory = descent(lane, surface, start, steps)
    constant = (trajectory.lr == trajectory.lr[0]).all()
    arrays = {
        "path": on_map(trajectory.path),
        "marks": [on_map(trajectory.states[name]) for name in lane.rule.marks],
        "loss": trajectory.loss,
        "slope": logarithm(gradient_norm(trajectory, surface)),
        "rate": trajectory.lr[:1] if constant else trajectory.lr,
    }
    away = distance(trajectory, surface)
    further = {} if away is None else {"distance": logarithm(away)}
    further |= {quantities.INNER + name: logarithm(size) for name, size in sizes(lane.rule, trajectory).items()}
    return Single(arrays, further, verdicts(trajectory, surface, lane.rule, widened(surface.domain)))


@lru_cache(maxsize=64)
def many(lane: Lane, surface: Noisy, start: tuple[float, float], steps: int) -> dict[str, Any]:
    """As many runs of a lane as the noise has: all their points, step by step, and the mean of their losses with the 10 % and 90 % quantiles."""
    different = (surface.runs or 1) if surface.sigma else 1  # without noise all are the same
    trajectory = run(lane.rule, surface, np.repeat(np.array(start)[:, None], different, axis=1), steps, lane.schedule)
    points = np.repeat(trajectory.path, (surface.runs or 1) // different, axis=2)
    gone = (trajectory.diverged_at >= 0) & (np.arange(steps + 1)[:, None] >= trajectory.diverged_at)
    with np.errstate(over="ignore", invalid="ignore"):  # where runs leave upwards and downwards there is no mean
        # The point that a diverged run stands at says nothing of its loss.
        loss = np.where(gone, np.copysign(np.inf, trajectory.loss - trajectory.loss[0]), trajectory.loss)
        mean = loss.mean(axis=1)
    low, high = np.quantile(loss, (0.1, 0.9), axis=1, method="nearest")
    constant = (trajectory.lr == trajectory.lr[0]).all()
    return {
        "points": on_map(points.swapaxes(1, 2).reshape(-1, 2)),
        "count": surface.runs,
        "loss": {"mean": mean, "low": low, "high": high},
        "predicted": predicted(lane, surface, np.median(trajectory.path[-1], axis=1)) if constant else None,
    }


def predicted(lane: Lane, surface: Noisy, end: Array) -> dict[str, Any] | None:
    """Where theory has the runs in the long run, at the minimum nearest to their end: mean loss, and the ellipse of two standard deviations."""
    spread = predicted_spread(lane.rule, surface, surface.covariance, near=end)
    if spread is None or not spread.excess:  # without noise a run does not scatter
        return None
    directions, variances, _ = np.linalg.svd(spread.covariance)
    return {"at": spread.at, "axes": (2 * np.sqrt(variances) * directions).T, "loss": float(surface.value(spread.at)) + spread.excess}


def logarithm(values: Array) -> Array:
    """log₁₀ as float32, −∞ for an exact zero: three digits need no more, and no size is lost."""
    with np.errstate(divide="ignore"):
        return np.log10(values).astype(np.float32)


def on_map(points: Array) -> Array:
    """Points of shape (n, 2) as float32 of shape (2, n): finer than any screen; beyond float32's range they have long left the picture."""
    with np.errstate(over="ignore"):
        return np.ascontiguousarray(points.T, dtype=np.float32)

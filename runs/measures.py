"""What is read off a trajectory: how far, how steep, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from core import Array
from landscapes import Landscape
from optimizers import Optimizer
from runs.trajectory import Trajectory

TOLERANCE = 1e-6


@dataclass(frozen=True)
class Verdict:
    """How a run ended, and the step from which that is so."""

    kind: Literal["diverged", "reached", "local minimum", "saddle", "under way"]
    step: int


def gradient_norm(trajectory: Trajectory, surface: Landscape) -> Array:
    """‖∇f‖ at every point of the path, without noise; shape (steps+1, *batch)."""
    with np.errstate(over="ignore", invalid="ignore"):
        return np.hypot(*surface.gradient(np.moveaxis(trajectory.path, 1, 0)))


def verdict(trajectory: Trajectory, surface: Landscape) -> Verdict:
    """How a single run ended.

    "reached": its loss came within 1e-6 of f*, first at that step. "local minimum" and "saddle": at its end it stands there, its loss
    within 1e-6 of the value at the nearest such point and its distance to it below 1 % of the domain, from that step on.
    """
    if trajectory.diverged_at >= 0:
        return Verdict("diverged", int(trajectory.diverged_at))
    lowest = surface.lowest
    if lowest is not None:
        near = np.abs(trajectory.loss - lowest) <= TOLERANCE
        if near.any():
            return Verdict("reached", int(near.argmax()))
    points = [(p, kind) for p, kind in surface.stationary() if kind != "maximum"]
    if points:
        at = np.array([p for p, _ in points])
        nearest = int(np.hypot(*(at - trajectory.path[-1]).T).argmin())
        size = min(high - low for low, high in surface.domain)
        there = np.hypot(*(trajectory.path - at[nearest]).T) <= 0.01 * size
        there &= np.abs(trajectory.loss - surface.value(at[nearest])) <= TOLERANCE
        if there[-1]:
            since = len(there) - int(np.argmin(there[::-1])) if not there.all() else 0
            kind = points[nearest][1]
            return Verdict("saddle" if kind == "saddle" else "local minimum", since)
    return Verdict("under way", len(trajectory.loss) - 1)


def stability_limit(optimizer: Optimizer, surface: Landscape, start: tuple[float, float]) -> dict[str, float]:
    """The rates from which the rule diverges on the quadratic that fits the surface at the start ("start") and at the nearest minimum ("minimum").

    Empty where theory gives none, or where no direction curves upwards.
    """
    minima = surface.minima()
    points = {"start": np.asarray(start, dtype=float)}
    if minima.size:
        points["minimum"] = minima[:, np.hypot(*(minima.T - points["start"]).T).argmin()]
    limits = {}
    for name, p in points.items():
        hessian = surface.hessian(p)
        curvature = np.linalg.eigvalsh(hessian)[-1] if np.isfinite(hessian).all() else 0.0
        limit = optimizer.stable_below(curvature) if curvature > 0 else None
        if limit is not None:
            limits[name] = float(limit)
    return limits

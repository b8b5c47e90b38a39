"""What is read off a trajectory: how far, how steep, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

from core import Array
from core.search import newton
from landscapes import Landscape
from landscapes.base import Kind
from optimizers import Optimizer
from runs.trajectory import Trajectory

TOLERANCE = 1e-6
SETTLED = 10  # steps
CLOSE = 0.01  # of the domain's shorter side
POLISHING = 8  # steps of Newton's method
FLAT = 1e-9  # a curvature below this part of the other one is what rounding leaves of zero


@dataclass(frozen=True)
class Verdict:
    """Where a run is from one step to another, both included."""

    kind: Literal["diverged", "reached", "local minimum", "saddle", "under way"]
    step: int
    until: int


@dataclass(frozen=True)
class Spread:
    """How a rule scatters about a minimum in the long run: the minimum (2,), the covariance of the point (2, 2), and the mean of f − f*."""

    at: Array
    covariance: Array
    excess: float


def gradient_norm(trajectory: Trajectory, surface: Landscape) -> Array:
    """‖∇f‖ at every point of the path, without noise; shape (steps+1, *batch)."""
    with np.errstate(over="ignore", invalid="ignore"):
        return np.hypot(*surface.gradient(np.moveaxis(trajectory.path, 1, 0)))


def distance(trajectory: Trajectory, surface: Landscape) -> Array | None:
    """The distance to the nearest minimum from every point of the path, shape (steps+1, *batch); None where there is no minimum."""
    minima = surface.minima()
    if not minima.size:
        return None
    away = np.moveaxis(trajectory.path, 1, 0)[..., None] - minima.reshape(2, *[1] * (trajectory.path.ndim - 1), -1)
    return np.hypot(*away).min(axis=-1)


def verdict(trajectory: Trajectory, surface: Landscape) -> Verdict:
    """How a single run ended, and since when; "under way" where nothing can be said."""
    last = len(trajectory.loss) - 1
    return next((v for v in verdicts(trajectory, surface) if v.until == last), Verdict("under way", last, last))


def verdicts(trajectory: Trajectory, surface: Landscape) -> list[Verdict]:
    """What can be said of a single run on its way, in the order of the steps.

    "diverged": from that step on. "reached": its loss is within 1e-6 of f*. "local minimum" and "saddle": it stands there, its distance to
    that point, listed or not, below 1 % of the domain and its loss within 1e-6 of the value there, for ten steps at least or up to its end.
    """
    last = len(trajectory.loss) - 1
    end = int(trajectory.diverged_at) - 1 if trajectory.diverged_at >= 0 else last
    found = [Verdict("diverged", end + 1, last)] if end < last else []
    for point, kind in [*surface.stationary(), *unlisted(surface, trajectory.path[end])]:
        value = surface.value(np.array(point))
        near = np.abs(trajectory.loss - value) <= TOLERANCE
        if kind == "minimum" and np.isclose(value, surface.lowest or 0.0, rtol=0, atol=TOLERANCE):
            found += [Verdict("reached", *stay) for stay in stays(near, end)]
        elif kind != "maximum":
            near &= np.hypot(*(trajectory.path - point).T) <= CLOSE * size_of(surface)
            long = [(since, until) for since, until in stays(near, end) if until == end or until - since >= SETTLED]
            found += [Verdict("saddle" if kind == "saddle" else "local minimum", *stay) for stay in long]
    return sorted(dict.fromkeys(found), key=lambda v: v.step)


def unlisted(surface: Landscape, end: Array) -> list[tuple[tuple[float, float], Kind]]:
    """The minimum in whose well a run's end lies, by Newton's method, where a surface has more than it lists; none where that leads away."""
    if surface.listed == "all":
        return []
    size, p = size_of(surface), end
    with np.errstate(all="ignore"):
        for _ in range(POLISHING):
            p = p - newton(surface.gradient(p), surface.hessian(p), True, size)
        hessian = surface.hessian(p)
        left = np.hypot(*newton(surface.gradient(p), hessian, True, size))
    settled = np.isfinite(hessian).all() and np.hypot(*(p - end)) <= CLOSE * size and left <= 1e-9 * size
    if not settled or np.linalg.eigvalsh(hessian)[0] <= 0:
        return []
    if any(np.hypot(*(p - point)) <= CLOSE * size for point, _ in surface.stationary()):
        return []
    return [((float(p[0]), float(p[1])), "minimum")]


def size_of(surface: Landscape) -> float:
    """The shorter side of the domain."""
    return min(high - low for low, high in surface.domain)


def stays(near: Array, end: int) -> list[tuple[int, int]]:
    """The first and last index of every stretch of true values up to `end`."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], near[: end + 1], [False]]).astype(int)))
    return [(int(a), int(b) - 1) for a, b in edges.reshape(-1, 2)]


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


def predicted_spread(optimizer: Optimizer, surface: Landscape, sigma: float, near: Any = None) -> Spread | None:
    """How the rule, at its constant rate and with gradient noise σ, scatters about the lowest minimum, or about the one nearest to `near`.

    Exact on a quadratic, and on another surface for the quadratic that fits it there: as good as the scatter is small.
    None where there is no minimum with curvature in every direction, or no prediction for this rule.
    """
    minima = surface.minima()
    if not minima.size:
        return None
    at = minima[:, 0 if near is None else np.hypot(*(minima.T - np.asarray(near)).T).argmin()]
    hessian = surface.hessian(at)
    if not np.isfinite(hessian).all():
        return None
    curvatures, axes = np.linalg.eigh(hessian)
    variances = [optimizer.stationary_variance(float(c), float(optimizer.lr), sigma) for c in curvatures]
    var = np.array(variances, dtype=float)  # NaN where there is none
    if not np.isfinite(var).all():
        return None
    return Spread(at, axes * var @ axes.T, float(0.5 * curvatures @ var))


@dataclass(frozen=True)
class Landmark:
    """A stationary point: what it is, where, and the value there."""

    kind: Kind
    point: tuple[float, float]
    value: float


def landmarks(surface: Landscape) -> list[Landmark]:
    """The listed stationary points: minima, saddles, then maxima, each lowest first."""
    found = [Landmark(kind, point, float(surface.value(np.array(point)))) for point, kind in surface.stationary()]
    return sorted(found, key=lambda mark: (get_args(Kind).index(mark.kind), mark.value))


@dataclass(frozen=True)
class Curvature:
    """How a surface curves at a point: its condition number κ, infinite where one direction is flat, and gradient descent's limit 2 / λmax."""

    kappa: float
    limit: float


def curvature(surface: Landscape, point: tuple[float, float]) -> Curvature | None:
    """The curvature at a minimum; None where the Hessian is not finite, or flat in every direction."""
    with np.errstate(divide="ignore", invalid="ignore"):
        hessian = surface.hessian(np.array(point))
    if not np.isfinite(hessian).all():
        return None
    least, most = np.linalg.eigvalsh(hessian)
    if most <= FLAT:
        return None
    return Curvature(float(most / least) if least > FLAT * most else np.inf, float(2 / most))

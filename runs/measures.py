"""What is read off a trajectory: how far and how steep; and what theory says of a rule on a surface."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np

from core import Array
from landscapes import Landscape, Objective
from landscapes.base import Kind
from optimizers import Optimizer
from runs.arguments import alone, on_a_map
from runs.minimum import nearest
from runs.trajectory import Trajectory

Scatter = Callable[[Array], Array]

FLAT = 1e-9  # a curvature below this part of the other one is what rounding leaves of zero


@dataclass(frozen=True)
class Spread:
    """How a rule scatters about a minimum in the long run: the minimum (2,), the covariance of the point (2, 2), and the mean of f − f*."""

    at: Array
    covariance: Array
    excess: float


def gradient_norm(trajectory: Trajectory, surface: Objective) -> Array:
    """‖∇f‖ at every point of the path, without noise; shape (steps+1, *batch)."""
    with np.errstate(over="ignore", invalid="ignore"):
        return length(surface.gradient(np.moveaxis(trajectory.path, 1, 0)))


def length(v: Array) -> Array:
    """‖v‖ of vectors v of shape (P, *batch), shape (*batch); no square of a coordinate overflows on the way."""
    return np.hypot.reduce(v, axis=0, initial=0.0)


def distance(trajectory: Trajectory, surface: Landscape) -> Array | None:
    """The distance to the nearest minimum from every point of the path, shape (steps+1, *batch); None where there is no minimum.

    Raises InputError for what is no landscape.
    """
    on_a_map("distance", surface)
    return nearest(np.moveaxis(trajectory.path, 1, 0), surface)[0] if surface.minima().size else None


def stability_limit(optimizer: Optimizer, surface: Landscape, start: tuple[float, float]) -> dict[str, float]:
    """The rates from which the rule diverges on the quadratic that fits the surface at the start ("start") and at the nearest minimum ("minimum").

    Empty where theory gives none, or where no direction curves upwards. Raises InputError for arrays in place of parameters.
    """
    alone("stability_limit", surface, optimizer)
    limits = {name: optimizer.stable_below(curvature) for name, curvature in steepest(surface, start).items() if curvature > 0}
    return {name: float(limit) for name, limit in limits.items() if limit is not None}


def steepest(surface: Landscape, start: tuple[float, float]) -> dict[str, float]:
    """The largest curvature at the start ("start") and, where there is one, at the nearest minimum ("minimum"); 0 where it is not finite."""
    minima = surface.minima()
    points = {"start": np.asarray(start, dtype=float)}
    if minima.size:
        points["minimum"] = minima[:, np.hypot(*(minima.T - points["start"]).T).argmin()]
    hessians = {name: surface.hessian(p) for name, p in points.items()}
    return {name: float(np.linalg.eigvalsh(hessian)[-1]) if np.isfinite(hessian).all() else 0.0 for name, hessian in hessians.items()}


def predicted_spread(optimizer: Optimizer, surface: Landscape, sigma: float | Scatter, near: Any = None) -> Spread | None:
    """How the rule, at its constant rate and with gradient noise σ, scatters about the lowest minimum, or about the one nearest to `near`.

    In place of σ may stand what makes a point (2,) the covariance (2, 2) of the noise there, as of batches that are drawn anew; how its two axes go
    together is left out of the covariance, and `excess` does not depend on it. Exact on a quadratic, and on another surface for the quadratic that
    fits it there: as good as the scatter is small.
    None where there is no minimum with curvature in every direction, or no prediction for this rule. Raises InputError for arrays in place of
    parameters.
    """
    alone("predicted_spread", surface, optimizer)
    minima = surface.minima()
    if not minima.size:
        return None
    at = minima[:, 0 if near is None else np.hypot(*(minima.T - np.asarray(near)).T).argmin()]
    hessian = surface.hessian(at)
    if not np.isfinite(hessian).all():
        return None
    curvatures, axes = np.linalg.eigh(hessian)
    noise = sigma(at) if callable(sigma) else np.diag([sigma * sigma] * 2)
    if not np.isfinite(noise).all():
        return None
    sizes = np.sqrt(np.maximum(np.diag(axes.T @ noise @ axes), 0.0))
    variances = [optimizer.stationary_variance(float(c), float(optimizer.lr), float(size)) for c, size in zip(curvatures, sizes, strict=True)]
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
    """The curvature at a minimum; None where the Hessian is not finite, or flat in every direction. Raises InputError for arrays in the surface."""
    alone("curvature", surface)
    with np.errstate(divide="ignore", invalid="ignore"):
        hessian = surface.hessian(np.array(point))
    if not np.isfinite(hessian).all():
        return None
    least, most = np.linalg.eigvalsh(hessian)
    if most <= FLAT:
        return None
    return Curvature(float(most / least) if least > FLAT * most else np.inf, float(2 / most))

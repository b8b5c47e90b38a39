"""How much of the rate that the ground bears a run uses: its rate beside the one from which theory has its rule diverge there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from core import Array
from landscapes import Landscape
from optimizers import Optimizer


@dataclass(frozen=True)
class Strain:
    """A rate and the limit on it where the largest curvature is λmax; with `product` ηλmax and `edge` its limit where that is a number of the rule's.

    Newton's limit hangs on no curvature, SAM's not on it alone: then both are NaN.
    """

    rate: float
    limit: float
    curvature: float
    product: float
    edge: float

    @property
    def part(self) -> float:
        """The rate as a part of the limit."""
        return self.rate / self.limit


def steepest(surface: Landscape, points: Array) -> tuple[Array, Array]:
    """The largest eigenvalue of the Hessian at points (2, n), and its eigenvector (2, n); both NaN where the Hessian is not finite."""
    with np.errstate(all="ignore"):
        hessians = np.moveaxis(surface.hessian(points), -1, 0)
    finite: Any = np.isfinite(hessians).all(axis=(1, 2))
    values, vectors = np.linalg.eigh(np.where(finite[:, None, None], hessians, np.eye(2)))
    return np.where(finite, values[:, -1], np.nan), np.where(finite, vectors[:, :, -1].T, np.nan)


def strains(optimizer: Optimizer, surface: Landscape, points: Array, rates: Array) -> Array:
    """The rates (n,) as parts of the limit at the points (2, n); NaN where no direction curves upwards or theory gives the rule no limit."""
    curvature, _ = steepest(surface, points)
    limits: Any = optimizer.stable_below(np.where(curvature > 0, curvature, np.nan))
    return np.full(len(rates), np.nan) if limits is None else rates / (limits + 0 * curvature)


def strain(optimizer: Optimizer, surface: Landscape, point: Array, rate: float) -> Strain | None:
    """The strain at one point (2,); None where there is none."""
    curvature = float(steepest(surface, point[:, None])[0][0])
    if not curvature > 0:
        return None
    limit, double = optimizer.stable_below(curvature), optimizer.stable_below(2 * curvature)
    if limit is None or double is None:
        return None
    scales = np.isclose(2 * double, limit)
    product, edge = (float(r * curvature) if scales else np.nan for r in (rate, limit))
    return Strain(float(rate), float(limit), curvature, product, edge)

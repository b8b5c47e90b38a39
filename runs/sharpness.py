"""The largest curvature at a point of many coordinates: the sharpness, from products of the Hessian with a vector alone."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from core import Array, Number
from landscapes import Objective
from optimizers import Optimizer

STEPS = 24  # of Lanczos' method, at most
ENOUGH = 3e-3  # of the value: it grows by less from one step to the next
REACH = 1e-4  # how far to both sides of the point the gradient is taken, as a part of the point's own length


class Sharpest(NamedTuple):
    """The largest eigenvalue, and its direction (P,), by which the next point's is sought."""

    value: float
    along: Array


def sharpness(objective: Objective, p: Array, begin: Array | None = None) -> Sharpest:
    """λmax of the Hessian at the point p (P,): the largest eigenvalue, not the largest in size. NaN where a gradient is not finite.

    Lanczos, J. Res. Nat. Bur. Standards 45, 1950, with full reorthogonalisation, and products H v by central differences of the gradient. It begins
    with a direction, or a seeded one; what it finds never exceeds the true value by more than rounding.
    """
    h = REACH * max(float(np.linalg.norm(p)), 1.0)
    basis = [unit(np.random.default_rng(0).standard_normal(len(p)) if begin is None else begin)]
    alpha: list[float] = []
    beta: list[float] = []
    found, weights = -np.inf, np.ones(1)
    for _ in range(min(STEPS, len(p))):
        v = basis[-1]
        w = (objective.gradient(p + h * v) - objective.gradient(p - h * v)) / (2 * h)
        if not np.isfinite(w).all():
            return Sharpest(float("nan"), basis[0])
        alpha.append(float(v @ w))
        values, vectors = np.linalg.eigh(np.diag(alpha) + np.diag(beta, 1) + np.diag(beta, -1))
        before, found, weights = found, float(values[-1]), vectors[:, -1]
        if abs(found - before) <= ENOUGH * abs(found):
            break
        known = np.array(basis)
        for _again in range(2):
            w = w - known.T @ (known @ w)
        length = float(np.linalg.norm(w))
        if length <= 1e-12 * max(abs(found), 1e-300):
            break
        beta.append(length)
        basis.append(w / length)
    return Sharpest(found, unit(np.array(basis[: len(weights)]).T @ weights))


def unit(v: Array) -> Array:
    return v / np.linalg.norm(v)


def edge(optimizer: Optimizer) -> Number | None:
    """The sharpness above which the rule is unstable on a quadratic at its rate, all examples seen in each step; None where theory gives none."""
    stable = optimizer.stable_below(1.0)
    return None if stable is None else stable / optimizer.lr

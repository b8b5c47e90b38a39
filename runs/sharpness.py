"""The largest curvature at a point of many coordinates: the sharpness, from products of the Hessian with a vector alone."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from core import Array, Number
from landscapes import Objective
from optimizers import Optimizer
from problems.spectrum import spectrum

SPECTRUM = 60  # steps for the share of negative eigenvalues, which is then right to about .03
STEPS = 24  # of Lanczos' method, at most
ENOUGH = 1e-2  # of the value: the length of what H makes of its direction beside it; the error is of the order of its square


class Sharpest(NamedTuple):
    """The largest eigenvalue, and its direction (P,), by which the next point's is sought."""

    value: float
    along: Array


def sharpness(objective: Objective, p: Array, begin: Array | None = None, preconditioner: Array | None = None) -> Sharpest:
    """λmax of the Hessian at the point p (P,): the largest eigenvalue, not the largest in size. NaN where a product with H is not finite.

    With a diagonal preconditioner, given as (P,), that of P⁻¹H, which has the eigenvalues of P^(−1/2) H P^(−1/2).

    Lanczos, J. Res. Nat. Bur. Standards 45, 1950, with full reorthogonalisation. It begins with a direction, or a seeded one; what it finds never
    exceeds the true value by more than rounding.
    """
    scale = 1.0 if preconditioner is None else preconditioner**-0.5
    basis = [unit(np.random.default_rng(0).standard_normal(len(p)) if begin is None else begin)]
    alpha: list[float] = []
    beta: list[float] = []
    found, weights = -np.inf, np.ones(1)
    for _ in range(min(STEPS, len(p))):
        w = scale * objective.product(p, scale * basis[-1])
        if not np.isfinite(w).all():
            return Sharpest(float("nan"), basis[0])
        alpha.append(float(basis[-1] @ w))
        values, vectors = np.linalg.eigh(np.diag(alpha) + np.diag(beta, 1) + np.diag(beta, -1))
        found, weights = float(values[-1]), vectors[:, -1]
        known = np.array(basis)
        for _again in range(2):
            w = w - known.T @ (known @ w)
        length = float(np.linalg.norm(w))
        if length * abs(weights[-1]) <= ENOUGH * abs(found) or length <= 1e-12 * max(abs(found), 1e-300):
            break
        beta.append(length)
        basis.append(w / length)
    return Sharpest(found, unit(np.array(basis[: len(weights)]).T @ weights))


def unit(v: Array) -> Array:
    return v / np.linalg.norm(v)


def edge(optimizer: Optimizer, preconditioned: bool = False) -> Number | None:
    """The sharpness above which the rule is unstable on a quadratic at its rate, all examples seen in each step; None where theory gives none.

    `preconditioned`: the sharpness of P⁻¹H with the rule's own P, as if that stood still: (2 + 2β₁) / ((1 − β₁) η) for Adam. Cohen et al. 2022.
    """
    stable = optimizer.preconditioned_below(1.0) if preconditioned else optimizer.stable_below(1.0)
    return None if stable is None else stable / optimizer.lr


class Curvature(NamedTuple):
    """λmax of H, λmax of P⁻¹H with the rule's preconditioner, the share of H's eigenvalues below zero, NaN where it is not looked at; shape (3,).

    along (2, P): the directions of the first two, by which the next point's are sought.
    """

    values: Array
    along: Array


def curvature(objective: Objective, p: Array, preconditioner: Array | None, along: Array | None, shares: bool) -> Curvature:
    """What is measured of the Hessian at a point (P,) of a training; `shares`: whether its negative eigenvalues are looked at too."""
    first = sharpness(objective, p, None if along is None else along[0])
    second = first if preconditioner is None else sharpness(objective, p, None if along is None else along[1], preconditioner)
    negative = spectrum(objective, p, SPECTRUM).negative if shares and np.isfinite(first.value) else np.nan
    return Curvature(np.array([first.value, second.value, negative]), np.array([first.along, second.along]))

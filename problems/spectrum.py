"""Curvature in many dimensions: the Hessian's eigenvalues from nothing but its products with vectors, by Lanczos' algorithm."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from core import Array
from landscapes import Objective

NEAR_ZERO = 1e-2  # of the largest eigenvalue
LEFT = 1e-10  # of the first vector: what is left of one that the others span


class Spectrum(NamedTuple):
    """values (m,): Ritz values, lowest first, whose first and last converge to the least and the largest eigenvalue; weights (m,), of sum 1: which
    part of all eigenvalues each stands for, in the mean over first vectors.
    """

    values: Array
    weights: Array

    @property
    def negative(self) -> float:
        """About which part of the eigenvalues is below zero, by more than a hundredth of the largest: nearer to it few steps cannot tell signs."""
        return float(self.weights[self.values < -NEAR_ZERO * np.abs(self.values).max()].sum())


def spectrum(objective: Objective, p: Array, steps: int = 30, scale: Array | None = None, seed: int = 0) -> Spectrum:
    """The spectrum of the Hessian at the point p (P,), by so many steps of Lanczos from a random vector; a product each.

    With `scale` (P,) that of D H D, D = diag(scale): scale = P^(−1/2) gives the eigenvalues of P⁻¹H for a diagonal preconditioner P. Lanczos, J. Res.
    Natl. Bur. Stand. 45, 1950; the weights as in Ghorbani, Krishnan, Xiao, ICML 2019. Every vector is held at right angles to all before it.
    """
    d = np.ones_like(p) if scale is None else scale
    v = np.random.default_rng((seed, 6)).standard_normal(len(p))
    basis, diagonal, beside = [v / np.linalg.norm(v)], [], []
    for _ in range(min(steps, len(p))):
        w = d * objective.product(p, d * basis[-1])
        diagonal.append(float(basis[-1] @ w))
        rows = np.array(basis)
        for _twice in range(2):
            w = w - rows.T @ (rows @ w)
        length = float(np.linalg.norm(w))
        if length <= LEFT * max(np.abs(diagonal)):
            break
        beside.append(length)
        basis.append(w / length)
    n = len(diagonal)
    values, vectors = np.linalg.eigh(np.diag(diagonal) + np.diag(beside[: n - 1], 1) + np.diag(beside[: n - 1], -1))
    return Spectrum(values, vectors[0] ** 2)

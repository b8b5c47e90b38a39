"""What theory says of a rule on a quadratic: where it stops being stable, how fast it comes down, and in which way.

Many rules are linear there: one step multiplies the point and what the rule remembers by a matrix, one for each curvature, which is read off the
rule's own `step`. The rest follows from its eigenvalues (Goh, Why Momentum Really Works, Distill 2017).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np

from core import Array, Number
from landscapes import Objective
from optimizers import Optimizer

LINEAR = ("GradientDescent", "Momentum", "Sutskever", "Nesterov", "QHM")  # rules whose step is linear in the point and the state
SAME = 1e-12  # of the discriminant's terms: so little is what rounding leaves of two equal eigenvalues


class Regime(IntEnum):
    """How a run comes down along an axis of a quadratic."""

    MONOTONE = 0  # from one side
    CRITICAL = 1  # as fast as can be without going past
    RIPPLES = 2  # to and fro in waves of many steps
    OSCILLATION = 3  # from one side to the other in every step
    DIVERGENCE = 4


@dataclass(frozen=True)
class Quadratic(Objective):
    """½ c x² of one coordinate, for an array of curvatures c."""

    curvature: Number

    @property
    def coordinates(self) -> int:
        return 1

    def value(self, p: Array) -> Array:
        return 0.5 * self.curvature * p[0] ** 2

    def gradient(self, p: Array) -> Array:
        return self.curvature * p


def curvatures(hessian: Array) -> tuple[Array, Array]:
    """The smaller and the larger eigenvalue of symmetric matrices of shape (2, 2, *batch)."""
    (a, b), (_, d) = hessian
    with np.errstate(invalid="ignore"):  # where the surface has a kink
        middle, radius = (a + d) / 2, np.hypot((a - d) / 2, b)
    return middle - radius, middle + radius


def beyond(optimizer: Optimizer, hessian: Array) -> Array | None:
    """log₁₀ of the rate over the one from which the rule diverges on the quadratic with this Hessian: positive where it diverges.

    None where theory gives no such rate, or the quadratic has no direction that curves upwards.
    """
    rule: Any = optimizer
    _least, most = curvatures(hessian)
    limit = rule.stable_below(np.where(most > 0, most, np.nan))
    if limit is None or not np.isfinite(limit).any():
        return None
    return np.log10(rule.lr / limit)


def matrix(optimizer: Optimizer, curvature: Array) -> Array:
    """By what a step multiplies the point and the state on ½ c x², (n, n, *batch); what the next step does not look at is left out.

    For the rules in `LINEAR` alone.
    """
    rule: Any = optimizer
    shape = np.broadcast_shapes(np.shape(curvature), *(np.shape(value) for value in vars(rule).values()))
    quadratic = Quadratic(np.broadcast_to(curvature, shape))
    first = rule.init(np.zeros((1, *shape)))
    count = 1 + len(parts(first))
    columns = []
    for k in range(count):
        unit = [np.full((1, *shape), float(k == i)) for i in range(count)]
        p, state = rule.step(quadratic, unit[0], like(first, unit[1:]), 1, rule.lr)
        columns.append([p[0], *(part[0] for part in parts(state))])
    seen = [k for k, column in enumerate(columns) if k == 0 or any(np.any(entry) for entry in column)]
    return np.array([[columns[k][i] for k in seen] for i in seen])


def parts(state: Any) -> tuple[Array, ...]:
    """The arrays of a rule's state."""
    return state if isinstance(state, tuple) else (state,)


def like(state: Any, arrays: list[Array]) -> Any:
    """A state of the same kind with these arrays."""
    if not isinstance(state, tuple):
        return arrays[0]
    return type(state)(*arrays) if arrays else ()


def speed(optimizer: Optimizer, hessian: Array) -> Array | None:
    """By what the distance is multiplied each step in the long run, on the quadratic with this Hessian; None for a rule that is not linear."""
    if type(optimizer).__name__ not in LINEAR:
        return None
    return np.maximum(*(radius(matrix(optimizer, curvature)) for curvature in curvatures(hessian)))


def radius(step: Array) -> Array:
    """The larger of the eigenvalues' sizes, of matrices of shape (1, 1, *batch) or (2, 2, *batch)."""
    if len(step) == 1:
        return np.abs(step[0, 0])
    half, determinant, root = characteristic(step)
    return np.where(root >= 0, np.abs(half) + np.sqrt(np.maximum(root, 0)), np.sqrt(np.maximum(determinant, 0)))


def characteristic(step: Array) -> tuple[Array, Array, Array]:
    """Half of the trace, the determinant, and the discriminant, which is exactly 0 where only rounding parts the eigenvalues."""
    (a, b), (c, d) = step
    half, determinant = (a + d) / 2, a * d - b * c
    root = half * half - determinant
    return half, determinant, np.where(np.abs(root) <= SAME * (half * half + np.abs(determinant)), 0.0, root)


def regime(optimizer: Optimizer, curvature: Array) -> Array | None:
    """The `Regime` of the rule along an axis of this curvature; None for a rule that is not linear."""
    if type(optimizer).__name__ not in LINEAR:
        return None
    step = matrix(optimizer, curvature)
    if len(step) == 1:
        found = np.where(step[0, 0] > 0, Regime.MONOTONE, np.where(step[0, 0] == 0, Regime.CRITICAL, Regime.OSCILLATION))
    else:
        half, _determinant, root = characteristic(step)
        found = np.where(half > 0, Regime.MONOTONE, Regime.OSCILLATION)
        found = np.where(root < 0, Regime.RIPPLES, np.where((root == 0) & (half > 0), Regime.CRITICAL, found))
    return np.where(radius(step) >= 1, Regime.DIVERGENCE, found)

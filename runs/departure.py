"""When theory sees a run leave: on a quadratic, where rules are linear, how far from the minimum it is after so many steps."""

from __future__ import annotations

import numpy as np

from core import Array
from optimizers import Optimizer
from runs.linear import LINEAR, curvatures, matrix
from runs.trajectory import BOUND


def departed(optimizer: Optimizer, hessian: Array, offset: Array, steps: int) -> Array | None:
    """log₁₀ of how far the run is from the minimum after so many steps, along the axis of the quadratic on which it is farther, over 1e6.

    hessian (2, 2, *batch) and offset, from the minimum to the start, (2, *batch), in a batch's shape or one that broadcasts to it. A run for which
    it is positive has diverged by then. None for a rule that is not linear.
    """
    if type(optimizer).__name__ not in LINEAR:
        return None
    (a, b), (_, d) = hessian
    turn = np.arctan2(2 * b, a - d) / 2  # from the x axis to the one that curves most
    along = [-np.sin(turn) * offset[0] + np.cos(turn) * offset[1], np.cos(turn) * offset[0] + np.sin(turn) * offset[1]]
    with np.errstate(divide="ignore"):
        return np.maximum(
            *(
                np.log10(np.abs(part)) + growth(matrix(optimizer, curvature), steps) - np.log10(BOUND)
                for part, curvature in zip(along, curvatures(hessian), strict=True)
            )
        )


def growth(step: Array, steps: int) -> Array:
    """log₁₀ of the size of the first entry of a matrix's power; matrices of shape (n, n, *batch). Their sizes are kept apart: no power overflows."""
    power, size = np.eye(len(step)).reshape(*step.shape[:2], *[1] * (step.ndim - 2)), np.zeros(())
    square, own = scaled(step)
    while steps:
        if steps % 2:
            power, more = scaled(times(square, power))
            size = size + own + more
        square, more = scaled(times(square, square))
        own, steps = 2 * own + more, steps // 2
    with np.errstate(divide="ignore"):
        return size + np.log10(np.abs(power[0, 0]))


def scaled(matrices: Array) -> tuple[Array, Array]:
    """Each over its largest entry, and the log₁₀ of that."""
    largest = np.abs(matrices).max(axis=(0, 1))
    largest = np.where(largest > 0, largest, 1.0)
    return matrices / largest, np.log10(largest)


def times(a: Array, b: Array) -> Array:
    return np.einsum("ij...,jk...->ik...", a, b)

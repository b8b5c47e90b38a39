"""Least squares of a model that is linear in its weights: a loss that is its minimum and its curvature, however many examples there are."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from core import Array
from landscapes.base import Kind
from problems.losses.base import Problem


class Bowl(NamedTuple):
    """A quadratic: where its minimum is (2,), f* there, and its Hessian (2, 2)."""

    at: Array
    lowest: float
    hessian: Array


@dataclass(frozen=True)
class LeastSquares(Problem):
    """A problem whose loss over all examples is quadratic. It is worked out once for these, and a map of it costs the same for any N.

    A batch of them is summed up example by example, as in any problem.
    """

    @property
    @abstractmethod
    def best(self) -> tuple[float, float] | None:
        """The weights of least squares; None where more than one pair are."""

    def value(self, p: Array) -> Array:
        if (bowl := bowl_of(self)) is None:
            return super().value(p)
        off = from_minimum(bowl, p)
        return bowl.lowest + 0.5 * (off * np.tensordot(bowl.hessian, off, axes=1)).sum(axis=0)

    def gradient(self, p: Array) -> Array:
        bowl = bowl_of(self)
        return super().gradient(p) if bowl is None else np.tensordot(bowl.hessian, from_minimum(bowl, p), axes=1)

    def hessian(self, p: Array) -> Array:
        if (bowl := bowl_of(self)) is None:
            return super().hessian(p)
        shape = np.shape(p)[1:]
        return np.broadcast_to(bowl.hessian.reshape(2, 2, *[1] * len(shape)), (2, 2, *shape)).copy()

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        return [(self.best, "minimum")] if self.best else []


def from_minimum(bowl: Bowl, p: Array) -> Array:
    """From the minimum to the points (2, *batch)."""
    p = np.asarray(p, dtype=float)
    return p - bowl.at.reshape(2, *[1] * (p.ndim - 1))


@lru_cache(maxsize=256)
def bowl_of(problem: LeastSquares) -> Bowl | None:
    """The quadratic that this loss is; None where it has no single minimum."""
    if problem.best is None:
        return None
    at = np.array(problem.best)
    return Bowl(at, float(problem.mean("losses", at)), problem.mean("bends", at))

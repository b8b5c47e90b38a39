"""Matyas' function: a trough along the diagonal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, N_
from landscapes.base import Kind, Landscape
from landscapes.booth import Booth


@dataclass(frozen=True)
class Matyas(Landscape):
    """Along the diagonal it is 25 times flatter than across, and no rule that scales each coordinate on its own can see that."""

    title = N_("Matyas")
    formula = r"0.26\,(x^2 + y^2) - 0.48\,xy"
    reference = "Jamil and Yang, A literature survey of benchmark functions, 2013; f(1, 1) = 0.52 − 0.48"
    citations = Booth.citations
    domain = ((-10.0, 10.0), (-10.0, 10.0))
    start = (-9.0, -3.0)
    known = ((1.0, 1.0), 0.04)

    def value(self, p: Array) -> Array:
        x, y = p
        return 0.26 * (x * x + y * y) - 0.48 * x * y

    def gradient(self, p: Array) -> Array:
        x, y = p
        return np.array([0.52 * x - 0.48 * y, 0.52 * y - 0.48 * x])

    def hessian(self, p: Array) -> Array:
        one = np.ones_like(p[0])
        return np.array([[0.52 * one, -0.48 * one], [-0.48 * one, 0.52 * one]])

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        return [((0.0, 0.0), "minimum")]

"""Rosenbrock's valley: easy to enter, slow to follow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_, parameter
from landscapes.base import Kind, Landscape


@dataclass(frozen=True)
class Rosenbrock(Landscape):
    """A parabolic valley whose floor is nearly flat and whose walls are steep."""

    title = N_("Rosenbrock")
    formula = r"(1 - x)^2 + b\,(y - x^2)^2"
    reference = "Rosenbrock, The Computer Journal 3(3), 1960"
    citations = (
        Citation(
            "rosenbrock1960automatic",
            "article",
            "Rosenbrock, H. H.",
            "An Automatic Method for Finding the Greatest or Least Value of a Function",
            1960,
            "The Computer Journal",
            volume="3",
            number="3",
            pages="175--184",
            doi="10.1093/comjnl/3.3.175",
        ),
    )
    domain = ((-2.0, 2.0), (-1.0, 3.0))
    start = (-1.2, 1.0)
    known = ((-1.2, 1.0), 24.2)

    b: float = parameter(100.0, 1.0, 1000.0, log=True, within="(0, inf)", help=N_("How steep the walls are."))

    def value(self, p: Array) -> Array:
        x, y = p
        return (1 - x) ** 2 + self.b * (y - x * x) ** 2

    def gradient(self, p: Array) -> Array:
        x, y = p
        slope = 2 * self.b * (y - x * x)
        return np.array([2 * (x - 1 - x * slope), slope])

    def hessian(self, p: Array) -> Array:
        x, y = p
        mixed = -4 * self.b * x
        return np.array([[2 + self.b * (12 * x * x - 4 * y), mixed], [mixed, 2 * self.b + 0 * x]])

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        return [((1.0, 1.0), "minimum")]

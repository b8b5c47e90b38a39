"""Himmelblau's function: four minima, all equally deep."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_
from landscapes.base import Kind, Landscape


@dataclass(frozen=True)
class Himmelblau(Landscape):
    """Four minima are equally deep: where a path ends is decided by its start, its rule and its rate."""

    title = N_("Himmelblau")
    formula = r"(x^2 + y - 11)^2 + (x + y^2 - 7)^2"
    reference = "Himmelblau, Applied Nonlinear Programming, 1972; f(0, 0) = 11² + 7²"
    citations = (Citation("himmelblau1972applied", "book", "Himmelblau, David M.", "Applied Nonlinear Programming", 1972, "McGraw-Hill"),)
    domain = ((-5.0, 5.0), (-5.0, 5.0))
    start = (1.0, 4.2)
    known = ((0.0, 0.0), 170.0)

    def value(self, p: Array) -> Array:
        x, y = p
        return (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2

    def gradient(self, p: Array) -> Array:
        x, y = p
        a, b = x * x + y - 11, x + y * y - 7
        return np.array([4 * x * a + 2 * b, 2 * a + 4 * y * b])

    def hessian(self, p: Array) -> Array:
        x, y = p
        mixed = 4 * (x + y)
        return np.array([[12 * x * x + 4 * y - 42, mixed], [mixed, 12 * y * y + 4 * x - 26]])

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        return [
            ((3.0, 2.0), "minimum"),
            ((-2.805118086952745, 3.131312518250573), "minimum"),
            ((-3.779310253377747, -3.2831859912861696), "minimum"),
            ((3.5844283403304917, -1.8481265269644036), "minimum"),
            ((3.385154183607021, 0.07385187983774928), "saddle"),
            ((0.08667750455539636, 2.884254701174776), "saddle"),
            ((-3.0730257507643897, -0.08135304428796751), "saddle"),
            ((-0.12796134673068008, -1.9537149802445763), "saddle"),
            ((-0.2708445906673476, -0.9230385564799815), "maximum"),
        ]

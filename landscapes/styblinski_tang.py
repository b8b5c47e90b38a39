"""Styblinski and Tang's function: each coordinate falls into its own well."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_
from landscapes.base import Kind, Landscape


@dataclass(frozen=True)
class StyblinskiTang(Landscape):
    """Each coordinate has a deep and a shallow well of its own: of the four minima only one is deep in both."""

    title = N_("Styblinski–Tang")
    formula = r"\tfrac12\,(x^4 - 16x^2 + 5x + y^4 - 16y^2 + 5y)"
    reference = "Styblinski and Tang, Neural Networks 3(4), 1990; f* = −39.16616570377142 a coordinate"
    citations = (
        Citation(
            "styblinski1990experiments",
            "article",
            "Styblinski, M. A. and Tang, T.-S.",
            "Experiments in nonconvex optimization: Stochastic approximation with function smoothing and simulated annealing",
            1990,
            "Neural Networks",
            volume="3",
            number="4",
            pages="467--483",
            doi="10.1016/0893-6080(90)90029-K",
        ),
    )
    domain = ((-5.0, 5.0), (-5.0, 5.0))
    start = (4.2, 1.1)
    known = ((-2.903534027771177, -2.903534027771177), -78.33233140754284)

    def value(self, p: Array) -> Array:
        x, y = p
        xx, yy = x * x, y * y
        return 0.5 * (xx * (xx - 16) + yy * (yy - 16) + 5 * (x + y))

    def gradient(self, p: Array) -> Array:
        return p * (2 * p * p - 16) + 2.5

    def hessian(self, p: Array) -> Array:
        x, y = p
        return np.array([[6 * x * x - 16, 0 * x], [0 * y, 6 * y * y - 16]])

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        # Along each axis the roots of 2x³ − 16x + 2.5: the deep well, the shallow one, and the top between them.
        deep, shallow, top = -2.903534027771177, 2.746802770990837, 0.1567312567803401
        return [
            ((deep, deep), "minimum"),
            ((deep, shallow), "minimum"),
            ((shallow, deep), "minimum"),
            ((shallow, shallow), "minimum"),
            ((deep, top), "saddle"),
            ((top, deep), "saddle"),
            ((shallow, top), "saddle"),
            ((top, shallow), "saddle"),
            ((top, top), "maximum"),
        ]

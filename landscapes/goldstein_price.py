"""Goldstein and Price's function: heights from 3 to a million on one map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_
from landscapes.base import Kind, Landscape


@dataclass(frozen=True)
class GoldsteinPrice(Landscape):
    """Its heights run from 3 to a million, so no single rate suits both the walls and the floor."""

    title = N_("Goldstein–Price")
    formula = (
        r"\bigl[1 + (x + y + 1)^2 (19 - 14x + 3x^2 - 14y + 6xy + 3y^2)\bigr]"
        r"\bigl[30 + (2x - 3y)^2 (18 - 32x + 12x^2 + 48y - 36xy + 27y^2)\bigr]"
    )
    reference = "Goldstein and Price, Mathematics of Computation 25(115), 1971; minima of 3, 30, 84 and 840"
    citations = (
        Citation(
            "goldstein1971descent",
            "article",
            "Goldstein, A. A. and Price, J. F.",
            "On descent from local minima",
            1971,
            "Mathematics of Computation",
            volume="25",
            number="115",
            pages="569--574",
            doi="10.1090/S0025-5718-1971-0312365-X",
        ),
    )
    domain = ((-2.0, 2.0), (-2.0, 2.0))
    start = (0.6, 0.1)
    known = ((1.2, 0.8), 840.0)

    def value(self, p: Array) -> Array:
        a, b, *_ = self.factors(p)
        return a * b

    def gradient(self, p: Array) -> Array:
        a, b, a1, b1 = self.factors(p)
        along, across = a1 * b, a * b1
        return np.array([along + 2 * across, along - 3 * across])

    def hessian(self, p: Array) -> Array:
        x, y = p
        s, d = x + y, 2 * x - 3 * y
        a, b, a1, b1 = self.factors(p)
        ss, sd, dd = 12 * (s * (3 * s - 4) - 1) * b, a1 * b1, 12 * (d * (3 * d - 8) + 3) * a
        xy = ss - sd - 6 * dd
        return np.array([[ss + 4 * sd + 4 * dd, xy], [xy, ss - 6 * sd + 9 * dd]])

    def factors(self, p: Array) -> tuple[Array, Array, Array, Array]:
        """The two factors and their slopes: the first depends on s = x + y alone, the second on d = 2x − 3y.

        The second is written about its lowest point d = 3, so that rounding never takes f below f*.
        """
        x, y = p
        s, d = x + y, 2 * x - 3 * y
        up, off = s + 1, d - 3
        a = 1 + up * up * (19 + s * (3 * s - 14))
        b = 3 + off * off * (3 + d * (3 * d + 2))
        return a, b, 12 * up * (s - 1) * (s - 2), 12 * d * (d - 1) * off

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        # Both factors are positive, so each is stationary on its own: s = −1, 2 (low) or 1 (high), d = 0, 3 (low) or 1 (high).
        return [
            ((0.0, -1.0), "minimum"),
            ((-0.6, -0.4), "minimum"),
            ((1.8, 0.2), "minimum"),
            ((1.2, 0.8), "minimum"),
            ((-0.4, -0.6), "saddle"),
            ((1.2, -0.2), "saddle"),
            ((1.4, 0.6), "saddle"),
            ((0.6, 0.4), "saddle"),
            ((0.8, 0.2), "maximum"),
        ]

"""The three-hump camel back: the deepest well lies between two others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_
from landscapes.base import Kind, Landscape


@dataclass(frozen=True)
class ThreeHumpCamel(Landscape):
    """The lowest minimum lies between two others, so that a path from the left or the right meets a local one first."""

    title = N_("Three-hump camel")
    formula = r"2x^2 - 1.05x^4 + \tfrac16 x^6 + xy + y^2"
    reference = "Dixon and Szegö, Towards Global Optimisation, 1975; f(√6, 0) = 12 − 37.8 + 36"
    citations = (
        Citation("dixon1975towards", "book", "Dixon, L. C. W. and Szegö, G. P.", "Towards Global Optimisation", 1975, "North-Holland", edited=True),
    )
    domain = ((-5.0, 5.0), (-5.0, 5.0))
    start = (-2.4, -1.5)
    known = ((6**0.5, 0.0), 10.2)

    def value(self, p: Array) -> Array:
        x, y = p
        xx = x * x
        return xx * (2 + xx * (xx / 6 - 1.05)) + x * y + y * y

    def gradient(self, p: Array) -> Array:
        x, y = p
        xx = x * x
        return np.array([x * (4 + xx * (xx - 4.2)) + y, x + 2 * y])

    def hessian(self, p: Array) -> Array:
        xx = p[0] * p[0]
        one = np.ones_like(xx)
        return np.array([[4 + xx * (5 * xx - 12.6), one], [one, 2 * one]])

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        # At these points y = −x/2 and, unless x = 0, x⁴ − 4.2x² + 3.5 = 0.
        near, far = (2.1 - 0.91**0.5) ** 0.5, (2.1 + 0.91**0.5) ** 0.5
        return [
            ((0.0, 0.0), "minimum"),
            ((far, -far / 2), "minimum"),
            ((-far, far / 2), "minimum"),
            ((near, -near / 2), "saddle"),
            ((-near, near / 2), "saddle"),
        ]

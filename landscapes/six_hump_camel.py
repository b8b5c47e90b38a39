"""The six-hump camel back: minima of three different depths."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_
from landscapes.base import Kind, Landscape


@dataclass(frozen=True)
class SixHumpCamel(Landscape):
    """Six minima of three depths lie close together; from most starts the first one that is met is not the best."""

    title = N_("Six-hump camel")
    formula = r"\bigl(4 - 2.1x^2 + \tfrac13 x^4\bigr)\,x^2 + xy + (4y^2 - 4)\,y^2"
    reference = "Dixon and Szegö, Towards Global Optimisation 2, 1978; f* = −1.0316284534899"
    citations = (
        Citation("dixon1978towards", "book", "Dixon, L. C. W. and Szegö, G. P.", "Towards Global Optimisation 2", 1978, "North-Holland", edited=True),
    )
    domain = ((-3.0, 3.0), (-2.0, 2.0))
    start = (1.9, 1.2)
    known = ((0.0898420131003, -0.712656403021), -1.0316284534899)

    def value(self, p: Array) -> Array:
        x, y = p
        xx, yy = x * x, y * y
        return (4 + xx * (xx / 3 - 2.1)) * xx + x * y + 4 * (yy - 1) * yy

    def gradient(self, p: Array) -> Array:
        x, y = p
        xx = x * x
        return np.array([x * (8 + xx * (2 * xx - 8.4)) + y, x + y * (16 * y * y - 8)])

    def hessian(self, p: Array) -> Array:
        x, y = p
        xx = x * x
        one = np.ones_like(x)
        return np.array([[8 + xx * (10 * xx - 25.2), one], [one, 48 * y * y - 8]])

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        half: list[tuple[tuple[float, float], Kind]] = [
            ((0.08984201310031806, -0.7126564030207396), "minimum"),
            ((1.703606714969981, -0.7960835686726251), "minimum"),
            ((1.6071047529201972, 0.5686514548841314), "minimum"),
            ((1.1092053368047865, -0.7682680925095399), "saddle"),
            ((1.6380679841897785, 0.22867406904439408), "saddle"),
            ((1.2960702671671092, 0.6050843880386585), "saddle"),
            ((1.2302298765166526, 0.16233458445899496), "maximum"),
        ]
        return [((0.0, 0.0), "saddle"), *half, *(((-x, -y), kind) for (x, y), kind in half)]  # f(−p) = f(p)

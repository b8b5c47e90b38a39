"""Beale's function: high corners over a floor that hardly slopes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_
from landscapes.base import Kind, Landscape


@dataclass(frozen=True)
class Beale(Landscape):
    """Walls that rise with the eighth power stand around a floor so flat that the last part of the way takes longest."""

    title = N_("Beale")
    formula = r"(1.5 - x + xy)^2 + (2.25 - x + xy^2)^2 + (2.625 - x + xy^3)^2"
    reference = "Moré, Garbow and Hillstrom, ACM TOMS 7(1), 1981, no. 5, with the start (1, 1)"
    citations = (
        Citation(
            "beale1958iterative",
            "techreport",
            "Beale, E. M. L.",
            "On an Iterative Method for Finding a Local Minimum of a Function of More than One Variable",
            1958,
            "Statistical Techniques Research Group, Princeton University",
            number="25",
        ),
    )
    domain = ((-4.5, 4.5), (-4.5, 4.5))
    start = (1.0, 1.5)
    known = ((1.0, 1.0), 14.203125)

    def value(self, p: Array) -> Array:
        x, y = p
        yy = y * y
        return (1.5 - x * (1 - y)) ** 2 + (2.25 - x * (1 - yy)) ** 2 + (2.625 - x * (1 - y * yy)) ** 2

    def gradient(self, p: Array) -> Array:
        x, y = p
        yy = y * y
        a, b, c = 1 - y, 1 - yy, 1 - y * yy
        r, s, t = 1.5 - x * a, 2.25 - x * b, 2.625 - x * c
        return np.array([-2 * (a * r + b * s + c * t), 2 * x * (r + 2 * y * s + 3 * yy * t)])

    def hessian(self, p: Array) -> Array:
        x, y = p
        yy = y * y
        a, b, c = 1 - y, 1 - yy, 1 - y * yy
        r, s, t = 1.5 - x * a, 2.25 - x * b, 2.625 - x * c
        xy = 2 * (r + 2 * y * s + 3 * yy * t) - 2 * x * (a + 2 * y * b + 3 * yy * c)
        second = 2 * x * x * (1 + 4 * yy + 9 * yy * yy) + 2 * x * (2 * s + 6 * y * t)
        return np.array([[2 * (a * a + b * b + c * c), xy], [xy, second]])

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        return [((3.0, 0.5), "minimum"), ((0.0, 1.0), "saddle"), ((0.10053793732415836, -2.644513585023125), "saddle")]

"""The monkey saddle: a third way down, for the tail."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_
from landscapes.base import Kind, Landscape


@dataclass(frozen=True)
class MonkeySaddle(Landscape):
    """Three valleys leave a point where slope and curvature both vanish: a path close to it gets away far later than from an ordinary saddle."""

    title = N_("Monkey saddle")
    formula = r"x^3 - 3xy^2"
    reference = "Hilbert and Cohn-Vossen, Geometry and the Imagination, 1952, chapter IV; f(2, 1) = 8 − 6"
    citations = (
        Citation(
            "hilbert1952geometry",
            "book",
            "Hilbert, David and Cohn-Vossen, Stephan",
            "Geometry and the Imagination",
            1952,
            "Chelsea Publishing Company",
        ),
    )
    domain = ((-2.0, 2.0), (-2.0, 2.0))
    start = (1.6, 0.01)
    known = ((2.0, 1.0), 2.0)

    def value(self, p: Array) -> Array:
        x, y = p
        return x * (x * x - 3 * y * y)

    def gradient(self, p: Array) -> Array:
        x, y = p
        return np.array([3 * (x * x - y * y), -6 * x * y])

    def hessian(self, p: Array) -> Array:
        x, y = 6 * p
        return np.array([[x, -y], [-y, -x]])

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        return [((0.0, 0.0), "saddle")]

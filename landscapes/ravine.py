"""The ravine: a valley along a circle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, N_, parameter
from landscapes.base import Kind, Landscape, refuse_arrays


@dataclass(frozen=True)
class Ravine(Landscape):
    """The valley runs half around a circle, so the direction that is flat turns all the way and no fixed scaling of the coordinates suits it."""

    title = N_("Ravine")
    formula = r"b\,(x^2 + y^2 - 1)^2 + (x - 1)^2 + y^2"
    reference = "A circular valley that falls towards (1, 0); stationary points in closed form"
    uncited = "It was made for this program."
    domain = ((-2.0, 2.0), (-2.0, 2.0))
    start = (-1.1, 0.6)
    known = ((-1.0, 1.0), 25.0)

    b: float = parameter(20.0, 4.0, 400.0, log=True, within="(0, inf)", help=N_("How steep the walls are."))

    def value(self, p: Array) -> Array:
        x, y = p
        yy = y * y
        return self.b * (x * x + yy - 1) ** 2 + (x - 1) ** 2 + yy

    def gradient(self, p: Array) -> Array:
        x, y = p
        pull = 4 * self.b * (x * x + y * y - 1) + 2
        return np.array([pull * x - 2, pull * y])

    def hessian(self, p: Array) -> Array:
        x, y = p
        pull = 4 * self.b * (x * x + y * y - 1) + 2
        xy = 8 * self.b * x * y
        return np.array([[pull + 8 * self.b * x * x, xy], [xy, pull + 8 * self.b * y * y]])

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        refuse_arrays(self, "b")
        # ∇f = 0 forces y = 0 and (x − 1)(2bx(x + 1) + 1) = 0: beyond b = 2 a saddle on the circle and the top of the hill within it.
        points: list[tuple[tuple[float, float], Kind]] = [((1.0, 0.0), "minimum")]
        if self.b >= 2:
            saddle = -(1 + (1 - 2 / self.b) ** 0.5) / 2
            points.append(((saddle, 0.0), "saddle"))
            if self.b > 2:  # where the two meet, they make one degenerate saddle
                points.append(((1 / (2 * self.b * saddle), 0.0), "maximum"))
        return points

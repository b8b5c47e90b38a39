"""Two wells in a bowl: the nearer one is not the deeper one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, N_
from landscapes.base import Kind, Landscape


@dataclass(frozen=True)
class TwoWells(Landscape):
    """A local minimum stands before the global one: only a path with enough speed or noise passes it."""

    title = N_("Two wells")
    formula = r"x^2 + y^2 - 2\,e^{-5((x-1)^2+y^2)} - 3\,e^{-5((x+1)^2+y^2)}"
    reference = "Two Gaussian wells in a quadratic bowl; stationary points by bisection"
    uncited = "It was made for this program."
    domain = ((-2.0, 2.0), (-2.0, 2.0))
    start = (1.7, 1.0)
    known = ((0.0, 0.0), -0.0336897349954273)  # −5e⁻⁵

    def wells(self, p: Array) -> tuple[Array, Array]:
        """The depths of the shallow and the deep well at p."""
        x, y = p
        return 2 * np.exp(-5 * ((x - 1) ** 2 + y * y)), 3 * np.exp(-5 * ((x + 1) ** 2 + y * y))

    def value(self, p: Array) -> Array:
        x, y = p
        shallow, deep = self.wells(p)
        return x * x + y * y - shallow - deep

    def gradient(self, p: Array) -> Array:
        x, y = p
        shallow, deep = self.wells(p)
        return np.array([2 * x + 10 * ((x - 1) * shallow + (x + 1) * deep), 2 * y + 10 * y * (shallow + deep)])

    def hessian(self, p: Array) -> Array:
        x, y = p
        shallow, deep = self.wells(p)
        both = 10 * (shallow + deep)
        xx = 2 + both - 100 * ((x - 1) ** 2 * shallow + (x + 1) ** 2 * deep)
        xy = -100 * y * ((x - 1) * shallow + (x + 1) * deep)
        return np.array([[xx, xy], [xy, 2 + both - 10 * both * y * y]])

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        # ∂f/∂y is y times a positive number, so all of them lie on y = 0; bisection of ∂f/∂x there finds these three.
        return [((-0.9363006340109186, 0.0), "minimum"), ((0.06860243670809646, 0.0), "saddle"), ((0.905317899160115, 0.0), "minimum")]

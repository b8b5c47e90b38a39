"""One weight: the loss is a curve, and each batch has a curve of its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_, parameter
from core.window import Window
from problems.losses.base import around
from problems.quadratic import LeastSquares

LEGENDRE = Citation(
    "legendre1805nouvelles",
    "book",
    "Legendre, Adrien-Marie",
    "Nouvelles méthodes pour la détermination des orbites des comètes",
    1805,
    "Firmin Didot",
)

FAR = 6.0  # how many times the noise an outlier lies off


@dataclass(frozen=True)
class OneWeight(LeastSquares):
    """A line through the origin: its loss is a parabola over its slope, and a step goes by the slope of its tangent.

    Every batch has a parabola of its own, drawn thin: its tangent is the one that the step follows. The weight w is the only one that moves. Where a
    rule asks for two coordinates, the second is a weight that fits zeros with the same feature; it begins at 0, its best, and stays there.
    """

    single = True
    title = N_("One weight")
    formula = r"\frac1N\sum_i \tfrac12\,(w\,x_i - y_i)^2"
    reference = "Legendre, Nouvelles méthodes pour la détermination des orbites des comètes 1805"
    citations = (LEGENDRE,)
    weights = ("w", "")

    scale: float = parameter(
        1.0,
        0.1,
        10.0,
        log=True,
        within="(0, 1000]",
        label=N_("Scale"),
        help=N_("The standard deviation of the feature: the curvature λ goes with its square."),
    )

    def generated(self, rng: np.random.Generator) -> Array:
        x = self.scale * rng.standard_normal(self.examples)
        chance = rng.standard_normal(self.examples)
        off = FAR * self.spread * np.where(rng.random(self.examples) < self.outliers, 1.0, 0.0)
        return np.array([x, x / self.scale + self.spread * chance + off])

    @property
    def best(self) -> tuple[float, float] | None:
        """The slope of least squares, and 0; None where every x is 0."""
        x, y = self.inputs()
        return (float(x @ y / (x @ x)), 0.0) if x @ x > 0 else None

    @property
    def domain(self) -> Window:  # pyright: ignore[reportIncompatibleVariableOverride]
        slope, _zero = self.best or (0.0, 0.0)
        return around(np.array([(slope, 0.0), (0.0, 0.0)]).T, 2.0)[0], (-2.0, 2.0)

    @property
    def start(self) -> tuple[float, float]:  # pyright: ignore[reportIncompatibleVariableOverride]
        x0, x1 = self.domain[0]
        return round(x0 + 0.15 * (x1 - x0), 6), 0.0

    def losses(self, p: Array, x: Array, y: Array) -> Array:
        return 0.5 * (p[0] * x - y) ** 2 + 0.5 * (p[1] * x) ** 2

    def slopes(self, p: Array, x: Array, y: Array) -> Array:
        return np.array([(p[0] * x - y) * x, p[1] * x * x])

    def bends(self, p: Array, x: Array, y: Array) -> Array:
        square = x * x * np.ones(np.broadcast(p[0], x).shape)
        return np.array([[square, 0 * square], [0 * square, square]])

    def fitted(self, p: Array, x: Array) -> Array:
        """The line at x, of weights p."""
        return p[0] * x

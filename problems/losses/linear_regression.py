"""Linear regression: the loss that statistics began with, a bowl in slope and intercept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_, parameter
from core.window import Window
from problems.losses.base import around
from problems.losses.one_weight import LEGENDRE
from problems.quadratic import LeastSquares

TRUTH = (1.0, 0.5)  # the slope, where the feature's scale is 1, and the intercept that examples are generated about
FAR = 6.0  # how many times the noise an outlier lies off


@dataclass(frozen=True)
class LinearRegression(LeastSquares):
    """A line through points: how far off its mean the feature lies, and how large it is, makes the bowl round or a ravine."""

    title = N_("Linear regression")
    formula = r"\frac1N\sum_i \tfrac12\,(a\,x_i + b - y_i)^2"
    reference = "Gauss, Theoria motus 1809; Legendre 1805"
    citations = (
        Citation(
            "gauss1809theoria",
            "book",
            "Gauss, Carl Friedrich",
            "Theoria motus corporum coelestium in sectionibus conicis solem ambientium",
            1809,
            "Perthes et Besser",
        ),
        LEGENDRE,
    )
    weights = ("a", "b")

    scale: float = parameter(
        1.0, 0.1, 10.0, log=True, within="(0, 1000]", label=N_("Scale"), help=N_("The standard deviation of the feature: κ grows with its square.")
    )
    shift: float = parameter(
        0.0,
        -3.0,
        3.0,
        within="[-1000, 1000]",
        label=N_("Mean"),
        help=N_("The feature's mean, in standard deviations: beside 0, slope and intercept are correlated, and the bowl is a slanted ravine."),
    )

    def generated(self, rng: np.random.Generator) -> Array:
        x = self.scale * (rng.standard_normal(self.examples) + self.shift)
        chance = rng.standard_normal(self.examples)
        off = FAR * self.spread * np.where(rng.random(self.examples) < self.outliers, 1.0, 0.0)
        return np.array([x, TRUTH[0] / self.scale * x + TRUTH[1] + self.spread * chance + off])

    @property
    def best(self) -> tuple[float, float] | None:
        """The slope and the intercept of least squares; None where all points have one x."""
        x, y = self.inputs()
        off = x - x.mean()
        if not (off @ off > 1e-12 * max(x @ x, 1e-300)):
            return None
        slope = float(off @ y / (off @ off))
        return slope, float(y.mean() - slope * x.mean())

    @property
    def domain(self) -> Window:  # pyright: ignore[reportIncompatibleVariableOverride]
        return around(np.array([self.best or (0.0, 0.0), (0.0, 0.0)]).T, 2.0)

    @property
    def start(self) -> tuple[float, float]:  # pyright: ignore[reportIncompatibleVariableOverride]
        (x0, x1), (y0, y1) = self.domain
        return round(x0 + 0.15 * (x1 - x0), 6), round(y0 + 0.2 * (y1 - y0), 6)

    def losses(self, p: Array, x: Array, y: Array) -> Array:
        return 0.5 * (p[0] * x + p[1] - y) ** 2

    def slopes(self, p: Array, x: Array, y: Array) -> Array:
        off = p[0] * x + p[1] - y
        return np.array([off * x, off])

    def bends(self, p: Array, x: Array, y: Array) -> Array:
        one = np.ones(np.broadcast(p[0], x).shape)
        return np.array([[x * x * one, x * one], [x * one, one]])

    def fitted(self, p: Array, x: Array) -> Array:
        """The line at x, of weights p."""
        return p[0] * x + p[1]

"""The quadratic bowl: everything that can be proved about descent is proved here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_, parameter
from landscapes.base import Kind, Landscape


@dataclass(frozen=True)
class Bowl(Landscape):
    """A quadratic valley: the larger the condition number, the more a rate that suits one axis fails the other."""

    title = N_("Bowl")
    formula = r"\tfrac12\,p^\top R(\theta)\,\mathrm{diag}(1,\kappa)\,R(\theta)^\top p"
    reference = "Goh, Why Momentum Really Works, Distill 2017"
    citations = (
        Citation(
            "goh2017momentum",
            "article",
            "Goh, Gabriel",
            "Why Momentum Really Works",
            2017,
            "Distill",
            doi="10.23915/distill.00006",
            url="https://distill.pub/2017/momentum",
        ),
    )
    domain = ((-2.0, 2.0), (-2.0, 2.0))
    start = (-1.8, -0.4)
    known = ((1.0, 0.0), 2.875)

    kappa: float = parameter(
        20.0,
        1.0,
        1000.0,
        log=True,
        within="[1, inf)",
        label=N_("Condition κ"),
        help=N_("Condition number κ: how many times steeper the steep axis curves than the flat one."),
    )
    angle: float = parameter(
        30.0,
        0.0,
        180.0,
        label=N_("Angle θ (°)"),
        help=N_("Angle θ in degrees from the x axis to the flat axis. Rules that scale each coordinate notice it; the others do not."),
    )

    def matrix(self) -> Array:
        """The constant Hessian, with eigenvalues 1 and κ; shape (2, 2, *batch of κ and θ)."""
        theta = np.deg2rad(self.angle)
        c, s = np.cos(theta), np.sin(theta)
        off = (1 - self.kappa) * c * s
        return np.array([[c * c + self.kappa * s * s, off], [off, s * s + self.kappa * c * c]])

    def value(self, p: Array) -> Array:
        x, y = p
        (a, b), (_, d) = self.matrix()
        return 0.5 * (a * x * x + d * y * y) + b * x * y

    def gradient(self, p: Array) -> Array:
        x, y = p
        (a, b), (_, d) = self.matrix()
        return np.array([a * x + b * y, b * x + d * y])

    def hessian(self, p: Array) -> Array:
        (a, b), (_, d) = self.matrix()
        one = np.ones_like(p[0])
        return np.array([[a * one, b * one], [b * one, d * one]])

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        return [((0.0, 0.0), "minimum")]

"""A valley of two curvatures, on which the best heavy ball of quadratics never comes to rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_
from landscapes.base import Kind, Landscape


@dataclass(frozen=True)
class Lessard(Landscape):
    """A strongly convex valley that is steep but for a soft stretch, 1 < x < 2: its curvature along x is 1 there and 25 elsewhere.

    A heavy ball at the setting that is best for quadratics of curvatures from 1 to 25, η = 1/9 and μ = 4/9, goes round three points for ever.
    Gradient descent and Nesterov's rule come to rest here at the settings that theory gives for these curvatures.
    """

    title = N_("Lessard's valley")
    formula = r"\tfrac{25}{2} x^2 - 24\,c\,\bigl(x - 1 - \tfrac12 c\bigr) + \tfrac12 y^2,\quad c = \min(\max(x - 1, 0), 1)"
    reference = "Lessard, Recht, Packard, SIAM J. Optim. 26(1), 2016, section 4.6; the plain term in y is added"
    citations = (
        Citation(
            "lessard2016analysis",
            "article",
            "Lessard, Laurent and Recht, Benjamin and Packard, Andrew",
            "Analysis and design of optimization algorithms via integral quadratic constraints",
            2016,
            "SIAM Journal on Optimization",
            volume="26",
            number="1",
            pages="57--95",
            doi="10.1137/15M1009597",
            arxiv="1408.3595",
        ),
    )
    domain = ((-4.0, 4.0), (-2.0, 2.0))
    start = (3.3, 1.2)
    known = ((2.0, 0.0), 38.0)

    def value(self, p: Array) -> Array:
        x, y = p
        soft = np.clip(x - 1, 0, 1)
        return 12.5 * x * x - 24 * soft * (x - 1 - 0.5 * soft) + 0.5 * y * y

    def gradient(self, p: Array) -> Array:
        x, y = p
        return np.array([25 * x - 24 * np.clip(x - 1, 0, 1), y])

    def hessian(self, p: Array) -> Array:
        x = p[0]
        one = np.ones_like(x)
        return np.array([[np.where((x > 1) & (x < 2), 1.0, 25.0) * one, 0 * one], [0 * one, one]])

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        return [((0.0, 0.0), "minimum")]

"""A sequence of slopes whose mean points one way, while a rule with a short memory goes the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_, parameter
from landscapes.base import Kind, Landscape, Objective, refuse_arrays

WALL = 10.0  # the curvature of what stands in place of the interval's ends
PERIOD = 3  # steps


@dataclass(frozen=True)
class Reddi(Landscape):
    """Every third step, from the first one on, sees the slope C, all others see −1: in the mean it goes up to the right, and the minimum is left.

    The map shows the mean. Adam with β₁ = 0 and β₂ = 1/(1 + C²) divides the one large slope by its own size and has forgotten it before the next:
    two small steps to the right outweigh one to the left. AMSGrad does not forget. The paper stays on −1 ≤ x ≤ 1 by projection; here there are
    walls.
    """

    title = N_("Reddi's sequence")
    formula = r"\tfrac{C - 2}{3}\,x + 5 \max(|x| - 1, 0)^2 + \tfrac12 y^2"
    reference = "Reddi, Kale, Kumar, On the convergence of Adam and beyond, ICLR 2018, section 3, theorem 1; walls and the plain term in y are added"
    citations = (
        Citation(
            "reddi2018convergence",
            "inproceedings",
            "Reddi, Sashank J. and Kale, Satyen and Kumar, Sanjiv",
            "On the Convergence of Adam and Beyond",
            2018,
            "International Conference on Learning Representations",
            arxiv="1904.09237",
        ),
    )
    domain = ((-1.6, 1.6), (-1.2, 1.2))
    start = (0.3, 0.6)
    known = ((0.6, 0.0), 0.2)

    large: float = parameter(
        3.0,
        2.5,
        10.0,
        within="(2, 16)",
        label=N_("Slope C"),
        help=N_("Slope C of every third step; the others have −1, so that the mean is (C − 2)/3."),
    )

    @property
    def mean(self) -> float:
        """The slope in the mean, between the walls."""
        return (self.large - 2) / PERIOD

    def tilt(self, t: int) -> Array:
        """What the gradient of step t = 1, 2, … has beside the mean one; shape (2,), or with the batch of C."""
        along = (self.large if t % PERIOD == 1 else -1.0) - self.mean
        return np.array([along, 0 * along])

    def at(self, t: int) -> Objective:
        return Tilted(self, self.tilt(t))

    def value(self, p: Array) -> Array:
        x, y = p
        beyond = np.maximum(np.abs(x) - 1, 0)
        return self.mean * x + 0.5 * WALL * beyond * beyond + 0.5 * y * y

    def gradient(self, p: Array) -> Array:
        x, y = p
        return np.array([self.mean + WALL * (x - np.clip(x, -1, 1)), y])

    def hessian(self, p: Array) -> Array:
        x = p[0]
        one = np.ones_like(x)
        return np.array([[np.where(np.abs(x) > 1, WALL, 0.0) * one, 0 * one], [0 * one, one]])

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        refuse_arrays(self, "large")
        return [((-1 - self.mean / WALL, 0.0), "minimum")]


@dataclass(frozen=True)
class Tilted(Objective):
    """A surface as one step sees it: with a slope more."""

    surface: Landscape
    tilt: Array  # (2,), or (2, *batch of the surface's parameters)

    @property
    def coordinates(self) -> int:
        return 2

    def value(self, p: Array) -> Array:
        return self.surface.value(p) + self.tilt[0] * p[0] + self.tilt[1] * p[1]

    def gradient(self, p: Array) -> Array:
        x, y = self.surface.gradient(p)
        return np.array([x + self.tilt[0], y + self.tilt[1]])

    def hessian(self, p: Array) -> Array:
        return self.surface.hessian(p)

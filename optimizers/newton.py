"""Newton's method: straight to where the slope would vanish."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_, Number, parameter
from landscapes import Objective
from optimizers.base import CURVATURE, Optimizer, learning_rate
from optimizers.bfgs import NOCEDAL

ROUNDING = 4 * float(np.finfo(float).eps)  # a determinant below this part of its terms is zero


@dataclass(frozen=True)
class Newton(Optimizer):
    """Step to the stationary point of the quadratic that fits the surface here: fast, and drawn to saddle points and maxima as much as to minima.

    Every step takes one gradient and one Hessian, of two coordinates; there is no line search. A damping λ beyond the most negative curvature makes
    every step go downhill. Where the matrix is singular there is no step, and the run ends.
    """

    title = N_("Newton")
    formula = r"\begin{aligned} d &= \left(\nabla^2 f(p) + \lambda I\right)^{-1} g \\ p &\leftarrow p - \eta\,d \end{aligned}"
    reference = "Simpson, Essays on Several Curious and Useful Subjects, 1740; Nocedal, Wright, Numerical Optimization, 2006, eq. 2.15"
    citations = (
        Citation(
            "simpson1740essays",
            "book",
            "Simpson, Thomas",
            "Essays on Several Curious and Useful Subjects, in Speculative and Mix'd Mathematicks",
            1740,
            "H. Woodfall",
        ),
        NOCEDAL,
    )
    year = 1740
    family = CURVATURE
    hessians = 1
    coordinates = 2

    lr: Number = learning_rate(1.0, 1e-2, 10.0, help=N_("Learning rate η: how much of the way is taken; 1 is all of it."))
    damping: Number = parameter(
        0.0,
        0.0,
        100.0,
        within="[0, inf)",
        label=N_("Damping λ"),
        symbol=r"\lambda",
        help=N_("Damping λ: added to the curvature in every direction; it turns steps downhill and shortens them."),
    )

    def init(self, p: Array) -> Array:
        return np.zeros_like(p)

    def step(self, surface: Objective, p: Array, state: Array, t: int, lr: Number) -> tuple[Array, Array]:
        gx, gy = surface.gradient(p)
        (xx, xy), (_, yy) = surface.hessian(p)
        xx, yy = xx + self.damping, yy + self.damping
        det = xx * yy - xy * xy
        det = np.where(np.abs(det) > ROUNDING * (np.abs(xx * yy) + xy * xy), det, 0.0)
        d = np.array([yy * gx - xy * gy, xx * gy - xy * gx]) / det
        return p - lr * d, d

    def shown(self, p: Array, g: Array, state: Array, t: Number, lr: Number) -> dict[str, Array]:
        return {"d": state}

    def stable_below(self, curvature: Number) -> Number:
        return 2 * (1 + self.damping / curvature)

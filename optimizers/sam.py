"""SAM: descend by the slope of the worst place nearby."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_, Number, parameter
from landscapes import Objective
from optimizers.base import GRADIENT, Optimizer, learning_rate


@dataclass(frozen=True)
class SAM(Optimizer):
    """The gradient is taken a short way uphill, where the surface nearby is highest: minima sharper than ρ push the path away, wide ones let it in.

    The paper's algorithm 1 over gradient descent, with the Euclidean norm. Every step evaluates two gradients; where the first is exactly zero there
    is no uphill.
    """

    title = "SAM"
    formula = (
        r"\begin{aligned} q &= p + \rho\,\frac{\nabla f(p)}{\lVert \nabla f(p) \rVert} \\ g &= \nabla f(q) \\ p &\leftarrow p - \eta\,g \end{aligned}"
    )
    reference = "Foret et al., Sharpness-aware minimization, ICLR 2021, algorithm 1"
    citations = (
        Citation(
            "foret2021sharpness",
            "inproceedings",
            "Foret, Pierre and Kleiner, Ariel and Mobahi, Hossein and Neyshabur, Behnam",
            "Sharpness-Aware Minimization for Efficiently Improving Generalization",
            2021,
            "International Conference on Learning Representations",
            arxiv="2010.01412",
        ),
    )
    year = 2020
    family = GRADIENT
    evaluations = 2
    marks = ("q",)

    lr: Number = learning_rate(1e-2, help=N_("Learning rate η: the gradient taken uphill, times η, is the step."))
    rho: Number = parameter(
        0.05,
        0.0,
        1.0,
        within="[0, inf)",
        label=N_("Radius ρ"),
        symbol=r"\rho",
        help=N_("Radius ρ: how far uphill the gradient is taken; 0 is gradient descent."),
    )

    def init(self, p: Array) -> Array:
        return p

    def step(self, surface: Objective, p: Array, state: Array, t: int, lr: Number) -> tuple[Array, Array]:
        uphill = surface.gradient(p)
        norm = np.sqrt((uphill**2).sum(axis=0))
        q = p + self.rho * uphill / np.where(norm > 0, norm, 1.0)
        return p - lr * surface.gradient(q), q

    def shown(self, p: Array, g: Array, state: Array, t: Number, lr: Number) -> dict[str, Array]:
        return {"q": state}

    def probe(self, p: Array, state: Array) -> Array:
        return state

    def stable_below(self, curvature: Number) -> Number:
        return 2 / curvature  # below it the path stays within bounds, but the way uphill keeps it from coming to rest

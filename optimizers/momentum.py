"""Momentum: a heavy ball that remembers where it was going."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_, Number
from landscapes import Objective
from optimizers.base import GRADIENT, Optimizer, kept_part, learning_rate


@dataclass(frozen=True)
class Momentum(Optimizer):
    """Gradients add up in a velocity, so that steady slopes speed up and zigzags cancel.

    PyTorch's form: the rate multiplies the whole velocity. Sutskever's form, with the rate inside the velocity, takes the
    same path at a constant rate and another one under a schedule.
    """

    title = N_("Momentum")
    formula = r"\begin{aligned} v &\leftarrow \mu v + g \\ p &\leftarrow p - \eta\,v \end{aligned}"
    reference = "Polyak, USSR Comp. Math. 4(5), 1964; torch.optim.SGD(momentum)"
    citations = (
        Citation(
            "polyak1964methods",
            "article",
            "Polyak, Boris T.",
            "Some methods of speeding up the convergence of iteration methods",
            1964,
            "USSR Computational Mathematics and Mathematical Physics",
            volume="4",
            number="5",
            pages="1--17",
            doi="10.1016/0041-5553(64)90137-5",
        ),
    )
    torch = "torch.optim.SGD({p}, lr={lr}, momentum={momentum})"
    optax = "optax.sgd({lr}, momentum={momentum})"
    arrows = ("-v",)
    year = 1964
    family = GRADIENT

    lr: Number = learning_rate(1e-2, help=N_("Learning rate η: the velocity times η is the step."))
    momentum: Number = kept_part(0.9, label=N_("Momentum μ"), symbol=r"\mu", help=N_("Momentum μ: the part of the velocity that is kept each step."))

    def init(self, p: Array) -> Array:
        return np.zeros_like(p)

    def step(self, surface: Objective, p: Array, state: Array, t: int, lr: Number) -> tuple[Array, Array]:
        v = self.momentum * state + surface.gradient(p)
        return p - lr * v, v

    def shown(self, p: Array, g: Array, state: Array, t: Number, lr: Number) -> dict[str, Array]:
        return {"v": state}

    def stable_below(self, curvature: Number) -> Number:
        return (2 + 2 * self.momentum) / curvature

    def stationary_variance(self, curvature: float, lr: float, sigma: float) -> float | None:
        edge = 2 + 2 * self.momentum
        if not 0 < lr * curvature < edge:
            return None
        return lr * sigma * sigma * (1 + self.momentum) / (curvature * (1 - self.momentum) * (edge - lr * curvature))

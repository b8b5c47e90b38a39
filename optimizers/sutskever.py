"""Momentum with the rate inside the velocity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, N_, Number
from landscapes import Objective
from optimizers.base import GRADIENT, Optimizer, kept_part, learning_rate
from optimizers.momentum import Momentum
from optimizers.nesterov import Nesterov


@dataclass(frozen=True)
class Sutskever(Optimizer):
    """Each gradient enters the velocity times the rate of its own step, and keeps that share for as long as it lasts.

    At a constant rate it takes the path of Momentum, in PyTorch's form. Under a schedule the two part: when the rate falls, PyTorch's form brakes the
    whole velocity at once, while this one slows only as its old gradients fade.
    """

    title = N_("Momentum (Sutskever)")
    formula = r"\begin{aligned} v &\leftarrow \mu v - \eta\,g \\ p &\leftarrow p + v \end{aligned}"
    reference = "Sutskever, Martens, Dahl, Hinton, ICML 2013, eq. 1–2"
    citations = (Nesterov.citations[1],)
    optax = "optax.chain(optax.scale_by_learning_rate({lr}), optax.trace({momentum}))"
    arrows = ("v",)
    year = 2013
    family = GRADIENT

    lr: Number = learning_rate(1e-2, help=N_("Learning rate η: the gradient times η is taken from the velocity."))
    momentum: Number = kept_part(0.9, label=N_("Momentum μ"), symbol=r"\mu", help=N_("Momentum μ: the part of the velocity that is kept each step."))

    def init(self, p: Array) -> Array:
        return np.zeros_like(p)

    def step(self, surface: Objective, p: Array, state: Array, t: int, lr: Number) -> tuple[Array, Array]:
        v = self.momentum * state - lr * surface.gradient(p)
        return p + v, v

    def shown(self, p: Array, g: Array, state: Array, t: Number, lr: Number) -> dict[str, Array]:
        return {"v": state}

    def stable_below(self, curvature: Number) -> Number:
        return (2 + 2 * self.momentum) / curvature

    def stationary_variance(self, curvature: float, lr: float, sigma: float) -> float | None:
        return Momentum(momentum=self.momentum).stationary_variance(curvature, lr, sigma)

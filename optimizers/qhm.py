"""QHM: gradient descent and momentum, mixed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_, Number, parameter
from landscapes import Objective
from optimizers.base import GRADIENT, Optimizer, kept_part, learning_rate


@dataclass(frozen=True)
class QHM(Optimizer):
    """The step is a weighted mean of the gradient and its running mean: a momentum can be very long if it does not have all the say.

    The velocity is a mean, not a sum: at ν = 1 the path is that of momentum at the rate η(1 − μ), at ν = 0 that of gradient descent, and at ν = μ
    that of Nesterov's look-ahead point at the rate η(1 − μ).
    """

    title = "QHM"
    formula = r"\begin{aligned} v &\leftarrow \mu v + (1-\mu)\,g \\ p &\leftarrow p - \eta\,\big((1-\nu)\,g + \nu v\big) \end{aligned}"
    reference = "Ma, Yarats, Quasi-hyperbolic momentum and Adam, ICLR 2019, eq. 3–4"
    citations = (
        Citation(
            "ma2019quasi",
            "inproceedings",
            "Ma, Jerry and Yarats, Denis",
            "Quasi-hyperbolic momentum and Adam for deep learning",
            2019,
            "International Conference on Learning Representations",
            arxiv="1810.06801",
        ),
    )
    arrows = ("-v",)
    year = 2018
    family = GRADIENT

    lr: Number = learning_rate(1.0, help=N_("Learning rate η: the mean of gradient and velocity, weighted by ν, times η is the step."))
    momentum: Number = kept_part(
        0.999, 0.9999, label=N_("Momentum μ"), symbol=r"\mu", help=N_("Momentum μ: the part of the velocity that is kept each step.")
    )
    nu: Number = parameter(
        0.7,
        0.0,
        1.0,
        within="[0, 1]",
        label=N_("Velocity weight ν"),
        symbol=r"\nu",
        help=N_("ν: the weight of the velocity in the step; the rest is the gradient's."),
    )

    def init(self, p: Array) -> Array:
        return np.zeros_like(p)

    def step(self, surface: Objective, p: Array, state: Array, t: int, lr: Number) -> tuple[Array, Array]:
        g = surface.gradient(p)
        v = self.momentum * state + (1 - self.momentum) * g
        return p - lr * ((1 - self.nu) * g + self.nu * v), v

    def shown(self, p: Array, g: Array, state: Array, t: Number, lr: Number) -> dict[str, Array]:
        return {"v": state}

    def stable_below(self, curvature: Number) -> Number:
        return (2 + 2 * self.momentum) / ((1 + self.momentum * (1 - 2 * self.nu)) * curvature)

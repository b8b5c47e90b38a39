"""Adam without its bias correction: what the correction is for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, N_, Number
from landscapes import Objective
from optimizers.adam import Adam
from optimizers.base import Moments, learning_rate


@dataclass(frozen=True)
class AdamUncorrected(Adam):
    """Both means start at zero and stay too small for a while, the squares far longer: the first steps are several times the rate.

    Not a rule of its own but a mistake that many programs make: Adam with the corrections of algorithm 1 left out. The first step is
    (1 − β₁)/√(1 − β₂) times as long as Adam's.
    """

    title = N_("Adam, uncorrected")
    formula = (
        r"\begin{aligned} g &= \nabla f(p) + \lambda p \\ m &\leftarrow \beta_1 m + (1-\beta_1)\,g \\ v &\leftarrow \beta_2 v + (1-\beta_2)\,g^2 \\"
        r" p &\leftarrow p - \eta\,\frac{m}{\sqrt{v} + \epsilon} \end{aligned}"
    )
    reference = "Kingma, Ba, ICLR 2015, section 6.4"

    lr: Number = learning_rate(
        1e-3,
        help=N_(
            "Learning rate η: the length of a step along each coordinate where the slope has long been the same; the first is η(1 − β₁)/√(1 − β₂)."
        ),
    )

    def step(self, surface: Objective, p: Array, state: Moments, t: int, lr: Number) -> tuple[Array, Moments]:
        g = surface.gradient(p) + self.weight_decay * p
        m = self.beta1 * state.m + (1 - self.beta1) * g
        v = self.beta2 * state.v + (1 - self.beta2) * g**2
        return p - lr * m / (np.sqrt(v) + self.eps), Moments(m, v)

    def preconditioner(self, state: Moments, t: Number) -> Array:
        return np.where(state.v > 0, np.sqrt(state.v) + self.eps, np.inf)

    def shown(self, p: Array, g: Array, state: Moments, t: Number, lr: Number) -> dict[str, Array]:
        rate = lr / (np.sqrt(state.v) + self.eps)
        return super().shown(p, g, state, t, lr) | {"m_hat": state.m, "v_hat": state.v, "rate": rate}

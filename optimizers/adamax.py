"""AdaMax: Adam measured by the largest gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from core import Array, N_, Number
from landscapes import Objective
from optimizers.adam import Adam
from optimizers.base import ADAM, Optimizer, STEADY, epsilon, kept_part, learning_rate


class Bound(NamedTuple):
    """The running mean of the gradient (m) and the fading maximum of its size (u)."""

    m: Array
    u: Array


@dataclass(frozen=True)
class AdaMax(Optimizer):
    """The mean gradient is divided by the largest recent gradient instead of a root mean square, so one large gradient shortens many steps.

    PyTorch's form: ε is added to the size of the gradient inside the maximum; the paper has none. The maximum needs no bias correction.
    """

    title = "AdaMax"
    formula = (
        r"\begin{aligned} m &\leftarrow \beta_1 m + (1-\beta_1)\,g \\ u &\leftarrow \max(\beta_2 u,\, |g| + \epsilon) \\"
        r" p &\leftarrow p - \eta\,\frac{m / (1-\beta_1^t)}{u} \end{aligned}"
    )
    reference = "Kingma, Ba, ICLR 2015, algorithm 2; torch.optim.Adamax"
    citations = Adam.citations
    torch = "torch.optim.Adamax({p}, lr={lr}, betas=({beta1}, {beta2}), eps={eps})"
    optax = "optax.adamax({lr}, b1={beta1}, b2={beta2}, eps={eps})"
    year = 2014
    family = ADAM

    lr: Number = learning_rate(2e-3, help=STEADY)
    beta1: Number = kept_part(0.9, label="β₁", symbol=r"\beta_1", help=N_("β₁: the part of the mean gradient that is kept each step."))
    beta2: Number = kept_part(0.999, 0.9999, label="β₂", symbol=r"\beta_2", help=N_("β₂: the part of the largest gradient that is kept each step."))
    eps: Number = epsilon(1e-8)

    def init(self, p: Array) -> Bound:
        return Bound(np.zeros_like(p), np.zeros_like(p))

    def step(self, surface: Objective, p: Array, state: Bound, t: int, lr: Number) -> tuple[Array, Bound]:
        g = surface.gradient(p)
        m = self.beta1 * state.m + (1 - self.beta1) * g
        u = np.maximum(self.beta2 * state.u, np.abs(g) + self.eps)
        m_hat = m / (1 - self.beta1**t)
        return p - lr * m_hat / u, Bound(m, u)

    def shown(self, p: Array, g: Array, state: Bound, t: Number, lr: Number) -> dict[str, Array]:
        return {"m": state.m, "u": state.u, "m_hat": state.m / (1 - self.beta1**t), "rate": lr / state.u}

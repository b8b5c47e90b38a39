"""NAdam: Adam that already counts the next step's momentum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from core import Array, Citation, N_, Number, parameter
from core.symbol import Symbol
from landscapes import Objective
from optimizers.base import ADAM, NEARLY, Optimizer, epsilon, kept_part, learning_rate


class NesterovMoments(NamedTuple):
    """Running means of the gradient (m) and of its square (v), and the product of all μ so far, one for all coordinates."""

    m: Array
    v: Array
    product: Array


@dataclass(frozen=True)
class NAdam(Optimizer):
    """Adam with Nesterov's idea: the step uses the mean gradient as it will be one step later, so that the newest gradient counts for more.

    PyTorch's form: μ, which climbs from half of β₁ to β₁, weighs the two parts of the step, and β₁ keeps m, which in the paper is kept by μ too.
    """

    title = "NAdam"
    formula = (
        r"\begin{aligned} m &\leftarrow \beta_1 m + (1-\beta_1)\,g \\ v &\leftarrow \beta_2 v + (1-\beta_2)\,g^2 \\"
        r" \mu_t &= \beta_1 \left(1 - \tfrac12\,0.96^{t\psi}\right) \\"
        r" \hat m &= \frac{\mu_{t+1}\,m}{1 - \prod_{i=1}^{t+1} \mu_i} + \frac{(1-\mu_t)\,g}{1 - \prod_{i=1}^{t} \mu_i} \\"
        r" p &\leftarrow p - \eta\,\frac{\hat m}{\sqrt{v / (1-\beta_2^t)} + \epsilon} \end{aligned}"
    )
    reference = "Dozat, Incorporating Nesterov momentum into Adam, ICLR workshop 2016; torch.optim.NAdam"
    citations = (
        Citation(
            "dozat2016incorporating",
            "inproceedings",
            "Dozat, Timothy",
            "Incorporating Nesterov Momentum into Adam",
            2016,
            "International Conference on Learning Representations, Workshop Track",
            url="https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ",
        ),
    )
    torch = "torch.optim.NAdam({p}, lr={lr}, betas=({beta1}, {beta2}), eps={eps}, momentum_decay={momentum_decay})"
    symbols = {"mu": Symbol(r"\mu_t", "μ")}  # noqa: RUF012
    year = 2016
    family = ADAM

    lr: Number = learning_rate(2e-3, help=NEARLY)
    beta1: Number = kept_part(0.9, label="β₁", symbol=r"\beta_1", help=N_("β₁: the part of the mean gradient that is kept each step."))
    beta2: Number = kept_part(
        0.999, 0.9999, label="β₂", symbol=r"\beta_2", help=N_("β₂: the part of the mean squared gradient that is kept each step.")
    )
    eps: Number = epsilon(1e-8)
    momentum_decay: Number = parameter(
        0.004,
        0.0,
        0.1,
        within="[0, inf)",
        label=N_("Momentum decay ψ"),
        symbol=r"\psi",
        rare=True,
        help=N_("Momentum decay ψ: how fast μ climbs from half of β₁ to β₁; at 0 it stays at half."),
    )

    def init(self, p: Array) -> NesterovMoments:
        return NesterovMoments(np.zeros_like(p), np.zeros_like(p), np.ones_like(p[:1]))

    def step(self, surface: Objective, p: Array, state: NesterovMoments, t: int, lr: Number) -> tuple[Array, NesterovMoments]:
        g = surface.gradient(p)
        m = self.beta1 * state.m + (1 - self.beta1) * g
        v = self.beta2 * state.v + (1 - self.beta2) * g**2
        product = state.product * self.mu(t)
        m_hat = self.m_hat(m, g, product, t)
        v_hat = v / (1 - self.beta2**t)
        return p - lr * m_hat / (np.sqrt(v_hat) + self.eps), NesterovMoments(m, v, product)

    def mu(self, t: Number) -> Number:
        """The momentum of step t."""
        return self.beta1 * (1 - 0.5 * 0.96 ** (t * self.momentum_decay))

    def m_hat(self, m: Array, g: Array, product: Array, t: Number) -> Array:
        """The mean gradient as it will be one step later, without the bias of its start at zero."""
        mu, following = self.mu(t), self.mu(t + 1)
        return following * m / (1 - product * following) + (1 - mu) * g / (1 - product)

    def shown(self, p: Array, g: Array, state: NesterovMoments, t: Number, lr: Number) -> dict[str, Array]:
        m_hat = self.m_hat(state.m, g, state.product, t)
        v_hat = state.v / (1 - self.beta2**t)
        return {"m": state.m, "v": state.v, "mu": self.mu(t), "m_hat": m_hat, "v_hat": v_hat, "rate": lr / (np.sqrt(v_hat) + self.eps)}

"""AdaBelief: a step as long as the gradient is predictable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from core import Array, Citation, N_, Number
from landscapes import Objective
from optimizers.base import ADAM, Optimizer, epsilon, kept_part, learning_rate


class Belief(NamedTuple):
    """Running means of the gradient (m) and of its squared distance from that mean (s)."""

    m: Array
    s: Array


@dataclass(frozen=True)
class AdaBelief(Optimizer):
    """Adam divides by the size of the gradient, this by its surprise: where gradients come as expected the steps are long, however steep it is.

    Optax's form with both of its ε equal, as by default: one is added to s at every step and stays in it, the other after the root.
    """

    title = "AdaBelief"
    formula = (
        r"\begin{aligned} m &\leftarrow \beta_1 m + (1-\beta_1)\,g \\ s &\leftarrow \beta_2 s + (1-\beta_2)\,(g - m)^2 + \epsilon \\"
        r" p &\leftarrow p - \eta\,\frac{m / (1-\beta_1^t)}{\sqrt{s / (1-\beta_2^t)} + \epsilon} \end{aligned}"
    )
    reference = "Zhuang et al., NeurIPS 2020, algorithm 2; optax.adabelief"
    citations = (
        Citation(
            "zhuang2020adabelief",
            "inproceedings",
            "Zhuang, Juntang and Tang, Tommy and Ding, Yifan and Tatikonda, Sekhar and "
            "Dvornek, Nicha and Papademetris, Xenophon and Duncan, James S.",
            "AdaBelief Optimizer: Adapting Stepsizes by the Belief in Observed Gradients",
            2020,
            "Advances in Neural Information Processing Systems",
            volume="33",
            arxiv="2010.07468",
        ),
    )
    optax = "optax.adabelief({lr}, b1={beta1}, b2={beta2}, eps={eps}, eps_root={eps})"
    year = 2020
    family = ADAM

    lr: Number = learning_rate(1e-3, help=N_("Learning rate η: about the length of a step whose surprise is as large as its gradient."))
    beta1: Number = kept_part(0.9, label="β₁", symbol=r"\beta_1", help=N_("β₁: the part of the mean gradient that is kept each step."))
    beta2: Number = kept_part(
        0.999, 0.9999, label="β₂", symbol=r"\beta_2", help=N_("β₂: the part of the mean squared surprise that is kept each step.")
    )
    eps: Number = epsilon(1e-16, 1e-20, help=N_("ε: limits how far a step can grow where no gradient surprises."))

    def init(self, p: Array) -> Belief:
        return Belief(np.zeros_like(p), np.zeros_like(p))

    def step(self, surface: Objective, p: Array, state: Belief, t: int, lr: Number) -> tuple[Array, Belief]:
        g = surface.gradient(p)
        m = self.beta1 * state.m + (1 - self.beta1) * g
        s = self.beta2 * state.s + (1 - self.beta2) * (g - m) ** 2 + self.eps
        m_hat = m / (1 - self.beta1**t)
        s_hat = s / (1 - self.beta2**t)
        return p - lr * m_hat / (np.sqrt(s_hat) + self.eps), Belief(m, s)

    def preconditioner(self, state: Belief, t: Number) -> Array:
        return (1 - self.beta1**t) * (np.sqrt(state.s / (1 - self.beta2**t)) + self.eps)

    def preconditioned_below(self, curvature: Number) -> Number:
        return (2 + 2 * self.beta1) / ((1 - self.beta1) * curvature)

    def shown(self, p: Array, g: Array, state: Belief, t: Number, lr: Number) -> dict[str, Array]:
        m_hat = state.m / (1 - self.beta1**t)
        s_hat = state.s / (1 - self.beta2**t)
        return {"m": state.m, "s": state.s, "m_hat": m_hat, "s_hat": s_hat, "rate": lr / (np.sqrt(s_hat) + self.eps)}

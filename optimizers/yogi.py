"""Yogi: Adam whose scaling changes by small amounts only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_, Number
from landscapes import Objective
from optimizers.base import ADAM, Moments, NEARLY, Optimizer, epsilon, kept_part, learning_rate

FIRST = 1e-6  # Optax's initial accumulator


@dataclass(frozen=True)
class Yogi(Optimizer):
    """The mean square rises or falls by a fixed part of the new squared gradient, so that after a steep place the steps lengthen only slowly.

    Optax's form: bias correction, which the paper has not, and both means start at 1e-6 instead of zero, so that a run leaves even a minimum,
    by less than its rate, before it comes back. ε is added after the root.
    """

    title = "Yogi"
    formula = (
        r"\begin{aligned} m &\leftarrow \beta_1 m + (1-\beta_1)\,g \\ v &\leftarrow v - (1-\beta_2)\,\mathrm{sign}(v - g^2)\,g^2 \\"
        r" p &\leftarrow p - \eta\,\frac{m / (1-\beta_1^t)}{\sqrt{v / (1-\beta_2^t)} + \epsilon} \end{aligned}"
    )
    reference = "Zaheer et al., NeurIPS 2018, algorithm 2; optax.yogi"
    citations = (
        Citation(
            "zaheer2018adaptive",
            "inproceedings",
            "Zaheer, Manzil and Reddi, Sashank J. and Sachan, Devendra and Kale, Satyen and Kumar, Sanjiv",
            "Adaptive Methods for Nonconvex Optimization",
            2018,
            "Advances in Neural Information Processing Systems",
            volume="31",
        ),
    )
    optax = "optax.yogi({lr}, b1={beta1}, b2={beta2}, eps={eps})"
    year = 2018
    family = ADAM

    lr: Number = learning_rate(1e-2, help=NEARLY)
    beta1: Number = kept_part(0.9, label="β₁", symbol=r"\beta_1", help=N_("β₁: the part of the mean gradient that is kept each step."))
    beta2: Number = kept_part(
        0.999, 0.9999, label="β₂", symbol=r"\beta_2", help=N_("β₂: 1 − β₂ is the part of the squared gradient by which v moves each step.")
    )
    eps: Number = epsilon(1e-3)

    def init(self, p: Array) -> Moments:
        return Moments(np.full_like(p, FIRST), np.full_like(p, FIRST))

    def step(self, surface: Objective, p: Array, state: Moments, t: int, lr: Number) -> tuple[Array, Moments]:
        g = surface.gradient(p)
        m = self.beta1 * state.m + (1 - self.beta1) * g
        v = state.v - (1 - self.beta2) * np.sign(state.v - g**2) * g**2
        m_hat = m / (1 - self.beta1**t)
        v_hat = v / (1 - self.beta2**t)
        return p - lr * m_hat / (np.sqrt(v_hat) + self.eps), Moments(m, v)

    def preconditioner(self, state: Moments, t: Number) -> Array:
        return (1 - self.beta1**t) * (np.sqrt(state.v / (1 - self.beta2**t)) + self.eps)

    def preconditioned_below(self, curvature: Number) -> Number:
        return (2 + 2 * self.beta1) / ((1 - self.beta1) * curvature)

    def shown(self, p: Array, g: Array, state: Moments, t: Number, lr: Number) -> dict[str, Array]:
        m_hat = state.m / (1 - self.beta1**t)
        v_hat = state.v / (1 - self.beta2**t)
        return {"m": state.m, "v": state.v, "m_hat": m_hat, "v_hat": v_hat, "rate": lr / (np.sqrt(v_hat) + self.eps)}

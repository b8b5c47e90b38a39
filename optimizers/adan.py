"""Adan: Adam that also watches how the gradient changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from core import Array, Citation, N_, Number
from landscapes import Objective
from optimizers.base import ADAM, Optimizer, STEADY, decay_of_weights, epsilon, kept_part, learning_rate


class Changes(NamedTuple):
    """Running means of the gradient (m), of its change (v) and of the square of both together (n), the last gradient (g) and its last change (d)."""

    m: Array
    v: Array
    n: Array
    g: Array
    d: Array


@dataclass(frozen=True)
class Adan(Optimizer):
    """A mean of the gradient's changes is added to the mean gradient: Nesterov's look ahead, without taking a gradient anywhere else.

    The authors' code at its defaults, whose βs are 1 − the paper's: changes are weighed by β₂, means are corrected for their start at zero, and
    weight decay divides by 1 + ηλ, as in the paper; with `no_prox` the code subtracts ηλp before the step instead, as AdamW does. Optax 0.2.8
    weighs changes by 1 − β₂, by which the look ahead almost vanishes, and has a second ε inside the root.
    """

    title = "Adan"
    formula = (
        r"\begin{aligned} d &= g - g_{\text{last}}, \quad 0 \text{ at first} \\ m &\leftarrow \beta_1 m + (1-\beta_1)\,g \\"
        r" v &\leftarrow \beta_2 v + (1-\beta_2)\,d \\ n &\leftarrow \beta_3 n + (1-\beta_3)\,\big(g + \beta_2\,d\big)^2 \\"
        r" p &\leftarrow \frac{1}{1 + \eta\lambda} \left(p"
        r" - \eta\,\frac{m / (1-\beta_1^t) + \beta_2\,v / (1-\beta_2^t)}{\sqrt{n / (1-\beta_3^t)} + \epsilon}\right) \end{aligned}"
    )
    reference = "Xie et al., IEEE TPAMI 46(12), 2024, algorithm 1; the authors' sail-sg/Adan"
    citations = (
        Citation(
            "xie2024adan",
            "article",
            "Xie, Xingyu and Zhou, Pan and Li, Huan and Lin, Zhouchen and Yan, Shuicheng",
            "Adan: Adaptive Nesterov Momentum Algorithm for Faster Optimizing Deep Models",
            2024,
            "IEEE Transactions on Pattern Analysis and Machine Intelligence",
            volume="46",
            number="12",
            pages="9508--9520",
            doi="10.1109/TPAMI.2024.3423382",
            arxiv="2208.06677",
        ),
    )
    year = 2022
    family = ADAM

    lr: Number = learning_rate(1e-3, help=STEADY)
    beta1: Number = kept_part(0.98, label="β₁", symbol=r"\beta_1", help=N_("β₁: the part of the mean gradient that is kept each step."))
    beta2: Number = kept_part(0.92, label="β₂", symbol=r"\beta_2", help=N_("β₂: the part of the mean change of the gradient that is kept each step."))
    beta3: Number = kept_part(
        0.99, 0.9999, label="β₃", symbol=r"\beta_3", help=N_("β₃: the part of the mean square that is kept each step."), rare=True
    )
    eps: Number = epsilon(1e-8)
    weight_decay: Number = decay_of_weights(N_("Weight decay λ: divides the point by 1 + ηλ after each step."))

    def init(self, p: Array) -> Changes:
        return Changes(*(np.zeros_like(p) for _ in Changes._fields))

    def step(self, surface: Objective, p: Array, state: Changes, t: int, lr: Number) -> tuple[Array, Changes]:
        g = surface.gradient(p)
        d = g - state.g if t > 1 else np.zeros_like(g)
        m = self.beta1 * state.m + (1 - self.beta1) * g
        v = self.beta2 * state.v + (1 - self.beta2) * d
        n = self.beta3 * state.n + (1 - self.beta3) * (g + self.beta2 * d) ** 2
        m_hat = m / (1 - self.beta1**t)
        v_hat = v / (1 - self.beta2**t)
        n_hat = n / (1 - self.beta3**t)
        ahead = p - lr * (m_hat + self.beta2 * v_hat) / (np.sqrt(n_hat) + self.eps)
        return ahead / (1 + lr * self.weight_decay), Changes(m, v, n, g, d)

    def shown(self, p: Array, g: Array, state: Changes, t: Number, lr: Number) -> dict[str, Array]:
        m_hat = state.m / (1 - self.beta1**t)
        v_hat = state.v / (1 - self.beta2**t)
        n_hat = state.n / (1 - self.beta3**t)
        hats = {"m_hat": m_hat, "v_hat": v_hat, "n_hat": n_hat}
        return {"d": state.d, "m": state.m, "v": state.v, "n": state.n, **hats, "rate": lr / (np.sqrt(n_hat) + self.eps)}

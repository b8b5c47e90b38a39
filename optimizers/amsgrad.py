"""AMSGrad: Adam that never forgets a steep place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from core import Array, Citation, N_, Number
from landscapes import Objective
from optimizers.base import ADAM, Optimizer, STEADY, decay_of_weights, epsilon, kept_part, learning_rate


class Highest(NamedTuple):
    """Running means of the gradient (m) and of its square (v), and the largest v so far."""

    m: Array
    v: Array
    v_max: Array


@dataclass(frozen=True)
class AMSGrad(Optimizer):
    """Adam divides by a mean that forgets and can lengthen its steps again; dividing by the largest mean so far repairs its proof of convergence.

    PyTorch's form: the largest v is taken first and its bias corrected afterwards, so that early steps can still grow. Optax corrects v first and
    takes the largest of the corrected ones; the paper's algorithm 2 corrects neither mean. Weight decay is L2, as in Adam.
    """

    title = "AMSGrad"
    formula = (
        r"\begin{aligned} g &= \nabla f(p) + \lambda p \\ m &\leftarrow \beta_1 m + (1-\beta_1)\,g \\ v &\leftarrow \beta_2 v + (1-\beta_2)\,g^2 \\"
        r" v_{\max} &\leftarrow \max(v_{\max}, v) \\ p &\leftarrow p - \eta\,\frac{m / (1-\beta_1^t)}{\sqrt{v_{\max} / (1-\beta_2^t)} + \epsilon}"
        r" \end{aligned}"
    )
    reference = "Reddi, Kale, Kumar, ICLR 2018, algorithm 2; torch.optim.Adam(amsgrad)"
    citations = (
        Citation(
            "reddi2018convergence",
            "inproceedings",
            "Reddi, Sashank J. and Kale, Satyen and Kumar, Sanjiv",
            "On the Convergence of Adam and Beyond",
            2018,
            "International Conference on Learning Representations",
            arxiv="1904.09237",
        ),
    )
    torch = "torch.optim.Adam({p}, lr={lr}, betas=({beta1}, {beta2}), eps={eps}[weight_decay|, weight_decay={weight_decay}], amsgrad=True)"
    year = 2018
    family = ADAM

    lr: Number = learning_rate(1e-3, help=STEADY)
    beta1: Number = kept_part(0.9, label="β₁", symbol=r"\beta_1", help=N_("β₁: the part of the mean gradient that is kept each step."))
    beta2: Number = kept_part(
        0.999, 0.9999, label="β₂", symbol=r"\beta_2", help=N_("β₂: the part of the mean squared gradient that is kept each step.")
    )
    eps: Number = epsilon(1e-8)
    weight_decay: Number = decay_of_weights(N_("Weight decay λ: pulls the point towards the origin, as a part of the gradient (L2)."))

    def init(self, p: Array) -> Highest:
        return Highest(np.zeros_like(p), np.zeros_like(p), np.zeros_like(p))

    def step(self, surface: Objective, p: Array, state: Highest, t: int, lr: Number) -> tuple[Array, Highest]:
        g = surface.gradient(p) + self.weight_decay * p
        m = self.beta1 * state.m + (1 - self.beta1) * g
        v = self.beta2 * state.v + (1 - self.beta2) * g**2
        v_max = np.maximum(state.v_max, v)
        m_hat = m / (1 - self.beta1**t)
        v_hat = v_max / (1 - self.beta2**t)
        return p - lr * m_hat / (np.sqrt(v_hat) + self.eps), Highest(m, v, v_max)

    def preconditioner(self, state: Highest, t: Number) -> Array:
        return np.where(state.v_max > 0, (1 - self.beta1**t) * (np.sqrt(state.v_max / (1 - self.beta2**t)) + self.eps), np.inf)

    def preconditioned_below(self, curvature: Number) -> Number:
        return (2 + 2 * self.beta1) / ((1 - self.beta1) * curvature)

    def shown(self, p: Array, g: Array, state: Highest, t: Number, lr: Number) -> dict[str, Array]:
        m_hat = state.m / (1 - self.beta1**t)
        v_hat = state.v_max / (1 - self.beta2**t)
        decayed, rate = g + self.weight_decay * p, lr / (np.sqrt(v_hat) + self.eps)
        return {"g": decayed, **state._asdict(), "m_hat": m_hat, "v_hat": v_hat, "rate": rate}

"""Adam: momentum and scaling at once, both corrected for their start at zero."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_, Number
from landscapes import Objective
from optimizers.base import ADAM, Moments, Optimizer, STEADY, decay_of_weights, epsilon, kept_part, learning_rate


@dataclass(frozen=True)
class Adam(Optimizer):
    """A running mean of the gradient over the root of a running mean of its square: how long a step is hangs on the rate and on how
    steady the slope is, not on how steep.

    Weight decay is L2 (λp is added to the gradient, and so scaled with it), as in PyTorch's Adam; ε is added after the root.
    """

    title = "Adam"
    formula = (
        r"\begin{aligned} g &= \nabla f(p) + \lambda p \\ m &\leftarrow \beta_1 m + (1-\beta_1)\,g \\ v &\leftarrow \beta_2 v + (1-\beta_2)\,g^2 \\"
        r" p &\leftarrow p - \eta\,\frac{m / (1-\beta_1^t)}{\sqrt{v / (1-\beta_2^t)} + \epsilon} \end{aligned}"
    )
    reference = "Kingma, Ba, ICLR 2015, algorithm 1; torch.optim.Adam"
    citations = (
        Citation(
            "kingma2015adam",
            "inproceedings",
            "Kingma, Diederik P. and Ba, Jimmy",
            "Adam: A Method for Stochastic Optimization",
            2015,
            "International Conference on Learning Representations",
            arxiv="1412.6980",
        ),
    )
    torch = "torch.optim.Adam({p}, lr={lr}, betas=({beta1}, {beta2}), eps={eps}[weight_decay|, weight_decay={weight_decay}])"
    optax = (
        "[weight_decay|optax.chain(optax.add_decayed_weights({weight_decay}), ]optax.adam({lr}, b1={beta1}, b2={beta2}, eps={eps})[weight_decay|)]"
    )
    year = 2014
    family = ADAM

    lr: Number = learning_rate(1e-3, help=STEADY)
    beta1: Number = kept_part(0.9, label="β₁", symbol=r"\beta_1", help=N_("β₁: the part of the mean gradient that is kept each step."))
    beta2: Number = kept_part(
        0.999, 0.9999, label="β₂", symbol=r"\beta_2", help=N_("β₂: the part of the mean squared gradient that is kept each step.")
    )
    eps: Number = epsilon(1e-8)
    weight_decay: Number = decay_of_weights(N_("Weight decay λ: pulls the point towards the origin, as a part of the gradient (L2)."))

    def init(self, p: Array) -> Moments:
        return Moments(np.zeros_like(p), np.zeros_like(p))

    def step(self, surface: Objective, p: Array, state: Moments, t: int, lr: Number) -> tuple[Array, Moments]:
        g = surface.gradient(p) + self.weight_decay * p
        m = self.beta1 * state.m + (1 - self.beta1) * g
        v = self.beta2 * state.v + (1 - self.beta2) * g**2
        m_hat = m / (1 - self.beta1**t)
        v_hat = v / (1 - self.beta2**t)
        return p - lr * m_hat / (np.sqrt(v_hat) + self.eps), Moments(m, v)

    def preconditioner(self, state: Moments, t: Number) -> Array:
        """Cohen et al., Adaptive gradient methods at the edge of stability, 2022: the correction of m is a part of it."""
        return np.where(state.v > 0, (1 - self.beta1**t) * (np.sqrt(state.v / (1 - self.beta2**t)) + self.eps), np.inf)

    def preconditioned_below(self, curvature: Number) -> Number:
        return (2 + 2 * self.beta1) / ((1 - self.beta1) * curvature)

    def shown(self, p: Array, g: Array, state: Moments, t: Number, lr: Number) -> dict[str, Array]:
        m_hat = state.m / (1 - self.beta1**t)
        v_hat = state.v / (1 - self.beta2**t)
        decayed, rate = g + self.weight_decay * p, lr / (np.sqrt(v_hat) + self.eps)
        return {"g": decayed, "m": state.m, "v": state.v, "m_hat": m_hat, "v_hat": v_hat, "rate": rate}

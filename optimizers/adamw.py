"""AdamW: Adam with weight decay taken out of the gradient."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_, Number
from landscapes import Objective
from optimizers.adam import Adam
from optimizers.base import ADAM, Moments, decay_of_weights, learning_rate


@dataclass(frozen=True)
class AdamW(Adam):
    """Weight decay shrinks the point directly instead of passing through Adam's scaling, so that it is equally strong along every coordinate.

    Decoupled and multiplied by the rate, as in PyTorch; the paper multiplies by the schedule's factor alone. The decay moves a run away even from
    a minimum, unless that is the origin, by a few times the rate at most.
    """

    title = "AdamW"
    formula = (
        r"\begin{aligned} m &\leftarrow \beta_1 m + (1-\beta_1)\,g \\ v &\leftarrow \beta_2 v + (1-\beta_2)\,g^2 \\"
        r" p &\leftarrow p - \eta\lambda\,p - \eta\,\frac{m / (1-\beta_1^t)}{\sqrt{v / (1-\beta_2^t)} + \epsilon} \end{aligned}"
    )
    reference = "Loshchilov, Hutter, ICLR 2019, algorithm 2; torch.optim.AdamW"
    citations = (
        Citation(
            "loshchilov2019decoupled",
            "inproceedings",
            "Loshchilov, Ilya and Hutter, Frank",
            "Decoupled Weight Decay Regularization",
            2019,
            "International Conference on Learning Representations",
            arxiv="1711.05101",
        ),
    )
    torch = "torch.optim.AdamW({p}, lr={lr}, betas=({beta1}, {beta2}), eps={eps}, weight_decay={weight_decay})"
    optax = "optax.adamw({lr}, b1={beta1}, b2={beta2}, eps={eps}, weight_decay={weight_decay})"
    year = 2017
    family = ADAM

    lr: Number = learning_rate(
        1e-3, help=N_("Learning rate η: the length of a step along each coordinate where the slope stays the same, beside the weight decay.")
    )
    weight_decay: Number = decay_of_weights(N_("Weight decay λ: shrinks the point by ηλ each step, beside the gradient."), 0.01)

    def step(self, surface: Objective, p: Array, state: Moments, t: int, lr: Number) -> tuple[Array, Moments]:
        g = surface.gradient(p)
        m = self.beta1 * state.m + (1 - self.beta1) * g
        v = self.beta2 * state.v + (1 - self.beta2) * g**2
        m_hat = m / (1 - self.beta1**t)
        v_hat = v / (1 - self.beta2**t)
        return p - lr * self.weight_decay * p - lr * m_hat / (np.sqrt(v_hat) + self.eps), Moments(m, v)

    def shown(self, p: Array, g: Array, state: Moments, t: Number, lr: Number) -> dict[str, Array]:
        return super().shown(p, g, state, t, lr) | {"g": g}

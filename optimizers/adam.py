"""Adam: momentum and scaling at once, both corrected for their start at zero."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, N_, Number, parameter
from landscapes import Objective
from optimizers.base import Moments, Optimizer, STEADY, epsilon, kept_part, learning_rate, with_decay

TINY = 5e-324  # the least number above 0: the product of a small ε and the root must not vanish, or nothing would be divided by nothing


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
    year = 2014

    lr: Number = learning_rate(1e-3, help=STEADY)
    beta1: Number = kept_part(0.9, help=N_("β₁: the part of the mean gradient that is kept each step."))
    beta2: Number = kept_part(0.999, 0.9999, help=N_("β₂: the part of the mean squared gradient that is kept each step."))
    eps: Number = epsilon(1e-8)
    weight_decay: Number = parameter(
        0.0, 0.0, 1.0, within="[0, inf)", help=N_("Weight decay λ: pulls the point towards the origin, as a part of the gradient (L2).")
    )

    def init(self, p: Array) -> Moments:
        return Moments(np.zeros_like(p), np.zeros_like(p))

    def step(self, surface: Objective, p: Array, state: Moments, t: int, lr: Number) -> tuple[Array, Moments]:
        return self.move(p, self.pulled(p, surface.gradient(p)), state, t, lr)

    def pulled(self, p: Array, g: Array) -> Array:
        """The gradient with weight decay."""
        return with_decay(g, self.weight_decay, p)

    def move(self, p: Array, g: Array, state: Moments, t: int, lr: Number) -> tuple[Array, Moments]:
        """Step t along the gradient g, whatever was added to it."""
        # The formula with both corrections in the rate, as in the paper's section 2, and in place: a sweep spends its time on passes over arrays.
        m = self.beta1 * state.m
        m += (1 - self.beta1) * g
        v = (1 - self.beta2) * g
        v *= g
        v += self.beta2 * state.v
        first, second = self.weights(t)
        root = second**0.5
        scale = np.sqrt(v)
        scale += np.maximum(self.eps * root, TINY)
        step = lr * root / first * m
        step /= scale
        return p - step, Moments(m, v)

    def weights(self, t: Number) -> tuple[Number, Number]:
        """What the weights of the gradients so far add up to in each mean: dividing by them takes away the bias of the start at zero."""
        return 1 - self.beta1**t, 1 - self.beta2**t

    def shown(self, p: Array, g: Array, state: Moments, t: Number, lr: Number) -> dict[str, Array]:
        first, second = self.weights(t)
        m_hat, v_hat = state.m / first, state.v / second
        return {"g": self.pulled(p, g), "m": state.m, "v": state.v, "m_hat": m_hat, "v_hat": v_hat, "rate": lr / (np.sqrt(v_hat) + self.eps)}

"""RAdam: Adam with a warm-up that it works out itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_, Number
from landscapes import Objective
from optimizers.base import ADAM, Moments, Optimizer, epsilon, kept_part, learning_rate


@dataclass(frozen=True)
class RAdam(Optimizer):
    """In the first steps the mean square rests on too few gradients to be trusted: Adam's scaling is left out at first and then fades in.

    PyTorch's form: rectified once ρ > 5, where the paper has 4, and ε is added to the root before its bias is corrected.
    """

    title = "RAdam"
    formula = (
        r"\begin{aligned} m &\leftarrow \beta_1 m + (1-\beta_1)\,g \\ v &\leftarrow \beta_2 v + (1-\beta_2)\,g^2 \\"
        r" \rho_\infty &= \frac{2}{1-\beta_2} - 1, \quad \rho = \rho_\infty - \frac{2 t \beta_2^t}{1-\beta_2^t} \\"
        r" r &= \sqrt{\frac{(\rho-4)(\rho-2)\,\rho_\infty}{(\rho_\infty-4)(\rho_\infty-2)\,\rho}} \\"
        r" p &\leftarrow p - \eta\,\frac{m}{1-\beta_1^t} \cdot \begin{cases} r\,\dfrac{\sqrt{1-\beta_2^t}}{\sqrt{v} + \epsilon} & \rho > 5 \\"
        r" 1 & \text{otherwise} \end{cases} \end{aligned}"
    )
    reference = "Liu et al., ICLR 2020, algorithm 2; torch.optim.RAdam"
    citations = (
        Citation(
            "liu2020variance",
            "inproceedings",
            "Liu, Liyuan and Jiang, Haoming and He, Pengcheng and Chen, Weizhu and Liu, Xiaodong and Gao, Jianfeng and Han, Jiawei",
            "On the Variance of the Adaptive Learning Rate and Beyond",
            2020,
            "International Conference on Learning Representations",
            arxiv="1908.03265",
        ),
    )
    torch = "torch.optim.RAdam({p}, lr={lr}, betas=({beta1}, {beta2}), eps={eps})"
    year = 2019
    family = ADAM

    lr: Number = learning_rate(
        1e-3, help=N_("Learning rate η: the mean gradient times η is a step at first; once the scaling is all there, η is its length, as in Adam.")
    )
    beta1: Number = kept_part(0.9, label="β₁", symbol=r"\beta_1", help=N_("β₁: the part of the mean gradient that is kept each step."))
    beta2: Number = kept_part(
        0.999, 0.9999, label="β₂", symbol=r"\beta_2", help=N_("β₂: the part of the mean squared gradient that is kept each step.")
    )
    eps: Number = epsilon(1e-8)

    def init(self, p: Array) -> Moments:
        return Moments(np.zeros_like(p), np.zeros_like(p))

    def step(self, surface: Objective, p: Array, state: Moments, t: int, lr: Number) -> tuple[Array, Moments]:
        g = surface.gradient(p)
        m = self.beta1 * state.m + (1 - self.beta1) * g
        v = self.beta2 * state.v + (1 - self.beta2) * g**2
        m_hat = m / (1 - self.beta1**t)
        return p - self.rate(v, t, lr) * m_hat, Moments(m, v)

    def length(self, t: Number) -> tuple[Number, Number]:
        """ρ, over how many gradients the mean square of step t reaches, and its limit ρ∞."""
        longest = 2 / (1 - self.beta2) - 1
        return longest - 2 * t * self.beta2**t / (1 - self.beta2**t), longest

    def rectification(self, t: Number) -> Number:
        """r, or 1 while ρ ≤ 5, where it has no use and may not even be real."""
        rho, longest = self.length(t)
        rectified = rho > 5
        rho, longest = np.where(rectified, rho, 6.0), np.where(rectified, longest, 6.0)
        return np.sqrt((rho - 4) * (rho - 2) * longest / ((longest - 4) * (longest - 2) * rho))

    def rate(self, v: Array, t: Number, lr: Number) -> Array:
        """What the mean gradient is multiplied by."""
        scaled = self.rectification(t) * np.sqrt(1 - self.beta2**t) / (np.sqrt(v) + self.eps)
        return lr * np.where(self.length(t)[0] > 5, scaled, 1.0)

    def shown(self, p: Array, g: Array, state: Moments, t: Number, lr: Number) -> dict[str, Array]:
        m_hat = state.m / (1 - self.beta1**t)
        return {"m": state.m, "v": state.v, "m_hat": m_hat, "rho": self.length(t)[0], "r": self.rectification(t), "rate": self.rate(state.v, t, lr)}

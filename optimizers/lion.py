"""Lion: only the sign of the momentum counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from core import Array, Citation, N_, Number
from landscapes import Objective
from optimizers.base import Optimizer, SIGNS, decay_of_weights, kept_part, learning_rate


class Signed(NamedTuple):
    """The running mean of the gradient (m), and the mixture of it with the newest gradient whose sign was the step (c)."""

    m: Array
    c: Array


@dataclass(frozen=True)
class Lion(Optimizer):
    """Every coordinate moves by exactly the learning rate, in the direction of a sign: near a minimum only a falling rate can calm it.

    Found by a program search. Weight decay is decoupled and multiplied by the rate, as in the paper and in Optax; Optax's default of
    0.001 is 0 here, so that a minimum stays a fixed point.
    """

    title = "Lion"
    formula = (
        r"\begin{aligned} c &= \beta_1 m + (1-\beta_1)\,g \\ p &\leftarrow p - \eta\,(\mathrm{sign}(c) + \lambda p) \\"
        r" m &\leftarrow \beta_2 m + (1-\beta_2)\,g \end{aligned}"
    )
    reference = "Chen et al., NeurIPS 2023, algorithm 2; optax.lion"
    citations = (
        Citation(
            "chen2023symbolic",
            "inproceedings",
            "Chen, Xiangning and Liang, Chen and Huang, Da and Real, Esteban and Wang, Kaiyuan and "
            "Pham, Hieu and Dong, Xuanyi and Luong, Thang and Hsieh, Cho-Jui and Lu, Yifeng and Le, Quoc V.",
            "Symbolic Discovery of Optimization Algorithms",
            2023,
            "Advances in Neural Information Processing Systems",
            volume="36",
            arxiv="2302.06675",
        ),
    )
    optax = "optax.lion({lr}, b1={beta1}, b2={beta2}, weight_decay={weight_decay})"
    year = 2023
    family = SIGNS

    lr: Number = learning_rate(1e-4, help=N_("Learning rate η: the length of a step along each coordinate."))
    beta1: Number = kept_part(0.9, label="β₁", symbol=r"\beta_1", help=N_("β₁: the part of the mean gradient in the mixture whose sign is the step."))
    beta2: Number = kept_part(0.99, 0.9999, label="β₂", symbol=r"\beta_2", help=N_("β₂: the part of the mean gradient that is kept each step."))
    weight_decay: Number = decay_of_weights(N_("Weight decay λ: shrinks the point by ηλ each step, beside the gradient."))

    def init(self, p: Array) -> Signed:
        return Signed(np.zeros_like(p), np.zeros_like(p))

    def step(self, surface: Objective, p: Array, state: Signed, t: int, lr: Number) -> tuple[Array, Signed]:
        g = surface.gradient(p)
        c = self.beta1 * state.m + (1 - self.beta1) * g
        m = self.beta2 * state.m + (1 - self.beta2) * g
        return p - lr * (np.sign(c) + self.weight_decay * p), Signed(m, c)

    def shown(self, p: Array, g: Array, state: Signed, t: Number, lr: Number) -> dict[str, Array]:
        return {"m": state.m, "c": state.c}

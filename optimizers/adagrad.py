"""AdaGrad: a rate of its own for every coordinate, which only ever falls."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_, Number
from landscapes import Objective
from optimizers.base import Optimizer, SCALED, epsilon, learning_rate


@dataclass(frozen=True)
class AdaGrad(Optimizer):
    """Each coordinate's step is divided by the root of all its squared gradients so far, so steep directions are tamed and every rate only falls.

    ε is added after the root and the sum starts at zero, as in PyTorch. Optax's sum starts at 0.1, so that its first step is shorter than the
    rate, and its ε of 1e-7 stands inside the root.
    """

    title = "AdaGrad"
    formula = r"\begin{aligned} s &\leftarrow s + g^2 \\ p &\leftarrow p - \eta\,\frac{g}{\sqrt{s} + \epsilon} \end{aligned}"
    reference = "Duchi, Hazan, Singer, JMLR 12, 2011; torch.optim.Adagrad"
    citations = (
        Citation(
            "duchi2011adaptive",
            "article",
            "Duchi, John and Hazan, Elad and Singer, Yoram",
            "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization",
            2011,
            "Journal of Machine Learning Research",
            volume="12",
            pages="2121--2159",
            url="https://jmlr.org/papers/v12/duchi11a.html",
        ),
    )
    torch = "torch.optim.Adagrad({p}, lr={lr}, eps={eps})"
    year = 2011
    family = SCALED

    lr: Number = learning_rate(1e-2, help=N_("Learning rate η: the length of the first step along each coordinate."))
    eps: Number = epsilon(1e-10)

    def init(self, p: Array) -> Array:
        return np.zeros_like(p)

    def step(self, surface: Objective, p: Array, state: Array, t: int, lr: Number) -> tuple[Array, Array]:
        g = surface.gradient(p)
        s = state + g**2
        return p - lr * g / (np.sqrt(s) + self.eps), s

    def preconditioner(self, state: Array, t: Number) -> Array:
        return np.where(state > 0, np.sqrt(state) + self.eps, np.inf)

    def preconditioned_below(self, curvature: Number) -> Number:
        return 2 / curvature

    def shown(self, p: Array, g: Array, state: Array, t: Number, lr: Number) -> dict[str, Array]:
        return {"s": state, "rate": lr / (np.sqrt(state) + self.eps)}

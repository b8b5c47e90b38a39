"""RMSprop: AdaGrad that forgets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_, Number
from landscapes import Objective
from optimizers.base import Optimizer, SCALED, epsilon, kept_part, learning_rate


@dataclass(frozen=True)
class RMSprop(Optimizer):
    """Each coordinate's step is divided by the recent size of its gradient, so that a steep direction moves no faster than a gentle one.

    PyTorch's form: decay 0.99 and ε outside the root; courses often have 0.9, and TensorFlow 1 had ε inside.
    """

    title = "RMSprop"
    formula = r"\begin{aligned} v &\leftarrow \rho v + (1-\rho)\,g^2 \\ p &\leftarrow p - \eta\,\frac{g}{\sqrt{v} + \epsilon} \end{aligned}"
    reference = "Tieleman, Hinton, Coursera lecture 6.5, 2012; torch.optim.RMSprop"
    citations = (
        Citation(
            "tieleman2012rmsprop",
            "misc",
            "Tieleman, Tijmen and Hinton, Geoffrey",
            "Lecture 6.5-rmsprop: Divide the gradient by a running average of its recent magnitude",
            2012,
            "Coursera: Neural Networks for Machine Learning",
            url="https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf",
        ),
    )
    torch = "torch.optim.RMSprop({p}, lr={lr}, alpha={decay}, eps={eps})"
    optax = "optax.rmsprop({lr}, decay={decay}, eps={eps}, eps_in_sqrt=False)"
    year = 2012
    family = SCALED

    lr: Number = learning_rate(
        1e-2,
        help=N_("Learning rate η: the length of a step along each coordinate where the slope has long been the same; the first is η/√(1 − ρ)."),
    )
    decay: Number = kept_part(
        0.99, label=N_("Decay ρ"), symbol=r"\rho", help=N_("Decay ρ: the part of the mean squared gradient that is kept each step.")
    )
    eps: Number = epsilon(1e-8)

    def init(self, p: Array) -> Array:
        return np.zeros_like(p)

    def step(self, surface: Objective, p: Array, state: Array, t: int, lr: Number) -> tuple[Array, Array]:
        g = surface.gradient(p)
        v = self.decay * state + (1 - self.decay) * g**2
        return p - lr * g / (np.sqrt(v) + self.eps), v

    def preconditioner(self, state: Array, t: Number) -> Array:
        return np.where(state > 0, np.sqrt(state) + self.eps, np.inf)

    def preconditioned_below(self, curvature: Number) -> Number:
        return 2 / curvature

    def shown(self, p: Array, g: Array, state: Array, t: Number, lr: Number) -> dict[str, Array]:
        return {"v": state, "rate": lr / (np.sqrt(state) + self.eps)}

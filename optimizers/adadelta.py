"""Adadelta: steps in the units of the parameters themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from core import Array, Citation, N_, Number
from landscapes import Objective
from optimizers.base import Optimizer, SCALED, epsilon, kept_part, learning_rate


class Means(NamedTuple):
    """Running means of the squared gradient (v) and of the squared step (u), and the ratio of their roots that this step took."""

    v: Array
    u: Array
    ratio: Array


@dataclass(frozen=True)
class Adadelta(Optimizer):
    """The ratio of two running roots, past steps over past gradients, sets the length of a step; at first it is tiny and has to grow.

    ε stands inside both roots, as in the paper's algorithm 1 and in PyTorch.
    """

    title = "Adadelta"
    formula = (
        r"\begin{aligned} v &\leftarrow \rho v + (1-\rho)\,g^2 \\ \Delta &= \frac{\sqrt{u + \epsilon}}{\sqrt{v + \epsilon}}\,g \\"
        r" u &\leftarrow \rho u + (1-\rho)\,\Delta^2 \\ p &\leftarrow p - \eta\,\Delta \end{aligned}"
    )
    reference = "Zeiler, arXiv 1212.5701, 2012, algorithm 1; torch.optim.Adadelta"
    citations = (Citation("zeiler2012adadelta", "misc", "Zeiler, Matthew D.", "ADADELTA: An Adaptive Learning Rate Method", 2012, arxiv="1212.5701"),)
    torch = "torch.optim.Adadelta({p}, lr={lr}, rho={decay}, eps={eps})"
    optax = "optax.adadelta({lr}, rho={decay}, eps={eps})"
    year = 2012
    family = SCALED

    lr: Number = learning_rate(1.0, 1e-3, 100.0, help=N_("Learning rate η: multiplies the step; the paper has 1."))
    decay: Number = kept_part(0.9, label=N_("Decay ρ"), symbol=r"\rho", help=N_("Decay ρ: the part of both running means that is kept each step."))
    eps: Number = epsilon(1e-6, help=N_("ε: inside both roots; it sets the length of the first steps."))

    def init(self, p: Array) -> Means:
        return Means(*(np.zeros_like(p) for _ in Means._fields))

    def step(self, surface: Objective, p: Array, state: Means, t: int, lr: Number) -> tuple[Array, Means]:
        g = surface.gradient(p)
        v = self.decay * state.v + (1 - self.decay) * g**2
        ratio = np.sqrt(state.u + self.eps) / np.sqrt(v + self.eps)
        delta = ratio * g
        u = self.decay * state.u + (1 - self.decay) * delta**2
        return p - lr * delta, Means(v, u, ratio)

    def shown(self, p: Array, g: Array, state: Means, t: Number, lr: Number) -> dict[str, Array]:
        return {"v": state.v, "u": state.u, "Delta": state.ratio * g, "rate": lr * state.ratio}

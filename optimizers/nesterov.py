"""Nesterov's momentum: look where the velocity leads before correcting it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from core import Array, Citation, N_, Number
from core.symbol import Symbol
from landscapes import Objective
from optimizers.base import GRADIENT, Optimizer, kept_part, learning_rate


class LookAhead(NamedTuple):
    """The velocity, and the point at which the last gradient was taken."""

    v: Array
    ahead: Array


@dataclass(frozen=True)
class Nesterov(Optimizer):
    """The gradient is taken at the point to which the velocity is about to carry the path, so that it brakes in time.

    The true look-ahead in Sutskever's form, with the rate inside the velocity. PyTorch's `nesterov=True` follows the
    look-ahead point instead: at a constant rate its iterate is p + μv of this one.
    """

    title = N_("Nesterov")
    formula = r"\begin{aligned} g &= \nabla f(p + \mu v) \\ v &\leftarrow \mu v - \eta\,g \\ p &\leftarrow p + v \end{aligned}"
    reference = "Nesterov, Dokl. Akad. Nauk SSSR 269, 1983; Sutskever et al., ICML 2013, eq. 3–4"
    citations = (
        Citation(
            "nesterov1983method",
            "article",
            "Nesterov, Yurii",
            "A method for solving the convex programming problem with convergence rate O(1/k²)",
            1983,
            "Doklady Akademii Nauk SSSR",
            volume="269",
            number="3",
            pages="543--547",
        ),
        Citation(
            "sutskever2013importance",
            "inproceedings",
            "Sutskever, Ilya and Martens, James and Dahl, George and Hinton, Geoffrey",
            "On the importance of initialization and momentum in deep learning",
            2013,
            "Proceedings of the 30th International Conference on Machine Learning",
            pages="1139--1147",
            url="https://proceedings.mlr.press/v28/sutskever13.html",
        ),
    )
    arrows = ("v",)
    symbols = {"ahead": Symbol(r"{p + \mu v}", "p + μv")}  # noqa: RUF012
    year = 1983
    family = GRADIENT
    marks = ("ahead",)

    lr: Number = learning_rate(1e-2, help=N_("Learning rate η: the gradient times η is taken from the velocity."))
    momentum: Number = kept_part(0.9, label=N_("Momentum μ"), symbol=r"\mu", help=N_("Momentum μ: the part of the velocity that is kept each step."))

    def init(self, p: Array) -> LookAhead:
        return LookAhead(np.zeros_like(p), p)

    def step(self, surface: Objective, p: Array, state: LookAhead, t: int, lr: Number) -> tuple[Array, LookAhead]:
        ahead = p + self.momentum * state.v
        v = self.momentum * state.v - lr * surface.gradient(ahead)
        return p + v, LookAhead(v, ahead)

    def shown(self, p: Array, g: Array, state: LookAhead, t: Number, lr: Number) -> dict[str, Array]:
        return {"v": state.v, "ahead": state.ahead}

    def probe(self, p: Array, state: LookAhead) -> Array:
        return state.ahead

    def stable_below(self, curvature: Number) -> Number:
        return (2 + 2 * self.momentum) / ((1 + 2 * self.momentum) * curvature)

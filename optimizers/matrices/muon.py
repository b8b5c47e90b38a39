"""Muon: momentum whose matrices are made orthogonal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from core import Array, Citation, InputError, N_, Number, parameter, text_parameter
from landscapes import Objective
from optimizers.base import GRADIENT, Optimizer, decay_of_weights, kept_part, learning_rate

A, B, C = 3.4445, -4.7750, 2.0315  # Jordan's coefficients: steep at zero, and then between about .7 and 1.2 instead of at 1
ITERATIONS = 5
TINY = 1e-7  # a shorter matrix is divided by this
BETA1, BETA2, EPS = 0.9, 0.999, 1e-8  # of AdamW, for all that is no hidden matrix

ADJUSTMENTS: dict[str, Callable[[int, int], float]] = {  # by how many rows and columns a matrix has, the factor of its rate
    "original": lambda rows, columns: max(1.0, rows / columns) ** 0.5,
    "match_rms_adamw": lambda rows, columns: 0.2 * max(rows, columns) ** 0.5,
}


def known(name: str) -> None:
    """Refuse what is no adjustment of the rate; raises InputError."""
    if name not in ADJUSTMENTS:
        raise InputError(N_("name = {value}: allowed is one of {allowed}."), value=repr(name), allowed=", ".join(ADJUSTMENTS))


class Velocity(NamedTuple):
    """The running mean of the gradient that Muon keeps (b), and AdamW's two (m, v), each of the point's shape."""

    b: Array
    m: Array
    v: Array


@dataclass(frozen=True)
class Muon(Optimizer):
    """A matrix of weights moves in all its directions alike: the momentum is replaced by about the nearest matrix with orthonormal rows or columns.

    PyTorch's form, in the precision of the weights: five Newton–Schulz iterations, decoupled weight decay, and the rate of a matrix of m × n adjusted
    to its shape, s = √max(1, m/n) or, as match_rms_adamw, 0.2 √max(m, n). It is for the hidden matrices, those between two hidden layers; the first
    and the last layer and all biases are AdamW's, with β₁ = 0.9, β₂ = 0.999, a rate of its own and the same λ. In two dimensions there is no matrix:
    it is offered on the Train page alone, for networks with two hidden layers or more.
    """

    title = "Muon"
    formula = (
        r"\begin{aligned} B &\leftarrow \mu B + (1-\mu)\,G, \quad X = \frac{(1-\mu)\,G + \mu B}{\|(1-\mu)\,G + \mu B\|_F} \\"
        r" X &\leftarrow a X + (b\,X X^{\mathsf T} + c\,(X X^{\mathsf T})^2)\,X \quad \text{5 times} \\"
        r" W &\leftarrow W - \eta\lambda\,W - \eta\,s\,X \end{aligned}"
    )
    reference = "Jordan et al., Muon: An optimizer for hidden layers in neural networks, 2024; torch.optim.Muon"
    citations = (
        Citation(
            "jordan2024muon",
            "misc",
            "Jordan, Keller and Jin, Yuchen and Boza, Vlado and You, Jiacheng and Cesista, Franz and Newhouse, Laker and Bernstein, Jeremy",
            "Muon: An optimizer for hidden layers in neural networks",
            2024,
            url="https://kellerjordan.github.io/posts/muon/",
        ),
    )
    year = 2024
    family = GRADIENT

    lr: Number = learning_rate(2e-2, help=N_("Learning rate η: about the length of a step of a hidden matrix along each of its directions."))
    momentum: Number = kept_part(0.95, label=N_("Momentum μ"), symbol=r"\mu", help=N_("Momentum μ: the part of the running mean that is kept."))
    weight_decay: Number = decay_of_weights(N_("Weight decay λ: shrinks the point by ηλ each step, beside the gradient."), 0.1)
    share: Number = parameter(
        0.3,
        1e-3,
        10.0,
        log=True,
        within="(0, inf)",
        label=N_("Rate of AdamW / η"),
        help=N_("The rate of AdamW, which moves the first and the last layer and the biases, as a part of η."),
    )
    nesterov: int = parameter(
        1, 0, 1, whole=True, within="[0, 1]", label="Nesterov", help=N_("1: a step with the momentum as it will be, 0: as it is."), rare=True
    )
    adjust: str = text_parameter(
        "original",
        known,
        label=N_("Rate of a matrix"),
        help=N_("By which s a matrix of m × n has its rate multiplied: original √max(1, m/n), match_rms_adamw 0.2 √max(m, n)."),
        options=tuple(ADJUSTMENTS),
    )

    def init(self, p: Array) -> Velocity:
        return Velocity(*(np.zeros_like(p) for _ in range(3)))

    def step(self, surface: Objective, p: Array, state: Velocity, t: int, lr: Number) -> tuple[Array, Velocity]:
        g = surface.gradient(p)
        b = self.momentum * state.b + (1 - self.momentum) * g
        m, v = BETA1 * state.m + (1 - BETA1) * g, BETA2 * state.v + (1 - BETA2) * g**2
        u = (1 - self.momentum) * g + self.momentum * b if self.nesterov else b
        others = lr * self.share
        q = (1 - others * self.weight_decay) * p - others * (m / (1 - BETA1**t)) / (np.sqrt(v / (1 - BETA2**t)) + EPS)
        for place, shape in hidden_matrices(surface.blocks):
            matrix = u[place].T.reshape(*p.shape[:0:-1], *shape)
            turned = orthogonal(matrix).reshape(*p.shape[:0:-1], -1).T
            q[place] = (1 - lr * self.weight_decay) * p[place] - lr * ADJUSTMENTS[self.adjust](*shape) * turned
        return q, Velocity(b, m, v)


@lru_cache(maxsize=64)
def hidden_matrices(blocks: tuple[tuple[int, ...], ...]) -> list[tuple[slice, tuple[int, ...]]]:
    """Where the hidden matrices stand in a point, and their shapes: all but the first and the last matrix of an objective's blocks."""
    ends = np.cumsum([0, *(int(np.prod(shape)) for shape in blocks)]).tolist()
    return [(slice(*ends[i : i + 2]), shape) for i, shape in enumerate(blocks) if len(shape) == 2][1:-1]


def orthogonal(G: Array) -> Array:
    """About U Vᵀ, where G = U S Vᵀ of shape (..., m, n), without any singular value worked out: each is led near 1 by a polynomial."""
    wide = G.shape[-2] <= G.shape[-1]
    X = G if wide else G.mT
    X = X / np.maximum(np.sqrt((X**2).sum(axis=(-2, -1), keepdims=True)), TINY)
    for _ in range(ITERATIONS):
        gram = X @ X.mT
        X = A * X + (B * gram + C * gram @ gram) @ X
    return X if wide else X.mT

"""BFGS: curvature learned from how the gradient changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from core import Array, Citation, N_, Number
from core.symbol import Symbol
from landscapes import Objective
from optimizers.base import CURVATURE, Optimizer, learning_rate

NOCEDAL = Citation(
    "nocedal2006numerical",
    "book",
    "Nocedal, Jorge and Wright, Stephen J.",
    "Numerical Optimization",
    2006,
    "Springer",
    doi="10.1007/978-0-387-40065-5",
)

CURVED = 1e-10  # the least sᵀy that says something about the curvature, as in torch.optim.LBFGS


class Learned(NamedTuple):
    """The point and the gradient of the last step, the inverse Hessian H, and whether H has learned anything yet.

    H has the shape (P, *batch, P), rows first and columns last, so that the steps of a run can be stacked like those of any other array.
    """

    p: Array
    g: Array
    H: Array
    met: Array


@dataclass(frozen=True)
class BFGS(Optimizer):
    """Newton's method without a Hessian: an inverse Hessian is learned from how the gradient changes along each step.

    Without the line search of algorithm 6.1, at a fixed rate; where the gradient did not grow along the step, H is kept. The first step
    is no longer than the rate, as in torch.optim.LBFGS, and before its first update H is set to the scale of eq. 6.20.
    """

    title = "BFGS"
    formula = (
        r"\begin{aligned} s &= p - p_{\text{last}}, \quad y = g - g_{\text{last}}, \quad \rho = 1 / s^\top y \\"
        r" H &\leftarrow \frac{s^\top y}{y^\top y}\,I \quad \text{before the first update, } I \text{ until then} \\"
        r" H &\leftarrow (I - \rho\,s y^\top)\,H\,(I - \rho\,y s^\top) + \rho\,s s^\top \quad \text{if } s^\top y > 10^{-10} \\"
        r" d &= \begin{cases} \min(1, 1 / \lVert g \rVert_1)\,g & t = 1 \\ H g & t > 1 \end{cases} \\ p &\leftarrow p - \eta\,d \end{aligned}"
    )
    reference = "Broyden, Fletcher, Goldfarb, Shanno, 1970; Nocedal, Wright, Numerical Optimization, 2006, eq. 6.17 and 6.20"
    citations = (
        Citation(
            "broyden1970convergence",
            "article",
            "Broyden, Charles G.",
            "The Convergence of a Class of Double-rank Minimization Algorithms 1. General Considerations",
            1970,
            "IMA Journal of Applied Mathematics",
            volume="6",
            number="1",
            pages="76--90",
            doi="10.1093/imamat/6.1.76",
        ),
        Citation(
            "fletcher1970new",
            "article",
            "Fletcher, Roger",
            "A new approach to variable metric algorithms",
            1970,
            "The Computer Journal",
            volume="13",
            number="3",
            pages="317--322",
            doi="10.1093/comjnl/13.3.317",
        ),
        Citation(
            "goldfarb1970family",
            "article",
            "Goldfarb, Donald",
            "A family of variable-metric methods derived by variational means",
            1970,
            "Mathematics of Computation",
            volume="24",
            number="109",
            pages="23--26",
            doi="10.1090/S0025-5718-1970-0258249-6",
        ),
        Citation(
            "shanno1970conditioning",
            "article",
            "Shanno, David F.",
            "Conditioning of quasi-Newton methods for function minimization",
            1970,
            "Mathematics of Computation",
            volume="24",
            number="111",
            pages="647--656",
            doi="10.1090/S0025-5718-1970-0274029-X",
        ),
        NOCEDAL,
    )
    symbols = {"H_diag": Symbol(r"\mathrm{diag}\,H", "diag H")}  # noqa: RUF012
    year = 1970
    family = CURVATURE

    lr: Number = learning_rate(1.0, 1e-3, 10.0, help=N_("Learning rate η: how much of the way is taken; 1 is all of it."))

    def init(self, p: Array) -> Learned:
        return Learned(p, np.zeros_like(p), identity(p), np.zeros(p[:1].shape, dtype=bool))

    def step(self, surface: Objective, p: Array, state: Learned, t: int, lr: Number) -> tuple[Array, Learned]:
        g = surface.gradient(p)
        H, met = self.learn(p - state.p, g - state.g, state) if t > 1 else (state.H, state.met)
        return p - lr * self.direction(g, H, t), Learned(p, g, H, met)

    def learn(self, s: Array, y: Array, state: Learned) -> tuple[Array, Array]:
        """H after the step s changed the gradient by y, and whether it has learned anything yet."""
        sy = (s * y).sum(axis=0)
        curved = sy > CURVED
        rho = curved / np.where(curved, sy, 1.0)  # 0 where H is kept
        scale = sy / np.where(curved, (y * y).sum(axis=0), 1.0)
        H = np.where((curved & ~state.met)[..., None], scale[..., None] * identity(s), state.H)
        Hy = product(H, y)
        rho, across, along = rho[..., None], outer(Hy, s) + outer(s, Hy), outer(s, s)
        return H - rho * across + rho * (1 + rho * (y * Hy).sum(axis=0)[..., None]) * along, state.met | curved

    def direction(self, g: Array, H: Array, t: Number) -> Array:
        """d, the step divided by −η."""
        return np.where(np.equal(t, 1), g / np.maximum(1.0, np.abs(g).sum(axis=0)), product(H, g))

    def shown(self, p: Array, g: Array, state: Learned, t: Number, lr: Number) -> dict[str, Array]:
        return {"d": self.direction(g, state.H, t), "H_diag": np.einsum("i...i->i...", state.H)}


def identity(p: Array) -> Array:
    """The identity for the points p of shape (P, *batch); shape (P, *batch, P)."""
    one = np.eye(len(p)).reshape(len(p), len(p), *[1] * (p.ndim - 1))
    return np.moveaxis(np.broadcast_to(one, (len(p), *p.shape)).copy(), 1, -1)


def product(H: Array, v: Array) -> Array:
    """The matrix H of shape (P, *batch, P) times the vector v of shape (P, *batch)."""
    return (H * np.moveaxis(v, 0, -1)).sum(axis=-1)


def outer(a: Array, b: Array) -> Array:
    """a bᵀ, of shape (P, *batch, P)."""
    return np.moveaxis(a[:, None] * b, 1, -1)  # the batch stays contiguous, which is several times faster

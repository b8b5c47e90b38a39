"""The smallest recurrent network: two steps with one weight and one bias, and its loss has a cliff."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_, parameter
from landscapes.base import Kind
from problems.losses.base import Problem
from problems.search import level_points

REACH = 2.0
TRUTH = (0.6, -0.2)


@dataclass(frozen=True)
class Recurrence(Problem):
    """The same weight twice in a row: slopes multiply, and where both are steep the loss has a cliff, from which one step leads far away.

    h is what the network remembers: h₁ = tanh g(w x + b), and its output is h₂ = tanh g(w h₁ + b).
    """

    title = N_("Recurrence with a cliff")
    formula = r"\frac1N\sum_i \tfrac12\,(h_{2i} - y_i)^2,\ h_{t+1} = \tanh g\,(w\,h_t + b),\ h_0 = x_i"
    reference = "Pascanu, Mikolov, Bengio, On the difficulty of training recurrent neural networks, ICML 2013, fig. 6 (there 50 steps, a sigmoid)"
    citations = (
        Citation(
            "pascanu2013difficulty",
            "inproceedings",
            "Pascanu, Razvan and Mikolov, Tomas and Bengio, Yoshua",
            "On the difficulty of training recurrent neural networks",
            2013,
            "Proceedings of the 30th International Conference on Machine Learning",
            pages="1310--1318",
            arxiv="1211.5063",
        ),
    )
    domain = ((-REACH, REACH), (-REACH, REACH))
    start = (-0.8, 0.9)
    listed = "found"
    weights = ("w", "b")

    spread: float = parameter(
        0.1, 0.0, 1.0, within="[0, 100]", label=N_("Noise s"), help=N_("The standard deviation of what chance adds to each example.")
    )
    gain: float = parameter(
        4.0, 1.0, 6.0, within="(0, 100]", label=N_("Gain g"), help=N_("How steep the network's steps are: the cliff's slope grows with its square.")
    )

    def generated(self, rng: np.random.Generator) -> Array:
        x = rng.choice([-0.5, 0.5], self.examples) + 0.1 * rng.standard_normal(self.examples)
        off = np.where(rng.random(self.examples) < self.outliers, -1.0, 1.0)
        return np.array([x, off * self.fitted(np.array(TRUTH), x) + self.spread * rng.standard_normal(self.examples)])

    def losses(self, p: Array, x: Array, y: Array) -> Array:
        return 0.5 * (self.fitted(p, x) - y) ** 2

    def slopes(self, p: Array, x: Array, y: Array) -> Array:
        _h, out, (dw, db), _second = self.steps(p, x)
        return np.array([(out - y) * dw, (out - y) * db])

    def bends(self, p: Array, x: Array, y: Array) -> Array:
        _h, out, (dw, db), (dww, dwb, dbb) = self.steps(p, x)
        off = out - y
        mixed = dw * db + off * dwb
        return np.array([[dw * dw + off * dww, mixed], [mixed, db * db + off * dbb]])

    def steps(self, p: Array, x: Array) -> tuple[Array, Array, tuple[Array, Array], tuple[Array, Array, Array]]:
        """h₁ and h₂, the derivatives of h₂ by w and b, and the second ones by ww, wb, bb."""
        w, g = p[0], self.gain
        h = np.tanh(g * (w * x + p[1]))
        rise = 1 - h * h
        hw, hb = g * rise * x, g * rise
        hww, hwb, hbb = -2 * g * h * np.array([x * hw, x * hb, hb])
        uw, ub = g * (h + w * hw), g * (w * hb + 1)
        uww, uwb, ubb = g * (2 * hw + w * hww), g * (hb + w * hwb), g * w * hbb
        out = np.tanh(g * (w * h + p[1]))
        steep = 1 - out * out
        curved = -2 * out * steep
        second = (curved * uw * uw + steep * uww, curved * uw * ub + steep * uwb, curved * ub * ub + steep * ubb)
        return h, out, (steep * uw, steep * ub), second

    def fitted(self, p: Array, x: Array) -> Array:
        """The network's output h₂ at x."""
        g = self.gain
        return np.tanh(g * (p[0] * np.tanh(g * (p[0] * x + p[1])) + p[1]))

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        return list(level_points(self))

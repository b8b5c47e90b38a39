"""The smallest network with a hidden layer: one weight into it, one out of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_, parameter
from landscapes.base import Kind
from problems.losses.base import Problem
from problems.search import level_points

REACH = 4.0


@dataclass(frozen=True)
class TanhNetwork(Problem):
    """What the sign of one weight does the other can undo: every minimum has a mirror image, and zero is a dead saddle.

    At zero each weight keeps the other's gradient at zero: a network that begins with all weights at zero never learns.
    """

    title = N_("Two weights in a row")
    formula = r"\frac1N\sum_i \tfrac12\,(\beta \tanh(\alpha\,x_i) - y_i)^2"
    reference = "Saxe, McClelland, Ganguli, Exact solutions to the nonlinear dynamics of learning, ICLR 2014 (there without tanh)"
    citations = (
        Citation(
            "saxe2014exact",
            "inproceedings",
            "Saxe, Andrew M. and McClelland, James L. and Ganguli, Surya",
            "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks",
            2014,
            "International Conference on Learning Representations",
            arxiv="1312.6120",
        ),
    )
    domain = ((-REACH, REACH), (-REACH, REACH))
    start = (-0.4, 0.6)
    listed = "found"
    weights = ("α", "β")

    spread: float = parameter(
        0.2, 0.0, 1.0, within="[0, 100]", label=N_("Noise s"), help=N_("The standard deviation of what chance adds to each example.")
    )

    def generated(self, rng: np.random.Generator) -> Array:
        x = rng.standard_normal(self.examples)
        off = np.where(rng.random(self.examples) < self.outliers, -1.0, 1.0)
        return np.array([x, off * 1.5 * np.tanh(1.2 * x) + self.spread * rng.standard_normal(self.examples)])

    def losses(self, p: Array, x: Array, y: Array) -> Array:
        return 0.5 * (self.fitted(p, x) - y) ** 2

    def slopes(self, p: Array, x: Array, y: Array) -> Array:
        inner = np.tanh(p[0] * x)
        off = p[1] * inner - y
        return np.array([off * p[1] * (1 - inner * inner) * x, off * inner])

    def bends(self, p: Array, x: Array, y: Array) -> Array:
        inner = np.tanh(p[0] * x)
        off, rise = p[1] * inner - y, (1 - inner * inner) * x
        mixed = (off + p[1] * inner) * rise
        return np.array([[(p[1] * rise) ** 2 - 2 * off * p[1] * inner * rise * x, mixed], [mixed, inner * inner * np.ones_like(off)]])

    def fitted(self, p: Array, x: Array) -> Array:
        """The network's output at x."""
        return p[1] * np.tanh(p[0] * x)

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        return list(level_points(self))

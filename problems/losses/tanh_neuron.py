"""One neuron: the smallest network there is, and its loss is no bowl any more."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_, parameter
from landscapes.base import Kind
from problems.losses.base import Problem
from problems.search import level_points

REACH = 6.0


@dataclass(frozen=True)
class TanhNeuron(Problem):
    """A neuron that saturates: far from the data's bend its slope is nearly zero, and a descent that begins there does not get away."""

    title = N_("One tanh neuron")
    formula = r"\frac1N\sum_i \tfrac12\,(\tanh(w\,x_i + b) - y_i)^2"
    reference = "Auer, Herbster, Warmuth, Exponentially many local minima for single neurons, NIPS 1995"
    citations = (
        Citation(
            "auer1996exponentially",
            "inproceedings",
            "Auer, Peter and Herbster, Mark and Warmuth, Manfred K.",
            "Exponentially many local minima for single neurons",
            1996,
            "Advances in Neural Information Processing Systems",
            volume="8",
            pages="316--322",
        ),
    )
    domain = ((-REACH, REACH), (-REACH, REACH))
    start = (-3.0, -3.0)
    listed = "found"
    weights = ("w", "b")

    spread: float = parameter(
        0.2, 0.0, 1.0, within="[0, 100]", label=N_("Noise s"), help=N_("The standard deviation of what chance adds to each example.")
    )

    def generated(self, rng: np.random.Generator) -> Array:
        x = 1.5 * rng.standard_normal(self.examples)
        off = np.where(rng.random(self.examples) < self.outliers, -1.0, 1.0)
        return np.array([x, off * np.tanh(2 * x - 1) + self.spread * rng.standard_normal(self.examples)])

    def losses(self, p: Array, x: Array, y: Array) -> Array:
        return 0.5 * (self.fitted(p, x) - y) ** 2

    def slopes(self, p: Array, x: Array, y: Array) -> Array:
        out = self.fitted(p, x)
        pull = (out - y) * (1 - out * out)
        return np.array([pull * x, pull])

    def bends(self, p: Array, x: Array, y: Array) -> Array:
        out = self.fitted(p, x)
        rise = 1 - out * out
        curved = rise * rise - 2 * (out - y) * out * rise
        return np.array([[curved * x * x, curved * x], [curved * x, curved]])

    def fitted(self, p: Array, x: Array) -> Array:
        """The neuron's output at x."""
        return np.tanh(p[0] * x + p[1])

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        return list(level_points(self))

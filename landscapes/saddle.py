"""The saddle: downhill exists, and a start on the ridge never finds it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_
from landscapes.base import Kind, Landscape


@dataclass(frozen=True)
class Saddle(Landscape):
    """A saddle point draws the path in along one axis and lets it go along the other: escape is slow because the slope there vanishes."""

    title = N_("Saddle")
    formula = r"x^2 - y^2"
    reference = "Dauphin et al., Identifying and attacking the saddle point problem, NeurIPS 2014"
    citations = (
        Citation(
            "dauphin2014identifying",
            "inproceedings",
            "Dauphin, Yann N. and Pascanu, Razvan and Gulcehre, Caglar and Cho, Kyunghyun and Ganguli, Surya and Bengio, Yoshua",
            "Identifying and attacking the saddle point problem in high-dimensional non-convex optimization",
            2014,
            "Advances in Neural Information Processing Systems",
            volume="27",
            arxiv="1406.2572",
        ),
    )
    domain = ((-2.0, 2.0), (-2.0, 2.0))
    start = (-1.6, 0.001)
    known = ((1.0, 2.0), -3.0)

    def value(self, p: Array) -> Array:
        x, y = p
        return x * x - y * y

    def gradient(self, p: Array) -> Array:
        x, y = p
        return np.array([2 * x, -2 * y])

    def hessian(self, p: Array) -> Array:
        one = np.ones_like(p[0])
        return np.array([[2 * one, 0 * one], [0 * one, -2 * one]])

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        return [((0.0, 0.0), "saddle")]

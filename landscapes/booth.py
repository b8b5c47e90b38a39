"""Booth's function: the mildest of the classics, a bowl in disguise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_
from landscapes.base import Kind, Landscape


@dataclass(frozen=True)
class Booth(Landscape):
    """A quadratic bowl with condition number 9, turned by 45°: if a run fails here, the fault is its rate, not the surface."""

    title = N_("Booth")
    formula = r"(x + 2y - 7)^2 + (2x + y - 5)^2"
    reference = "Jamil and Yang, A literature survey of benchmark functions, 2013; f(0, 0) = 7² + 5²"
    citations = (
        Citation(
            "jamil2013survey",
            "article",
            "Jamil, Momin and Yang, Xin-She",
            "A Literature Survey of Benchmark Functions for Global Optimisation Problems",
            2013,
            "International Journal of Mathematical Modelling and Numerical Optimisation",
            volume="4",
            number="2",
            pages="150--194",
            doi="10.1504/IJMMNO.2013.055204",
            arxiv="1308.4008",
        ),
    )
    domain = ((-10.0, 10.0), (-10.0, 10.0))
    start = (-7.0, -4.0)
    known = ((0.0, 0.0), 74.0)

    def value(self, p: Array) -> Array:
        x, y = p
        return (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2

    def gradient(self, p: Array) -> Array:
        x, y = p
        return np.array([10 * x + 8 * y - 34, 8 * x + 10 * y - 38])

    def hessian(self, p: Array) -> Array:
        one = np.ones_like(p[0])
        return np.array([[10 * one, 8 * one], [8 * one, 10 * one]])

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        return [((1.0, 3.0), "minimum")]

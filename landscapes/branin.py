"""Branin's function: three equally deep minima along one bent valley."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_
from landscapes.base import Kind, Landscape

B = 5.1 / (4 * np.pi**2)
C = 5 / np.pi
WAVE = 10 * (1 - 1 / (8 * np.pi))


@dataclass(frozen=True)
class Branin(Landscape):
    """Three equally deep minima lie in one bent valley; which of them is found depends on the start and the rule."""

    title = N_("Branin")
    formula = r"\Bigl(y - \frac{5.1}{4\pi^2}x^2 + \frac{5}{\pi}x - 6\Bigr)^2 + 10\Bigl(1 - \frac{1}{8\pi}\Bigr)\cos x + 10"
    reference = "Branin, IBM Journal of Research and Development 16(5), 1972; f* = 5/(4π)"
    citations = (
        Citation(
            "branin1972widely",
            "article",
            "Branin, Franklin H.",
            "Widely convergent method for finding multiple solutions of simultaneous nonlinear equations",
            1972,
            "IBM Journal of Research and Development",
            volume="16",
            number="5",
            pages="504--522",
            doi="10.1147/rd.165.0504",
        ),
    )
    domain = ((-5.0, 10.0), (0.0, 15.0))
    start = (3.3, 10.8)
    known = ((np.pi, 2.275), 0.3978873577297382)

    def value(self, p: Array) -> Array:
        x, y = p
        return (y + x * (C - B * x) - 6) ** 2 + WAVE * np.cos(x) + 10

    def gradient(self, p: Array) -> Array:
        x, y = p
        off = 2 * (y + x * (C - B * x) - 6)
        return np.array([off * (C - 2 * B * x) - WAVE * np.sin(x), off])

    def hessian(self, p: Array) -> Array:
        x, y = p
        slope = C - 2 * B * x
        return np.array([[2 * slope * slope - 4 * B * (y + x * (C - B * x) - 6) - WAVE * np.cos(x), 2 * slope], [2 * slope, 2 + 0 * x]])

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        # In the valley, where the square vanishes, and where sin x does: minima at odd multiples of π, saddles at even ones.
        return [
            ((-np.pi, 12.275), "minimum"),
            ((np.pi, 2.275), "minimum"),
            ((3 * np.pi, 2.475), "minimum"),
            ((0.0, 6.0), "saddle"),
            ((2 * np.pi, 1.1), "saddle"),
        ]

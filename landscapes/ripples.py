"""Ripples: a smooth bowl that is rough at close range."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core import Array, N_, parameter
from landscapes.base import Landscape, Listing, refuse_arrays
from landscapes.rastrigin import Points, innermost, kind, waves


@dataclass(frozen=True)
class Ripples(Landscape):
    """Bumps on a bowl hardly matter far out, where the bowl is steeper than they are; near its bottom they trap a path."""

    title = N_("Ripples")
    formula = r"\tfrac12\,(x^2 + y^2) + A\,(1 - \cos kx\,\cos ky)"
    reference = "A bowl with an egg box on it, its stationary points by bisection; f(π/5, 0) = π²/50 + 2A"
    uncited = "It was made for this program."
    domain = ((-4.0, 4.0), (-4.0, 4.0))
    start = (-3.2, 2.2)
    known = ((np.pi / 5, 0.0), np.pi**2 / 50 + 0.8)

    amplitude: float = parameter(
        0.4, 0.0, 1.0, within="[0, inf)", label=N_("Amplitude A"), help=N_("Amplitude A: how high the bumps are; 0 leaves the bowl alone.")
    )
    waves: float = parameter(
        5.0,
        1.0,
        10.0,
        within="(0, 1e6]",
        label=N_("Wave number k"),
        help=N_("Wave number k: how close the bumps lie. Beyond A·k² = 1 they curve more than the bowl."),
    )

    def value(self, p: Array) -> Array:
        x, y = p
        # 1 − cos kx cos ky, with every digit near the minimum
        a, b = np.sin(0.5 * self.waves * (x + y)), np.sin(0.5 * self.waves * (x - y))
        return 0.5 * (x * x + y * y) + self.amplitude * (a * a + b * b)

    def gradient(self, p: Array) -> Array:
        x, y = self.waves * p
        steep = 0.5 * self.amplitude * self.waves
        sum_, difference = steep * np.sin(x + y), steep * np.sin(x - y)
        return p + np.array([sum_ + difference, sum_ - difference])

    def hessian(self, p: Array) -> Array:
        x, y = self.waves * p
        curved = 0.5 * self.amplitude * self.waves * self.waves
        sum_, difference = curved * np.cos(x + y), curved * np.cos(x - y)
        same, mixed = 1 + sum_ + difference, sum_ - difference
        return np.array([[same, mixed], [mixed, same]])

    def stationary(self) -> Points:
        refuse_arrays(self, "amplitude", "waves")
        return list(lattice(self.amplitude, self.waves)[0])

    @property
    def listed(self) -> Listing:  # pyright: ignore[reportIncompatibleVariableOverride]
        return "some" if np.ndim(self.amplitude) or np.ndim(self.waves) else lattice(self.amplitude, self.waves)[1]


@lru_cache
def lattice(amplitude: float, k: float) -> tuple[Points, Listing]:
    """The stationary points nearest to the origin, and whether these are all: along x + y and x − y the same ones, in all pairs."""
    end = 2 * Ripples.domain[0][1]
    line = waves(amplitude * k, k, end)
    pairs: Points = [(((u + v) / 2, (u - v) / 2), kind(low, lower)) for u, low in line for v, lower in line]
    return innermost([(p, sort) for p, sort in pairs if abs(p[0]) < end / 2 and abs(p[1]) < end / 2])

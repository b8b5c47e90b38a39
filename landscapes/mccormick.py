"""McCormick's function: a wave on a slide."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_
from landscapes.base import Kind, Landscape


@dataclass(frozen=True)
class McCormick(Landscape):
    """A wave lies across a slide: a slow path stays in a trough, a fast one slips over the crests, and off the map it goes down for ever."""

    title = N_("McCormick")
    formula = r"\sin(x + y) + (x - y)^2 - \tfrac32 x + \tfrac52 y + 1"
    reference = "McCormick, Mathematical Programming 10, 1976; f* = −√3/2 − π/3"
    citations = (
        Citation(
            "mccormick1976computability",
            "article",
            "McCormick, Garth P.",
            "Computability of global solutions to factorable nonconvex programs: Part I, Convex underestimating problems",
            1976,
            "Mathematical Programming",
            volume="10",
            pages="147--175",
            doi="10.1007/BF01580665",
        ),
    )
    domain = ((-1.5, 4.0), (-3.0, 4.0))
    start = (3.2, -1.2)
    known = ((0.5 - np.pi / 3, -0.5 - np.pi / 3), -1.9132229549810367)

    def value(self, p: Array) -> Array:
        x, y = p
        return np.sin(x + y) + (x - y) ** 2 - 1.5 * x + 2.5 * y + 1

    def gradient(self, p: Array) -> Array:
        x, y = p
        wave, apart = np.cos(x + y), 2 * (x - y)
        return np.array([wave + apart - 1.5, wave - apart + 2.5])

    def hessian(self, p: Array) -> Array:
        x, y = p
        wave = -np.sin(x + y)
        return np.array([[wave + 2, wave - 2], [wave - 2, wave + 2]])

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        # At these points x − y = 1 and cos(x + y) = −½; where the sine is negative, the wave has a trough.
        wave: list[tuple[float, Kind]] = [(-2 * np.pi / 3, "minimum"), (2 * np.pi / 3, "saddle"), (4 * np.pi / 3, "minimum")]
        return [(((u + 1) / 2, (u - 1) / 2), kind) for u, kind in wave]

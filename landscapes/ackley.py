"""Ackley's function: a pointed hole in the middle of an egg box."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_
from landscapes.base import Kind, Landscape

SHRINK = 0.2 / 2**0.5  # per unit of distance from the origin


@dataclass(frozen=True)
class Ackley(Landscape):
    """Far out small wells cover the slope, and the bottom is a point: the slope does not fade towards it, so a constant rate does not come to rest.

    At the origin, where f is not differentiable, the gradient is taken to be zero (the smallest of the subgradients) and the curvature infinite.
    """

    title = N_("Ackley")
    formula = r"20 + e - 20\,e^{-\frac15\sqrt{(x^2 + y^2)/2}} - e^{\frac12(\cos 2\pi x + \cos 2\pi y)}"
    reference = "Ackley, A Connectionist Machine for Genetic Hillclimbing, 1987; f(1, 1) = 20 − 20e^{−1/5}"
    citations = (
        Citation(
            "ackley1987connectionist",
            "book",
            "Ackley, David H.",
            "A Connectionist Machine for Genetic Hillclimbing",
            1987,
            "Kluwer Academic Publishers",
            doi="10.1007/978-1-4613-1997-9",
        ),
    )
    domain = ((-5.0, 5.0), (-5.0, 5.0))
    start = (2.1, -3.5)
    known = ((1.0, 1.0), 3.6253849384403627)
    listed = "some"
    kinks = ((0.0, 0.0),)

    def value(self, p: Array) -> Array:
        # ½(cos 2πx + cos 2πy) − 1 = −(sin²πx + sin²πy); expm1 keeps every digit near the minimum.
        x, y = np.sin(np.pi * p)
        return -20 * np.expm1(-SHRINK * np.hypot(*p)) - np.e * np.expm1(-x * x - y * y)

    def gradient(self, p: Array) -> Array:
        r = np.hypot(*p)
        x, y = np.sin(np.pi * p)
        cone = 20 * SHRINK * np.exp(-SHRINK * r) / np.where(r > 0, r, 1)
        return cone * p + np.pi * np.exp(1 - x * x - y * y) * np.sin(2 * np.pi * p)

    def hessian(self, p: Array) -> Array:
        r = np.hypot(*p)
        tip = r < np.finfo(float).tiny
        r = np.where(tip, 1, r)
        x, y = p / r
        cone = 20 * SHRINK * np.exp(-SHRINK * r)
        turning, bending = cone / r, -SHRINK * cone
        eggs = np.pi**2 * np.exp(1 - np.square(np.sin(np.pi * p)).sum(axis=0))
        (a, b), (c, d) = np.sin(2 * np.pi * p), 2 * np.cos(2 * np.pi * p)
        infinite = np.where(tip, np.inf, 0)
        xx = turning * y * y + bending * x * x + eggs * (c - a * a) + infinite
        xy = (bending - turning) * x * y - eggs * a * b
        return np.array([[xx, xy], [xy, turning * x * x + bending * y * y + eggs * (d - b * b) + infinite]])

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        # The 24 points around the minimum are images of these five under the square's symmetries.
        ring: list[tuple[tuple[float, float], Kind]] = [
            ((0.6257806168564638, 0.0), "saddle"),
            ((0.6730965201107377, 0.6730965201107377), "maximum"),
            ((0.9521665459501717, 0.0), "minimum"),
            ((0.8747620388753442, 0.5774125352782147), "saddle"),
            ((0.9684776587077244, 0.9684776587077244), "minimum"),
        ]
        return [
            ((0.0, 0.0), "minimum"),
            *dict.fromkeys(((i * a, j * b), kind) for (x, y), kind in ring for a, b in ((x, y), (y, x)) for i in (1, -1) for j in (1, -1)),
        ]

"""Rastrigin's function: a bowl full of wells."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from math import hypot

import numpy as np

from core import Array, Citation, N_, parameter
from landscapes.base import Kind, Landscape, Listing, refuse_arrays

MOST = 25  # stationary points that are listed; more would hide the map

Points = list[tuple[tuple[float, float], Kind]]


@dataclass(frozen=True)
class Rastrigin(Landscape):
    """A bowl is covered with wells, one about every whole number: a path ends in the first one that it is too slow to leave."""

    title = N_("Rastrigin")
    formula = r"2A + x^2 + y^2 - A\,(\cos 2\pi x + \cos 2\pi y)"
    reference = "Rastrigin, Systems of Extremal Control, 1974; f(½, 1) = ¼ + 1 + 2A"
    citations = (Citation("rastrigin1974systems", "book", "Rastrigin, L. A.", "Systems of Extremal Control", 1974, "Nauka"),)
    domain = ((-5.12, 5.12), (-5.12, 5.12))
    start = (-4.4, 3.1)
    known = ((0.5, 1.0), 21.25)

    amplitude: float = parameter(
        10.0, 0.0, 20.0, within="[0, inf)", label=N_("Amplitude A"), help=N_("Amplitude A: how deep the wells are; 0 leaves the bowl alone.")
    )

    def value(self, p: Array) -> Array:
        x, y = p
        a, b = np.sin(np.pi * p)
        return x * x + y * y + 2 * self.amplitude * (a * a + b * b)

    def gradient(self, p: Array) -> Array:
        return 2 * p + 2 * np.pi * self.amplitude * np.sin(2 * np.pi * p)

    def hessian(self, p: Array) -> Array:
        x, y = 2 + 4 * np.pi**2 * self.amplitude * np.cos(2 * np.pi * p)
        return np.array([[x, 0 * x], [0 * y, y]])

    def stationary(self) -> Points:
        refuse_arrays(self, "amplitude")
        return list(lattice(self.amplitude)[0])

    @property
    def listed(self) -> Listing:  # pyright: ignore[reportIncompatibleVariableOverride]
        return "some" if np.ndim(self.amplitude) else lattice(self.amplitude)[1]


@lru_cache
def lattice(amplitude: float) -> tuple[Points, Listing]:
    """The stationary points nearest to the origin, and whether these are all: along each axis the same ones, in all pairs."""
    line = waves(np.pi * amplitude, 2 * np.pi, Rastrigin.domain[0][1])
    return innermost([((x, y), kind(low, lower)) for x, low in line for y, lower in line])


def waves(a: float, k: float, end: float) -> tuple[tuple[float, bool], ...]:
    """The stationary points of ½x² − (a/k) cos kx inside ±end, four waves to each side at most, and whether each is a minimum.

    Four are enough: no pair among the 25 nearest to the origin lies farther out. So many waves take no longer than few.
    """
    end = min(end, 8 * np.pi / k)
    zeros = [(0.0, True)]
    if a * k > 1:  # else the bowl curves more than the wave
        # The slope over a is x/a + sin kx. Between two of its turning points it has one zero at most; bisection finds that to the last digit.
        turn, rounds = np.arccos(-1 / (a * k)), 2 * np.pi * np.arange(4)
        turns = np.stack([rounds + turn, rounds + 2 * np.pi - turn], axis=1).ravel() / k
        edges = np.concatenate([[0.0], turns[turns < end], [end]])
        slopes = edges / a + np.sin(k * edges)
        has = np.sign(slopes[:-1]) * np.sign(slopes[1:]) < 0
        left, right, rising = edges[:-1][has], edges[1:][has], slopes[1:][has] > 0
        for _ in range(60):
            middle = 0.5 * (left + right)
            beyond = (middle / a + np.sin(k * middle) > 0) == rising
            left, right = np.where(beyond, left, middle), np.where(beyond, middle, right)
        for x, low in zip(right.tolist(), rising.tolist(), strict=True):
            zeros += [(x, low), (-x, low)]
    return tuple(zeros)


def kind(low: bool, lower: bool) -> Kind:
    """What a point is whose value along each of two directions is a minimum (True) or a maximum (False)."""
    return "minimum" if low and lower else "saddle" if low or lower else "maximum"


def innermost(points: Points) -> tuple[Points, Listing]:
    """The points nearest to the origin, 25 at most and in whole rings of equally distant ones; and whether these are all."""
    points = sorted(points, key=ring)
    if len(points) <= MOST:
        return points, "all"
    return points[: bisect_left(points, ring(points[MOST]), key=ring)], "some"


def ring(point: tuple[tuple[float, float], Kind]) -> float:
    """The distance from the origin, to nine digits, so that mirrored points are equally far."""
    return float(f"{hypot(*point[0]):.9g}")

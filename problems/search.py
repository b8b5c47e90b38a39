"""Where a smooth loss of two weights is level: Newton's method from a grid of starts. It is quick, as data change under the hand."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from core import Array
from core.search import curvatures, distinct
from core.window import Window
from landscapes import Objective
from landscapes.base import Kind
from problems.losses.base import Problem

SIDE = 17  # starts along each side: odd, so that the middle and the axes are among them
STEPS = 40
LONGEST = 0.1  # of the map's width, a step
SAME = 1e-4  # of the map's width: points closer than this count as one
CLEAR = 1e-5  # of the largest curvature on the grid: less is a plateau, where everything is nearly level
MOST = 12
SAMPLE = 250  # examples of a larger data set on which the search begins; it ends on all of them
LAST = 8  # steps on all of them


@lru_cache(maxsize=256)
def level_points(problem: Problem) -> tuple[tuple[tuple[float, float], Kind], ...]:
    """The stationary points that were found inside the domain, minima first, lowest first; at most 12, each with curvature in every direction."""
    (x0, x1), (y0, y1) = problem.domain
    p = np.array(np.meshgrid(np.linspace(x0, x1, SIDE), np.linspace(y0, y1, SIDE))).reshape(2, -1)
    some: Objective = problem.batch(np.arange(SAMPLE)) if problem.count > SAMPLE else problem
    least = CLEAR * float(np.abs(some.hessian(p)).max())
    p = levelled(some, p, STEPS, problem.domain, least)
    if some is not problem:
        p = levelled(problem, p, LAST, problem.domain, least)
    p = np.round(p, 15) + 0.0
    low, high, _clear = curvatures(problem.hessian(p))
    kinds: list[Kind] = ["minimum" if a > 0 else "maximum" if b < 0 else "saddle" for a, b in zip(low, high, strict=True)]
    rank: list[Kind] = ["minimum", "saddle", "maximum"]
    order = sorted(range(len(kinds)), key=lambda i: (rank.index(kinds[i]), float(problem.value(p[:, i]))))
    return tuple(((float(p[0, i]), float(p[1, i])), kinds[i]) for i in order[:MOST])


def levelled(surface: Objective, p: Array, steps: int, domain: Window, least: float) -> Array:
    """The different level points to which Newton's method leads from the points p (2, n), with a curvature of at least so much in every direction."""
    (x0, x1), (y0, y1) = domain
    width = x1 - x0
    for _step in range(steps):
        p = p + shortened(newton(surface.gradient(p), surface.hessian(p)), LONGEST * width)
        p = p[:, (p[0] >= x0) & (p[0] <= x1) & (p[1] >= y0) & (p[1] <= y1)]
    low, high, _clear = curvatures(surface.hessian(p))
    there = (np.minimum(np.abs(low), np.abs(high)) > least) & (np.hypot(*surface.gradient(p)) < 1e-9 * width * least / CLEAR)
    return distinct(p[:, there], SAME * width)


def newton(g: Array, hessian: Array) -> Array:
    """−H⁻¹g, for each point; zero where H has no inverse."""
    (a, b), (_, d) = hessian
    det = a * d - b * b
    safe = np.where(np.abs(det) > 0, det, np.inf)
    return -np.array([(d * g[0] - b * g[1]) / safe, (a * g[1] - b * g[0]) / safe])


def shortened(step: Array, longest: float) -> Array:
    """The steps, none longer than this."""
    length = np.hypot(*step)
    return step * (longest / np.maximum(length, longest))

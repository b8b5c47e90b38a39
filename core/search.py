"""Stationary points of a function of two variables, looked for from many starts: by slopes where it is smooth, by heights where it is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from core.parameter import Array
from core.rings import ANGLES, CLEAR, EPS, FINE, GRID, Heights, NEAR, SMALLEST, WITHIN, around, downhill, hollows, judged, noise

Map = Callable[[Array], Array]
Kind = Literal["minimum", "saddle", "maximum"]

STARTS = 25  # a side: odd, so that the middle and the axes are among them
STEPS = 50
POLISHING = 12
TIMES = np.array([1, 2, 3, 4, 5, 6, 7, 9, 11, 13, 15, 19, 0])  # so many of Newton's steps at once: xⁿ takes n − 1
SAME = 1e-4  # of the square's half-width: points closer than this are one
WALKED = 20  # of the points at which slopes lead nowhere, the lowest: from these a way downhill goes on to the last digits
JUDGED = 30  # the lowest candidates for a minimum that are looked at closely
MOST = 25


def stationary_points(value: Map, gradient: Map, hessian: Map, half: float) -> list[tuple[tuple[float, float], Kind]]:
    """Those that were found inside the square [−half, half]², lowest minima first, 25 at most.

    Newton's method on ∇f from a grid finds them where the surface is smooth. Minima and maxima are looked for by height too, from the lowest points
    of a finer grid: that bears kinks. One is kept where the rings about it say so. Of a valley whose floor is flat, or a crest, one point stands for
    all of the same height: of those found the one nearest to the middle.
    """
    terrain = Terrain(value, gradient, hessian, half)
    with np.errstate(all="ignore"):
        level = level_points(terrain)
        low, high, clear = curvatures(hessian(level))
        minima = bottoms(terrain, level[:, ~clear | (low > 0)], hollows(terrain.heights))
        turned = terrain.turned()
        maxima = bottoms(turned, level[:, ~clear | (high < 0)], hollows(turned.heights))
        saddles = saddle_points(terrain, apart(level[:, ~clear | (low * high < 0)], np.concatenate([minima, maxima], axis=1), SAME * half))
    found: list[tuple[Array, Kind]] = [(minima, "minimum"), (saddles, "saddle"), (maxima, "maximum")]
    points: list[tuple[tuple[float, float], Kind]] = [((float(x), float(y)), kind) for several, kind in found for x, y in several.T]
    return points[:MOST]


def minimum_below(value: Map, gradient: Map, hessian: Map, half: float, p: tuple[float, float]) -> tuple[float, float] | None:
    """The minimum inside the square to which the way downhill from p leads; None where it leads to none."""
    with np.errstate(all="ignore"):
        found = bottoms(Terrain(value, gradient, hessian, half), np.empty((2, 0)), np.array(p)[:, None])
    return (float(found[0, 0]), float(found[1, 0])) if found.size else None


@dataclass(frozen=True)
class Terrain:
    """A function with its derivatives, over the square [−half, half]²."""

    value: Map
    gradient: Map
    hessian: Map
    half: float

    def turned(self) -> Terrain:
        """The same upside down."""
        return Terrain(lambda p: -self.value(p), lambda p: -self.gradient(p), lambda p: -self.hessian(p), self.half)

    def height(self, p: Array) -> Array:
        """The value, infinite outside the square and where there is none."""
        f = self.value(p)
        return np.where(np.isnan(f) | (np.abs(p) > self.half).any(axis=0), np.inf, f)

    def inside(self, p: Array) -> Array:
        """Whether the surface is there, within the square."""
        return np.isfinite(self.value(p)) & (np.abs(p) < (1 - 1e-6) * self.half).all(axis=0)

    def change(self, p: Array, size: float) -> Array:
        """How much the height changes from each point to a ring of this part of the half-width; shape (64, n)."""
        return self.value(around(p[:, None], np.array(size * self.half), ANGLES[:, None])) - self.value(p)

    @cached_property
    def heights(self) -> Heights:
        """Those of a fine grid."""
        side = np.linspace(-self.half, self.half, GRID)
        p = np.array(np.meshgrid(side, side))
        return Heights(p, self.height(p))


def level_points(terrain: Terrain) -> Array:
    """Where Newton's method on ∇f leads, also with the curvatures' absolute values, which leads downhill; shape (2, n), least slope first."""
    half = terrain.half
    side = np.linspace(-half, half, STARTS)
    starts = np.stack(np.meshgrid(side, side)).reshape(2, -1)
    p = np.concatenate([starts, starts], axis=1)
    falling = np.repeat([False, True], starts.shape[1])
    for k in range(STEPS):
        p = p - newton(terrain.gradient(p), terrain.hessian(p), falling if k < STEPS // 2 else False, half / 4)
    p = distinct(flattest_first(terrain, p[:, terrain.inside(p)]), 1e-8 * half)
    return distinct(flattest_first(terrain, polished(terrain, p)), SAME * half)


def flattest_first(terrain: Terrain, p: Array) -> Array:
    return p[:, np.argsort(np.hypot(*terrain.gradient(p)), kind="stable")]


def polished(terrain: Terrain, p: Array) -> Array:
    """Those of the points that a few more steps make stationary to the last digits: next to the heights about it the slope there is nothing."""
    half, gradient = terrain.half, terrain.gradient
    for _ in range(POLISHING):
        step = newton(gradient(p), terrain.hessian(p), False, half / 4)
        trials = p[:, None] - TIMES[:, None] * step[:, None]
        slope = np.hypot(*gradient(trials))
        best = np.where(np.isnan(slope), np.inf, slope).argmin(axis=0)
        p = trials[:, best, np.arange(p.shape[1])]
    p = p[:, terrain.inside(p)]
    change = np.abs(terrain.change(p, NEAR))
    steep = np.where(np.isfinite(change), change, 0.0).max(axis=0, initial=0.0) / (NEAR * half)
    p = neater(p, gradient, 1e-13 * steep)
    g = gradient(p)
    missed = np.hypot(*newton(g, terrain.hessian(p), False, half))
    return p[:, terrain.inside(p) & (missed <= 1e-8 * half) & (np.hypot(*g) <= 1e-6 * steep)]


def bottoms(terrain: Terrain, level: Array, starts: Array) -> Array:
    """The minima among the level points, and those to which the ways downhill from the starts lead; shape (2, n), lowest first."""
    half, height, heights = terrain.half, terrain.height, terrain.heights
    spacing = 2 * half / (GRID - 1)
    p = downhill(height, starts, spacing, 30, 3)
    level = np.concatenate([level, settled(terrain, p, spacing)], axis=1)
    level = distinct(level[:, lowest_first(height, level)], SAME * half)
    low, _, clear = curvatures(terrain.hessian(level))
    smooth, flat = level[:, clear & (low > 0)], level[:, ~clear]
    p = apart(p, level, SAME * half)
    if smooth.shape[1] >= MOST:
        p = p[:, height(p) < height(smooth[:, MOST - 1])]
    same = CLEAR * EPS * heights.usual
    p = downhill(height, p[:, lowest_first(height, p, same)][:, :WALKED], spacing, 60, 12)
    rest = rounded(height, np.concatenate([flat, apart(p[:, terrain.inside(p)], level, SAME * half)], axis=1), half)
    rest = distinct(rest[:, lowest_first(height, rest)], SAME * half)
    smooth, rest = smooth[:, :JUDGED], rest[:, lowest_first(height, rest, same)][:, :JUDGED]
    found, alone = np.concatenate([judged(height, smooth, half, heights, 2), judged(height, rest, half, heights, FINE)], axis=1)
    return lone(height, np.concatenate([smooth, rest], axis=1)[:, found], alone[found], same)


def settled(terrain: Terrain, p: Array, longest: float) -> Array:
    """Where Newton's method leads from points almost at the bottom, if that is close by and no higher."""
    q = p
    for _ in range(POLISHING):
        q = q - newton(terrain.gradient(q), terrain.hessian(q), True, longest)
    there = terrain.height(q) <= terrain.height(p) + CLEAR * noise(terrain.height, p, terrain.half)
    return polished(terrain, q[:, there & (np.hypot(*(q - p)) <= NEAR * terrain.half)])


def lowest_first(height: Map, p: Array, same: float = 0.0) -> Array:
    """The order of the points by height, then from the middle outwards, then from the right, to nine digits; a difference of `same` is none."""
    f = np.round(height(p) / same) * same if same else height(p)
    return np.lexsort((-p[0], *([float(f"{v:.9g}") for v in values] for values in (np.hypot(*p), f))))


def rounded(height: Map, p: Array, half: float) -> Array:
    """The points with the fewest digits that lie close by and no higher."""
    f = height(p)
    f, done = f + 2 * EPS * np.abs(f), np.zeros(p.shape[1], dtype=bool)
    for digits in range(13):
        short = np.round(p, digits) + 0.0
        fits = ~done & (np.abs(short - p) <= 1e-3 * half).all(axis=0) & (height(short) <= f)
        p, done = np.where(fits, short, p), done | fits
    for axis in ([0.0, 1.0], [1.0, 0.0]):
        short = p * np.array(axis)[:, None] + 0.0
        p = np.where((np.abs(short - p) <= NEAR * half).all(axis=0) & (height(short) <= f), short, p)
    return p


def saddle_points(terrain: Terrain, p: Array) -> Array:
    """Those of the level points about which there are lower and higher ones, by more than rounding makes, lowest first.

    Where a curvature is zero, also by much more than the slope at the point makes.
    """
    clear = curvatures(terrain.hessian(p))[2]
    f, change, within = terrain.value(p), terrain.change(p, NEAR), terrain.change(p, WITHIN)
    slope = np.where(clear, 0.0, 10 * NEAR * terrain.half * np.hypot(*terrain.gradient(p)))
    still = EPS * np.maximum(2 * np.abs(f), np.where(clear, 0.0, terrain.heights.usual))
    least = np.maximum(CLEAR * still, slope + SMALLEST)
    lower, higher = ((sign * change).max(axis=0) > np.maximum(least, CLEAR * (sign * within).max(axis=0)) for sign in (-1, 1))
    saddle = lower & higher
    alone = clear | (np.abs(change) > 0.01 * np.abs(change).max(axis=0)).all(axis=0)  # the ring's points are 6° apart, and sin²3° < 0.01
    return lone(terrain.value, p[:, saddle], alone[saddle])


def lone(height: Map, p: Array, alone: Array, same: float = 0.0) -> Array:
    """The points, lowest first, and of those that do not stand alone one for each height."""
    order = lowest_first(height, p, same)
    p, alone = p[:, order], alone[order]
    f, kept = height(p), []
    for i in range(p.shape[1]):
        if alone[i] or not any(np.isclose(f[j], f[i], rtol=1e-9, atol=1e-12) for j in kept):
            kept.append(i)
    return p[:, kept]


def curvatures(hessian: Array) -> tuple[Array, Array, Array]:
    """The smaller and the greater curvature, and whether neither is zero."""
    (a, b), (_, d) = hessian
    middle, radius = (a + d) / 2, np.hypot((a - d) / 2, b)
    low, high = middle - radius, middle + radius
    return low, high, np.minimum(np.abs(low), np.abs(high)) > 1e-7 * np.maximum(np.abs(low), np.abs(high))


def newton(g: Array, hessian: Array, downhill: Array | bool, longest: float) -> Array:
    """Newton's step in the Hessian's own directions, none along those that do not curve; where `downhill` with the curvatures' absolute values."""
    (a, b), (_, d) = hessian
    angle = np.arctan2(2 * b, a - d) / 2
    c, s = np.cos(angle), np.sin(angle)
    middle, radius = (a + d) / 2, np.hypot((a - d) / 2, b)
    step = np.zeros_like(g)
    for curvature, direction in [(middle + radius, np.array([c, s])), (middle - radius, np.array([-s, c]))]:
        curves = np.abs(curvature) > 1e-12 * (np.abs(middle) + radius)
        bent = np.where(downhill, np.abs(curvature), curvature)
        step += np.where(curves, (direction * g).sum(axis=0) / np.where(curves, bent, 1.0), 0.0) * direction
    length = np.hypot(*step)
    return step * np.where(length > longest, longest / np.where(length > 0, length, 1.0), 1.0)


def neater(p: Array, gradient: Map, level: Array) -> Array:
    """The points, each coordinate with six decimals where the slope is no steeper there, or below `level`."""
    for axis in ([True, False], [False, True]):
        short = np.where(np.array(axis)[:, None], np.round(p, 6) + 0.0, p)
        p = np.where(np.hypot(*gradient(short)) <= np.maximum(np.hypot(*gradient(p)), level), short, p)
    return p


def distinct(p: Array, far: float) -> Array:
    """Of points close together, the first."""
    kept = []
    while p.size:
        kept.append(p[:, 0])
        p = p[:, np.hypot(*(p - p[:, :1])) > far]
    return np.array(kept).reshape(-1, 2).T


def apart(p: Array, others: Array, far: float) -> Array:
    """The points that are close to none of the others."""
    return p[:, (np.hypot(*(p[:, :, None] - others[:, None])) > far).all(axis=1)]

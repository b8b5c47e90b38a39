"""A search for the stationary points of a function of two variables, from many starts: by slopes where it is smooth, by heights where it is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from core.parameter import Array
from core.rings import ANGLES, CLEAR, EPS, FINE, Grid, NEAR, SIDE, SMALLEST, WITHIN, around, downhill, hollows, judged, rounding

Map = Callable[[Array], Array]
Kind = Literal["minimum", "saddle", "maximum"]

STARTS = 25  # a side: odd, so that the middle and the axes are among them
STEPS = 50
POLISHING = 12
TIMES = np.array([1, 2, 3, 4, 5, 6, 7, 9, 11, 13, 15, 19, 0])  # multiples of Newton's step that are tried: for xⁿ the right one is n − 1
SAME = 1e-4  # of the square's half-width: points closer than this count as one
WALKED = 20  # from so many of the lowest points that Newton's method did not reach, the way downhill is followed to the last digits
JUDGED = 30  # so many of the lowest candidates for a minimum are looked at closely
MOST = 25  # points that are returned


def stationary_points(value: Map, gradient: Map, hessian: Map, half: float) -> list[tuple[tuple[float, float], Kind]]:
    """The stationary points that were found inside the square [−half, half]² with their kinds: minima, lowest first, then saddles, then maxima.

    At most 25. Newton's method on ∇f from a grid of starts finds them where the surface is smooth. Minima and maxima are also looked for by height
    alone, from the lowest points of a finer grid, which works at kinks; core/rings.py judges them. Where the floor of a valley or the top of a crest
    is flat, a single point stands for all of that height: of those found, the one nearest to the middle.
    """
    terrain = Terrain(value, gradient, hessian, half)
    with np.errstate(all="ignore"):
        level = level_points(terrain)
        low, high, clear = curvatures(hessian(level))
        minima = bottoms(terrain, level[:, ~clear | (low > 0)], hollows(terrain.grid))
        turned = terrain.turned()
        maxima = bottoms(turned, level[:, ~clear | (high < 0)], hollows(turned.grid))
        saddles = saddle_points(terrain, apart(level[:, ~clear | (low * high < 0)], np.concatenate([minima, maxima], axis=1), SAME * half))
    found: list[tuple[Array, Kind]] = [(minima, "minimum"), (saddles, "saddle"), (maxima, "maximum")]
    points: list[tuple[tuple[float, float], Kind]] = [((float(x), float(y)), kind) for several, kind in found for x, y in several.T]
    return points[:MOST]


def minimum_below(value: Map, gradient: Map, hessian: Map, half: float, p: tuple[float, float]) -> tuple[float, float] | None:
    """The minimum inside the square to which the way downhill from p leads; None if it leads to none."""
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
        """The same terrain upside down, so that its maxima are minima."""
        return Terrain(lambda p: -self.value(p), lambda p: -self.gradient(p), lambda p: -self.hessian(p), self.half)

    def height(self, p: Array) -> Array:
        """The value; infinite outside the square, and where the function has no value."""
        f = self.value(p)
        return np.where(np.isnan(f) | (np.abs(p) > self.half).any(axis=0), np.inf, f)

    def inside(self, p: Array) -> Array:
        """Whether each point lies in the square, not on its edge, and the function has a finite value there."""
        return np.isfinite(self.value(p)) & (np.abs(p) < (1 - 1e-6) * self.half).all(axis=0)

    def change(self, p: Array, size: float) -> Array:
        """The value on a ring about each point, whose radius is this part of the half-width, less the value at the point; shape (64, n)."""
        return self.value(around(p[:, None], np.array(size * self.half), ANGLES[:, None])) - self.value(p)

    @cached_property
    def grid(self) -> Grid:
        """The heights on a fine grid over the square."""
        side = np.linspace(-self.half, self.half, SIDE)
        p = np.array(np.meshgrid(side, side))
        return Grid(p, self.height(p))


def level_points(terrain: Terrain) -> Array:
    """The points with zero slope to which Newton's method on ∇f leads; shape (2, n), the flattest first.

    From every start it also goes with the curvatures' absolute values in place of the curvatures, which leads downhill.
    """
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
    """The points after a few more steps of Newton's method, without those whose slope is then not zero compared with the slopes nearby."""
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
    """The minima among the level points, and those to which the way downhill from each start leads; shape (2, n), lowest first."""
    half, height, grid = terrain.half, terrain.height, terrain.grid
    spacing = 2 * half / (SIDE - 1)
    p = downhill(height, starts, spacing, 30, 3)
    level = np.concatenate([level, settled(terrain, p, spacing)], axis=1)
    level = distinct(level[:, lowest_first(height, level)], SAME * half)
    low, _, clear = curvatures(terrain.hessian(level))
    smooth, flat = level[:, clear & (low > 0)], level[:, ~clear]
    p = apart(p, level, SAME * half)
    if smooth.shape[1] >= MOST:
        p = p[:, height(p) < height(smooth[:, MOST - 1])]
    same = CLEAR * EPS * grid.usual
    p = downhill(height, p[:, lowest_first(height, p, same)][:, :WALKED], spacing, 60, 12)
    rest = rounded(height, np.concatenate([flat, apart(p[:, terrain.inside(p)], level, SAME * half)], axis=1), half)
    rest = distinct(rest[:, lowest_first(height, rest)], SAME * half)
    smooth, rest = smooth[:, :JUDGED], rest[:, lowest_first(height, rest, same)][:, :JUDGED]
    found, alone = np.concatenate([judged(height, smooth, half, grid, 2), judged(height, rest, half, grid, FINE)], axis=1)
    return lone(height, np.concatenate([smooth, rest], axis=1)[:, found], alone[found], same)


def settled(terrain: Terrain, p: Array, longest: float) -> Array:
    """The points to which Newton's method leads from points almost at the bottom, without those that are far away or higher."""
    q = p
    for _ in range(POLISHING):
        q = q - newton(terrain.gradient(q), terrain.hessian(q), True, longest)
    there = terrain.height(q) <= terrain.height(p) + CLEAR * rounding(terrain.height, p, terrain.half)
    return polished(terrain, q[:, there & (np.hypot(*(q - p)) <= NEAR * terrain.half)])


def lowest_first(height: Map, p: Array, same: float = 0.0) -> Array:
    """The order that sorts the points by height; those within `same` of each other by distance from the middle, then from right to left."""
    f = np.round(height(p) / same) * same if same else height(p)
    return np.lexsort((-p[0], *([float(f"{v:.9g}") for v in values] for values in (np.hypot(*p), f))))


def rounded(height: Map, p: Array, half: float) -> Array:
    """Each point moved to one with fewer digits, or onto an axis, if there is one close by that is no higher."""
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
    """The level points that have both lower and higher points about them, by more than rounding; lowest first.

    Where a curvature is zero, the differences must also be much larger than what the remaining slope at the point explains.
    """
    clear = curvatures(terrain.hessian(p))[2]
    f, change, within = terrain.value(p), terrain.change(p, NEAR), terrain.change(p, WITHIN)
    slope = np.where(clear, 0.0, 10 * NEAR * terrain.half * np.hypot(*terrain.gradient(p)))
    still = EPS * np.maximum(2 * np.abs(f), np.where(clear, 0.0, terrain.grid.usual))
    least = np.maximum(CLEAR * still, slope + SMALLEST)
    lower, higher = ((sign * change).max(axis=0) > np.maximum(least, CLEAR * (sign * within).max(axis=0)) for sign in (-1, 1))
    saddle = lower & higher
    alone = clear | (np.abs(change) > 0.01 * np.abs(change).max(axis=0)).all(axis=0)  # the ring's points are 6° apart, and sin²3° < 0.01
    return lone(terrain.value, p[:, saddle], alone[saddle])


def lone(height: Map, p: Array, alone: Array, same: float = 0.0) -> Array:
    """The points, lowest first; of those that do not stand alone only one for each height."""
    order = lowest_first(height, p, same)
    p, alone = p[:, order], alone[order]
    f, kept = height(p), []
    for i in range(p.shape[1]):
        if alone[i] or not any(np.isclose(f[j], f[i], rtol=1e-9, atol=1e-12) for j in kept):
            kept.append(i)
    return p[:, kept]


def curvatures(hessian: Array) -> tuple[Array, Array, Array]:
    """The smaller and the greater eigenvalue of each Hessian, and whether neither is zero compared with the other."""
    (a, b), (_, d) = hessian
    middle, radius = (a + d) / 2, np.hypot((a - d) / 2, b)
    low, high = middle - radius, middle + radius
    return low, high, np.minimum(np.abs(low), np.abs(high)) > 1e-7 * np.maximum(np.abs(low), np.abs(high))


def newton(g: Array, hessian: Array, downhill: Array | bool, longest: float) -> Array:
    """Newton's step along the Hessian's eigenvectors, at most so long: none along those without curvature; `downhill` takes absolute curvatures."""
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
    """The points with each coordinate rounded to six decimals, if the slope there is no steeper, or below `level`."""
    for axis in ([True, False], [False, True]):
        short = np.where(np.array(axis)[:, None], np.round(p, 6) + 0.0, p)
        p = np.where(np.hypot(*gradient(short)) <= np.maximum(np.hypot(*gradient(p)), level), short, p)
    return p


def distinct(p: Array, far: float) -> Array:
    """The points without those that lie within `far` of an earlier one."""
    kept = []
    while p.size:
        kept.append(p[:, 0])
        p = p[:, np.hypot(*(p - p[:, :1])) > far]
    return np.array(kept).reshape(-1, 2).T


def apart(p: Array, others: Array, far: float) -> Array:
    """The points without those that lie within `far` of one of the others."""
    return p[:, (np.hypot(*(p[:, :, None] - others[:, None])) > far).all(axis=1)]

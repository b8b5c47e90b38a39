"""Minima found from heights alone, without derivatives, so that kinks, cusps and gaps do no harm.

The way downhill goes from a point to the lowest point of a small ring about it; whether a point is a minimum is told from rings of many sizes about
it. A height is a function of points of shape (2, *batch), infinite where there is no surface. Everything takes a fixed number of steps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.parameter import Array

Height = Callable[[Array], Array]

SIDE = 193  # points a side, odd, so that the middle and the axes are among them
CELLS = 12  # a side: a search begins at the lowest hollow of each cell
ANGLES = np.arange(64) * np.pi / 32
FAN = np.linspace(-1, 1, 17)
FINE = 16  # rounds, each with angles eight times as close: from 6° to the last digits
RADII = 1e-7 * 2.0 ** np.arange(25)  # of the rings about a point, as parts of the half-width; the largest is 1.7
NEAR = 2e-2  # of the half-width: the near ring, a little wider than the grid's spacing
WITHIN = 2e-5  # of the half-width: a ring well inside the near one; the height changes less there, unless all change is rounding
EPS = float(np.finfo(float).eps)
TINY = 8 * EPS  # of the half-width: a ring as small as the rounding of a point's coordinates
CLEAR = 16  # a difference of heights counts when it is more than this many times their rounding
SMALLEST = 1e-290  # a smaller difference may be left over from underflow
CONTINUOUS = 0.01  # on that tiny ring a surface changes by less than this part of what it changes on the near one; at a pole it changes by more


@dataclass(frozen=True)
class Grid:
    """The heights f, of shape (n, n), at the points p of a square grid, of shape (2, n, n)."""

    p: Array
    f: Array

    @cached_property
    def sizes(self) -> Array:
        """The absolute values of the finite heights; a single 0 where there are none."""
        return np.append(np.abs(self.f[np.isfinite(self.f)]), [] if np.isfinite(self.f).any() else 0.0)

    @property
    def greatest(self) -> float:
        return float(self.sizes.max())

    @cached_property
    def usual(self) -> float:
        return float(np.median(self.sizes))


def around(p: Array, r: Array, angle: Array) -> Array:
    """The points at these angles and distances; p has shape (2, *batch), r and angle broadcast against the batch."""
    return np.stack([p[0] + r * np.cos(angle), p[1] + r * np.sin(angle)])


def hollows(grid: Grid) -> Array:
    """In each cell the lowest of the grid's points that have no lower neighbour, lowest first; shape (2, n)."""
    p, f = grid.p, grid.f
    n, half = len(f), p.max()
    wide = np.pad(f, 1, constant_values=np.inf)
    beside = np.array([wide[1 + j : 1 + j + n, 1 + i : 1 + i + n] for j in (-1, 0, 1) for i in (-1, 0, 1) if i or j])
    low = np.isfinite(f) & (f <= beside).all(axis=0) & (f < beside).any(axis=0)
    low[[0, -1]] = low[:, [0, -1]] = False
    p, f = p[:, low], f[low]
    order = np.lexsort((np.hypot(*p), f))
    cell = np.minimum((p + half) * CELLS / (2 * half), CELLS - 1).astype(int)
    first = np.unique((cell[0] * CELLS + cell[1])[order], return_index=True)[1]
    return p[:, order[np.sort(first)]]


def lowest_around(height: Height, p: Array, r: Array, rounds: int, angles: Array = ANGLES) -> tuple[Array, Array]:
    """The lowest point at distance r from each p, and its height.

    The search begins at the two lowest of these angles whose neighbours are no lower, and tries angles ever closer about each for so many rounds.
    """
    f = height(around(p[:, None], r, angles.reshape(-1, *[1] * r.ndim)))
    beside = np.minimum(np.roll(f, 1, axis=0), np.roll(f, -1, axis=0))
    best = angles[np.argsort(np.where(f <= beside, f, np.inf), axis=0, kind="stable")[:2]]
    low = height(around(p[:, None], r, best))
    width, fan = angles[1] - angles[0], FAN.reshape(-1, *[1] * (r.ndim + 1))
    for _ in range(rounds):
        trial = best + width * fan
        best, low = picked(trial, height(around(p[:, None, None], r, trial)))
        width *= FAN[1] - FAN[0]
    best, low = picked(best, low)
    return around(p, r, best), low


def picked(angle: Array, f: Array) -> tuple[Array, Array]:
    """Along the first axis, the angle with the lowest height, and that height."""
    best = f.argmin(axis=0)[None]
    return np.take_along_axis(angle, best, axis=0)[0], np.take_along_axis(f, best, axis=0)[0]


def downhill(height: Height, p: Array, radius: float, steps: int, rounds: int) -> Array:
    """Go so many steps downhill: to the lowest point of a ring, whose radius grows, or if that is no lower, stay and try a third of the radius."""
    if not p.size:
        return p
    f, r = height(p), np.full(p.shape[1], radius)
    for _ in range(steps):
        q, low = lowest_around(height, p, r, rounds, ANGLES[::4])
        better = low < f
        p, f = np.where(better, q, p), np.where(better, low, f)
        r = np.where(better, np.minimum(1.5 * r, 4 * radius), r / 3)
    return p


def judged(height: Height, p: Array, half: float, grid: Grid, rounds: int) -> tuple[Array, Array]:
    """Whether each point is a minimum, and whether it stands alone rather than on a flat floor.

    Take the smallest ring whose lowest point differs in height from the point by more than rounding. If that point is higher, the ring encloses a
    minimum; if it is lower, the point is none. If no ring differs, the floor is flat all the way out of the square: it is a valley if the near ring
    rises anywhere.
    """
    f = height(p)
    near, within = (height(around(p[:, None], np.array(size * half), ANGLES[:, None])) - f for size in (NEAR, WITHIN))
    most, less = (np.where(np.isfinite(change), np.abs(change), 0.0).max(axis=0, initial=0.0) for change in (near, within))
    still = rounding(height, p, half)
    steady = still <= np.maximum(CONTINUOUS * most, CLEAR * EPS * np.abs(f))
    rising = np.isfinite(near) & (near > np.maximum(CLEAR * still, SMALLEST))
    thin = (less < 0.5 * most) & (rising.sum(axis=0) >= 0.75 * np.isfinite(near).sum(axis=0))
    still = np.where(thin, still, np.maximum(still, EPS * grid.usual))  # on a plain rounding may show in few places
    r = half * np.repeat(RADII[:, None], p.shape[1], axis=1)
    q, low = lowest_around(height, np.repeat(p[:, None], len(RADII), axis=1), r, rounds)
    rise = low - f
    differs = np.abs(rise) > CLEAR * np.maximum(still, np.maximum.accumulate(rounding(height, q, half)))
    differs &= (rise < 0) | (r + np.abs(p).max(axis=0) < half)  # a ring that leaves the square may pass lower points outside
    first = differs.argmax(axis=0)[None]
    enclosed = differs.any(axis=0) & (np.take_along_axis(rise, first, axis=0)[0] > 0)
    # Where a tail has sunk below rounding, its plain ends softly; a surface that is flat there ends in a kink.
    valley = ~differs.any(axis=0) & rising.any(axis=0) & (thin | (most > 1e-6 * grid.greatest))
    return steady & (enclosed | valley), enclosed & (RADII[first[0]] <= NEAR)


def rounding(height: Height, p: Array, half: float) -> Array:
    """How much the rounding of heights and coordinates changes the height at each point: on a tiny ring a quarter of the heights differ by less."""
    f = height(p)
    change = np.abs(height(around(p[:, None], np.array(TINY * half), ANGLES[::4].reshape(-1, *[1] * f.ndim))) - f)
    sizes = np.sort(np.where(np.isfinite(change), change, np.inf), axis=0)
    quarter = np.isfinite(sizes).sum(axis=0)[None] // 4
    return np.take_along_axis(sizes, quarter, axis=0)[0] + 2 * EPS * np.abs(np.where(np.isfinite(f), f, 0.0))

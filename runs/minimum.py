"""The nearest minimum: how far it is, and when it counts as reached."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from core import Array, Number
from landscapes import Landscape

TOLERANCE = 1e-6  # of the drop from the surface's own start to f*
CLOSE = 0.01  # of the domain's shorter side
ROUNDING = 4 * float(np.finfo(float).eps)
ISOLATED = 1e-7  # the least part of the larger curvature that rounding does not make
FOOT, ALONG = 32, 24  # steps down to the floor of a valley; after each of the first ones another goes along it
APART = 1e-3  # of the domain's shorter side: so far from the minimum is elsewhere
PART = 0.3  # of the way that is left along the floor: converges while the point is within six times the radius of the floor's bend
RING = 1e-2 * np.array([np.cos(np.arange(32) * np.pi / 16), np.sin(np.arange(32) * np.pi / 16)])  # of the domain's shorter side


def tolerance(surface: Landscape) -> Array:
    """How close to f* a loss must be to have reached it: a millionth of the drop from the surface's own start to f*, wherever a run starts.

    Never less than what rounding leaves of a zero, and that alone without f*. For a surface with array-valued parameters it has their shape.
    """
    top, lowest = surface.value(np.array(surface.start, dtype=float)), surface.lowest
    return margin(top, top if lowest is None else lowest)


def margin(top: Number, level: Number) -> Array:
    """The tolerance for a descent from the value `top` to the value `level`."""
    return np.fmax(TOLERANCE * np.abs(top - level), ROUNDING * np.maximum(np.abs(top), np.abs(level)))


def size_of(surface: Landscape) -> float:
    """The shorter side of the domain."""
    return min(high - low for low, high in surface.domain)


def nearest(p: Array, surface: Landscape) -> tuple[Array, Array]:
    """The distance from the points p of shape (2, *batch) to the nearest minimum, and its index in `surface.minima()`; each of shape (*batch)."""
    away = distances(p, surface)
    return away.min(axis=0), away.argmin(axis=0)


def distances(p: Array, surface: Landscape) -> Array:
    """The distance from the points p of shape (2, *batch) to each minimum; shape (n, *batch).

    A valley whose floor is flat is a minimum in each of its points, and the one that is listed stands for it.
    """
    minima = surface.minima()
    away = np.array([np.hypot(x - p[0], y - p[1]) for x, y in minima.T])
    for i in valleys(surface):
        q, met = floor(p, surface, surface.value(minima[:, i]))
        away[i] = np.where(met, np.minimum(away[i], np.hypot(*(q - p))), away[i])
    return away


def valleys(surface: Landscape) -> tuple[int, ...]:
    """Which of the minima are a point of a valley with a flat floor."""
    if surface.listed == "all":
        return ()
    try:
        return searched(surface, surface.minima().tobytes())
    except TypeError:  # a surface with arrays in place of its parameters cannot be remembered
        return searched.__wrapped__(surface, b"")


@lru_cache(maxsize=256)
def searched(surface: Landscape, key: bytes) -> tuple[int, ...]:
    """The same, remembered by surface and minima. A minimum belongs to a valley if, from a small ring around it, the floor is met somewhere else."""
    minima, size = surface.minima(), size_of(surface)
    if not minima.size:
        return ()
    with np.errstate(all="ignore"):
        (a, b), (_, d) = surface.hessian(minima)
        middle, radius = (a + d) / 2, np.hypot((a - d) / 2, b)
        flat = ~(middle - radius > ISOLATED * (middle + radius))
    found = []
    for i in np.flatnonzero(flat):
        q, met = floor(minima[:, i, None] + size * RING, surface, surface.value(minima[:, i]))
        if (met & (np.hypot(*(q - minima[:, i, None])) > APART * size)).any():
            found.append(int(i))
    return tuple(found)


def floor(p: Array, surface: Landscape, lowest: Array) -> tuple[Array, Array]:
    """Where the floor of a valley, at this height, lies nearest to the points p, of their shape; and whether it was met, of shape (*batch).

    Downhill by as much as a wedge and a parabola would need, whichever leads lower, and along the floor until the way to it is shortest. From far
    outside or on the inner side of a bend that may be a little more than the shortest way.
    """
    size, level = size_of(surface), tolerance(surface)
    with np.errstate(all="ignore"):
        q: Array = p.astype(float)  # with their types written down pyright needs seconds for this loop, not minutes
        normal: Array = np.zeros_like(p, dtype=float)
        for k in range(FOOT):
            g: Array = surface.gradient(q)
            rise: Array = surface.value(q) - lowest
            slope: Array = np.hypot(*g)
            slopes: Array = (slope > 0) & (rise > ROUNDING * level)
            normal = np.where(slopes, g / slope, normal)
            step: Array = np.where(slopes, np.minimum(rise / slope, size / 4), 0) * normal
            short, long = q - step, q - 2 * step
            q = np.where(surface.value(long) < surface.value(short), long, short)
            if k < ALONG:
                along: Array = np.stack([-normal[1], normal[0]])
                q = q + PART * (along * (p - q)).sum(axis=0) * along
        return q, np.abs(surface.value(q) - lowest) <= 1e-6 * level

"""Stationary points of a function of two variables, looked for from many starts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np

from core.parameter import Array

Map = Callable[[Array], Array]
Kind = Literal["minimum", "saddle", "maximum"]

STARTS = 25  # a side: odd, so that the middle and the axes are among them
STEPS = 50
SAME = 1e-4  # of the square's half-width: points closer than this are one
MOST = 25
RING = np.array([np.cos(np.arange(64) * np.pi / 32), np.sin(np.arange(64) * np.pi / 32)])[..., None]


def stationary_points(value: Map, gradient: Map, hessian: Map, half: float) -> list[tuple[tuple[float, float], Kind]]:
    """Those that were found inside the square [−half, half]², lowest minima first, 25 at most.

    Newton's method on ∇f from a grid, and once more with the curvatures' absolute values, which leads downhill to minima. Of a valley whose floor is
    flat, or a crest, one point stands for all of the same height: the one nearest to the middle.
    """
    side = np.linspace(-half, half, STARTS)
    starts = np.stack(np.meshgrid(side, side)).reshape(2, -1)
    p = np.concatenate([starts, starts], axis=1)
    downhill = np.repeat([False, True], starts.shape[1])
    with np.errstate(all="ignore"):
        for k in range(STEPS):
            p = p - newton(gradient(p), hessian(p), downhill if k < STEPS // 2 else False, half / 4)
        steep = np.hypot(*gradient(starts))
        usual = float(np.median(steep[np.isfinite(steep)])) if np.isfinite(steep).any() else 0.0
        p = neater(p, gradient, 1e-13 * usual)
        g = gradient(p)
        missed = np.hypot(*newton(g, hessian(p), False, half))
        p = p[:, np.isfinite(value(p)) & (np.abs(p) < half).all(axis=0) & (missed <= 1e-8 * half) & (np.hypot(*g) <= 1e-9 * usual)]
        kinks = starts[:, np.isfinite(value(starts)) & ~np.isfinite(steep)]  # where the formula has a value and no slope
        p = distinct(p[:, np.argsort(np.hypot(*gradient(p)), kind="stable")], SAME * half)
        p = np.concatenate([p, kinks], axis=1)
        p = p[:, np.argsort(np.hypot(*p), kind="stable")]
        high = float(np.nanmax(np.abs(value(starts)), initial=0.0, where=np.isfinite(value(starts))))
        f, (kinds, alone) = value(p), classified(value, hessian, p, half, high)
    found: list[tuple[int, Kind]] = []
    for i, kind in enumerate(kinds):
        if kind and (alone[i] or not any(k == kind and np.isclose(f[j], f[i], rtol=1e-9, atol=1e-12) for j, k in found)):
            found.append((i, kind))
    order: list[Kind] = ["minimum", "saddle", "maximum"]
    found.sort(key=lambda entry: (order.index(entry[1]), float(f"{f[entry[0]]:.9g}")))
    return [((float(p[0, i]), float(p[1, i])), kind) for i, kind in found[:MOST]]


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


def neater(p: Array, gradient: Map, level: float) -> Array:
    """The points, each coordinate with six decimals where the slope is no steeper there, or below `level`."""
    for axis in ([True, False], [False, True]):
        short = np.where(np.array(axis)[:, None], np.round(p, 6) + 0.0, p)
        p = np.where(np.hypot(*gradient(short)) <= np.maximum(np.hypot(*gradient(p)), level), short, p)
    return p


def distinct(p: Array, apart: float) -> Array:
    """Of points close together, the first."""
    kept = []
    while p.size:
        kept.append(p[:, 0])
        p = p[:, np.hypot(*(p - p[:, :1])) > apart]
    return np.array(kept).reshape(-1, 2).T


def classified(value: Map, hessian: Map, p: Array, half: float, tall: float) -> tuple[list[Kind | None], Array]:
    """Which kind of stationary point each is, None on a plain, and whether it stands alone.

    The curvatures say so; where one of them is zero, the heights on a small circle. `tall` is the size of the heights that the surface has.
    """
    (a, b), (_, d) = hessian(p)
    middle, radius = (a + d) / 2, np.hypot((a - d) / 2, b)
    low, high = middle - radius, middle + radius
    clear = np.minimum(np.abs(low), np.abs(high)) > 1e-7 * np.maximum(np.abs(low), np.abs(high))
    rise = value(p[:, None] + 1e-2 * half * RING) - value(p)
    most = np.abs(rise).max(axis=0)
    level = 1e-4 * most
    plain = ~clear & ~(most > 1e-13 * np.abs(value(p)) + 1e-14 * tall)
    upwards = np.where(clear, low > 0, (rise >= -level).all(axis=0))
    downwards = np.where(clear, high < 0, (rise <= level).all(axis=0))
    kinds: list[Kind | None] = [
        None if flat else "minimum" if up else "maximum" if down else "saddle" for flat, up, down in zip(plain, upwards, downwards, strict=True)
    ]
    return kinds, clear | (np.abs(rise) > 0.01 * most).all(axis=0)  # the circle's points are 6° apart, and sin²3° < 0.01

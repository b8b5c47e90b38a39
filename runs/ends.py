"""Which runs of a scan leave the map, leap too far for the eye to follow, or cannot come to rest where they end."""

from __future__ import annotations

from typing import Any

import numpy as np

from core import Array
from landscapes import Landscape
from optimizers import Optimizer
from runs.minimum import nearest
from runs.scan import Scan


def outside(runs: Scan, surface: Landscape) -> Array:
    """Which points of the path are off the map, shape (steps+1, n).

    The map is the domain, and from a start beside it the smallest rectangle that holds both.
    """
    off = np.zeros(runs.loss.shape, dtype=bool)
    for x, (low, high) in zip(np.moveaxis(runs.path, 1, 0), surface.domain, strict=True):
        off |= (x < np.minimum(low, x[0])) | (x > np.maximum(high, x[0]))
    return off


def leaping(runs: Scan, surface: Landscape) -> Array:
    """Which runs have a step that is longer than half the shorter side of the domain; shape (n,)."""
    steps = np.diff(runs.path, axis=0)
    return np.hypot(steps[:, 0], steps[:, 1]).max(axis=0) > min(high - low for low, high in surface.domain) / 2


def unstable(runs: Scan, optimizer: Optimizer, surface: Landscape) -> Array:
    """Which runs end with a rate beyond the stability limit at the minimum nearest to their end, and can only jump about it; shape (n,)."""
    minima = surface.minima()
    if not minima.size:
        return np.zeros(runs.loss.shape[1:], dtype=bool)
    hessians = np.moveaxis(surface.hessian(minima), -1, 0)
    finite: Any = np.isfinite(hessians).all(axis=(1, 2))
    curvature = np.linalg.eigvalsh(np.where(finite[:, None, None], hessians, 0.0))[:, -1]
    limits: Any = optimizer.stable_below(np.where(curvature > 0, curvature, np.nan))  # NaN is no limit
    if limits is None:
        return np.zeros(runs.loss.shape[1:], dtype=bool)
    return runs.lr[-1] >= np.asarray(limits)[nearest(runs.path[-1], surface)[1]]

"""The gradient field of the part of a surface in view: where each arrow stands, where it points, and how long it is drawn."""

from __future__ import annotations

import numpy as np

from core import Array
from landscapes import Landscape

COLUMNS, ROWS = 16, 11
GENTLE = 1e-3  # below this part of the steepest slope an arrow's length turns from even in log ‖∇f‖ to even in ‖∇f‖


def field(surface: Landscape, seen: tuple[tuple[float, float], tuple[float, float]]) -> dict[str, Array]:
    """The arrows of −∇f over the ranges `seen`, in the middles of 16 × 11 equal cells.

    "at" (2, n); "towards" (2, n), of length 1; "length" (n), asinh of the slope over a small one, 1 for the steepest. A point where the
    gradient is zero or not finite has no arrow.
    """
    (x0, x1), (y0, y1) = seen
    middles = [low + (high - low) * (np.arange(count) + 0.5) / count for low, high, count in ((x0, x1, COLUMNS), (y0, y1, ROWS))]
    p = np.array(np.meshgrid(*middles)).reshape(2, -1)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        g = surface.gradient(p)
        slope = np.hypot(*g)
    some = np.isfinite(slope) & (slope > 0)
    at, g, slope = p[:, some], g[:, some], slope[some]
    steepest = slope.max(initial=0.0)
    length = np.arcsinh(slope / (GENTLE * steepest)) / np.arcsinh(1 / GENTLE) if steepest else slope
    return {"at": at.astype(np.float32), "towards": (-g / slope).astype(np.float32), "length": length.astype(np.float32)}

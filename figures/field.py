"""The arrows of −∇f on the part of a surface that is seen: where each stands, where it points, and how long it is drawn."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.window import Window
from landscapes import Landscape

COLUMNS, ROWS = 16, 11
GENTLE = 1e-3  # of the steepest slope: above it an arrow's length goes with log ‖∇f‖, below it with ‖∇f‖


def field(surface: Landscape, seen: Window) -> dict[str, Any]:
    """The arrows of −∇f in the middles of 16 × 11 equal cells of the window `seen`.

    "at": their places, shape (2, n). "towards": their directions, unit vectors of shape (2, n). "length": shape (n), 1 for the steepest, else
    asinh(‖∇f‖ / (GENTLE · steepest)) in proportion. Where the gradient is zero or not finite there is no arrow. "cell": a cell's width.
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
    return {"at": at.astype(np.float32), "towards": (-g / slope).astype(np.float32), "length": length.astype(np.float32), "cell": (x1 - x0) / COLUMNS}

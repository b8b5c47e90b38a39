"""The map of a loss that is known on a grid alone, and is never below zero: level lines even in its logarithm."""

from __future__ import annotations

from typing import Any

import numpy as np

from core import Array
from core.window import ASPECT, Window
from figures.contour import LEVELS, Relief, THEMES, bar_with, drawn, greatest

DEEPEST = 1e-4  # of the greatest loss: below it level lines are even in the loss itself
MANY = 6.0  # of the heights, which are about natural logarithms: from there on ticks are powers of ten
# A slice has no stationary points that are known.
NOTHING = {"type": "scatter", "mode": "markers", "x": [], "y": [], "hoverinfo": "skip"}
UNMARKED = {"marker": {"symbol": [], "size": []}}


def sliced(values: Array, window: Window, title: str) -> dict[str, Any]:
    """What the player needs to show these values (rows, columns) over the window, as `contour` has it; gaps where not finite. title: the bar's."""
    rows, columns = values.shape
    x, y = (np.linspace(low, high, count) for (low, high), count in zip(window, (columns, rows), strict=True))
    heights = relief(np.where(np.isfinite(values), values, np.nan))
    bar = bar_with(ticks(heights), title)
    return drawn(heights, x, y, bar, NOTHING, dict.fromkeys(THEMES, UNMARKED)) | {
        "field": None,
        "home": window,
        "view": window,
        "aspect": ASPECT,
        "lowest": None,
        "names": ("a", "b"),
    }


def relief(values: Array) -> Relief:
    """The heights above zero."""
    least, most = -greatest(-values), greatest(values)
    scale = max(least, DEEPEST * most) or 1.0
    z = np.arcsinh(values / scale)
    low, high = float(np.arcsinh(least / scale)), float(np.arcsinh(most / scale))
    return Relief(z, 0.0, scale, low, high, (high - low) / LEVELS or 1.0)


def ticks(heights: Relief) -> list[tuple[float, float]]:
    """Where round losses stand on the colour bar, and these."""
    parts = (1,) if heights.high - heights.low > MANY else (1, 2, 5)
    values = [m * 10.0**k for k in range(-12, 13) for m in parts]
    places = [(float(np.arcsinh(v / heights.scale)), float(f"{v:.0e}")) for v in values]
    return [(at, v) for at, v in places if heights.low <= at <= heights.high]

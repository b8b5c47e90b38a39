"""The loss of a single weight as a curve."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.window import Window
from landscapes import Landscape

POINTS = 241


def curve(surface: Landscape, seen: Window) -> dict[str, Any]:
    """f over the first coordinate, the second being 0, in the window `seen`.

    "from", "step": of the coordinate; "values": f there, shape (241,).
    """
    x0, x1 = seen[0]
    x = np.linspace(x0, x1, POINTS)
    return {"from": x0, "step": x[1] - x0, "values": np.asarray(surface.value(np.array([x, 0 * x])), dtype=float)}

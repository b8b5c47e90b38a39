"""The loss of a single weight as a curve."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.window import Window, widened
from figures.thumbnail import HEIGHT, WIDTH
from landscapes import Landscape

POINTS = 241
ROOM = 14  # pixels above and below the curve


def curve(surface: Landscape, seen: Window) -> dict[str, Any]:
    """f over the first coordinate, the second being 0, in the window `seen`.

    "from", "step": of the coordinate; "values": f there, shape (241,).
    """
    x0, x1 = seen[0]
    x = np.linspace(x0, x1, POINTS)
    return {"from": x0, "step": x[1] - x0, "values": np.asarray(surface.value(np.array([x, 0 * x])), dtype=float)}


def sketch(surface: Landscape) -> str:
    """The curve over the whole map as an SVG, with a mark at each minimum; the page uses it as a mask, so that only opacity counts."""
    seen = widened(surface.domain)
    drawn = curve(surface, seen)["values"]
    low, high = float(drawn.min()), float(drawn.max())
    across = np.linspace(0, WIDTH, POINTS)
    up = ROOM + (HEIGHT - 2 * ROOM) * (high - drawn) / (high - low)
    path = "M" + " ".join(f"{x:.1f} {y:.1f}" for x, y in zip(across, up, strict=True))
    x = np.linspace(*seen[0], POINTS)
    spots = [(float(np.interp(w, x, across)), float(np.interp(w, x, up))) for w in surface.minima()[0]]
    marks = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5"/>' for x, y in spots)
    line = f'<path d="{path}" fill="none" stroke="#000" stroke-width="2"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{line}{marks}</svg>'

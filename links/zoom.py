"""The part of the map that a link shows: a magnification and a centre there, the ranges of x and y here."""

from __future__ import annotations

from math import floor, isfinite, log10
from typing import Any

from core import Range
from core.window import Window, magnified
from links.entries import surface_of
from links.table import Flat
from runs import BOUND

PLACE = Range(-BOUND, BOUND, within=f"[-{BOUND:.0f}, {BOUND:.0f}]")
ZOOM = Range(0.01, 1e6, log=True, within="[0.01, 1000000]")


def middle(domain: Window) -> tuple[float, float]:
    """The centre of the whole map."""
    (x0, x1), (y0, y1) = domain
    return (x0 + x1) / 2, (y0 + y1) / 2


def window_of(flat: Flat) -> Window | None:
    """The ranges of x and y that the maps show; None for the whole map."""
    zoom, centre, domain = flat["zoom"], (flat["zoom.x"], flat["zoom.y"]), surface_of(flat).domain
    return None if zoom == 1 and centre == middle(domain) else magnified(domain, zoom, centre)


def zoom_to(flat: Flat, window: Any) -> Flat:
    """The settings that show these ranges, as near as can be shown and to about a tenth of a pixel; those of the whole map for None.

    A browser may send anything: what is no two ranges, each from low to high, changes nothing.
    """
    domain = surface_of(flat).domain
    if window is None:
        x, y = middle(domain)
        return {"zoom": 1.0, "zoom.x": x, "zoom.y": y}
    try:
        (x0, x1), (y0, y1) = ((float(low), float(high)) for low, high in window)
    except (TypeError, ValueError, OverflowError):
        return {}
    if not (isfinite(x1 - x0) and isfinite(y1 - y0) and x0 <= x1 and y0 <= y1):
        return {}
    (left, right), (bottom, top) = magnified(domain, 1, (0, 0))
    zoom = float(f"{clipped((top - bottom) / max(y1 - y0, (top - bottom) / ZOOM.high), ZOOM):.5g}")
    digits = max(0, 4 - floor(log10((right - left) / zoom)))
    x, y = (round(clipped(centre, PLACE), digits) for centre in middle(((x0, x1), (y0, y1))))
    return {"zoom": zoom, "zoom.x": x, "zoom.y": y}


def clipped(value: float, allowed: Range) -> float:
    return min(max(value, allowed.low), allowed.high)

"""Which part of the plane a map shows; links and pictures work it out in the same way."""

from __future__ import annotations

from typing import TypeAlias

Window: TypeAlias = tuple[tuple[float, float], tuple[float, float]]  # the ranges of x and of y

ASPECT = 1.4  # width : height of every map
NARROWEST = 1e-9  # of a coordinate: a window this narrow still has 50 000 floats from one column of the map to the next


def widened(domain: Window) -> Window:
    """The whole map: the domain, widened about its middle to the maps' aspect, so that one unit of x is drawn as long as one of y."""
    (x0, x1), (y0, y1) = domain
    height = max(y1 - y0, (x1 - x0) / ASPECT)
    width = height * ASPECT
    cx, cy = (x0 + x1) / 2, (y0 + y1) / 2
    return (cx - width / 2, cx + width / 2), (cy - height / 2, cy + height / 2)


def magnified(domain: Window, zoom: float, centre: tuple[float, float]) -> Window:
    """The part of the whole map that is seen at this magnification about this point; less magnified where floats could not tell its columns apart."""
    (x0, x1), (y0, y1) = widened(domain)
    x, y = centre
    narrowest = NARROWEST * max(abs(x), abs(y))
    zoom = min(zoom, (y1 - y0) / narrowest) if narrowest else zoom
    width, height = (x1 - x0) / zoom, (y1 - y0) / zoom
    return (x - width / 2, x + width / 2), (y - height / 2, y + height / 2)

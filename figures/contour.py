"""The map of a surface as a Plotly figure: a muted fill with level lines, and the stationary points."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from core import Array
from core.number import short
from core.window import ASPECT, Window, widened
from figures.field import field
from landscapes import Landscape

COLUMNS, ROWS = 98, 70
LEVELS = 18
# Level lines are spaced evenly in log(f − f*), and near f*, below a height that `unit` works out, evenly in f.
DEPTH = 1e-3  # that height is this part of the greatest f − f* on the map,
NEXT = 0.1  # or this part of the next stationary point's f − f*, where that is less
SHALLOW = 0.05  # where there is no f*, it is this part of the greatest distance from the middle height
CROWD = 15  # where there are more stationary points than this, they are drawn small

THEMES = {
    "light": {"fill": ["#ffffff", "#e7ecf2", "#b3bfcd"], "line": "rgba(60,80,105,0.30)", "mark": "#3b4a5c", "ground": "#ffffff"},
    "dark": {"fill": ["#0e141c", "#202b38", "#465567"], "line": "rgba(190,205,225,0.22)", "mark": "#d5dde7", "ground": "#0d131b"},
}
MARKS = {"lowest": "star", "minimum": "star-open", "saddle": "x-thin-open", "maximum": "triangle-up-open"}


class Relief(NamedTuple):
    """A surface as it is drawn: z = asinh((f − base) / scale), from low to high, a level line at every step of z, and NaN where f is not finite."""

    z: Array
    base: float
    scale: float
    low: float
    high: float
    step: float


def relief(surface: Landscape, x: Array, y: Array) -> Relief:
    """The surface on the grid of these x and y; z has shape (len(y), len(x))."""
    with np.errstate(over="ignore", invalid="ignore"):
        f = surface.value(np.array(np.meshgrid(x, y)))
    f = np.where(np.isfinite(f), f, np.nan)  # a gap in the map
    lowest = surface.lowest
    base = lowest if lowest is not None else centre(surface, f)
    scale = unit(surface, base, greatest(np.abs(f - base))) or 1.0  # 1 where the view is flat
    z = np.arcsinh((f - base) / scale)
    low, high = -greatest(-z), greatest(z)
    return Relief(z, base, scale, low, high, (high - low) / LEVELS or 1.0)


def contour(surface: Landscape, seen: Window | None = None) -> dict[str, Any]:
    """What the player needs to show the window `seen` of the surface, or the whole map.

    "figure": {"data", "layout"} for Plotly, and "themes", what each theme adds to each trace. "grid": the x and y at which f was taken, and base and
    scale of the `Relief`. "field": the arrows of −∇f. "home" and "view": the windows of the whole map and of what is seen. "aspect": width / height.
    "lowest": f*, or None. "names": of the two coordinates.
    """
    home = widened(surface.domain)
    (x0, x1), (y0, y1) = seen = seen or home
    x, y = np.linspace(x0, x1, COLUMNS), np.linspace(y0, y1, ROWS)
    lowest = surface.lowest
    heights = relief(surface, x, y)
    bar = colour_bar(heights.base, heights.scale, heights.low, heights.high, lowest is not None)
    own = {name: {"marker": marked(surface, theme)} for name, theme in THEMES.items()}
    return drawn(heights, x, y, bar, marks(surface), own) | {
        "field": field(surface, seen),
        "home": home,
        "view": seen,
        "aspect": ASPECT,
        "lowest": lowest,
        "names": getattr(surface, "weights", ("x", "y")),
    }


def drawn(heights: Relief, x: Array, y: Array, bar: dict[str, Any], over: dict[str, Any], themes: dict[str, Any]) -> dict[str, Any]:
    """The "figure" and the "grid" of a surface on the grid of these x and y, with its colour bar; over: a trace above it, themes: its look."""
    z, base, scale, low, high, step = heights
    (x0, dx), (y0, dy) = ((float(v[0]), float(v[1] - v[0])) for v in (x, y))
    map_ = {
        "type": "contour", "z": z.astype(np.float32), "x0": x0, "dx": dx, "y0": y0, "dy": dy,
        "zmin": low, "zmax": high, "autocontour": False, "contours": {"start": low + step, "end": high - step / 2, "size": step},
        "line": {"width": 0.8, "smoothing": 0}, "hoverinfo": "none", "colorbar": bar,
    }  # fmt: skip
    layout = {"showlegend": False, "hovermode": False, "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)", "xaxis": {}, "yaxis": {}}
    return {
        "figure": {"data": [map_, over], "layout": layout, "themes": {name: [coloured(theme), themes[name]] for name, theme in THEMES.items()}},
        "grid": {
            "x": {"from": x0, "step": dx, "count": len(x)},
            "y": {"from": y0, "step": dy, "count": len(y)},
            "base": base,
            "scale": scale,
        },
    }


def greatest(values: np.ndarray) -> float:
    """The greatest of the values that are not NaN; 0 where there is none."""
    there = values[~np.isnan(values)]
    return float(there.max()) if there.size else 0.0


def centre(surface: Landscape, f: np.ndarray) -> float:
    """The height about which the level lines of a surface without a minimum are spaced: that of its first stationary point, or the median of f."""
    points = surface.stationary()
    return float(surface.value(np.array(points[0][0]))) if points else float(np.median(f[~np.isnan(f)])) if not np.isnan(f).all() else 0.0


def unit(surface: Landscape, base: float, height: float) -> float:
    """The height above `base` below which level lines are even in f; so small that the lowest minimum can be told from the next stationary point."""
    if surface.lowest is None:
        return SHALLOW * height
    rises = [float(surface.value(np.array(p))) - base for p, _ in surface.stationary()]
    return min(DEPTH * height, *(NEXT * rise for rise in rises if rise > 1e-9 * height), np.inf)


def coloured(theme: dict[str, Any]) -> dict[str, Any]:
    """The map's colours in one theme."""
    stops = theme["fill"]
    return {
        "colorscale": [[i / (len(stops) - 1), colour] for i, colour in enumerate(stops)],
        "line": {"width": 0.8, "smoothing": 0, "color": theme["line"]},
    }


def marks(surface: Landscape) -> dict[str, Any]:
    """The trace of the stationary points."""
    points = surface.stationary()
    return {"type": "scatter", "mode": "markers", "x": [p[0] for p, _ in points], "y": [p[1] for p, _ in points], "hoverinfo": "skip"}


def kinds(surface: Landscape) -> list[str]:
    """What each stationary point is, in their order: "lowest" for a minimum at f*, else its kind."""
    points, lowest = surface.stationary(), surface.lowest
    values = [float(surface.value(np.array(p))) for p, _ in points]
    at_lowest = [kind == "minimum" and lowest is not None and bool(np.isclose(f, lowest)) for (_, kind), f in zip(points, values, strict=True)]
    return ["lowest" if low else kind for (_, kind), low in zip(points, at_lowest, strict=True)]


def marked(surface: Landscape, theme: dict[str, Any]) -> dict[str, Any]:
    """Their markers: a filled star for the lowest minima, an open one for other minima, a cross for a saddle, a triangle for a maximum."""
    of_each = kinds(surface)
    crowded = len(of_each) > CROWD
    return {
        "symbol": [MARKS[kind] for kind in of_each],
        "size": [13 if kind == "lowest" else 6 if crowded else 11 for kind in of_each],
        "color": theme["mark"],
        "line": {"width": 1 if crowded else 1.5, "color": theme["mark"]},
    }


def colour_bar(base: float, scale: float, low: float, high: float, above: bool) -> dict[str, Any]:
    """The colour bar, with ticks at powers of ten of f − f*; where there is no f* (`above` is false), of f on both sides of zero."""
    powers = [10.0**k for k in range(-12, 13)]
    values = [0.0, *powers] if above else [-v for v in reversed(powers)] + [0.0, *powers]
    offset = 0.0 if above else base
    ticks = [(float(np.arcsinh((v - offset) / scale)), v) for v in values]
    ticks = [(at, v) for at, v in ticks if low <= at <= high and (v == 0 or abs(v) >= (2 * scale))]
    return bar_with(ticks, "f − f*" if above else "f")


def bar_with(ticks: list[tuple[float, float]], title: str) -> dict[str, Any]:
    """A colour bar with ticks (where, value), some of them where there are many."""
    kept = ticks[:: max(1, -(-len(ticks) // 7))]
    return {
        "tickvals": [at for at, _ in kept],
        "ticktext": [short(v, 6) for _, v in kept],
        "thickness": 10, "len": 1, "xpad": 8, "ypad": 0, "outlinewidth": 0, "ticks": "outside", "ticklen": 3,
        "title": {"text": title, "side": "top"},
    }  # fmt: skip

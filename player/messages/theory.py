"""What theory says on a map of runs: the edge of stability, the best setting, how a run comes down, and a sentence on all of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from core import Array, N_
from core.contour import zeros
from core.number import short
from core.scale import place, value
from landscapes import Landscape
from links import Flat
from links.axes import Axis, axes_of
from links.entries import lane_of, surface_of
from links.sweep import spread
from locales import _
from optimizers import Optimizer
from runs.cells import Cells, Outcome
from runs.linear import LINEAR, Regime, beyond, curvatures, regime, speed

EXACT = (*LINEAR, "Newton")  # rules whose edge on a quadratic is no approximation
GRID = 101  # points along each axis, from end to end
EDGE = 0.01  # of an axis: a best setting so near to its end lies beyond it
ROUNDS = 4  # of looking closer at the best setting
REGIMES = {
    Regime.MONOTONE: N_("monotone"),
    Regime.CRITICAL: N_("critically damped"),
    Regime.RIPPLES: N_("ripples"),
    Regime.OSCILLATION: N_("monotone oscillation"),
    Regime.DIVERGENCE: N_("divergence"),
}


def theory(flat: Flat, found: Cells) -> dict[str, Any] | None:
    """{"lines", "points", "note", "minimum"}: what is drawn, a sentence, and the minimum that it is about; None where theory has nothing to say."""
    surface, axes = surface_of(flat), axes_of(flat)
    if surface.lowest is None:
        return None
    minimum = aimed_at(surface, found, flat)
    rule, hessian = at(flat, axes, [ends(axis, GRID) for axis in axes], minimum)
    with np.errstate(all="ignore"):  # an end of an axis may be where the rule has no meaning
        over = beyond(rule, hessian)
    if over is None:
        return None
    over = np.broadcast_to(over, (GRID, GRID))
    segments = on_axes(zeros(over), axes)
    best = best_of(flat, axes, minimum)
    if best is None and not segments.size:
        return None
    lines = [{"segments": segments, "weight": 1.8}]
    points = [] if best is None else [{"x": best[0], "y": best[1]}]
    exact = quadratic(surface) and type(lane_of(flat | {"1.quiet": 0}, 1).rule).__name__ in EXACT
    return {"lines": lines, "points": points, "note": sentence(minimum, axes, best, exact), "minimum": minimum}


def aimed_at(surface: Landscape, found: Cells, flat: Flat) -> Array:
    """The minimum that most of the runs reach, or else the one that is nearest to the start."""
    minima = surface.minima()
    there = np.isin(found.outcome, (Outcome.REACHED, Outcome.ELSEWHERE))
    if there.any():
        return minima[:, np.bincount(found.minimum[there]).argmax()]
    return minima[:, np.hypot(minima[0] - flat["x"], minima[1] - flat["y"]).argmin()]


def at(flat: Flat, axes: tuple[Axis, Axis], values: list[Array], minimum: Array) -> tuple[Optimizer, Array]:
    """The rule at these values of both axes, and the Hessian at the minimum of the surface there."""
    across, along = ((axis, axis.fitting(each)) for axis, each in zip(axes, values, strict=True))
    set_to, _grid = spread(flat, across, along)
    return lane_of(set_to, 1).rule, surface_of(set_to).hessian(minimum[:, None, None])


def ends(axis: Axis, n: int) -> Array:
    """n values from one end of the axis to the other; a rate of zero has no meaning, and no axis ends there."""
    low, high = place(axis.low, axis.scale), place(axis.high, axis.scale)
    return np.clip(np.asarray(value(np.linspace(low, high, n), axis.scale), dtype=float), axis.low, axis.high)


def on_axes(segments: Array, axes: tuple[Axis, Axis]) -> Array:
    """Segments between points of the grid, as values on both axes: x, y, x, y, x, y, …."""
    both = []
    for k, axis in zip((0, 1, 2, 3), (*axes, *axes), strict=True):
        low, high = place(axis.low, axis.scale), place(axis.high, axis.scale)
        both.append(value(low + (high - low) * segments[:, k] / (GRID - 1), axis.scale))
    return np.stack(both, axis=1).astype(float).ravel()


def best_of(flat: Flat, axes: tuple[Axis, Axis], minimum: Array) -> tuple[float, float, float] | None:
    """The values on both axes, inside of their ranges, at which the run comes down fastest in the long run, and by what it does in a step.

    Only where one axis is the rate and the other a parameter of a rule that is linear: elsewhere it is no single point.
    """
    if "1.lr" not in (flat["ax"], flat["ay"]) or not all(flat[name].startswith("1.") and "." not in flat[name][2:] for name in ("ax", "ay")):
        return None
    spans = [(place(axis.low, axis.scale), place(axis.high, axis.scale)) for axis in axes]
    whole, point, rate = spans, (0.0, 0.0), np.inf
    for _round in range(ROUNDS):
        values = [np.asarray(value(np.linspace(*span, GRID), axis.scale), dtype=float) for span, axis in zip(spans, axes, strict=True)]
        values = [np.clip(each, axis.low, axis.high) for each, axis in zip(values, axes, strict=True)]
        rule, hessian = at(flat, axes, values, minimum)
        rates = speed(rule, hessian)
        if rates is None:
            return None
        rates = np.broadcast_to(rates, (GRID, GRID))
        j, i = (int(k) for k in np.unravel_index(rates.argmin(), rates.shape))
        point, rate = (float(values[0][i]), float(values[1][j])), float(rates[j, i])
        spans = [narrowed(span, k, all_of_it) for span, k, all_of_it in zip(spans, (i, j), whole, strict=True)]
    way = [(place(v, axis.scale) - low) / (high - low) for v, axis, (low, high) in zip(point, axes, whole, strict=True)]
    inside = all(EDGE < part < 1 - EDGE for part in way)
    return (*point, rate) if inside and rate < 1 else None


def narrowed(span: tuple[float, float], k: int, whole: tuple[float, float]) -> tuple[float, float]:
    """A tenth of the span about its k-th point."""
    step = (span[1] - span[0]) / (GRID - 1)
    middle = span[0] + k * step
    return max(middle - 5 * step, whole[0]), min(middle + 5 * step, whole[1])


def regimes(flat: Flat, n: int, minimum: Array) -> Array | None:
    """The `Regime` of every cell along the steeper axis of its quadratic, (n·n,); None for a rule that theory does not know so well."""
    axes = axes_of(flat)
    rule, hessian = at(flat, axes, [axis.values(n) for axis in axes], minimum)
    found = regime(rule, curvatures(hessian)[1])
    return None if found is None else np.broadcast_to(found, (n, n)).astype(np.uint8).ravel()


def quadratic(surface: Landscape) -> bool:
    """Whether the surface curves everywhere as at its minimum."""
    (x0, x1), (y0, y1) = surface.domain
    points = np.array([[x0, x1, (x0 + x1) / 2], [y0, y1, y0]])
    hessians = surface.hessian(points)
    return bool(np.isfinite(hessians).all() and np.allclose(hessians, hessians[..., :1], rtol=1e-9, atol=1e-12))


def sentence(minimum: Array, axes: tuple[Axis, Axis], best: tuple[float, float, float] | None, exact: bool) -> str:
    """What the line and the cross are."""
    where = dict(zip("xy", (short(round(float(v), 6)) for v in minimum), strict=True))
    if exact:
        said = [_("The line: the edge of stability, exact for this surface; runs beyond it grow, and have left 1e6 a little further.")]
    else:
        said = [
            _("The line: the edge of stability of the quadratic that fits the surface at the minimum ({x}, {y}); it holds near there.").format(
                **where
            )
        ]
    if best is not None:
        names = (axis.allowed.letter or _(axis.allowed.label) for axis in axes)
        at_it = ", ".join(f"{name} {short(v)}" for name, v in zip(names, best[:2], strict=True))
        said.append(_("Cross: fastest in the long run, {at}; each step leaves {part} of the way.").format(at=at_it, part=short(best[2])))
    return " ".join(said)

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
from runs.departure import departed
from runs.hovering import hovers
from runs.linear import LINEAR, Regime, beyond, curvatures, regime, speed
from runs.minimum import tolerance

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
    values = [ends(axis, GRID) for axis in axes]
    rule, hessian = at(flat, axes, values, minimum)
    exact = quadratic(surface) and type(rule).__name__ in EXACT
    with np.errstate(all="ignore"):  # an end of an axis may be where the rule has no meaning
        edge = line(beyond(rule, hessian), axes)
        hovering = line(hovers(rule, hessian, tolerance(surface)), axes) if edge is None else None
        gone = line(departed(rule, hessian, offset(flat, axes, values, minimum), flat["steps"]), axes) if exact and constant(flat) else None
    best = best_of(flat, axes, minimum)
    drawn = [(edge, 1.8), (hovering, 1.8), (gone, 0.8)]
    lines = [{"segments": segments, "weight": weight} for segments, weight in drawn if segments is not None]
    if best is None and not lines:
        return None
    points = [] if best is None else [{"x": best[0], "y": best[1]}]
    said = [
        hovering_said(rule) if hovering is not None else edge_said(flat, minimum, exact, gone is not None),
        "" if best is None else best_said(axes, best),
    ]
    return {"lines": lines, "points": points, "note": " ".join(filter(None, said)), "minimum": minimum}


def line(over: Array | None, axes: tuple[Axis, Axis]) -> Array | None:
    """Where a number that is given on the grid changes its sign, in segments; None where it does not."""
    if over is None:
        return None
    segments = on_axes(zeros(np.broadcast_to(over, (GRID, GRID))), axes)
    return segments if segments.size else None


def constant(flat: Flat) -> bool:
    """Whether every step of every run has the whole rate, and no noise."""
    return flat["1.schedule"] == "constant" and not flat["1.warmup"] and not flat["noise"] and not {"1.warmup", "noise"} & {flat["ax"], flat["ay"]}


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


def offset(flat: Flat, axes: tuple[Axis, Axis], values: list[Array], minimum: Array) -> Array:
    """From the minimum to the start, at these values of both axes."""
    set_to, _grid = spread(flat, (axes[0], values[0]), (axes[1], values[1]))
    return np.stack(np.broadcast_arrays(*(set_to[name] - at for name, at in zip("xy", minimum, strict=True))))


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


def edge_said(flat: Flat, minimum: Array, exact: bool, gone: bool) -> str:
    """What the edge of stability is, and the line from which on runs have left."""
    if not exact:
        x, y = (short(round(float(v), 6)) for v in minimum)
        fits = _("The line: the edge of stability of the quadratic that fits the surface at the minimum ({x}, {y}); it holds near there.")
        return fits.format(x=x, y=y)
    if not constant(flat):
        return _("The line: the edge of stability at the whole rate, exact for this surface.")
    if not gone:
        return _("The line: the edge of stability, exact for this surface; runs beyond it grow.")
    both = _("The line: the edge of stability, exact for this surface; runs beyond it grow, and beyond the thin line leave 1e6 within {steps} steps.")
    return both.format(steps=flat["steps"])


def hovering_said(rule: Optimizer) -> str:
    return _(
        "The line: {rule}'s own edge of stability, an approximation: at larger rates the run hovers above the tolerance of f* and never rests."
    ).format(rule=_(rule.title))


def best_said(axes: tuple[Axis, Axis], best: tuple[float, float, float]) -> str:
    """What the cross is."""
    names = (axis.allowed.letter or _(axis.allowed.label) for axis in axes)
    at_it = ", ".join(f"{name} {short(v)}" for name, v in zip(names, best[:2], strict=True))
    return _("Cross: fastest in the long run, {at}; each step leaves {part} of the way.").format(at=at_it, part=short(best[2]))

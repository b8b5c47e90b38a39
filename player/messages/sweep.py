"""What a map of runs is sent: its settings, axes and words with the page, and its numbers when they are asked for."""

from __future__ import annotations

from typing import Any

import numpy as np

from core import Array, N_
from core.number import short
from core.scale import TOLD_APART
from figures import LOOKS
from links import Flat
from links.axes import Axis, FINE, axes_of, ends, home, kept_of
from links.entries import lane_of, surface_of
from links.explore import AXES, EXPLORE, measures
from links.scenes import makes_the_race
from locales import _
from player.messages.theory import REGIMES, regimes, theory
from player.messages.words import caption, set_exactly
from player.pack import pack
from runs.cells import Cells, Outcome
from runs.linear import Regime

OUTCOMES = {
    Outcome.UNDER_WAY: ("under way", N_("not there yet")),
    Outcome.REACHED: ("reached", N_("f* reached")),
    Outcome.ELSEWHERE: ("elsewhere", N_("another minimum")),
    Outcome.LEFT: ("left", N_("left the map")),
    Outcome.DIVERGED: ("diverged", N_("diverged")),
}
FEW = 0.005  # of the cells with a colour, that may have the brightest one together
DEPTH = 1e-16  # of the largest value: what lies deeper is rounding
NONE = 65535  # in place of a number of steps where there is none: such a cell has a sign
UNASKED = ("kept", "scrub", "present", "view", "sort", "profile")  # settings that change no map


def sweep(flat: Flat) -> dict[str, Any]:
    """The map's settings, its axes, the cells that are kept, and its words."""
    axes = axes_of(flat)
    return {
        "link": {key: text for key, text in EXPLORE.write(flat).items() if key not in UNASKED},
        "race": EXPLORE.write({key: value for key, value in flat.items() if key.startswith("1.") or makes_the_race(key) or key == "lang"}),
        "axes": [described(axis, flat) for axis in axes],
        "kept": kept_of(flat),
        "looks": [{"marker": look.marker, "light": look.light, "dark": look.dark} for look in LOOKS],
        "words": words(flat, axes),
        "note": note(flat),
        "file": "_".join(["map", flat["surface"], flat["1.rule"], *(flat[name].rpartition(".")[2] for name in AXES)]),
    }


def described(axis: Axis, flat: Flat) -> dict[str, Any]:
    """An axis: what it is called, how it is spaced, the range in view and the one at first, and how far and how fine it goes."""
    within = ends(axis.allowed)
    return {
        "key": axis.key,
        "label": _(axis.allowed.label),
        "letter": axis.allowed.letter,
        "scale": axis.scale,
        "range": [axis.low, axis.high],
        "home": home(axis.key, axis.allowed, flat),
        "limits": [within.low, within.high],
        "finest": TOLD_APART * FINE * float(np.finfo(float).eps),
    }


def words(flat: Flat, axes: tuple[Axis, Axis]) -> dict[str, Any]:
    """What the map is called and what is said on it."""
    x, y = (_(axis.allowed.label) for axis in axes)
    return {
        "title": _("Map of runs: {x} across, {y} up").format(x=x, y=y),
        "map": _("Map of runs: the arrow keys go from cell to cell, Enter keeps one, plus and minus zoom, 0 shows the whole map"),
        "home": _("Show the whole map again"),
        "before": _("Back to the view before"),
        "picture": _("Save a picture of the map"),
        "waiting": _("Working out the runs …"),
        "end": _("Double precision ends here: nearer, neighbouring cells would be the same number."),
        "outcomes": {name: _(text) for name, text in OUTCOMES.values()},
        "regimes": [_(REGIMES[each]) for each in Regime],
    }


def note(flat: Flat) -> list[str]:
    """What the map is of, in two lines for its picture."""
    surface, axes = surface_of(flat), {flat[name] for name in AXES}
    shape = [_(surface.title), *([] if any(key.startswith("surface.") for key in axes) else set_exactly(surface))]
    start = _("start ({x}, {y}), {steps} steps").format(x=short(flat["x"], 6), y=short(flat["y"], 6), steps=flat["steps"])
    noise = [_("noise σ = {sigma}, seed {seed}").format(sigma=short(flat["noise"]), seed=flat["seed"])] if flat["noise"] else []
    lane = lane_of(flat | {"1.quiet": 0}, 1)
    return [", ".join([*shape, start, *noise]), "; ".join([_(lane.rule.title), *filter(None, caption(lane))]) + " — Descent Lab"]


def mapped(flat: Flat, n: int, found: Cells, said: str = "") -> bytes:
    """The map of n × n cells, bottom row first, packed: {"map": …}; `said`: what is to be said of how it was made."""
    lowest, (x, y) = surface_of(flat).lowest, axes_of(flat)
    values = shown(flat["measure"], found, lowest)
    coloured = [outcome in colours(flat["measure"]) for outcome in Outcome]
    seen = values[np.isin(found.outcome, np.flatnonzero(coloured)) & np.isfinite(values)]
    named = measures(flat)[flat["measure"]]
    title = _(named)
    message = {
        "n": n,
        "x": [x.low, x.high],
        "y": [y.low, y.high],
        "xs": x.values(n),
        "ys": y.values(n),
        "values": (np.fmin(values, NONE).astype(np.uint16) if flat["measure"] == "steps" else values.astype(np.float32)).ravel(),
        "outcomes": found.outcome.ravel(),
        "coloured": [int(each) for each in coloured],
        "range": spread(flat, seen, lowest is not None),
        "title": title,
        "whole": flat["measure"] == "steps",
        "shares": shares(found.outcome, coloured),
        "summary": summary(flat, title, values, found, seen, (x.values(n), y.values(n)), (x, y)),
    } | said_by_theory(flat, n, found)
    stays = _("f stays at f*: within a millionth of the surface's drop to it, up to the last step and for ten points at least.")
    told = flat["measure"] == "steps" and "legend" not in flat["hide"].split(",")
    message["note"] = " ".join(filter(None, (said, stays if told else "", message["note"])))
    return pack({"map": message})


def said_by_theory(flat: Flat, n: int, found: Cells) -> dict[str, Any]:
    """Lines and points on the map, the regime of each cell, and the sentence below it; nothing of these on a map that does not show them."""
    if "theory" in flat["hide"].split(","):
        return {"theory": None, "regimes": None, "note": ""}
    drawn = theory(flat, found)
    return {"theory": drawn, "regimes": None if drawn is None else regimes(flat, n, drawn["minimum"]), "note": drawn["note"] if drawn else ""}


def shown(measure: str, found: Cells, lowest: float | None) -> Array:
    """The measure of every cell: f − f* for a loss, where there is an f*."""
    values = getattr(found, measure)
    if measure in ("final", "best") and lowest is not None:
        return np.where(values >= lowest, values - lowest, 0.0)  # beside the map a run may end below f*: it has a sign there
    return values


def colours(measure: str) -> set[Outcome]:
    """The outcomes whose cells have a colour; the others have signs."""
    if measure == "steps":
        return {Outcome.REACHED}
    return {Outcome.UNDER_WAY, Outcome.REACHED}


def spread(flat: Flat, seen: Array, log: bool) -> dict[str, Any]:
    """From which value to which the colours go, and whether by their logarithm."""
    if flat["measure"] == "steps":
        low = float(f"{max(np.quantile(seen, FEW), 1):.0e}") if seen.size else 1.0
        return {"low": min(low, flat["steps"] / 2), "high": flat["steps"], "log": True}
    if not log:
        low, high = (float(seen.min()), float(seen.max())) if seen.size else (0.0, 1.0)
        return {"low": low, "high": high if high > low else low + 1, "log": False}
    high = float(seen.max(initial=0.0)) or 1.0
    positive = seen[seen > DEPTH * high]
    low = float(positive.min(initial=high))
    top = 10.0 ** np.ceil(np.log10(high))
    return {"low": float(min(10.0 ** np.floor(np.log10(low)), top / 10)), "high": float(top), "log": True}


def shares(outcome: Array, coloured: list[bool]) -> list[tuple[int, str]]:
    """The outcomes on the map that have a sign, each with its share of the cells."""
    counts = np.bincount(outcome.ravel(), minlength=len(Outcome))
    return [(int(each), percent(counts[each] / outcome.size)) for each in Outcome if counts[each] and not coloured[each]]


def percent(share: float) -> str:
    """A share of all cells."""
    return f"{short(100 * share, 2)} %"


def summary(flat: Flat, title: str, values: Array, found: Cells, seen: Array, grid: tuple[Array, ...], axes: tuple[Axis, ...]) -> str:
    """The map in words, for those who hear the page: the best cell, and which part ended how; with one axis, the same of a row."""
    said = []
    if seen.size:
        best = np.unravel_index(np.where(np.isin(values, seen.min()), values, np.inf).argmin(), values.shape)[::-1]
        at = ", ".join(f"{axis.allowed.letter or _(axis.allowed.label)} {short(float(v[k]))}" for axis, v, k in zip(axes, grid, best, strict=True))
        said.append(_("Best: {title} {value} at {at}.").format(title=title, value=short(float(seen.min())), at=at))
    counts = np.bincount(found.outcome.ravel(), minlength=len(Outcome)) / found.outcome.size
    parts = [f"{_(OUTCOMES[each][1])} {percent(counts[each])}" for each in Outcome if counts[each]]
    return " ".join([*said, ", ".join(parts) + "."])


def joined(parts: list[Cells]) -> Cells:
    """The cells of all rows."""
    return Cells(*(np.concatenate(column) for column in zip(*parts, strict=True)))

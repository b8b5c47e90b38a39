"""What maps of basins are sent: the rules, the starts in view and words with the page, and each rule's map when it is asked for."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from core import Array, InputError, parameters
from core.contour import zeros
from core.number import short
from core.scale import TOLD_APART
from core.window import Window
from figures.contour import relief
from landscapes import Landscape
from links import Flat
from links.axes import FINE
from links.basins import level_of, of_rule, own_lane, places, rules_of, window_of
from links.entries import surface_of
from links.explore import EXPLORE
from links.scenes import makes_the_race
from locales import _
from player.messages.names import set_to
from player.messages.words import caption, set_exactly
from player.pack import pack
from runs.basin import Fate, Fates
from runs.minimum import tolerance

GRID, LINES = 60, 9  # points along each axis and level lines of the surface on a map
SENT = ("surface", "steps", "noise", "seed", "tolerance", "nearest", "lang")  # what a map is asked for with, beside surface and lane
NOBODY = 255  # in place of a minimum


def basins(flat: Flat) -> dict[str, Any]:
    """The rules with their maps' and races' settings, the starts in view and all of them, the page's start, and words."""
    surface = surface_of(flat)
    return {
        "maps": [described(of_rule(flat, name), name == flat["1.rule"]) for name in rules_of(flat)],
        "home": surface.domain,
        "view": window_of(flat),
        "finest": TOLD_APART * FINE * float(np.finfo(float).eps),
        "start": [flat["x"], flat["y"]],
        "words": words(flat, surface),
        "note": note(flat, surface),
        "file": "_".join(["basins", flat["surface"], *rules_of(flat)]),
    }


def described(flat: Flat, own: bool) -> dict[str, Any]:
    """A rule: its title and settings, and what its map and its race are asked for with; `own`: whether it is the page's."""
    rule = own_lane(flat).rule
    written = EXPLORE.write(flat)
    return {
        "rule": flat["1.rule"],
        "own": own,
        "title": _(rule.title),
        "set": ", ".join(set_to(allowed, getattr(rule, name)) for name, allowed in parameters(rule).items() if not allowed.rare),
        "link": {key: text for key, text in written.items() if key in SENT or key.startswith(("surface.", "1."))},
        "race": {key: text for key, text in written.items() if key.startswith("1.") or makes_the_race(key) or key == "lang"},
    }


def words(flat: Flat, surface: Landscape) -> dict[str, Any]:
    """What is said on the maps and around them."""
    return {
        "title": _("Basins of attraction: which minimum the run from each start reaches"),
        "map": _("Starts of {rule}: the arrow keys go from start to start, Enter begins there, plus and minus zoom, 0 shows all"),
        "home": _("Show the whole map again"),
        "before": _("Back to the view before"),
        "picture": _("Save a picture of the maps"),
        "waiting": _("Working out the runs …"),
        "end": _("Double precision ends here: nearer, neighbouring cells would be the same number."),
        "fates": fate_names(flat, surface),
        "rule_of": rule_of(flat, surface),
    }


def fate_names(flat: Flat, surface: Landscape) -> list[str]:
    """What the fates of runs are called, by their numbers."""
    resting = _("at rest at no minimum") if surface.listed == "all" else _("at rest elsewhere")
    under_way = _("beside the domain") if flat["nearest"] else _("not settled yet")
    return [under_way, _("arrived"), resting, _("left the map"), _("diverged")]


def rule_of(flat: Flat, surface: Landscape) -> str:
    """When a start belongs to a minimum."""
    if flat["nearest"]:
        return _("A start has the colour of the minimum that is nearest when its run ends, whether it settles there or not.")
    template = _("A start has the colour of the minimum at which its run ends: |f − f(minimum)| ≤ {level}, not left in the last ten steps.")
    return template.format(level=short(level_of(flat, surface), 2))


def note(flat: Flat, surface: Landscape) -> list[str]:
    """What the maps are of, in two lines for their picture."""
    noise = [_("noise σ = {sigma}, seed {seed}").format(sigma=short(flat["noise"]), seed=flat["seed"])] if flat["noise"] else []
    steps = _("{steps} steps").format(steps=flat["steps"])
    moved = [caption(own_lane(flat))[1]] if flat["1.schedule"] != "constant" or flat["1.warmup"] else []
    what = [_(surface.title), *set_exactly(surface), steps, *noise, *moved]
    return [", ".join(what), f"{rule_of(flat, surface)} — Descent Lab"]


def joined(parts: list[Fates]) -> Fates:
    """The fates of all rows."""
    return Fates(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def basin_map(flat: Flat, n: int, found: Fates) -> bytes:
    """The map of n × n starts of the page's rule, bottom row first, packed: {"map": …}."""
    surface, ((x0, x1), (y0, y1)), (xs, ys) = surface_of(flat), window_of(flat), places(flat, n)
    with np.errstate(over="ignore"):
        final = found.final.astype(np.float32)  # infinite from 3e38 on
    message = {
        "n": n,
        "x": [x0, x1],
        "y": [y0, y1],
        "xs": xs,
        "ys": ys,
        "minimum": np.where(found.minimum < 0, NOBODY, found.minimum).astype(np.uint8).ravel(),
        "fates": found.fate.astype(np.uint8).ravel(),
        "final": final.ravel(),
        "minima": [minimum(surface, i) for i in range(surface.minima().shape[1])],
        "lines": lines(surface, ((x0, x1), (y0, y1))),
        "shares": shares(found),
        "summary": summary(flat, surface, found),
    }
    return pack({"map": message})


def minimum(surface: Landscape, i: int) -> dict[str, Any]:
    """A minimum: its place, also as text, its letter and its f; what is left of a zero by rounding is 0."""
    x, y = surface.minima()[:, i]
    f = float(surface.value(np.array([x, y])))
    at, value = f"({short(float(x))}, {short(float(y))})", short(f if abs(f) > tolerance(surface) else 0.0, 4)
    return {"x": float(x), "y": float(y), "name": name_of(i), "at": at, "f": value}


def name_of(i: int) -> str:
    """A minimum's letter, the deepest one's first: A, B, … Z, AA, …."""
    return (name_of(i // 26 - 1) if i >= 26 else "") + chr(ord("A") + i % 26)


def shares(found: Fates) -> list[dict[str, Any]]:
    """The minima that starts lead to and the other fates, each with its share of all; the shares, in tenths of a percent, sum to 100 %."""
    minima = np.bincount(found.minimum[found.minimum >= 0])
    rest = np.bincount(found.fate.ravel(), minlength=len(Fate))
    counts = [(i, None, int(count)) for i, count in enumerate(minima) if count]
    counts += [(None, int(fate), int(rest[fate])) for fate in Fate if rest[fate] and fate != Fate.ARRIVED]
    tenths = rounded([count for *_which, count in counts], 1000)
    texts = [f"{part / 10:.1f} %" if part else "< 0.1 %" for part in tenths]
    return [{"minimum": i, "fate": fate, "part": count / found.fate.size, "text": text} for (i, fate, count), text in zip(counts, texts, strict=True)]


def rounded(counts: list[int], to: int) -> list[int]:
    """The counts scaled to whole numbers that sum to `to`: each rounded down, and then those with the largest remainders up."""
    total = sum(counts)
    parts = [count * to // total for count in counts]
    most = sorted(range(len(counts)), key=lambda k: -(counts[k] * to % total))
    for k in most[: to - sum(parts)]:
        parts[k] += 1
    return parts


def summary(flat: Flat, surface: Landscape, found: Fates) -> str:
    """The shares in words, for those who hear the page."""
    names = fate_names(flat, surface)

    def said(share: dict[str, Any]) -> str:
        if share["minimum"] is None:
            return f"{names[share['fate']]} {share['text']}"
        there = minimum(surface, share["minimum"])
        return _("minimum {letter} at {place} {share}").format(letter=there["name"], place=there["at"], share=share["text"])

    return f"{_(own_lane(flat).rule.title)}: " + ", ".join(map(said, shares(found))) + "."


def lines(surface: Landscape, window: Window) -> Array:
    """The level lines of a surface in a window: segments x0, y0, x1, y1, one after the other."""
    try:
        return remembered(surface, window)
    except InputError:
        return np.empty(0, dtype=np.float32)


@lru_cache(maxsize=64)
def remembered(surface: Landscape, window: Window) -> Array:
    x, y = (np.linspace(low, high, GRID) for low, high in window)
    seen = relief(surface, x, y)
    levels = np.linspace(seen.low, seen.high, LINES + 2)[1:-1]
    found = np.concatenate([zeros(seen.z - level) for level in levels])
    steps, first = [x[1] - x[0], y[1] - y[0]] * 2, [x[0], y[0]] * 2
    return (found * steps + first).astype(np.float32).ravel()

"""The axes of a map of runs: which settings can be one, and from where to where."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import floor, log10

import numpy as np

from core import Array, InputError, N_, Range, parameters
from core.scale import Scale, middles, narrowest, scale_of
from landscapes import LANDSCAPES
from links.entries import make, suggested, surface_of
from links.race import MENU, NOISE, WARMUP
from links.reader import Reader
from links.table import Flat
from links.zoom import PLACE
from optimizers import OPTIMIZERS
from runs import stability_limit

FINE = 200  # cells along each axis
LIMITS = (1e-30, 1e30)  # of ranges on a logarithmic scale
BELOW, ABOVE = 200, 2.5  # times the stability limit, where theory has one: the rates that a map begins with
AROUND = 30  # times the suggested rate, and as many below it, where there is none


@dataclass(frozen=True)
class Axis:
    """A setting, by its name in links, and the range of its values that a map shows."""

    key: str
    allowed: Range
    low: float
    high: float

    @property
    def scale(self) -> Scale:
        return scale_of(self.allowed)

    def values(self, n: int) -> Array:
        """The values of n cells, each in the middle of its cell, whole where the setting is; shape (n,)."""
        return self.fitting(middles(self.low, self.high, n, self.scale))

    def fitting(self, values: Array) -> Array:
        """The same values, or the nearest whole ones where the setting is whole."""
        return np.floor(values + 0.5) if self.allowed.whole else values


def settings_of(flat: Flat) -> dict[str, Range]:
    """The settings that can be an axis for this rule, schedule and surface, by their names in links."""
    rule, schedule = OPTIMIZERS[flat["1.rule"]], MENU[flat["1.schedule"]]
    found = {f"1.{name}": allowed for name, allowed in parameters(rule).items()}
    found |= {f"1.schedule.{name}": allowed for name, allowed in parameters(schedule).items()} | {"1.warmup": WARMUP}
    found |= {f"surface.{name}": allowed for name, allowed in parameters(LANDSCAPES[flat["surface"]]).items() if varies(flat["surface"], name)}
    return found | {"noise": NOISE} | {axis: PLACES[axis] for axis in ("x", "y")}


PLACES = {
    axis: Range(PLACE.low, PLACE.high, within=PLACE.within, label=label, help=N_("Where the runs start."))
    for axis, label in (("x", N_("Start x")), ("y", N_("Start y")))
}


@lru_cache(maxsize=256)
def varies(surface: str, name: str) -> bool:
    """Whether one sweep can have this parameter of the surface at many values: not where its minima hang on it."""
    cls = LANDSCAPES[surface]
    allowed = parameters(cls)[name]
    try:
        _ = cls(**{name: np.array([allowed.low, allowed.high])}).lowest
    except (InputError, ValueError):
        return False
    return True


def home(key: str, allowed: Range, flat: Flat) -> tuple[float, float]:
    """The range that a map of this setting begins with."""
    if key in ("x", "y"):
        return surface_of(flat).domain["xy".index(key)]
    if key == "1.warmup":
        return 0, min(int(allowed.high), flat["steps"])
    return rates(flat) if key == "1.lr" else (allowed.low, allowed.high)


def rates(flat: Flat) -> tuple[float, float]:
    """The rates that a map begins with: around the stability limit at the minimum, or else around the suggested rate."""
    surface = surface_of(flat)
    rule = make(OPTIMIZERS[flat["1.rule"]], {}, "")
    limit = stability_limit(rule, surface, surface.start).get("minimum")
    low, high = (limit / BELOW, limit * ABOVE) if limit else (suggested(flat, 1) / AROUND, suggested(flat, 1) * AROUND)
    return rounded(low), rounded(high)


def rounded(value: float) -> float:
    """To one digit."""
    return float(f"{value:.0e}") if value else 0.0


def take_axis(reader: Reader, name: str, default: str, options: dict[str, Range]) -> None:
    """Take the setting that is the axis `name`, ax or ay, and its range."""
    key = reader.choice(name, default, options)
    allowed = options[key]
    first, last = home(key, allowed, reader.flat)
    low = reader.number(f"{name}.low", first, ends(allowed))
    beyond = lambda value: checked(value, low, ends(allowed))  # noqa: E731
    if not low < last:
        last = ends(allowed).high
    reader.take(f"{name}.high", last, beyond, lambda: f"({low:.6g}, {ends(allowed).high:.6g}]")


def ends(allowed: Range) -> Range:
    """The values at which an axis may end: what the setting accepts, and on a logarithmic scale no farther than it can be drawn."""
    left, right = allowed.ends
    if allowed.log:
        left, right = max(left, LIMITS[0]), min(right, LIMITS[1])
    if allowed.near_one:
        right = 1 - 10.0 ** floor(log10(np.finfo(float).eps * 8))  # beyond it 1 − v has no digits
    left, right = max(left, -LIMITS[1]), min(right, LIMITS[1])
    return Range(left, right, log=allowed.log, near_one=allowed.near_one, within=f"[{left!r}, {right!r}]")


def checked(value: object, low: float, allowed: Range) -> float:
    """The end of a range that begins at `low`; raises ValueError where double precision could not tell its cells apart."""
    number = float(value)  # pyright: ignore[reportArgumentType]
    if not allowed.holds(number) or not number - low >= narrowest(max(abs(low), abs(number)), FINE):
        raise ValueError
    return number


def axes_of(flat: Flat) -> tuple[Axis, Axis]:
    """The horizontal and the vertical axis."""
    options = settings_of(flat)
    x, y = (Axis(flat[name], options[flat[name]], flat[f"{name}.low"], flat[f"{name}.high"]) for name in ("ax", "ay"))
    return x, y


def kept_of(flat: Flat) -> list[tuple[float, float]]:
    """The values on both axes of the cells that are kept."""
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in flat["kept"].split(";") if pair)]

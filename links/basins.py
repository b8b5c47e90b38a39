"""Basins on the Explore page: the rules whose maps stand side by side, each with its rate, the starts in view, and when a minimum is reached."""

from __future__ import annotations

from math import floor, log10
from typing import Any

import numpy as np

from core import Array, InputError, N_, Range, parameters
from core.scale import middles, narrowest
from core.window import Window
from landscapes import Landscape
from links.axes import FINE
from links.entries import lane_of, make, suggestion, surface_of
from links.lanes import MOST_LANES
from links.race import RACE
from links.reader import Reader
from links.scenes import makes_the_race
from links.table import Flat
from optimizers import OPTIMIZERS
from runs import Noisy
from runs.basin import Fates, fates
from runs.compiled import usable
from runs.descent import Descent
from runs.minimum import TOLERANCE as USUAL
from runs.minimum import tolerance
from runs.race import Lane

RULES = "gradient_descent,momentum,rmsprop,adam"
AT_ONCE = 1_000_000  # runs × steps: a tenth of a second in NumPy
TOLERANCE = Range(
    *(1e-12, 0.1),
    log=True,
    within="[1e-12, 0.1]",
    label=N_("Tolerance"),
    help=N_("How close to a minimum's f a run must stand in the end, as a part of the drop from the surface's own start to f*."),
)


def take_basins(reader: Reader) -> None:
    """Take the rules and their rates, the starts in view, and when a minimum counts as reached."""
    take_rules(reader)
    flat = reader.flat
    for name in others(flat):
        if flat["view"] == "basins" or rate_of(name) in reader.given:  # a rate that was set holds while another view is shown
            reader.number(rate_of(name), suggested_for(flat, name), parameters(OPTIMIZERS[name])["lr"])
    reader.number("tolerance", USUAL, TOLERANCE)
    reader.switch("nearest")
    reader.take("starts", "", lambda value: written(value, surface_of(flat).domain), lambda: "x0,x1,y0,y1")


def take_rules(reader: Reader) -> None:
    """The names of rules, in the order given, each once."""
    given = reader.given.pop("rules", RULES)
    names = list(dict.fromkeys(name.strip() for name in str(given).split(",") if name.strip()))
    unknown = [name for name in names if name not in OPTIMIZERS]
    for name in unknown[:3]:
        template = N_("{name}={value} was ignored: there is no such rule.")
        reader.complaints.append(InputError(template, name="rules", value=name[:40]))
    known = [name for name in names if name in OPTIMIZERS]
    for name in known[MOST_LANES:][:1]:
        template = N_("{name}={value} was ignored: {most} rules at most stand side by side.")
        reader.complaints.append(InputError(template, name="rules", value=name, most=MOST_LANES))
    reader.flat["rules"] = ",".join(known[:MOST_LANES]) if known or not unknown else RULES


def written(value: Any, domain: Window) -> str:
    """The starts in view, "x0,x1,y0,y1", as a link has them; empty for the whole domain. Raises ValueError for what is none, or reaches beyond it."""
    if not value:
        return ""
    x0, x1, y0, y1 = (float(v) for v in str(value).split(","))
    for (low, high), (least, most) in zip(((x0, x1), (y0, y1)), domain, strict=True):
        if not (least <= low < high <= most and high - low >= narrowest(max(abs(low), abs(high)), FINE)):
            raise ValueError
    return "" if ((x0, x1), (y0, y1)) == domain else ",".join(map(repr, (x0, x1, y0, y1)))


def rules_of(flat: Flat) -> list[str]:
    """The rules whose maps are shown."""
    return [name for name in flat["rules"].split(",") if name]


def others(flat: Flat) -> list[str]:
    """Those of them that are not the page's own, whose settings are the page's."""
    return [name for name in rules_of(flat) if name != flat["1.rule"]]


def rate_of(name: str) -> str:
    """The key of such a rule's rate."""
    return f"{name}.lr"


def suggested_for(flat: Flat, name: str) -> float:
    """The rate suggested for a rule with its defaults on the surface."""
    return suggestion(make(OPTIMIZERS[name], {}, ""), surface_of(flat))


def window_of(flat: Flat) -> Window:
    """The ranges of x and y of the starts."""
    if not flat["starts"]:
        return surface_of(flat).domain
    x0, x1, y0, y1 = (float(v) for v in flat["starts"].split(","))
    return (x0, x1), (y0, y1)


def of_rule(flat: Flat, name: str) -> Flat:
    """The settings with one of the rules in place of the page's own: with its rate, its defaults, and the page's schedule."""
    if name == flat["1.rule"]:
        return flat
    kept = {key: value for key, value in flat.items() if not key.startswith("1.") or key.startswith(("1.schedule", "1.warmup"))}
    own = {f"1.{each}": getattr(OPTIMIZERS[name], each) for each in parameters(OPTIMIZERS[name])}
    return kept | own | {"1.rule": name, "1.lr": flat[rate_of(name)]}


def places(flat: Flat, n: int) -> tuple[Array, Array]:
    """The x and the y of n × n starts: the middles of cells, in as few digits as tell them apart to a thousandth of a cell; each of shape (n,)."""
    x, y = (np.round(middles(low, high, n, "even"), max(0, 3 - floor(log10((high - low) / n)))) for low, high in window_of(flat))
    return x, y


def own_lane(flat: Flat) -> Lane:
    """The page's rule and schedule; noise, where there is some, is its own too."""
    return lane_of(flat | {"1.quiet": 0}, 1)


def parts(n: int, steps: int) -> list[slice]:
    """The rows of an n × n map, as many at a time as are worked out at once."""
    rows = max(AT_ONCE // (n * steps), 1)
    return [slice(first, min(first + rows, n)) for first in range(0, n, rows)]


def swept(flat: Flat, n: int, rows: slice, compiled: bool | None = None) -> Fates:
    """What becomes of the runs of the page's rule from these rows of n × n starts, bottom first, in arrays (rows, n); compiled as in `sweep`."""
    surface, lane = surface_of(flat), own_lane(flat)
    x, y = places(flat, n)
    start = np.array(np.meshgrid(x, y[rows]))
    descent = Descent(lane.rule, Noisy(surface, flat["noise"], flat["seed"]), start, flat["steps"], lane.schedule)
    found = fates(descent, level_of(flat, surface), bool(flat["nearest"]), not usable(descent, compiled))
    return Fates(found.minimum.astype(np.int16), found.fate.astype(np.uint8), found.final)


def level_of(flat: Flat, surface: Landscape) -> float:
    """The tolerance in units of f."""
    return float(tolerance(surface)) * flat["tolerance"] / USUAL


def what_is_swept(flat: Flat) -> tuple[tuple[str, Any], ...]:
    """All that one rule's map hangs on."""
    named = ("surface", "steps", "noise", "seed", "starts", "tolerance", "nearest")
    return tuple((key, value) for key, value in flat.items() if key in named or key.startswith(("surface.", "1.")))


def race_link(flat: Flat, language: str) -> dict[str, str]:
    """The race of the rules from the page's start, as the Race page's address has it."""
    common = {key: value for key, value in flat.items() if makes_the_race(key) and not key.startswith("1.")}
    lanes = [{key[2:]: value for key, value in of_rule(flat, name).items() if key.startswith("1.")} for name in rules_of(flat)]
    numbered = {f"{i}.{key}": value for i, each in enumerate(lanes, start=1) for key, value in each.items()}
    return RACE.short(RACE.read(common | {"lanes": len(lanes)} | numbered, language)[0], language)


def fitting(given: Flat, before: Flat) -> tuple[Flat, set[str]]:
    """The settings after a change, and the keys of those that hold no longer: suggested rates, and the starts in view of another surface.

    Another rule of the page takes the place that the last one had among the maps.
    """
    dropped = {key for name in others(before) if (key := rate_of(name)) in given and given[key] == suggested_for(before, name)}
    if given["surface"] != before["surface"]:
        dropped |= {"starts"}
    old, new, names = before["1.rule"], given["1.rule"], rules_of(given)
    if given["view"] == "basins" and new != old and new not in names:
        names = [new if name == old else name for name in names] if old in names else [*names[: MOST_LANES - 1], new]
    return given | {"rules": ",".join(names)}, dropped

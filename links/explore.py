"""What the Explore page's address may hold: the one lane of a race, two of whose settings are axes, and what is looked at."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from core import N_, Range, parameters
from landscapes import LANDSCAPES
from links.axes import axes_of, ends, kept_of, settings_of, take_axis
from links.basins import take_basins
from links.entries import suggested, surface_of
from links.lanes import MOST_LANES
from links.race import MENU, NOISE, RACE, SEED, STEPS, WARMUP, is_followed, up_to
from links.reader import Reader
from links.scenes import makes_the_race
from links.table import Flat, Table
from links.zoom import PLACE
from locales import LANGUAGES
from optimizers import OPTIMIZERS

SURFACE, RULE = "bowl", "momentum"
MEASURES = {
    "steps": N_("Steps until f stays at f*"),
    "final": N_("f − f* at the end"),
    "best": N_("lowest f − f* on the way"),
    "distance": N_("Distance to the nearest minimum"),
}
VIEWS = {  # what the page shows
    "map": N_("Map"),
    "paths": N_("Paths"),
    "basins": N_("Basins"),
    "rates": N_("Rates"),
    "best": N_("Which is best?"),
}
SORTS = (
    "rule",
    "steps",
    "evaluations",
    "gap",
    "width",
    "settings",
    "share",
    "median",
    "cost",
)  # the columns by which rules are sorted; "-" before one: from the largest down
RAW = {"final": N_("f at the end"), "best": N_("lowest f on the way")}  # where there is no f*
PARTS = ("top", "surface", "controls", "legend", "theory", "panel", "bar")  # of the page, that a link can leave out
AXES = ("ax", "ay")


def take(reader: Reader, language: str) -> None:
    """Take every setting; what others follow before these."""
    reader.choice("lang", language, LANGUAGES)
    reader.entry("surface", "surface.", SURFACE, LANDSCAPES)
    surface = surface_of(reader.flat)
    for axis, start in zip("xy", surface.start, strict=True):
        reader.number(axis, start, PLACE)
    reader.number("steps", 200, STEPS)
    reader.number("noise", 0.0, NOISE)
    reader.number("seed", 0, SEED)
    rule = reader.entry("1.rule", "1.", RULE, OPTIMIZERS)
    reader.number("1.lr", suggested(reader.flat, 1), parameters(rule)["lr"])
    reader.entry("1.schedule", "1.schedule.", "constant", MENU)
    reader.number("1.warmup", 0, WARMUP)
    options = settings_of(reader.flat)
    take_axis(reader, "ax", "1.lr", options)
    others = {key: allowed for key, allowed in options.items() if key != reader.flat["ax"]}
    take_axis(reader, "ay", second(others), others)
    reader.choice("view", "map", VIEWS)
    reader.choice("measure", next(iter(measures(reader.flat))), measures(reader.flat))
    take_kept(reader)
    reader.choice("sort", "evaluations", dict.fromkeys([*SORTS, *(f"-{each}" for each in SORTS)]))
    reader.switch("profile")
    take_scrub(reader)
    take_basins(reader)
    reader.switch("present")
    reader.parts("hide", PARTS)
    if "at" in reader.given:
        reader.number("at", reader.flat["steps"], up_to(reader.flat["steps"]))
    if "play" in reader.given:
        reader.switch("play")


def second(options: dict[str, Range]) -> str:
    """What is usually the vertical axis: the rule's main hyperparameter; else something of the surface, or the warm-up."""
    own = [key for key, allowed in options.items() if key.startswith("1.") and "." not in key[2:] and not allowed.rare and key != "1.warmup"]
    surface = [key for key in options if key.startswith("surface.")]
    return [*own, *surface, "1.warmup"][0]


def measures(flat: Flat) -> dict[str, str]:
    """What a map of this surface can show, each with its title."""
    return RAW if surface_of(flat).lowest is None else MEASURES


def take_kept(reader: Reader) -> None:
    """The cells that are kept, "x,y;x,y" by their values on the two axes."""
    ranges = [ends(axis.allowed) for axis in axes_of(reader.flat)]

    def convert(value: Any) -> str:
        pairs = [[float(v) for v in pair.split(",")] for pair in str(value).split(";") if pair]
        if len(pairs) > MOST_LANES or not all(len(pair) == 2 and all(map(holds, ranges, pair)) for pair in pairs):
            raise ValueError
        return ";".join(",".join(map(repr, pair)) for pair in pairs)

    reader.take("kept", "", convert, lambda: f"x,y;x,y (≤ {MOST_LANES})")


def take_scrub(reader: Reader) -> None:
    """The value of the horizontal axis whose run is chosen; nothing while that is the one nearest to the setting's own."""
    x, _y = axes_of(reader.flat)
    allowed = Range(x.low, x.high, within=f"[{x.low!r}, {x.high!r}]")

    def convert(value: Any) -> float | str:
        if value != "" and not allowed.holds(float(value)):
            raise ValueError
        return value if value == "" else float(value)

    reader.take("scrub", "", convert, lambda: f"[{x.low:.6g}, {x.high:.6g}]")


def holds(allowed: Range, value: float) -> bool:
    return allowed.holds(value)


def leads(key: str) -> bool:
    """Whether what is usual for other settings follows from this one."""
    return key in (*AXES, "view", "rules") or is_followed(key)


def usual(flat: Flat, language: str) -> dict[str, str | None]:
    """Each setting's text that the address bar leaves out."""
    return remembered(frozenset((key, flat[key]) for key in flat if leads(key) or key == "steps"), language)


@lru_cache(maxsize=256)
def remembered(chosen: frozenset[tuple[str, Any]], language: str) -> dict[str, str | None]:
    """The same, remembered. A setting that others follow is usual as it is at the opening; a parameter as it is for its entry."""
    own = dict(chosen)
    skeleton = {key: value for key, value in own.items() if key in AXES or key in ("surface", "1.rule", "1.schedule")}
    opening, still, followed = texts_of({}, language), texts_of(skeleton, language), texts_of(own, language)
    followed |= {key: text for key, text in still.items() if leads(key)} | {key: opening.get(key) for key in skeleton if key not in AXES}
    plain = {key: value for key, value in own.items() if key not in AXES}
    alone, beside = texts_of(plain, language), texts_of(plain | {"ax": own["ax"]}, language)  # an axis that is usual for the rule, and beside ax
    axes = {"ax": alone["ax"], "ay": alone["ay"] if alone["ay"] == beside["ay"] else None}
    return followed | axes | {"steps": opening["steps"]}


def texts_of(given: Flat, language: str) -> dict[str, Any]:
    """The whole link, where just these settings are given."""
    return EXPLORE.write(EXPLORE.read(given, language)[0])


EXPLORE = Table(take, usual, passing=frozenset({"at", "play"}))


def race_link(flat: Flat, language: str) -> dict[str, str]:
    """The race of the kept cells, or of the lane as it is set where none is, as the Race page's address has it.

    Lanes share a surface, a start and the noise: where one of these is an axis, all have the last cell's.
    """
    lane = {key[2:]: value for key, value in flat.items() if key.startswith("1.")}
    common = {key: value for key, value in flat.items() if makes_the_race(key) and not key.startswith("1.")}
    lanes = []
    for cell in kept_of(flat) or [()]:
        at = dict(zip((flat[name] for name in AXES), cell, strict=False))
        lanes.append(lane | {key[2:]: value for key, value in at.items() if key.startswith("1.")})
        common |= {key: value for key, value in at.items() if not key.startswith("1.")}
    numbered = {f"{i}.{key}": value for i, each in enumerate(lanes, start=1) for key, value in each.items()}
    return RACE.short(RACE.read(common | {"lanes": len(lanes)} | numbered, language)[0], language)

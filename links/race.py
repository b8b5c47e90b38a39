"""What the Race page's address may hold, and what stands there when nothing is said."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from core import N_, Range, parameters
from core.number import exact
from landscapes import LANDSCAPES
from links.entries import suggested, surface_of
from links.lanes import MOST_LANES
from links.quantities import QUANTITIES
from links.reader import Reader
from links.table import Flat, Table
from links.zoom import PLACE, ZOOM, middle
from locales import LANGUAGES
from optimizers import OPTIMIZERS
from optimizers.schedules import SCHEDULES
from optimizers.schedules.warmup import Warmup
from runs import Noisy

SURFACE = "two_wells"
RULES = (
    "gradient_descent",
    "momentum",
    "rmsprop",
    "adam",
    "nesterov",
    "adagrad",
    "adadelta",
    "adamw",
)  # lane by lane at the opening, then as lanes are added
LANES = 4
COUNT = Range(1, MOST_LANES, whole=True, within=f"[1, {MOST_LANES}]")
NONE = Range(0.0, 0.0, within="[0, 0]")  # for the second weight of a loss that has one
STEPS = Range(10, 1000, whole=True, within="[10, 1000]")
NOISE = parameters(Noisy)["sigma"]
NOISES = [0.0, *(float(f"{m}e{k}") for k in (-2, -1, 0) for m in (1, 1.5, 2, 3, 5, 7)), NOISE.high]
SEED = Range(0, 999_999, whole=True, within="[0, 999999]", help=N_("Another seed draws other noise; all lanes see the same."))
WARMUP = parameters(Warmup)["steps"]
MENU = {name: entry for name, entry in SCHEDULES.items() if not entry.wraps}  # the schedules that a lane can have by themselves
VIEWS = {"2d": N_("Map"), "3d": "3-D"}
HEIGHTS = {"f": "f", "log": "log"}  # on which scale a surface stands in 3-D
SIDES = ("left", "right")  # of the charts
SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
PARTS = ("top", "surface", "noise", "controls", "titles", "verdicts", "readout", "minima", "curves", "bar")  # of the page, that a link can leave out


def take(reader: Reader, language: str) -> None:
    """Take every setting; the surface before its start and a rule before its rate, because their defaults follow from them."""
    reader.choice("lang", language, LANGUAGES)
    reader.entry("surface", "surface.", SURFACE, LANDSCAPES)
    take_place(reader, 200)
    reader.number("noise", 0.0, NOISE)
    reader.number("seed", 0, SEED)
    reader.switch("many")
    reader.number("lanes", LANES, COUNT)
    for i in range(1, reader.flat["lanes"] + 1):
        take_lane(reader, i, RULES[i - 1])
        reader.switch(f"{i}.quiet")
    take_look(reader, PARTS)


def take_place(reader: Reader, steps: int) -> None:
    """The start on the surface, for how many steps, and the part of the map in view."""
    surface = surface_of(reader.flat)
    reader.number("x", surface.start[0], PLACE)
    reader.number("y", surface.start[1], NONE if getattr(surface, "single", False) else PLACE)
    reader.number("steps", steps, STEPS)
    reader.number("zoom", 1.0, ZOOM)
    for axis, centre in zip(("zoom.x", "zoom.y"), middle(surface.domain), strict=True):
        reader.number(axis, centre, PLACE)


def take_lane(reader: Reader, i: int, usual: str) -> None:
    """Lane i's rule, rate, schedule and colour."""
    rule = reader.entry(f"{i}.rule", f"{i}.", usual, OPTIMIZERS)
    reader.number(f"{i}.lr", suggested(reader.flat, i), parameters(rule)["lr"])
    reader.entry(f"{i}.schedule", f"{i}.schedule.", "constant", MENU)
    reader.number(f"{i}.warmup", 0, WARMUP)
    reader.number(f"{i}.look", i, COUNT)


def take_look(reader: Reader, parts: Collection[str]) -> None:
    """How the race is looked at, of whose page these parts can be left out."""
    reader.choice("view", "2d", VIEWS)
    reader.choice("height", "f", HEIGHTS)  # on f no surface of the catalogue hides a path; a logarithm makes funnels of its minima
    for name in ("overlay", "field", "lens", "ghost"):
        reader.switch(name)
    for side, quantity in usually_charted(reader.flat).items():
        reader.choice(f"curve.{side}", quantity, QUANTITIES)
    reader.number("inspect", 0, up_to(reader.flat["lanes"]))
    reader.take("speed", 1.0, lambda value: SPEEDS[SPEEDS.index(float(value))], lambda: ", ".join(map(exact, SPEEDS)))
    reader.switch("loop")
    reader.switch("present")
    reader.parts("hide", parts)
    reader.switch("predict")
    if "at" in reader.given:
        reader.number("at", reader.flat["steps"], up_to(reader.flat["steps"]))
    if "play" in reader.given:
        reader.switch("play")


def usually_charted(flat: Flat) -> dict[str, str]:
    """What each chart shows where nothing is said: the loss, and the slope or, where a schedule or a warm-up moves the rate, the rate."""
    moving = any(flat[f"{i}.schedule"] != "constant" or flat[f"{i}.warmup"] for i in range(1, flat["lanes"] + 1))
    return dict(zip(SIDES, ("gap", "rate" if moving else "slope"), strict=True))


def up_to(last: int) -> Range:
    """The whole numbers from 0 to the last."""
    return Range(0, last, whole=True, within=f"[0, {last}]")


def is_skeleton(key: str) -> bool:
    """Whether other settings depend on this one."""
    return key in ("surface", "lanes") or key.endswith((".rule", ".schedule"))


def is_followed(key: str) -> bool:
    """Whether what is usual for other settings follows from this one."""
    return is_skeleton(key) or key.startswith("surface.") or key.endswith(".warmup")


def usual(flat: Flat, language: str) -> dict[str, str | None]:
    """Each setting's text that the address bar leaves out, for these settings that others follow."""
    return remembered("race", frozenset((key, flat[key]) for key in flat if is_followed(key)), language)


@lru_cache(maxsize=256)
def remembered(page: str, chosen: frozenset[tuple[str, Any]], language: str) -> dict[str, str | None]:
    """The same for a page with lanes, remembered: it is asked for at every change, and mostly only a number has changed."""
    table = WITH_LANES[page]
    own = dict(chosen)  # the start and the suggested rates follow the surface as it is set
    skeleton = {key: value for key, value in own.items() if is_skeleton(key)}
    opening = texts_of(table, {"lanes": skeleton["lanes"]}, language)
    still = texts_of(table, skeleton, language)
    usually_said = texts_of(table, own, language) | {key: text for key, text in still.items() if is_followed(key)}
    return usually_said | {key: opening.get(key) for key in skeleton} | {"lanes": texts_of(table, {}, language)["lanes"]}


def texts_of(table: Table, given: Flat, language: str) -> dict[str, Any]:
    """The whole link, where just these settings are given."""
    return table.write(table.read(given, language)[0])


RACE = Table(take, usual, passing=frozenset({"at", "play"}))
WITH_LANES = {"race": RACE}  # and those of other pages, from their own modules

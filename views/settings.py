"""Everything that can be set on the Race page, as one flat table whose keys are the link's parameters and the widgets' keys.

`read` is the only place that knows what may stand in it and what stands there when nothing is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import floor, isfinite, log10
from typing import Any
from urllib.parse import parse_qsl

import numpy as np

from core import InputError, N_, Range, parameters, texts
from figures import magnified
from landscapes import LANDSCAPES, Landscape
from locales import LANGUAGES
from optimizers import OPTIMIZERS, Optimizer
from optimizers.schedules import SCHEDULES, Schedule
from optimizers.schedules.warmup import Warmup
from runs import BOUND, Noisy, passed_below, proposed_rate, run
from views.quantities import QUANTITIES
from views.reader import Reader

VERSION = "1"
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
MOST_LANES = 8
STEPS = Range(10, 1000, whole=True, within="[10, 1000]")
COUNT = Range(1, MOST_LANES, whole=True, within=f"[1, {MOST_LANES}]")
SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
PLACE = Range(-BOUND, BOUND, within=f"[-{BOUND:.0f}, {BOUND:.0f}]")
ZOOM = Range(0.01, 1e6, log=True, within="[0.01, 1000000]")
WARMUP = parameters(Warmup)["steps"]
NOISE = parameters(Noisy)["sigma"]
NOISES = [0.0, *(float(f"{m}e{k}") for k in (-2, -1, 0) for m in (1, 1.5, 2, 3, 5, 7)), NOISE.high]
SEED = Range(0, 999_999, whole=True, within="[0, 999999]", help=N_("Another seed draws other noise; all lanes see the same."))
PARTS = ("top", "surface", "noise", "controls", "titles", "verdicts", "readout", "minima", "curves", "bar")  # of the page, that a link can leave out
RUNS = 30  # of a lane, where many are drawn
CURVES = {"left": "gap", "right": "rate"}  # what the charts show at the opening
VIEWS = {"2d": N_("Map"), "3d": "3-D"}
MENU = {name: entry for name, entry in SCHEDULES.items() if not entry.wraps}

# What Streamlit reads from the address by itself, in a page within another one; it keeps these from the page's script.
EMBEDDING = {
    "embed": ("true", "false"),
    "embed_options": (
        *("show_toolbar", "show_padding", "disable_scrolling", "light_theme", "dark_theme"),
        *("hide_loading_screen", "show_loading_screen_v1", "show_loading_screen_v2"),
    ),
}

Flat = dict[str, Any]
Ranges = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class Lane:
    """A rule and the schedule of its rate; a quiet one has no part in the race's noise."""

    rule: Optimizer
    schedule: Schedule
    quiet: bool = False


@dataclass(frozen=True)
class Race:
    """What is raced: frozen and hashable, so that a run of it can be remembered."""

    surface: Landscape
    start: tuple[float, float]
    steps: int
    lanes: tuple[Lane, ...]
    noise: float = 0.0
    seed: int = 0
    many: bool = False
    deeper: int = 0  # the lane that passed below every minimum that the search had found, farthest of all; 0 where none did

    def descended(self, lane: Lane, runs: int | None = None) -> Noisy:
        """The surface as this lane descends it: all lanes with the same noise, or each of so many runs with its own."""
        return Noisy(self.surface, 0.0 if lane.quiet else self.noise, self.seed, runs)


@lru_cache(maxsize=1024)
def passage(lane: Lane, surface: Noisy, start: tuple[float, float], steps: int) -> tuple[float, float] | None:
    """Where a lane's run passes below every minimum that is known, at its lowest."""
    return passed_below(run(lane.rule, surface, start, steps, lane.schedule), surface)


@lru_cache(maxsize=256)
def deepened(race: Race) -> Race:
    """The race on the surface with the minimum to which a lane led that passed below all that a search had found.

    The runs are those on the surface as the search left it, so that the link alone says which minimum that is.
    """
    if race.surface.listed != "found":
        return race
    points = {i: p for i, lane in enumerate(race.lanes, start=1) if (p := passage(lane, race.descended(lane), race.start, race.steps))}
    if not points:
        return race
    deepest = min(points, key=lambda i: float(race.surface.value(np.array(points[i]))))
    return replace(race, surface=race.surface.deeper(points[deepest]), deeper=deepest)


proposal = lru_cache(maxsize=4096)(proposed_rate)


def proposed(flat: Flat, i: int) -> float:
    """The rate proposed for lane i's rule, with its defaults, on the surface as it is set."""
    return proposal(make(OPTIMIZERS[flat[f"{i}.rule"]], {}, ""), surface_of(flat))


def read(given: Mapping[str, Any], language: str) -> tuple[Flat, list[InputError]]:
    """A complete table of settings from a link's parameters or from what is set now, and a complaint for everything that was ignored."""
    reader = Reader({key: value for key, value in given.items() if key.lower() not in EMBEDDING})
    if (version := reader.given.pop("v", VERSION)) != VERSION:
        reader.complaints.append(
            InputError(N_("v={value}: this link is of another version; what can be read of it is used."), value=str(version)[:40])
        )
    reader.choice("lang", language, LANGUAGES)
    reader.entry("surface", "surface.", SURFACE, LANDSCAPES)
    surface = surface_of(reader.flat)
    reader.number("x", surface.start[0], PLACE)
    reader.number("y", surface.start[1], PLACE)
    reader.number("steps", 200, STEPS)
    reader.number("zoom", 1.0, ZOOM)
    for axis, (low, high) in zip(("zoom.x", "zoom.y"), surface.domain, strict=True):
        reader.number(axis, (low + high) / 2, PLACE)
    reader.number("noise", 0.0, NOISE)
    reader.number("seed", 0, SEED)
    reader.switch("many")
    reader.choice("view", "2d", VIEWS)
    reader.number("lanes", LANES, COUNT)
    for i in range(1, reader.flat["lanes"] + 1):
        rule = reader.entry(f"{i}.rule", f"{i}.", RULES[i - 1], OPTIMIZERS)
        reader.number(f"{i}.lr", proposed(reader.flat, i), parameters(rule)["lr"])
        reader.entry(f"{i}.schedule", f"{i}.schedule.", "constant", MENU)
        reader.number(f"{i}.warmup", 0, WARMUP)
        reader.switch(f"{i}.quiet")
        reader.number(f"{i}.look", i, COUNT)
    reader.switch("overlay")
    reader.switch("field")
    for side, usual in CURVES.items():
        reader.choice(f"curve.{side}", usual, QUANTITIES)
    last = reader.flat["lanes"]
    reader.number("inspect", 0, Range(0, last, whole=True, within=f"[0, {last}]"))
    reader.take("speed", 1.0, lambda value: SPEEDS[SPEEDS.index(float(value))], lambda: ", ".join(f"{s:g}" for s in SPEEDS))
    reader.switch("loop")
    reader.switch("present")
    reader.parts("hide", PARTS)
    reader.switch("predict")
    if "at" in reader.given:
        last = reader.flat["steps"]
        reader.number("at", last, Range(0, last, whole=True, within=f"[0, {last}]"))
    for key in list(reader.given)[:5]:
        reader.complaints.append(
            InputError(N_("{name}={value} was ignored: this page has no such setting."), name=key[:40], value=str(reader.given[key])[:40])
        )
    if len(reader.given) > 5:
        reader.complaints.append(InputError(N_("{count} more unknown settings were ignored."), count=len(reader.given) - 5))
    return reader.flat, reader.complaints


def read_link(query: str, language: str) -> tuple[Flat, list[InputError]]:
    """The same from a link's whole query, with a complaint too for what stands in it more than once and for what it says of an embedded page."""
    pairs = parse_qsl(query, keep_blank_values=True)
    flat, complaints = read(dict(pairs), language)
    for key, values in EMBEDDING.items():
        for value in [value for name, value in pairs if name.lower() == key and value.lower() not in values][:3]:
            template = N_("{name}={value} was ignored: allowed is any of {allowed}.")
            complaints.append(InputError(template, name=key, value=value[:40], allowed=", ".join(values)))
    counts = Counter(name for name, _ in pairs if name.lower() != "embed_options")
    for name in [name for name, count in counts.items() if count > 1][:5]:
        template = N_("{name} stands in the link {count} times; the last one is read.")
        complaints.append(InputError(template, name=name[:40], count=counts[name]))
    return flat, complaints


def write(flat: Flat) -> dict[str, str]:
    """The settings as a link's parameters, every value to its last digit."""
    texts = {key: repr(float(value)) if isinstance(value, float) else str(value) for key, value in flat.items() if key != "at"}
    return {"v": VERSION, **texts}


def short(flat: Flat, language: str) -> dict[str, str]:
    """The parameters of the address bar: what differs from what would stand there anyway, and the version where anything does."""
    usual = usually(frozenset((key, flat[key]) for key in flat if is_skeleton(key) or key.startswith("surface.")), language)
    differing = {key: text for key, text in write(flat).items() if key != "v" and text != usual.get(key)}
    return {"v": VERSION, **differing} if differing else {}


def is_skeleton(key: str) -> bool:
    """Whether other settings depend on this one."""
    return key in ("surface", "lanes") or key.endswith((".rule", ".schedule"))


@lru_cache(maxsize=256)
def usually(chosen: frozenset[tuple[str, Any]], language: str) -> dict[str, str | None]:
    """What would stand in the address bar with this skeleton and these parameters of the surface; remembered while a lane's rate moves."""
    own = dict(chosen)  # the start and the proposed rates follow the surface as it is set
    skeleton = {key: value for key, value in own.items() if is_skeleton(key)}
    opening = write(read({"lanes": skeleton["lanes"]}, language)[0])
    usual = write(read(own, language)[0]) | write(only(read(skeleton, language)[0], "surface."))
    return usual | {key: opening.get(key) for key in skeleton} | {"lanes": str(LANES)}


def only(flat: Flat, prefix: str) -> Flat:
    """The settings whose keys begin so."""
    return {key: value for key, value in flat.items() if key.startswith(prefix)}


def common(flat: Flat) -> Flat:
    """The settings that belong to no lane."""
    return {key: value for key, value in flat.items() if not key[0].isdigit()}


def make(cls: type, flat: Flat, prefix: str) -> Any:
    """The catalogue entry with its parameters from the table, or its own defaults where the table has none."""
    return cls(**{name: flat[prefix + name] for name in [*texts(cls), *parameters(cls)] if prefix + name in flat})


def surface_of(flat: Flat) -> Landscape:
    return make(LANDSCAPES[flat["surface"]], flat, "surface.")


def race_of(flat: Flat) -> Race:
    """The frozen race that the table describes."""
    lanes = []
    for i in range(1, flat["lanes"] + 1):
        schedule = make(SCHEDULES[flat[f"{i}.schedule"]], flat, f"{i}.schedule.")
        warmup = flat[f"{i}.warmup"]
        rule = make(OPTIMIZERS[flat[f"{i}.rule"]], flat, f"{i}.")
        lanes.append(Lane(rule, Warmup(warmup, schedule) if warmup else schedule, bool(flat[f"{i}.quiet"])))
    many = bool(flat["many"] and flat["noise"])
    return deepened(Race(surface_of(flat), (flat["x"], flat["y"]), flat["steps"], tuple(lanes), flat["noise"], flat["seed"], many))


def view_of(flat: Flat) -> Ranges | None:
    """The ranges of x and y that the maps show; None for the whole map."""
    zoom, centre, usual = flat["zoom"], (flat["zoom.x"], flat["zoom.y"]), surface_of(flat).domain
    whole = zoom == 1 and centre == tuple((low + high) / 2 for low, high in usual)
    return None if whole else magnified(surface_of(flat), zoom, centre)


def zoom_to(flat: Flat, view: Any) -> Flat:
    """The settings that show these ranges, as near as can be shown and to about a tenth of a pixel; those of the whole map for None.

    A browser may send anything: what is no two ranges, each from low to high, changes nothing.
    """
    centre = tuple((low + high) / 2 for low, high in surface_of(flat).domain)
    if view is None:
        return {"zoom": 1.0, "zoom.x": centre[0], "zoom.y": centre[1]}
    try:
        (x0, x1), (y0, y1) = ((float(low), float(high)) for low, high in view)
    except (TypeError, ValueError, OverflowError):
        return {}
    if not (isfinite(x1 - x0) and isfinite(y1 - y0) and x0 <= x1 and y0 <= y1):
        return {}
    (left, right), (bottom, top) = magnified(surface_of(flat), 1, (0, 0))
    zoom = float(f"{min(max((top - bottom) / max(y1 - y0, (top - bottom) / ZOOM.high), ZOOM.low), ZOOM.high):.5g}")
    digits = max(0, 4 - floor(log10((right - left) / zoom)))
    x, y = (round(min(max(middle, PLACE.low), PLACE.high), digits) for middle in ((x0 + x1) / 2, (y0 + y1) / 2))
    return {"zoom": zoom, "zoom.x": x, "zoom.y": y}


def lanes_of(flat: Flat) -> list[Flat]:
    """Each lane's settings without its number."""
    return [{key.partition(".")[2]: value for key, value in flat.items() if key.startswith(f"{i}.")} for i in range(1, flat["lanes"] + 1)]


def free_look(flat: Flat) -> int:
    """The first colour that no lane has: a lane keeps its own when others come and go."""
    taken = {lane["look"] for lane in lanes_of(flat)}
    return min(set(range(1, MOST_LANES + 1)) - taken, default=1)


def with_lanes(flat: Flat, lanes: list[Flat]) -> Flat:
    """The table with these lanes instead of its own."""
    return common(flat) | {"lanes": len(lanes)} | {f"{i}.{key}": value for i, lane in enumerate(lanes, start=1) for key, value in lane.items()}

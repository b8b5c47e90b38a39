"""From the settings of the Explore page to all rules, each at the best of its settings: on this surface, and on all that have a minimum."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from core import Array
from core.scale import middles
from landscapes import LANDSCAPES, Landscape
from links.entries import lane_of, make, settings_of, surface_of
from links.explore import EXPLORE
from links.race import RACE
from links.scenes import makes_the_race
from links.table import Flat
from optimizers import OPTIMIZERS
from optimizers.schedules import Schedule
from runs.best import Best, best, from_starts
from runs.race import Lane

ACROSS = 6  # starts along each side of the domain: an even number, so that none lies at its centre, where many a surface has its minimum
SURFACES = tuple(name for name, cls in LANDSCAPES.items() if cls.listed != "found" and cls().lowest is not None)


class Problem(NamedTuple):
    """What every rule is tuned on: without noise, of whose one draw the luckiest setting would win."""

    surface: Landscape
    start: tuple[float, float]
    steps: int
    schedule: Schedule


class Found(NamedTuple):
    """A rule at its best on a problem, and the gradients that it needs from each of a grid of starts, inf where it does not arrive."""

    best: Best
    elsewhere: Array


def problem_of(flat: Flat) -> Problem:
    """That of the settings."""
    return Problem(surface_of(flat), (flat["x"], flat["y"]), flat["steps"], lane_of(flat | {"1.quiet": 0}, 1).schedule)


def on(surface: str, flat: Flat) -> Flat:
    """The settings on this surface as it is by itself, from its own start, with the same budget, schedule and warm-up."""
    return EXPLORE.read(what_all_share(flat) | {"surface": surface, "lang": flat["lang"]}, flat["lang"])[0]


def what_all_share(flat: Flat) -> Flat:
    """What of the settings belongs to no surface."""
    return {key: value for key, value in flat.items() if key in ("steps", "1.warmup") or key.startswith("1.schedule")}


def starts(surface: Landscape) -> Array:
    """The middles of the cells into which a grid cuts the domain; shape (2, ACROSS²)."""
    x, y = (middles(low, high, ACROSS, "even") for low, high in surface.domain)
    return np.array([each.ravel() for each in np.meshgrid(x, y)])


def found(flat: Flat, rule: str) -> Found:
    """The rule, whose other settings are its own defaults, at its best on the settings' problem."""
    surface, start, steps, schedule = problem_of(flat)
    its = best(make(OPTIMIZERS[rule], {}, ""), surface, start, steps, schedule)
    return Found(its, from_starts(its.rule, surface, starts(surface), steps, schedule))


def lane_settings(flat: Flat, its: Best) -> Flat:
    """The lane of a race that makes this run, without its number."""
    return settings_of(Lane(its.rule, problem_of(flat).schedule))


def race_settings(flat: Flat) -> Flat:
    """What of a race the lanes have in common."""
    return {key: value for key, value in flat.items() if makes_the_race(key) and not key.startswith("1.")} | {"noise": 0.0, "lang": flat["lang"]}


def race_link(flat: Flat, its: Best) -> dict[str, str]:
    """The race of this run alone, as the Race page's address has it."""
    lane = {f"1.{key}": value for key, value in lane_settings(flat, its).items()}
    said: dict[str, Any] = RACE.short(RACE.read(race_settings(flat) | {"lanes": 1} | lane, flat["lang"])[0], flat["lang"])
    return said | {"lang": flat["lang"]}

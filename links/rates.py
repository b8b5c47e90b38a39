"""From the settings of the Explore page to what a learning rate does there."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from links.entries import lane_of, suggested, surface_of
from links.explore import race_link
from links.race import RACE
from links.sweep import SHOWN
from links.table import Flat
from runs import Noisy
from runs.rates import NAMES, RangeTest, Rates, range_test, rates_about


class Found(NamedTuple):
    """The sweep of all rates that matter, and the range test over the same range."""

    sweep: Rates
    test: RangeTest


def rated(flat: Flat) -> Found:
    """These for the settings' rule, surface, start, steps, schedule and noise; the paths, which nobody draws of all rates, are left out."""
    lane, start = lane_of(flat | {"1.quiet": 0}, 1), (flat["x"], flat["y"])
    surface = Noisy(surface_of(flat), flat["noise"], flat["seed"])
    found = rates_about(lane.rule, surface, start, flat["steps"], lane.schedule, suggested(flat, 1))
    test = range_test(lane.rule, surface, start, flat["steps"], float(found.rates[0]), float(found.rates[-1]))
    return Found(found._replace(points=np.empty(0), loss=np.empty(0)), test)


def what_is_rated(flat: Flat) -> tuple[tuple[str, Any], ...]:
    """All that these hang on: the axes of other views and the page's own rate do not."""
    unused = {*SHOWN, "1.lr", *(f"a{axis}{end}" for axis in "xy" for end in ("", ".low", ".high"))}
    return tuple((key, value) for key, value in flat.items() if key not in unused)


def four(sweep: Rates) -> dict[str, float]:
    """The rates that show something, by their names."""
    return {name: float(sweep.rates[i]) for name in NAMES if (i := sweep.shown[name]) is not None}


def four_race(flat: Flat, sweep: Rates, language: str) -> dict[str, str]:
    """The race of these rates, as the Race page's address has it; of the page's own where there are none."""
    one = RACE.read(race_link(flat | {"kept": ""}, language), language)[0]
    rates = list(four(sweep).values()) or [flat["1.lr"]]
    common = {key: value for key, value in one.items() if not key[0].isdigit()} | {"lanes": len(rates)}
    lane = {key[2:]: value for key, value in one.items() if key.startswith("1.") and key not in ("1.lr", "1.look")}
    lanes = {f"{i}.{key}": value for i, rate in enumerate(rates, start=1) for key, value in (lane | {"lr": rate}).items()}
    return RACE.short(RACE.read(common | lanes, language)[0], language)

"""From a table of settings to what it describes: entries of the catalogues, and the race."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from core import Catalogue, Entry, parameters, texts
from landscapes import LANDSCAPES, Landscape
from links.table import Flat
from optimizers import OPTIMIZERS, Optimizer
from optimizers.matrices import MATRIX_RULES
from optimizers.schedules import SCHEDULES
from optimizers.schedules.constant import Constant
from optimizers.schedules.warmup import Warmup
from problems import PROBLEMS, Problem
from runs import careful_rate, suggested_rate
from runs.plateau import Plateau
from runs.race import Lane, Race, deepened

SURFACES: Catalogue[Landscape] = Catalogue({**LANDSCAPES, **PROBLEMS})
RULES: Mapping[str, type[Optimizer]] = ChainMap(MATRIX_RULES, OPTIMIZERS)
RATES_MOVED: Catalogue[Entry] = Catalogue({**SCHEDULES, "plateau": Plateau})  # by these


@lru_cache(maxsize=4096)
def suggestion(rule: Any, surface: Landscape) -> float:
    """The rate suggested for a rule: the best of a scan, or where the loss comes from data one that small batches bear too."""
    return careful_rate(rule, surface) if isinstance(surface, Problem) else suggested_rate(rule, surface)


def make(cls: type, flat: Flat, prefix: str) -> Any:
    """The catalogue entry with its parameters from the table, or its own defaults where the table has none."""
    return cls(**{name: flat[prefix + name] for name in [*texts(cls), *parameters(cls)] if prefix + name in flat})


def surface_of(flat: Flat) -> Landscape:
    """The surface that the table describes."""
    return make(SURFACES[flat["surface"]], flat, "surface.")


def suggested(flat: Flat, i: int) -> float:
    """The rate suggested for lane i's rule, with its defaults, on the surface as it is set."""
    return suggestion(make(OPTIMIZERS[flat[f"{i}.rule"]], {}, ""), surface_of(flat))


def race_of(flat: Flat) -> Race:
    """The frozen race that the table describes, on the deepest minimum that its lanes led to."""
    lanes, noise = tuple(lane_of(flat, i) for i in range(1, flat["lanes"] + 1)), flat.get("noise", 0.0)
    many = bool(flat["many"] and (noise or any(lane.batch for lane in lanes)))
    race = Race(surface_of(flat), (flat["x"], flat["y"]), flat["steps"], lanes, noise, flat["seed"], many, anew=bool(flat.get("anew")))
    return deepened(race)


def lane_of(flat: Flat, i: int) -> Lane:
    """Lane i's rule and schedule, or what lowers its rate in place of a schedule."""
    chosen = make(RATES_MOVED[flat[f"{i}.schedule"]], flat, f"{i}.schedule.")
    schedule, plateau = (Constant(), chosen) if isinstance(chosen, Plateau) else (chosen, None)
    warmup = flat[f"{i}.warmup"]
    rule = make(RULES[flat[f"{i}.rule"]], flat, f"{i}.")
    schedule = Warmup(warmup, schedule) if np.any(warmup) else schedule
    return Lane(rule, schedule, bool(flat.get(f"{i}.quiet")), flat.get(f"{i}.batch", 0), plateau)


def named(entry: Entry) -> str:
    """An entry's name in links, which is that of its file."""
    return type(entry).__module__.rpartition(".")[2]


def settings_of(lane: Lane) -> Flat:
    """A lane's settings without its number, as `lane_of` reads them; its noise and its colour are left out."""
    warmup = lane.schedule if isinstance(lane.schedule, Warmup) else None
    schedule = warmup.then if warmup else lane.schedule
    flat = {"rule": named(lane.rule)} | {name: getattr(lane.rule, name) for name in parameters(lane.rule)}
    flat |= {"schedule": named(schedule)} | {f"schedule.{name}": getattr(schedule, name) for name in parameters(schedule)}
    return flat | {"warmup": warmup.steps if warmup else 0}

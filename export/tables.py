"""The tables that a page's settings have, by name, and each of them worked out here and now."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from core import N_
from export.address import Asked
from export.explored import basins_of, best_of, cells_of, paths_of, range_test_of, rates_of
from export.lanes import bands, lanes
from export.table import Table
from export.trainings import curves_of, plane_of, sweep_of
from export.trainings import paths_of as plane_paths_of
from links.axes import FINE
from links.basins import of_rule, parts, rules_of, swept
from links.best import Found
from links.best import found as tuned
from links.paths import pathed
from links.planes import Key, filled, laid, trained_for
from links.rates import rated
from links.ratesweep import Reached, whole
from links.ratesweep import sweep_of as trainings_of
from links.sweep import map_of
from links.trained import training, what_is_trained
from optimizers import OPTIMIZERS
from player.messages.basins import joined
from runs.basin import Fates
from runs.cells import cells
from runs.slices import Heights
from runs.training import Progress

Tell = Callable[[str], None]  # what is being worked out, for whoever waits
TITLES = {
    "runs": N_("Every lane's run, step by step"),
    "bands": N_("Mean and band of many runs"),
    "map": N_("The map's runs"),
    "paths": N_("The paths at all values"),
    "rates": N_("The sweep over rates"),
    "range_test": N_("The range test"),
    "basins": N_("The basins"),
    "best": N_("Every rule at its best"),
    "curves": N_("The curves of all lanes"),
    "plane": N_("The loss on the plane"),
    "plane_paths": N_("The paths in the plane"),
}
EXPLORED = {"map": ("map",), "paths": ("paths",), "rates": ("rates", "range_test"), "basins": ("basins",), "best": ("best",)}
TRAINED = {"curves": ("curves",), "rates": ("rates",), "plane": ("plane", "plane_paths")}


def names(asked: Asked) -> tuple[str, ...]:
    """The tables of what the page shows, the main one first."""
    if asked.page == "explore":
        return EXPLORED[asked.flat["view"]]
    if asked.page == "train":
        return TRAINED[asked.flat["show"]]
    random = asked.flat.get("noise") or any(asked.flat.get(f"{i}.batch") for i in range(1, asked.flat["lanes"] + 1))
    return ("runs", "bands") if asked.flat["many"] and random else ("runs",)


def made(asked: Asked, name: str, tell: Tell) -> Table:
    """One of these tables, however long it takes."""
    flat = asked.flat
    makers: Mapping[str, Callable[[], Table]] = {
        "runs": lambda: lanes(asked),
        "bands": lambda: bands(asked),
        "map": lambda: cells_of(asked, cells(map_of(flat, FINE))),
        "paths": lambda: paths_of(asked, pathed(flat)),
        "rates": lambda: trained_rates(asked, tell) if asked.page == "train" else rates_of(asked, rated(flat)),
        "range_test": lambda: range_test_of(asked, rated(flat)),
        "basins": lambda: basins_of(asked, {rule: basin(asked, rule, tell) for rule in rules_of(flat)}),
        "best": lambda: best_of(asked, {rule: best(asked, rule, tell) for rule in OPTIMIZERS}),
        "curves": lambda: curves(asked, tell),
        "plane": lambda: plane_of(asked, plane(asked, tell)),
        "plane_paths": lambda: plane_paths_of(asked, plane(asked, tell)),
    }
    return makers[name]()


def basin(asked: Asked, rule: str, tell: Tell) -> Fates:
    """One rule's map of starts."""
    tell(rule)
    flat = of_rule(asked.flat, rule)
    return joined([swept(flat, FINE, rows, compiled=False) for rows in parts(FINE, flat["steps"])])


def best(asked: Asked, rule: str, tell: Tell) -> Found:
    """A rule at its best."""
    tell(rule)
    return tuned(asked.flat, rule)


def curves(asked: Asked, tell: Tell) -> Table:
    """The curves of all lanes, trained to the end; without the seconds, which are others every time."""
    return curves_of(asked, trained_lanes(asked, tell), training(what_is_trained(asked.flat, 1)).per_epoch, timed=False)


def trained_lanes(asked: Asked, tell: Tell) -> dict[int, Progress]:
    """Every lane's training at its end; equal ones of different lanes are trained once."""
    keys = {i: what_is_trained(asked.flat, i) for i in range(1, asked.flat["lanes"] + 1)}
    done: dict[Key, Progress] = {}
    for i, key in keys.items():
        tell(asked.flat[f"{i}.rule"])
        done[key] = done.get(key) or training(key).run()
    return {i: done[key] for i, key in keys.items()}


def trained_rates(asked: Asked, tell: Tell) -> Table:
    """The sweep over rates, trained to the end."""
    return sweep_of(asked, swept_rates(asked, tell))


def swept_rates(asked: Asked, tell: Tell) -> list[list[list[Reached]]]:
    """The ends of all its trainings, by lane, rate and seed."""
    sweep, done = trainings_of(asked.flat), {}
    every = list(dict.fromkeys(key for lane in sweep for rate in lane for key in rate))
    for k, key in enumerate(every, start=1):
        tell(f"{k}/{len(every)}")
        done[key] = whole(key)
    return [[[done[key] for key in rate] for rate in lane] for lane in sweep]


def plane(asked: Asked, tell: Tell) -> Heights:
    """The plane of trainings that go to their end."""
    keys, paths = trained_for(asked.flat), []
    for key in keys:
        tell(dict(key)["rule"])
        paths.append(training(key).run().path)
    return filled(keys, laid(keys, paths, asked.flat["plane"], asked.flat["plane.seed"]), np.inf)

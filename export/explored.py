"""What the Explore page shows, as tables: the runs of a map, of all values of a setting, of all rates and starts, and every rule at its best."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from core import Array, N_, parameters
from core.number import short
from export.address import Asked
from export.table import Table
from links.axes import FINE, axes_of
from links.basins import of_rule, places
from links.best import Found as Tuned
from links.entries import surface_of
from links.paths import values_of
from links.rates import Found
from locales import _, speaking
from player.messages.best import median
from runs.basin import Fate, Fates
from runs.cells import Cells, Outcome
from runs.paths import Paths
from runs.trials import trials_of

OUTCOME = N_("how the run ended: under way, reached (f*), elsewhere (another minimum), left (beside the map), diverged")
NEAREST = N_("the nearest minimum, numbered from 0, the lowest first; −1 without one")
MEANINGS = {
    "steps": N_("the step from which on f stays at f*; inf where it does not"),
    "f": N_("f at the end, of a run that ended early at its last finite point; {lowest}"),
    "best": N_("the lowest f on the way"),
    "distance": N_("how far the end is from the nearest minimum"),
    "minimum": NEAREST,
    "outcome": OUTCOME,
}
PATHS = {
    "step": N_("how many steps have been taken; 0 is the start"),
    "x": N_("the first coordinate of the point, in single precision"),
    "y": N_("the second coordinate of the point, in single precision"),
    "f": N_("f there; a run that ended early stays where it was"),
    "outcome": OUTCOME,
}
RATES = {
    "rate": N_("the learning rate η"),
    "steps": N_("the step from which on f − f* stays below {level}; inf where it does not"),
    "stays": N_("1 where the run ends on the map"),
    "good": N_("1 where it needs at most twice the steps of the good rate"),
    "shows": N_("too low, good, high or too high: the rate that the page shows for it; else none"),
}
TEST = {"rate": N_("the learning rate η of the step, which rises step by step"), "f": N_("f after the step; empty from where the run has ended")}
BASINS = {
    "rule": N_("the rule, by its name in links"),
    "x": N_("where the run starts"),
    "y": N_("where the run starts"),
    "minimum": N_("the minimum at which it ends, numbered from 0, the lowest first; −1 for none"),
    "fate": N_("what became of it: under way, arrived, at rest (where there is no minimum), left (beside the map), diverged"),
    "f": N_("the last finite f"),
}
BEST = {
    "rule": N_("the rule, by its name in links"),
    "rate": N_("the best learning rate η of those tried"),
    "other": N_("the other setting that was tried; none where there is none"),
    "value": N_("the best value of that"),
    "steps": N_("the step from which on f stays at f*; inf where it does not"),
    "gradients": N_("the gradients that the rule evaluates up to there"),
    "gap": N_("the lowest f − f* on the way, inside the domain"),
    "decades": N_("how many decades of rates next to the best one need at most twice its steps"),
    "share": N_("the share of the starts of a grid over the domain from which it reaches f*"),
    "median": N_("the median over these of the gradients up to there"),
    "tuning": N_("the gradients that were evaluated to find the settings"),
}


def cells_of(asked: Asked, found: Cells) -> Table:
    """A map of n × n runs, a row for each, the bottom row of the map first."""
    axes = x, y = axes_of(asked.flat)
    columns = {x.key: np.tile(x.values(FINE), FINE), y.key: np.repeat(y.values(FINE), FINE)}
    columns |= {"steps": found.steps, "f": found.final, "best": found.best, "distance": found.distance}
    columns |= {"minimum": found.minimum.astype(int), "outcome": words(Outcome, found.outcome)}
    with speaking(asked.flat["lang"]):
        lowest = surface_of(asked.flat).lowest
        known = {axis.key: _(axis.allowed.label) for axis in axes}
        meanings = known | said(MEANINGS, lowest=_("no minimum is known") if lowest is None else f"f* = {lowest!r}")
    return table(asked, columns, meanings)


def paths_of(asked: Asked, found: Paths) -> Table:
    """The runs at all values of the horizontal axis, a row for each value and step."""
    x = axes_of(asked.flat)[0]
    values, count = values_of(x), found.loss.shape[1]
    columns = {x.key: np.repeat(values, count), "step": np.tile(np.arange(count), len(values))}
    columns |= {axis: found.points[:, i].astype(float) for i, axis in enumerate("xy")}
    columns |= {"f": found.loss, "outcome": np.repeat(words(Outcome, found.cells.outcome), count)}
    with speaking(asked.flat["lang"]):
        return table(asked, columns, {x.key: _(x.allowed.label), **said(PATHS)})


def rates_of(asked: Asked, found: Found) -> Table:
    """The sweep over all rates."""
    sweep = found.sweep
    names, place = {i: name for name, i in sweep.shown.items() if i is not None}, np.arange(len(sweep.rates))
    low, high = sweep.band or (1, 0)
    columns = {"rate": sweep.rates, "steps": sweep.since, "stays": sweep.stays.astype(int), "good": ((place >= low) & (place <= high)).astype(int)}
    columns["shows"] = np.array([names.get(i, "none") for i in place.tolist()])
    with speaking(asked.flat["lang"]):
        return table(asked, columns, said(RATES, level=short(float(sweep.level), 2)))


def range_test_of(asked: Asked, found: Found) -> Table:
    """The range test: the loss of one run while its rate rises."""
    with speaking(asked.flat["lang"]):
        return table(asked, {"rate": found.test.rates, "f": found.test.loss}, said(TEST))


def basins_of(asked: Asked, found: Mapping[str, Fates]) -> Table:
    """What became of the runs from n × n starts, by rule; a row for each, the bottom row of the map first."""
    parts = []
    for rule, fates in found.items():
        x, y = np.meshgrid(*places(of_rule(asked.flat, rule), len(fates.minimum)))
        own = {"rule": np.full(x.size, rule), "x": x, "y": y, "minimum": fates.minimum.astype(int)}
        parts.append({name: column.ravel() for name, column in (own | {"fate": words(Fate, fates.fate), "f": fates.final}).items()})
    with speaking(asked.flat["lang"]):
        return table(asked, {name: np.concatenate([part[name] for part in parts]) for name in BASINS}, said(BASINS))


def best_of(asked: Asked, found: Mapping[str, Tuned]) -> Table:
    """Every rule at the best settings found for it."""
    rows = [row(rule, its) for rule, its in found.items()]
    with speaking(asked.flat["lang"]):
        return table(asked, {name: np.array([each[name] for each in rows]) for name in BEST}, said(BEST))


def row(name: str, found: Tuned) -> dict[str, str | float]:
    """A rule's row; what has no meaning where the rule does not arrive is NaN."""
    its = found.best
    other = trials_of(its.rule).name or "none"
    value = float(getattr(its.rule, other)) if other in parameters(its.rule) else np.nan
    own = {"rule": name, "rate": float(its.rule.lr), "other": other, "value": value, "steps": its.steps, "gradients": its.evaluations, "gap": its.gap}
    known = its.width if np.isfinite(its.steps) else np.nan
    return own | {"decades": known, "share": float(np.isfinite(found.elsewhere).mean()), "median": median(found.elsewhere), "tuning": its.cost}


def words(kind: type[Outcome] | type[Fate], values: Array) -> Array:
    """The names of outcomes, such as "under way"; shape of `values`."""
    return np.array([each.name.lower().replace("_", " ") for each in kind])[values]


def said(meanings: Mapping[str, str], **values: str) -> dict[str, str]:
    return {name: _(text).format(**values) for name, text in meanings.items()}


def table(asked: Asked, columns: Mapping[str, Array], meanings: Mapping[str, str]) -> Table:
    surface = _(surface_of(asked.flat).title)
    return Table(f"Descent Lab: {surface}", asked.link, asked.flat, {name: np.ravel(column) for name, column in columns.items()}, meanings)

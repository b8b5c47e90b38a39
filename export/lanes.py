"""The runs of a race as one tidy table: a row for each lane and step."""

from __future__ import annotations

import numpy as np

from core import Array, N_
from export.address import Asked
from export.table import Table
from links.entries import named, race_of
from locales import _, speaking
from player.messages.data import seen
from player.messages.run import many
from problems import Problem
from runs import End, inner
from runs.race import Lane, MANY, Race, descent

STATUS = {End.NONE: "ok", End.DIVERGED: "diverged", End.NO_STEP: "no step", End.OUTSIDE: "outside"}
MEANINGS = {
    "lane": N_("the lane's number, from 1"),
    "rule": N_("the rule, by its name in links"),
    "step": N_("how many steps have been taken; 0 is the start"),
    "examples": N_("how many examples have been seen by then, each as often as it was"),
    "x": N_("the first coordinate of the point"),
    "y": N_("the second coordinate of the point"),
    "f": N_("the surface's value there, without noise"),
    "gradient_x": N_("along x, the gradient that the step from here to the next row uses, with its noise, where the rule evaluates it"),
    "gradient_y": N_("the same along y"),
    "rate": N_("the learning rate η of the step from here to the next row, peak × schedule"),
    "status": N_("ok; from the step on that could not be taken why not: diverged, no step, outside. The numbers of such rows are empty"),
}
INNER = N_("{symbol}, as the rule has it in the step from here to the next row")
BANDS = {
    "lane": MEANINGS["lane"],
    "rule": MEANINGS["rule"],
    "step": MEANINGS["step"],
    "f_mean": N_("the mean of f over {count} runs, each with its own noise; infinite once one has diverged"),
    "f_low": N_("the 10 % quantile of f over these runs"),
    "f_high": N_("the 90 % quantile of f over these runs"),
}


def lanes(asked: Asked) -> Table:
    """Every lane's run: x, y, f, gradient, rate, and what its rule remembers and shows; empty where a rule has no such thing."""
    race = race_of(asked.flat)
    found = [of_lane(race, i, lane) for i, lane in enumerate(race.lanes, start=1)]
    names = list(dict.fromkeys(name for columns in found for name in columns if name != "status"))
    columns = {name: np.concatenate([each.get(name, np.full(race.steps + 1, np.nan)) for each in found]) for name in [*names, "status"]}
    with speaking(asked.flat["lang"]):
        symbols = {name: INNER for name in names if name not in MEANINGS}
        meanings = {name: _((MEANINGS | symbols)[name]).format(symbol=symbol_of(race, name)) for name in columns}
        return Table(title(race), asked.link, asked.flat, columns, meanings)


def of_lane(race: Race, i: int, lane: Lane) -> dict[str, Array]:
    """A lane's columns, each of shape (steps + 1,)."""
    run, last = descent(lane, race.descended(lane), race.start, race.steps), race.steps
    step, stopped = np.arange(last + 1), int(run.stopped_at)
    gone = (step >= stopped) & (stopped >= 0)
    x, y = np.where(gone, np.nan, run.path.T)
    columns = {"lane": np.full(last + 1, i), "rule": np.full(last + 1, named(lane.rule)), "step": step}
    if isinstance(race.surface, Problem) and lane.batch:
        columns["examples"] = seen(race, lane)["seen"].astype(int)
    columns |= {"x": x, "y": y, "f": np.where(gone, np.nan, run.loss)}
    columns |= of_step("gradient", run.states["g"], (2,)) | {"rate": np.where(gone, np.nan, ended(run.lr))}
    shapes = inner(lane.rule)
    for name, rows in run.states.items():
        columns |= {} if name == "g" else of_step(name, rows, shapes.get(name, (2,)))
    return columns | {"status": np.where(gone, STATUS[End(int(run.ended))], STATUS[End.NONE])}


def of_step(name: str, rows: Array, shape: tuple[int, ...]) -> dict[str, Array]:
    """The columns of what belongs to each step, rows (steps, 2): one for each coordinate, or one where all share a number."""
    return {f"{name}_{axis}": ended(row) for axis, row in zip("xy", rows.T, strict=True)} if shape else {name: ended(rows[:, 0])}


def ended(rows: Array) -> Array:
    """A number for each step, and none for the end; shape (steps + 1,)."""
    return np.append(rows, np.nan)


def symbol_of(race: Race, column: str) -> str:
    """How formulas write what stands in a column, such as m̂, with the coordinate behind it where it has one."""
    for lane in race.lanes:
        for name in (column, column.rpartition("_")[0]):
            if name in {*inner(lane.rule), *lane.rule.marks}:
                return lane.rule.symbol(name).text + ("" if name == column else f", {column[-1]}")
    return column


def bands(asked: Asked) -> Table:
    """The mean and the 10–90 % band of each lane's many runs."""
    race = race_of(asked.flat)
    step, parts = np.arange(race.steps + 1), []
    for i, lane in enumerate(race.lanes, start=1):
        loss = many(lane, race.descended(lane, MANY), race.start, race.steps)["loss"]
        own = {"lane": np.full(len(step), i), "rule": np.full(len(step), named(lane.rule)), "step": step}
        parts.append(own | {f"f_{name}": loss[name] for name in ("mean", "low", "high")})
    columns = {name: np.concatenate([part[name] for part in parts]) for name in BANDS}
    with speaking(asked.flat["lang"]):
        return Table(title(race), asked.link, asked.flat, columns, {name: _(said).format(count=MANY) for name, said in BANDS.items()})


def title(race: Race) -> str:
    """What the table is of."""
    return f"Descent Lab: {_(race.surface.title)}, " + ", ".join(_(lane.rule.title) for lane in race.lanes)

"""Basins of attraction: from which starts does a rule reach which minimum?"""

from __future__ import annotations

from concurrent.futures import Executor
from enum import IntEnum
from functools import partial
from numbers import Real
from typing import NamedTuple

import numpy as np

from core import Array, InputError, N_
from core.window import widened
from landscapes import Landscape
from optimizers import Optimizer
from optimizers.schedules import Schedule
from runs.arguments import checked, spread
from runs.blocks import folded
from runs.compiled import outcome, usable
from runs.descent import Descent, E, mapped
from runs.minimum import CLOSE, distances, size_of
from runs.minimum import tolerance as usual
from runs.outcome import Outcome
from runs.sweep import checked_tolerance
from runs.trajectory import End

STILL = 1e-3  # of the usual tolerance


def basin(
    optimizer: Optimizer,
    surface: Landscape,
    n: int,
    steps: int,
    *,
    schedule: Schedule | None = None,
    tolerance: Real | float | None = None,
    nearest: bool = False,
    threads: int = 1,
    executor: Executor | None = None,
    compiled: bool | None = None,
) -> Array:
    """Which minimum the runs from an n × n mesh of the domain reach: its index in `surface.minima()`, or −1; shape (n, n), rows along y.

    Reached is a minimum as in `verdicts`: the loss at the end is within `tolerance` of the value there, by default `runs.tolerance`, and did not
    leave it in the last ten steps; at f* the end lies inside the domain, and at most 1 % of it from any other minimum. A valley with a flat floor
    is one minimum. −1 is a run that diverged or left the formula's domain, is under way, restless, or stands elsewhere.
    With `nearest` it is the minimum nearest to the end, wherever inside the domain that is, for rules that do not settle: −1 is a run that
    diverged, left the formula's domain, or ends outside the map.
    Arrays in place of the parameters of rule, schedule and surface make a batch of basins: shape (*batch, n, n), a mesh for each of their values.
    Threads, executor and compiled as in `sweep`. Raises ValueError as `run` does, for what is no landscape, and for noise drawn for a number of runs.
    """
    schedule = checked(optimizer, surface, steps, schedule, Landscape)
    if isinstance(n, bool) or not isinstance(n, (int, np.integer)) or n < 1:
        raise InputError(N_("{name} = {value}: allowed is a whole number in {within}."), name="n", value=repr(n), within="[1, ∞)")
    runs = getattr(surface, "runs", None)
    if runs is not None:
        template = N_("The noise is drawn for {runs} runs, and a basin has a run for every start: leave out runs.")
        raise InputError(template, runs=runs)
    spread(np.zeros(2), optimizer, schedule, surface)  # their arrays go together
    mesh = np.array(np.meshgrid(*(np.linspace(low, high, n) for low, high in surface.domain)))
    descent = Descent(aside(optimizer), aside(surface), mesh, int(steps), aside(schedule))
    work = partial(reached, tolerance=checked_tolerance(tolerance), nearest=nearest, compiled=not usable(descent, compiled))
    return folded(descent, work, threads, executor)


def aside(entry: E) -> E:
    """The entry with its arrays along axes of their own, before those of the mesh."""
    return mapped(entry, lambda value: value[..., None, None])


def reached(descent: Descent, tolerance: float | None, nearest: bool, compiled: bool) -> Array:
    """The index of the minimum at which each run ends, or −1."""
    return fates(descent, tolerance, nearest, compiled).minimum


class Fate(IntEnum):
    """What became of a run that began in no matter which basin."""

    UNDER_WAY = 0
    ARRIVED = 1  # at a minimum
    AT_REST = 2  # elsewhere, as on a saddle or at a minimum that is not listed
    LEFT = 3  # it ends beside the map, or where the formula has no value
    DIVERGED = 4


class Fates(NamedTuple):
    """Arrays of the batch's shape: the index of the minimum at which each run ends, or −1, how it ended, a `Fate`, and its last finite loss."""

    minimum: Array
    fate: Array
    final: Array


@np.errstate(over="ignore", invalid="ignore", divide="ignore")
def fates(descent: Descent, tolerance: float | None, nearest: bool, compiled: bool) -> Fates:
    """Which minimum each run reaches, as `basin` has it, and what becomes of those that reach none.

    At rest is a run whose losses of the last ten steps differ by less than a thousandth of the usual tolerance, at a point where 1 % of the domain's
    shorter side along the slope changes f by less than that tolerance. Beside the map is beside all of it, as a page shows it.
    """
    surface = descent.surface
    assert isinstance(surface, Landscape)
    made = outcome(descent, None, recent=True, compiled=compiled)
    minimum = arrived(made, surface, tolerance, nearest)
    level = CLOSE * size_of(surface) * np.hypot(*surface.gradient(made.end)) <= usual(surface)
    still = level & (np.ptp(made.recent, axis=0) <= STILL * usual(surface))
    (x0, x1), (y0, y1) = widened(surface.domain)
    x, y = made.end
    fate = np.where(still, Fate.AT_REST, Fate.UNDER_WAY)
    fate = np.where((x < x0) | (x > x1) | (y < y0) | (y > y1) | (made.ended == End.OUTSIDE), Fate.LEFT, fate)
    fate = np.where(made.ended == End.DIVERGED, Fate.DIVERGED, fate)
    return Fates(minimum, np.where(minimum >= 0, Fate.ARRIVED, fate), made.final)


def arrived(made: Outcome, surface: Landscape, tolerance: float | None, nearest: bool) -> Array:
    """The index of the minimum at which each run ends, or −1, from what has become of the runs."""
    end, final, minima = made.end, made.final, surface.minima()
    if not minima.size:
        return np.full(final.shape, -1)
    away, size = distances(end, surface), size_of(surface)
    low, high = (np.reshape(side, (2, *[1] * final.ndim)) for side in np.transpose(surface.domain))
    ended = (made.ended == End.NONE) | (made.ended == End.NO_STEP)
    if nearest:
        return np.where(ended & ((low <= end) & (end <= high)).all(axis=0), away.argmin(axis=0), -1)
    close = usual(surface) if tolerance is None else tolerance
    values = np.array([np.broadcast_to(surface.value(minimum), final.shape) for minimum in minima.T])
    inside = ((low - CLOSE * size <= end) & (end <= high + CLOSE * size)).all(axis=0)
    there = (np.abs(final - values) <= close) & ((away <= CLOSE * size) | (inside & (values - values[0] <= close)))
    index = np.where(there, away, np.inf).argmin(axis=0)
    value = np.take_along_axis(values, index[None], 0)[0]
    near = np.abs(made.recent - value) <= close
    left = (near[:-1] & ~near[1:]).any(axis=0)
    return np.where(there.any(axis=0) & ~left & ended, index, -1)

"""The one loop: every run of the program, single or in a batch of any shape, is made here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from numbers import Real
from typing import Any

import numpy as np

from core import Array, Entry, InputError, N_, Number
from landscapes import Landscape, Objective
from optimizers import Optimizer
from optimizers.schedules import Schedule
from optimizers.schedules.constant import Constant
from runs.trajectory import BOUND, End, Trajectory, at, reason, settle


def run(optimizer: Optimizer, surface: Objective, start: Any, steps: int, schedule: Schedule | None = None) -> Trajectory:
    """Descend `surface` from `start`, of shape (P, *batch), for `steps` steps; P is the surface's number of coordinates, 2 on a landscape.

    Array-valued parameters of rule, schedule and surface and starts are broadcast against each other and make the batch; a single run has the batch
    shape (). Raises ValueError for an argument of the wrong kind, a start that is not finite, beyond ±1e6 or not of shape (P, *batch), steps < 1, or
    a rule that is written for another number of coordinates.
    """
    schedule = checked(optimizer, surface, steps, schedule)
    first = spread(checked_start(start, surface), optimizer, schedule, surface).copy()
    lr = rates(optimizer, schedule, int(steps), first.shape[1:])

    path = np.empty((len(lr) + 1, *first.shape))
    path[0] = first
    states = []
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # a run that overflows is no error: it is marked below
        for t, (p, state) in enumerate(walk(optimizer, surface, first, lr), start=1):
            path[t] = p
            states.append(state)
        loss = surface.value(np.moveaxis(path, 1, 0))
        state = together(states)
        shown = named(optimizer, surface, path, state, lr)
        held, kept, stopped_at = settle(path, loss)
        ended = ends(optimizer, surface, path, loss, state, lr, stopped_at)
    taken = np.arange(len(lr)).reshape(-1, *[1] * stopped_at.ndim) < np.where(stopped_at < 0, len(path), stopped_at - 1)
    return Trajectory(held, kept, lr, {name: np.where(taken[:, None], rows, np.nan) for name, rows in shown.items()}, ended, stopped_at)


def walk(optimizer: Optimizer, surface: Objective, p: Array, lr: Iterable[Number]) -> Iterator[tuple[Array, Any]]:
    """The point and the state after each step, one step for each rate."""
    state = optimizer.init(p)
    for t, rate in enumerate(lr, start=1):
        p, state = optimizer.step(surface.at(t), p, state, t, rate)
        yield p, state


def checked(optimizer: Optimizer, surface: Objective, steps: int, schedule: Schedule | None, kind: type[Objective] = Objective) -> Schedule:
    """The schedule, a constant one if it is None; raises InputError where one of the arguments is not what it has to be, the surface of this kind."""
    schedule = Constant() if schedule is None else schedule
    for name, value, wanted in [("optimizer", optimizer, Optimizer), ("surface", surface, kind), ("schedule", schedule, Schedule)]:
        if not isinstance(value, wanted):
            raise InputError(N_("{name} = {value}: allowed is {allowed}."), name=name, value=repr(value), allowed=f"an instance of {wanted.__name__}")
    if optimizer.coordinates not in (None, surface.coordinates):
        template = N_("{rule} is written for {n} coordinates, and {surface} has {value}.")
        raise InputError(template, rule=type(optimizer).__name__, n=optimizer.coordinates, surface=type(surface).__name__, value=surface.coordinates)
    if isinstance(steps, bool) or not isinstance(steps, (int, np.integer)) or steps < 1:
        raise InputError(N_("{name} = {value}: allowed is a whole number in {within}."), name="steps", value=repr(steps), within="[1, ∞)")
    return schedule


def checked_start(start: Any, surface: Objective) -> Array:
    """The start as a float array of shape (P, *batch); raises InputError."""
    within = f"[-{BOUND:.0e}, {BOUND:.0e}]"
    try:
        given = np.asarray(start)
        if np.ma.is_masked(start) or not (given.dtype.kind in "iuf" or (given.dtype.kind == "O" and all(isinstance(v, Real) for v in given.flat))):
            raise TypeError
        p = np.array(given, dtype=float)
    except OverflowError:
        raise InputError(N_("{name} = {value}: allowed is {within}."), name="start", value="beyond ±1e308", within=within) from None
    except (TypeError, ValueError):
        raise InputError(N_("{name} = {value}: not a number."), name="start", value=repr(start)) from None
    if p.ndim == 0 or p.shape[0] != surface.coordinates:
        raise InputError(N_("start has shape {value}: allowed is ({n},) for one run or ({n}, *batch)."), value=p.shape, n=surface.coordinates)
    if not np.isfinite(p).all():
        raise InputError(N_("{name} = {value}: allowed are finite numbers."), name="start", value=p[~np.isfinite(p)].flat[0])
    if (np.abs(p) > BOUND).any():  # such a run would have diverged before its first step, and its loss might overflow
        wrong = p[np.abs(p) > BOUND].flat[0]
        raise InputError(N_("{name} = {value}: allowed is {within}."), name="start", value=f"{wrong:g}", within=within)
    return p


def spread(p: Array, *settings: Entry) -> Array:
    """The start repeated over the batch that it and the settings' array-valued fields make together, a read-only view of shape (P, *batch).

    Raises InputError where their shapes do not go together.
    """
    shapes = {"start": p.shape[1:]}
    for setting in settings:
        shapes |= batches(setting)
    try:
        batch = np.broadcast_shapes(*shapes.values())
    except ValueError:
        text = ", ".join(f"{name} {shape}" for name, shape in shapes.items())
        raise InputError(N_("These batch shapes do not go together: {shapes}."), shapes=text) from None
    p = p.reshape(len(p), *[1] * (len(batch) - p.ndim + 1), *p.shape[1:])
    return np.broadcast_to(p, (len(p), *batch))


def batches(setting: Entry) -> dict[str, tuple[int, ...]]:
    """The shapes of the array-valued fields by class and name, those of a schedule after a warm-up and of a surface under noise included."""
    shapes = {}
    for f in fields(setting):
        value = getattr(setting, f.name)
        if isinstance(value, Entry):
            shapes |= batches(value)
        elif isinstance(value, np.ndarray):
            shapes[f"{type(setting).__name__}.{f.name}"] = np.shape(value)
    return shapes


def on_a_map(what: str, surface: Objective) -> None:
    """Raise InputError where the objective is no landscape."""
    if not isinstance(surface, Landscape):
        raise InputError(N_("{what} needs a landscape, and {surface} is none."), what=what, surface=type(surface).__name__)


def alone(what: str, surface: Landscape, *settings: Entry) -> None:
    """Raise InputError where the surface is no landscape, or where there is an array in place of any parameter of it or of the other settings."""
    on_a_map(what, surface)
    for setting in (surface, *settings):
        for name, shape in batches(setting).items():
            raise InputError(N_("{what} is that of one rule on one surface, and {name} has shape {shape}."), what=what, name=name, shape=shape)


def rates(optimizer: Optimizer, schedule: Schedule, steps: int, batch: tuple[int, ...]) -> Array:
    """The rate of each step, peak × factor; shape (steps, *batch)."""
    k = np.arange(steps).reshape(-1, *[1] * len(batch))
    lr: Number = np.asarray(optimizer.lr, dtype=float) * schedule(k, steps)
    return np.broadcast_to(lr, (steps, *batch)).copy()


def together(states: list[Any]) -> Any:
    """The states of all steps as one state, whose arrays have the shape (P, steps, *batch)."""
    first = states[0]
    if not isinstance(first, tuple):
        return np.stack(states, axis=1)
    columns = [np.stack(column, axis=1) for column in zip(*states, strict=True)]
    return type(first)(*columns) if columns else ()


def named(optimizer: Optimizer, surface: Objective, path: Array, state: Any, lr: Array) -> dict[str, Array]:
    """The gradient of each step ("g") and what the rule shows, worked out for all steps at once; each of shape (steps, P, *batch)."""
    p = np.moveaxis(path[:-1], 1, 0)
    g = surface.seen(optimizer.probe(p, state))
    t = np.arange(1, len(lr) + 1).reshape(-1, *[1] * (path.ndim - 2))
    shown = {"g": g, **optimizer.shown(p, g, state, t, lr)}
    return {name: np.moveaxis(np.broadcast_to(rows, p.shape), 0, 1) for name, rows in shown.items()}


def ends(optimizer: Optimizer, surface: Objective, path: Array, loss: Array, state: Any, lr: Array, stopped_at: Array) -> Array:
    """Why each run went no further, an `End`; shape (*batch)."""
    if (stopped_at < 0).all():
        return np.zeros_like(stopped_at)
    k = np.maximum(stopped_at, 0)
    before = np.maximum(k - 1, 0)  # the row of the step that ended the run
    asked = at(np.moveaxis(optimizer.probe(np.moveaxis(path[:-1], 1, 0), state), 0, 1), before)
    why = reason(at(path, k), at(loss, k), surface.value(asked), surface.gradient(asked), at(lr, before))
    return np.where(stopped_at < 0, End.NONE, np.where(stopped_at == 0, End.OUTSIDE, why))

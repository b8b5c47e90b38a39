"""The one loop: every run of the program, single or in a batch of any shape, is made here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from core import Array, Number
from landscapes import Objective
from optimizers import Optimizer
from optimizers.schedules import Schedule
from runs.arguments import checked, checked_start, spread
from runs.trajectory import End, Trajectory, at, reason, settle


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

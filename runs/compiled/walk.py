"""The outcome of a descent by a compiled kernel: the first step in NumPy, the others in one call."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from core import Array
from runs.arguments import batches, spread
from runs.compiled.kernels import Compiled
from runs.compiled.program import Program, numbers_of, parted, parts, together
from runs.descent import Descent
from runs.outcome import Outcome, RECENT, Target, to_stay
from runs.trajectory import BOUND, End, reason

HELD = 4_000_000  # numbers, 32 MB: what differs from step to step and from run to run is held for all steps


def kernel_walked(kernel: Compiled, descent: Descent, target: Target | None, recent: bool) -> Outcome:
    """The same as `walked`, to rounding."""
    program, batch = kernel.program, descent.shape
    factor, column = factors(descent, batch)
    noise, place = draws(descent, batch)
    runs, state = begun(program, descent, target)
    tail = np.empty((min(RECENT, descent.steps + 1) if recent else 0, runs.shape[1]))
    missing = descent.steps + 1 - len(tail)  # rows of the descent before the tail's
    loss, before = runs[-5], runs[-4]
    for k, row in enumerate((before, loss)):
        if 0 <= k - missing < len(tail):
            tail[k - missing] = row

    values = numbers_of(descent.optimizer, descent.surface)
    settings = np.array([values[name] for name in program.settings], dtype=float)
    level = [target.lowest, target.tolerance] if target else [0.0, -1.0]
    swept = np.array([np.broadcast_to(row, batch).ravel() for row in [*level, *(values[name] for name in program.swept)]], dtype=float)
    box = np.ravel(target.box if target else [[-np.inf, np.inf]] * program.coordinates).astype(float)
    kernel.run(runs, descent.steps, settings, swept, factor, noise, np.array([column.ravel(), place.ravel()]), box, tail)
    return ended(program, descent, runs.reshape(len(runs), *batch), tail.reshape(len(tail), *batch), state, factor, column)


def begun(program: Program, descent: Descent, target: Target | None) -> tuple[Array, Any]:
    """The runs after their first step, each a column with the rows of a kernel's block and the step in which it ended or −1; and their state.

    The rows: the point, the state, the point before, its loss, the loss before, the lowest, since when the target is met, and that step.
    """
    optimizer, surface = descent.optimizer, descent.surface
    p: Array = spread(descent.start, optimizer, descent.schedule, surface).copy()
    count, batch = len(p), p.shape[1:]
    loss = np.broadcast_to(surface.value(p), batch)
    after, state = optimizer.step(surface.at(1), p, optimizer.init(p), 1, descent.rate(0))
    later = np.broadcast_to(surface.value(after), batch)

    starts = np.isfinite(loss)
    moves = starts & np.isfinite(after).all(axis=0) & np.isfinite(later)
    stopped = np.where(~starts, 0.0, np.where(moves & (np.abs(after) <= BOUND).all(axis=0), -1.0, 1.0))
    best = np.where(moves, np.fmin(loss, later), loss)
    since = np.full(batch, np.inf)
    if target:
        since = np.where(target.met(p, loss), 0.0, np.inf)
        since = np.where(moves, np.where(target.met(after, later), np.minimum(since, 1.0), np.inf), since)

    runs = np.empty((len(program.carried) + count + 5, p[0].size))
    runs[:count] = np.where(starts, after, p).reshape(count, -1)
    at = count
    for leaf, shape in zip(parts(state), program.leaves, strict=True):
        runs[at : at + prod(shape)] = np.moveaxis(leaf, range(1, 1 + len(batch)), range(-len(batch), 0)).reshape(prod(shape), -1)
        at += prod(shape)
    runs[at : at + count] = p.reshape(count, -1)
    runs[at + count :] = [row.ravel() for row in (np.where(starts, later, loss), loss, best, since, stopped)]
    return runs, state


def ended(program: Program, descent: Descent, rows: Array, tail: Array, state: Any, factor: Array, column: Array) -> Outcome:
    """What became of the runs whose rows a kernel has left: those that ended early are held at their last finite point."""
    count, carried, (optimizer, surface) = program.coordinates, len(program.carried), (descent.optimizer, descent.surface)
    p, before, (loss, held, best, since, stopped) = rows[:count], rows[carried : carried + count], rows[carried + count :]
    stopped_at = stopped.astype(int)
    why = np.zeros_like(stopped_at)
    if (stopped_at >= 0).any():
        asked = optimizer.probe(before, together(state, leaves(rows[count:carried], program.leaves)))
        rate = np.broadcast_to(optimizer.lr, stopped.shape) * factor[np.maximum(stopped_at - 1, 0), column]
        why = reason(p, loss, surface.value(asked), surface.gradient(asked), rate)
        why = np.where(stopped_at < 0, End.NONE, np.where(stopped_at == 0, End.OUTSIDE, why))
    finite = np.isfinite(p).all(axis=0) & np.isfinite(loss)
    final = np.where(finite, loss, held)
    k = np.arange(descent.steps + 1 - len(tail), descent.steps + 1).reshape(-1, *[1] * stopped.ndim)
    recent = np.where((stopped_at >= 0) & (k >= stopped_at), final, tail)
    return Outcome(np.where(finite, p, before), final, best, to_stay(since, why), why, stopped_at, recent, compiled=True)


def leaves(rows: Array, shapes: tuple[tuple[int, ...], ...]) -> list[Array]:
    """The arrays of a rule's state from their rows (n, *batch): each of shape (first, *batch, *rest), where it is (first, *rest) in a single run."""
    found, batch, at = [], rows.shape[1:], 0
    for shape in shapes:
        whole = rows[at : at + prod(shape)].reshape(*shape, *batch)
        found.append(np.moveaxis(whole, range(len(shape), whole.ndim), range(1, 1 + len(batch))))
        at += prod(shape)
    return found


def factors(descent: Descent, batch: tuple[int, ...]) -> tuple[Array, Array]:
    """The schedule's factors (steps, n) for each of n different schedules, and which of them each run follows (*batch)."""
    shape = np.broadcast_shapes(*batches(descent.schedule).values())
    k = np.arange(descent.steps).reshape(-1, *[1] * len(shape))
    factor = np.broadcast_to(descent.schedule(k, descent.steps), (descent.steps, *shape)).reshape(descent.steps, -1)
    return np.array(factor, dtype=float, order="C"), np.broadcast_to(np.arange(factor.shape[1]).reshape(shape), batch)


def draws(descent: Descent, batch: tuple[int, ...]) -> tuple[Array, Array]:
    """The noise of each step, of shape (steps, P, n), and which of its n columns is each run's (*batch)."""
    surface: Any = descent.surface
    whose = parted(surface)[1]
    if whose == "none":
        return np.empty((0, 0, 0)), np.zeros(batch, dtype=int)
    noise = np.stack([surface.noise(t) for t in range(1, descent.steps + 1)])
    if whose != "own":
        return noise[..., None], np.zeros(batch, dtype=int)
    return noise, np.broadcast_to(np.arange(surface.runs), batch)


def held(descent: Descent) -> int:
    """How many numbers are held for all steps."""
    schedules = prod(np.broadcast_shapes(*batches(descent.schedule).values()))
    return descent.steps * (schedules + descent.surface.coordinates * (getattr(descent.surface, "runs", None) or 1))

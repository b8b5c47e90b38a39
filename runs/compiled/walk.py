"""The outcome of a descent by a compiled kernel: the first step in NumPy, the others in one call."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from core import Array
from runs.arguments import batches, spread
from runs.compiled.kernels import Compiled
from runs.compiled.program import parted, parts, settings_of, together
from runs.descent import Descent
from runs.outcome import Outcome, RECENT, Target
from runs.trajectory import BOUND, End, reason

HELD = 4_000_000  # numbers, 32 MB: what differs from step to step and from run to run is held for all steps


def kernel_walked(kernel: Compiled, descent: Descent, target: Target | None, recent: bool) -> Outcome:
    """The same as `walked`, to rounding."""
    program, optimizer, surface, steps = kernel.program, descent.optimizer, descent.surface, descent.steps
    p: Array = spread(descent.start, optimizer, descent.schedule, surface).copy()
    count, batch, carried = len(p), p.shape[1:], len(program.carried)
    loss = np.broadcast_to(surface.value(p), batch)
    after, state = optimizer.step(surface.at(1), p, optimizer.init(p), 1, descent.rate(0))
    later = np.broadcast_to(surface.value(after), batch)

    begun = np.isfinite(loss)
    moved = begun & np.isfinite(after).all(axis=0) & np.isfinite(later)
    best = np.where(moved, np.fmin(loss, later), loss)
    reached = np.full(batch, np.inf)
    if target:
        reached = np.where(target.met(p, loss), 0.0, np.where(moved & target.met(after, later), 1.0, np.inf))
    stopped = np.where(~begun, 0.0, np.where(moved & (np.abs(after) <= BOUND).all(axis=0), -1.0, 1.0))
    runs = np.empty((carried + count + 5, p[0].size))  # the rows of a kernel's array, and the step in which a run ended or −1
    runs[:count] = np.where(begun, after, p).reshape(count, -1)
    at = count
    for leaf, shape in zip(parts(state), program.leaves, strict=True):
        runs[at : at + prod(shape)] = np.moveaxis(leaf, range(1, 1 + len(batch)), range(-len(batch), 0)).reshape(prod(shape), -1)
        at += prod(shape)
    runs[at : at + count] = p.reshape(count, -1)
    runs[at + count :] = [row.ravel() for row in (np.where(begun, later, loss), loss, best, reached, stopped)]
    tail = np.empty((min(RECENT, steps + 1) if recent else 0, p[0].size))
    for k, row in enumerate((loss, later)):
        if 0 <= k - (steps + 1 - len(tail)) < len(tail):
            tail[k - (steps + 1 - len(tail))] = row.ravel()

    ground, _ = parted(surface)
    values = settings_of(optimizer, "rule") | settings_of(ground, "surface")
    settings = np.array([values[name] for name in program.settings], dtype=float)
    level = [target.lowest, target.tolerance] if target else [0.0, -1.0]
    swept = np.array([np.broadcast_to(row, batch).ravel() for row in [*level, *(values[name] for name in program.swept)]], dtype=float)
    box = np.ravel(target.box if target else [[-np.inf, np.inf]] * count).astype(float)
    factor, column = factors(descent, batch)
    noise, place = draws(descent, batch)
    kernel.run(runs, steps, settings, swept, factor, noise, np.array([column.ravel(), place.ravel()]), box, tail)

    rows = runs.reshape(len(runs), *batch)
    new, before, (final, held, best, reached, stopped) = rows[:count], rows[at : at + count], rows[at + count :]
    stopped_at = stopped.astype(int)
    ended = np.zeros_like(stopped_at)
    if (stopped_at >= 0).any():
        asked = optimizer.probe(before, together(state, leaves(rows[count:at], program.leaves)))
        rate = np.broadcast_to(optimizer.lr, batch) * factor[np.maximum(stopped_at - 1, 0), column]
        why = reason(new, final, surface.value(asked), surface.gradient(asked), rate)
        ended = np.where(stopped_at < 0, End.NONE, np.where(stopped_at == 0, End.OUTSIDE, why))
    finite = np.isfinite(new).all(axis=0) & np.isfinite(final)
    final = np.where(finite, final, held)
    k = np.arange(steps + 1 - len(tail), steps + 1).reshape(-1, *[1] * len(batch))
    last = np.where((stopped_at >= 0) & (k >= stopped_at), final, tail.reshape(len(tail), *batch))
    return Outcome(np.where(finite, new, before), final, best, reached, ended, stopped_at, last, compiled=True)


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
    if whose == "shared":
        return noise[..., None], np.zeros(batch, dtype=int)
    return noise, np.broadcast_to(np.arange(surface.runs), batch)


def held(descent: Descent) -> int:
    """How many numbers are held for all steps."""
    schedules = prod(np.broadcast_shapes(*batches(descent.schedule).values()))
    return descent.steps * (schedules + descent.surface.coordinates * (getattr(descent.surface, "runs", None) or 1))

"""A sweep: one number a run for batches of any size, in memory for the numbers alone."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from numbers import Real
from typing import Any

import numpy as np

from core import Array, InputError, N_
from landscapes import Landscape, Objective
from optimizers import Optimizer
from optimizers.schedules import Schedule
from runs.arguments import checked, checked_start, on_a_map
from runs.blocks import folded
from runs.compiled import outcome, usable
from runs.descent import Descent
from runs.minimum import nearest
from runs.outcome import Target
from runs.trajectory import End

MEASURES = ("best_loss", "final_loss", "steps_to_tolerance", "distance", "diverged_at")
FROM_A_MINIMUM = ("steps_to_tolerance", "distance")


@dataclass(frozen=True)
class Swept:
    """All measures of a batch of runs, each an array of the batch's shape, from one pass; None where one needs a minimum and there is none.

    end (P, *batch), ended and stopped_at: the last point, why a run went no further, an `End`, and when, as in `Trajectory`.
    compiled: whether a kernel worked on it; `because` says why not.
    """

    best_loss: Array
    final_loss: Array
    steps_to_tolerance: Array | None
    distance: Array | None
    diverged_at: Array
    end: Array
    ended: Array
    stopped_at: Array
    compiled: bool
    because: str


def sweep(
    optimizer: Optimizer,
    surface: Objective,
    start: Any,
    steps: int,
    *,
    schedule: Schedule | None = None,
    measure: str = "best_loss",
    tolerance: Real | float | None = None,
    threads: int = 1,
    executor: Executor | None = None,
    compiled: bool | None = None,
) -> Array:
    """The measure of every run of a batch, an array of the batch's shape; the runs are those that `run` makes of the same arguments.

    "best_loss": the lowest loss on the way. "final_loss": the last one. "steps_to_tolerance": the k from which on |f − f*| ≤ tolerance at points
    inside the domain, up to the last step, inf where there is none: who passes f* has not reached it. By default the tolerance is that with which
    `verdicts` says "reached", else the given number as it is. "distance": from the last point to the nearest minimum. "diverged_at": the k of the
    divergence, inf where there is none. A run that ends early stays where it was, as in `run`.

    The batch is worked on in blocks, by threads or by the workers of an executor: any concurrent.futures.Executor, such as a ProcessPoolExecutor
    or a Dask cluster's `Client(...).get_executor()`. The blocks do not depend on how many there are, and neither does any bit of the result.
    `compiled`: True works with a kernel that Numba compiles for the rule on the surface, and waits for it; None does so if it is ready, else has it
    compiled in the background for the next time where that is worth it; False works with NumPy, as the others do where there can be no kernel.
    The two agree to rounding. Threads share a kernel's work evenly; NumPy lets go of Python's lock for some 10 µs at a time only.
    Raises ValueError as `run` does, for an unknown measure, and for one that needs a minimum where the surface is no landscape or has none.
    """
    if measure not in MEASURES:
        raise InputError(N_("{name} = {value}: allowed is {allowed}."), name="measure", value=repr(measure), allowed=", ".join(MEASURES))
    descent, level = asked(optimizer, surface, start, steps, schedule, tolerance)
    if measure in FROM_A_MINIMUM:
        on_a_map(f"measure = {measure!r}", surface)
        if isinstance(surface, Landscape) and surface.lowest is None:
            raise InputError(N_("measure = {value}: {surface} has no minimum."), value=repr(measure), surface=type(surface).__name__)
    work = partial(measured, names=(measure,), tolerance=level, compiled=not usable(descent, compiled))
    return folded(descent, work, threads, executor)[measure].copy()


def swept(
    optimizer: Optimizer,
    surface: Objective,
    start: Any,
    steps: int,
    *,
    schedule: Schedule | None = None,
    tolerance: Real | float | None = None,
    threads: int = 1,
    executor: Executor | None = None,
    compiled: bool | None = None,
) -> Swept:
    """All measures of a sweep at once, and who worked on it; arguments and errors as in `sweep`."""
    descent, level = asked(optimizer, surface, start, steps, schedule, tolerance)
    because = usable(descent, compiled)
    there = Target.of(surface, level) is not None
    names = tuple(name for name in MEASURES if there or name not in FROM_A_MINIMUM)
    work = partial(measured, names=(*names, "end", "ended", "stopped_at", "compiled"), tolerance=level, compiled=not because)
    found = folded(descent, work, threads, executor)
    parts: dict[str, Any] = {name: found[name].copy() if name in names else None for name in MEASURES}
    end, all_compiled = np.moveaxis(found["end"], -1, 0).copy(), bool(found["compiled"].all())
    because = because or ("" if all_compiled else "there is no kernel where the work was done")
    return Swept(**parts, end=end, ended=found["ended"].copy(), stopped_at=found["stopped_at"].copy(), compiled=all_compiled, because=because)


def asked(
    optimizer: Optimizer, surface: Objective, start: Any, steps: int, schedule: Schedule | None, tolerance: Any
) -> tuple[Descent, float | None]:
    """The runs that are asked for, and the tolerance; raises InputError."""
    schedule = checked(optimizer, surface, steps, schedule)
    return Descent(optimizer, surface, checked_start(start, surface), int(steps), schedule), checked_tolerance(tolerance)


def measured(descent: Descent, names: tuple[str, ...], tolerance: float | None, compiled: bool) -> Array:
    """These measures of all runs of a descent: an array of its shape whose fields they are."""
    target = Target.of(descent.surface, tolerance) if "steps_to_tolerance" in names else None
    made = outcome(descent, target, recent=False, compiled=compiled)
    diverged = made.ended == End.DIVERGED
    fields = {
        "best_loss": lambda: made.best,
        "final_loss": lambda: made.final,
        "steps_to_tolerance": lambda: made.reached,
        "distance": lambda: nearest(made.end, descent.surface)[0],  # pyright: ignore[reportArgumentType]  asked for on a landscape only
        "diverged_at": lambda: np.where(diverged, made.stopped_at, np.inf),
        "end": lambda: np.moveaxis(made.end, 0, -1),
        "ended": lambda: made.ended,
        "stopped_at": lambda: made.stopped_at,
        "compiled": lambda: np.full(made.best.shape, made.compiled),
    }
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        values = {name: fields[name]() for name in names}
    table = np.empty(made.best.shape, [(name, value.dtype, value.shape[made.best.ndim :]) for name, value in values.items()])
    for name, value in values.items():
        table[name] = value
    return table


def checked_tolerance(tolerance: Any) -> float | None:
    """The tolerance as a float; raises InputError where it is no number from 0 on."""
    if tolerance is not None and not 0 <= real(tolerance) < np.inf:
        raise InputError(N_("{name} = {value}: allowed is {within}."), name="tolerance", value=repr(tolerance), within="[0, ∞)")
    return None if tolerance is None else real(tolerance)


def real(number: Any) -> float:
    """A real number of any kind as a float; NaN for anything else."""
    try:
        return float(number) if isinstance(number, Real) and not isinstance(number, bool) else np.nan
    except OverflowError:
        return np.inf

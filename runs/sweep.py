"""A sweep: one number a run for batches of any size, in memory for the numbers alone."""

from __future__ import annotations

from concurrent.futures import Executor
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
from runs.descent import Descent
from runs.folds import FOLDS


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
) -> Array:
    """The measure of every run of a batch, an array of the batch's shape; the runs are those that `run` makes of the same arguments.

    "best_loss": the lowest loss on the way. "final_loss": the last one. "steps_to_tolerance": the first k with f − f* ≤ tolerance, inf where
    there is none; by default the tolerance with which `verdicts` says "reached", else the given number as it is. "distance": from the last point to
    the nearest minimum. "diverged_at": the k of the divergence, inf where there is none. A run that ends early stays where it was, as in `run`.

    The batch is worked on in blocks, by threads or by the workers of an executor: any concurrent.futures.Executor, such as a ProcessPoolExecutor
    or a Dask cluster's `Client(...).get_executor()`. The blocks do not depend on how many there are, and neither does any bit of the result.
    NumPy lets go of Python's lock for some 10 µs at a time only, so that a second thread gains little or nothing; a second process does.
    Raises ValueError as `run` does, for an unknown measure, and for one that needs a minimum where the surface is no landscape or has none.
    """
    if measure not in [*FOLDS]:
        raise InputError(N_("{name} = {value}: allowed is {allowed}."), name="measure", value=repr(measure), allowed=", ".join(FOLDS))
    schedule = checked(optimizer, surface, steps, schedule)
    if tolerance is not None and not 0 <= real(tolerance) < np.inf:
        raise InputError(N_("{name} = {value}: allowed is {within}."), name="tolerance", value=repr(tolerance), within="[0, ∞)")
    if measure in ("steps_to_tolerance", "distance"):
        on_a_map(f"measure = {measure!r}", surface)
        if isinstance(surface, Landscape) and surface.lowest is None:
            raise InputError(N_("measure = {value}: {surface} has no minimum."), value=repr(measure), surface=type(surface).__name__)
    fold = partial(FOLDS[measure], tolerance=None if tolerance is None else real(tolerance))
    return folded(Descent(optimizer, surface, checked_start(start, surface), int(steps), schedule), fold, threads, executor)


def real(number: Any) -> float:
    """A real number of any kind as a float; NaN for anything else."""
    try:
        return float(number) if isinstance(number, Real) and not isinstance(number, bool) else np.nan
    except OverflowError:
        return np.inf

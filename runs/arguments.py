"""What a run is given: refused in a sentence where it has no meaning, and spread over the batch that it makes."""

from __future__ import annotations

from dataclasses import fields
from numbers import Real
from typing import Any

import numpy as np

from core import Array, Entry, InputError, N_
from landscapes import Landscape, Objective
from optimizers import Optimizer
from optimizers.schedules import Schedule
from optimizers.schedules.constant import Constant
from runs.trajectory import BOUND


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

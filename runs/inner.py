"""A rule's inner quantities, such as its velocity or its running means: which there are, and their sizes along a run."""

from __future__ import annotations

import numpy as np

from core import Array
from landscapes.bowl import Bowl
from optimizers import Optimizer
from runs.measures import length
from runs.trajectory import Trajectory


def inner(optimizer: Optimizer) -> dict[str, tuple[int, ...]]:
    """What the rule shows besides its gradient and its marks on the map, and its shape in a single run.

    That is (2,) on a landscape, or () for a number that all coordinates share.
    """
    surface, p = Bowl(), np.array([1.0, 2.0])
    with np.errstate(all="ignore"):
        _, state = optimizer.step(surface, p, optimizer.init(p), 1, optimizer.lr)
        shown = optimizer.shown(p, surface.gradient(p), state, 1, optimizer.lr)
    return {name: np.shape(value) for name, value in shown.items() if name not in {"g", *optimizer.marks}}


def sizes(optimizer: Optimizer, trajectory: Trajectory) -> dict[str, Array]:
    """The norm over all coordinates of what the rule shows, or the absolute value of a number that they share; each of shape (steps, *batch)."""
    with np.errstate(over="ignore"):
        rows = {name: (np.moveaxis(trajectory.states[name], 1, 0), shape) for name, shape in inner(optimizer).items()}
        return {name: length(values) if shape else np.abs(values[0]) for name, (values, shape) in rows.items()}

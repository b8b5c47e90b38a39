"""A stretch of a run, from one step to another: what is said of it, and where it begins and ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from core import Array

SETTLED = 10  # steps: a shorter stay is a passage

Ending = Literal[
    "diverged", "no step", "outside", "no start", "reached", "local minimum", "saddle", "maximum", "at rest", "stands still", "restless",
    "restless, local", "weight decay", "left the map", "under way",
]  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """Where a run is from one step to another, both included; `within`: how far from a minimum at most, `at`: the point where it stays.

    `between`: the lowest and the highest f on it.
    """

    kind: Ending
    step: int
    until: int
    within: float | None = None
    at: tuple[float, float] | None = None
    between: tuple[float, float] | None = None


def stays(near: Array) -> list[tuple[int, int]]:
    """The first and last index of every stretch of true values."""
    edges = np.flatnonzero(np.diff(near, prepend=False, append=False))
    return [(int(a), int(b) - 1) for a, b in edges.reshape(-1, 2)]


def lasts(since: int, until: int, end: int) -> bool:
    """Whether a stay is longer than a passage: ten steps at least, or up to the end."""
    return until == end or until - since >= SETTLED


def since(moving: Array) -> int:
    """The index from which on none is true."""
    true = np.flatnonzero(moving)
    return int(true[-1]) + 1 if true.size else 0

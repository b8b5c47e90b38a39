"""A race: several rules on one surface, from one start, for as many steps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from landscapes import Landscape
from optimizers import Optimizer
from optimizers.schedules import Schedule
from problems import Problem
from runs.batched import batched
from runs.depth import passed_below
from runs.noise import Noisy
from runs.plateau import Plateau
from runs.run import run
from runs.trajectory import Trajectory

MANY = 30  # runs of a lane, where many are drawn


@dataclass(frozen=True)
class Lane:
    """A rule and the schedule of its rate; a quiet one has no part in the race's noise. Where the loss comes from data, its steps see batches of
    this size, 0 for all examples. `plateau`: what lowers the rate of a training, beside the schedule.
    """

    rule: Optimizer
    schedule: Schedule
    quiet: bool = False
    batch: int = 0
    plateau: Plateau | None = None


@dataclass(frozen=True)
class Race:
    """What is raced: frozen and hashable, so that its runs can be remembered.

    `noise` is the gradient's σ, `many` asks for many runs of each lane beside the single one. `deeper` is the number of the lane that passed
    below every minimum that the search had found, farthest of all; 0 where none did. `anew`: whether batches are drawn anew in each step.
    """

    surface: Landscape
    start: tuple[float, float]
    steps: int
    lanes: tuple[Lane, ...]
    noise: float = 0.0
    seed: int = 0
    many: bool = False
    deeper: int = 0
    anew: bool = False

    def descended(self, lane: Lane, runs: int | None = None) -> Noisy:
        """The surface as this lane descends it: all lanes with the same noise, or each of so many runs with its own; with the lane's batches."""
        if lane.batch and isinstance(self.surface, Problem):
            return batched(self.surface, lane.batch, self.seed, runs, self.anew)
        return Noisy(self.surface, 0.0 if lane.quiet else self.noise, self.seed, runs)


@lru_cache(maxsize=128)
def descent(lane: Lane, surface: Noisy, start: tuple[float, float], steps: int) -> Trajectory:
    """A lane's run, remembered: whoever wants something of it works on the same arrays, which nobody may change."""
    return run(lane.rule, surface, start, steps, lane.schedule)


@lru_cache(maxsize=1024)
def passage(lane: Lane, surface: Noisy, start: tuple[float, float], steps: int) -> tuple[float, float] | None:
    """Where a lane's run passes below every minimum that is known, at its lowest."""
    return passed_below(descent(lane, surface, start, steps), surface)


@lru_cache(maxsize=256)
def deepened(race: Race) -> Race:
    """The race on the surface with the minimum to which a lane led that passed below all that a search had found.

    The runs are those on the surface as the search left it, so that the link alone says which minimum that is.
    """
    if race.surface.listed != "found":
        return race
    points = {i: p for i, lane in enumerate(race.lanes, start=1) if (p := passage(lane, race.descended(lane), race.start, race.steps))}
    if not points:
        return race
    deepest = min(points, key=lambda i: float(race.surface.value(np.array(points[i]))))
    return replace(race, surface=race.surface.deeper(points[deepest]), deeper=deepest)

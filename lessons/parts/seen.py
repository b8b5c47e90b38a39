"""A scene's runs, and what can be measured of them: the numbers in the texts of a lesson are worked out here, not typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np

from core import Array, InputError
from core.number import short
from core.window import widened
from links import Flat
from links.data import DATA
from links.entries import race_of
from links.race import RACE
from problems import Problem
from runs import Verdict, run, stability_limit, verdicts
from runs.inner import sizes
from runs.race import Lane, MANY, Race, descent
from runs.trajectory import Trajectory

Value = float | int | str
TABLES = {"": RACE, "data": DATA}  # of the pages that have runs


class Seen:
    """The scene of a link, "?surface=…" or "data?…". Lanes are counted from 1, as on the page, and steps from 0.

    Raises ValueError where something in the link would be ignored, or where its page has no runs.
    """

    def __init__(self, link: str) -> None:
        self.link = link
        self.page, _question, self.query = link.partition("?")

    @cached_property
    def flat(self) -> Flat:
        """The settings."""
        if self.page not in TABLES:
            raise ValueError(f"{self.link}: the page {self.page!r} has no runs")
        flat, complaints = TABLES[self.page].read_link(self.query, "en")
        if complaints:
            raise InputError("{link}: {all}", link=self.link, all=" ".join(map(str, complaints)))
        return flat

    @cached_property
    def race(self) -> Race:
        return race_of(self.flat)

    @property
    def problem(self) -> Problem:
        """The race's surface, which comes from data. Raises TypeError where it does not."""
        if not isinstance(self.race.surface, Problem):
            raise TypeError(f"{self.link}: this surface does not come from data")
        return self.race.surface

    @property
    def steps(self) -> int:
        return self.race.steps

    def lane(self, i: int) -> Lane:
        return self.race.lanes[i - 1]

    def run(self, i: int) -> Trajectory:
        lane = self.lane(i)
        return descent(lane, self.race.descended(lane), self.race.start, self.steps)

    def path(self, i: int) -> Array:
        """(steps + 1, 2)."""
        return self.run(i).path

    def rate(self, i: int) -> float:
        """η of lane i."""
        return float(self.lane(i).rule.lr)

    def setting(self, i: int, name: str) -> float:
        """A parameter of lane i's rule."""
        return getattr(self.lane(i).rule, name)

    def scheduled(self, i: int, name: str) -> float:
        """A parameter of lane i's schedule, or "steps" of its warm-up."""
        return getattr(self.lane(i).schedule, name)

    def shape(self, name: str) -> float:
        """A parameter of the surface."""
        return getattr(self.race.surface, name)

    def gap(self, i: int, step: int = -1) -> float:
        """f − f* at a step, the last one where none is named."""
        lowest = self.race.surface.lowest
        if lowest is None:
            raise ValueError(f"{self.link}: this surface has no lowest value")
        return float(self.run(i).loss[step] - lowest)

    def f(self, i: int, step: int = -1) -> float:
        """f at a step."""
        return float(self.run(i).loss[step])

    def verdict(self, i: int) -> Verdict:
        """The badge at the end of the run."""
        lane = self.lane(i)
        said = verdicts(self.run(i), self.race.descended(lane), lane.rule, widened(self.race.surface.domain))
        return next((each for each in said if each.until == self.steps), Verdict("under way", self.steps, self.steps))

    def kind(self, i: int) -> str:
        """What the badge says: "reached", "local minimum", "diverged", "left the map", "restless", "under way", …."""
        return self.verdict(i).kind

    def since(self, i: int) -> int:
        """The step from which on the badge says so."""
        return self.verdict(i).step

    def within(self, i: int, gap: float) -> int:
        """The first step from which on f − f* stays at or below a value; the number of steps + 1 where it does not come to that."""
        lowest = self.race.surface.lowest
        assert lowest is not None
        above = ~(self.run(i).loss - lowest <= gap)
        return int(np.flatnonzero(above)[-1] + 1) if above.any() else 0

    def near(self, i: int, distance: float) -> int:
        """The first step at which the run is so near to the lowest minimum; the number of steps + 1 where it never is."""
        near = np.hypot(*(self.path(i) - self.race.surface.minima()[:, 0]).T) <= distance
        return int(near.argmax()) if near.any() else self.steps + 1

    def first(self, i: int, there: Callable[[Array], Array]) -> int:
        """The first step at which `there`, of points (2, steps + 1), says so; the number of steps + 1 where it never does."""
        said = there(self.path(i).T)
        return int(said.argmax()) if said.any() else self.steps + 1

    def distance(self, i: int, step: int) -> float:
        """From the lowest minimum, at a step."""
        return float(np.hypot(*(self.path(i)[step] - self.race.surface.minima()[:, 0])))

    def apart(self, i: int, j: int) -> float:
        """How far two lanes are from each other at most, step by step."""
        return float(np.hypot(*(self.path(i) - self.path(j)).T).max())

    def size(self, i: int, name: str, step: int = -1) -> float:
        """The norm of what lane i's rule shows, such as v, in a step counted from 1, or in the last."""
        return float(sizes(self.lane(i).rule, self.run(i))[name][step - 1 if step > 0 else step])

    def turns(self, i: int, axis: int, steps: int | None = None) -> int:
        """How often the sign of a coordinate (0: x, 1: y) changes in the first steps, or in all."""
        signs = np.sign(self.path(i)[: None if steps is None else steps + 1, axis])
        return int((signs[1:] != signs[:-1]).sum())

    def travelled(self, i: int, axis: int) -> float:
        """Σ|Δ| of a coordinate over the run."""
        return float(np.abs(np.diff(self.path(i)[:, axis])).sum())

    def moved(self, i: int, step: int = 1) -> Array:
        """The step that arrives at this number, the first one where none is named; shape (2,)."""
        return self.path(i)[step] - self.path(i)[step - 1]

    def state(self, i: int, name: str, step: int) -> Array:
        """What lane i's rule shows, or its gradient "g", in the step that arrives at this number; shape (2,)."""
        return self.run(i).states[name][step - 1]

    def length(self, i: int) -> float:
        """Of the path."""
        return float(np.hypot(*np.diff(self.path(i), axis=0).T).sum())

    def curvatures(self, point: tuple[float, float] | None = None) -> Array:
        """The Hessian's eigenvalues, the least first; at the lowest minimum where no point is named."""
        at = self.race.surface.minima()[:, 0] if point is None else np.array(point)
        return np.linalg.eigvalsh(self.race.surface.hessian(at))

    @property
    def kappa(self) -> float:
        """The condition number at the lowest minimum."""
        low, high = self.curvatures()
        return float(high / low)

    def edge(self, i: int) -> float:
        """The rate beyond which lane i's rule does not come to rest at the minimum."""
        return float(stability_limit(self.lane(i).rule, self.race.surface, self.race.start)["minimum"])

    def many(self, i: int) -> Trajectory:
        """Thirty runs of a lane, each with noise of its own."""
        lane = self.lane(i)
        start = np.repeat(np.array(self.race.start)[:, None], MANY, axis=1)
        return run(lane.rule, self.race.descended(lane, MANY), start, self.steps, lane.schedule)

    def share(self, i: int, there: Callable[[Array], Array]) -> int:
        """How many of thirty runs of a lane end where `there`, of points (2, runs), says so."""
        return int(there(self.many(i).path[-1]).sum())

    def mean_gap(self, i: int, last: int = 1) -> float:
        """The mean f − f* of thirty runs over the last steps."""
        lowest = self.race.surface.lowest
        assert lowest is not None
        return float(self.many(i).loss[-last:].mean() - lowest)


def written(value: Value) -> str:
    """A number as a text has it."""
    return value if isinstance(value, str) else str(value) if isinstance(value, int | np.integer) else short(float(value))

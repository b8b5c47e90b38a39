"""A rule at the best of its settings: where it is found, and how wide the range of good rates is about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from core import Array, parameters
from landscapes import Landscape
from optimizers import Optimizer
from optimizers.schedules import Schedule
from runs.arguments import checked_start
from runs.descent import Descent
from runs.outcome import for_good, goal, inside, to_stay
from runs.run import run
from runs.stretch import since
from runs.trajectory import End
from runs.trials import A_DECADE, Trials, trials_of

GOOD = 2  # times the fewest steps


@dataclass(frozen=True)
class Best:
    """A rule at its best settings, and what `run` makes of them.

    steps: the one from which on it is at f* for good, as `runs.outcome` has it: f stays within the surface's `tolerance` of f*, at points inside the
    domain, up to the last step and for ten points at least; inf where it does not.
    evaluations: the gradients up to there. gap: the lowest f − f* on the way at a point inside the domain. width: how many decades of rates, next to
    the best one and with its other settings, need at most twice its steps; 0 where none arrives. at_end: which settings were found at an end of
    what was tried, with others beyond it. runs, cost: how many runs were tried, and their gradients.
    """

    rule: Optimizer
    steps: float
    evaluations: float
    gap: float
    width: float
    at_end: tuple[str, ...]
    runs: int
    cost: int


def best(rule: Optimizer, surface: Landscape, start: tuple[float, float], steps: int, schedule: Schedule) -> Best:
    """The best of the rule's trials: with the fewest steps; of equals, or where none arrives, with the lowest f − f* on the way.

    Runs that diverge or leave the formula's domain come last. The surface has a minimum.
    """
    trials = trials_of(rule)
    since, gap, stays = arrivals(Descent(replace(rule, **trials.settings), surface, checked_start(start, surface), steps, schedule))
    i, j = np.unravel_index(np.lexsort((gap.ravel(), ~stays.ravel(), since.ravel()))[0], since.shape)
    found: Any = {"lr": float(trials.rates[i])} | ({trials.name: float(trials.values[j])} if trials.name else {})
    winner = replace(rule, **found)
    k, lowest = arrival(winner, surface, start, steps, schedule)
    width = good(since[:, j] <= GOOD * since[i, j], int(i)) / A_DECADE if np.isfinite(since[i, j]) else 0.0
    ends = tuple(name for name, n in (("lr", i), (trials.name, j)) if name and beyond(trials, rule, name, int(n)))
    return Best(winner, k, k * rule.evaluations, lowest, width, ends, trials.runs, trials.runs * steps * rule.evaluations)


def arrivals(descent: Descent) -> tuple[Array, Array, Array]:
    """Of each run: the step from which on it stays at f*, inf where it does not; its lowest f − f* inside the domain; and whether it stays finite."""
    surface: Any = descent.surface
    lowest, there = surface.lowest, goal(surface)
    assert there is not None
    reached, gap, row = np.array(0.0), np.array(np.inf), None
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # as in `run`
        for row in descent.rows():
            reached = np.where(there.met(row.p, row.loss), reached, row.k + 1)
            gap = np.fmin(gap, np.where(inside(row.p, surface.domain), row.loss - lowest, np.inf))
    assert row is not None
    stays = (row.ended != End.DIVERGED) & (row.ended != End.OUTSIDE)
    return for_good(to_stay(np.where(reached <= row.k, reached, np.inf), row.ended), descent.steps), gap, stays


def arrival(rule: Optimizer, surface: Landscape, start: tuple[float, float], steps: int, schedule: Schedule) -> tuple[float, float]:
    """The first two of these of a single run, from what `run` returns."""
    made, lowest, there = run(rule, surface, start, steps, schedule), surface.lowest, goal(surface)
    assert lowest is not None
    assert there is not None
    reached = np.array(float(since(~there.met(made.path.T, made.loss))))
    gap = np.where(inside(made.path.T, surface.domain), made.loss - lowest, np.inf).min()
    return float(for_good(to_stay(reached, made.ended), steps)), float(gap)


def from_starts(rule: Optimizer, surface: Landscape, starts: Array, steps: int, schedule: Schedule) -> Array:
    """The gradients until the rule, as it is set, stays at f*, from each of the starts (2, n); shape (n,), inf where it does not."""
    return arrivals(Descent(rule, surface, checked_start(starts, surface), steps, schedule))[0] * rule.evaluations


def good(fast: Array, i: int) -> int:
    """How many are true in a row about the i-th, itself included."""
    slow = np.flatnonzero(~fast)
    return int(min(slow[slow > i], default=len(fast)) - max(slow[slow < i], default=-1) - 1)


def beyond(trials: Trials, rule: Optimizer, name: str, n: int) -> bool:
    """Whether the n-th value of a setting is the first or the last of those tried, and the setting accepts others beyond it."""
    values, (low, _high) = trials.rates if name == "lr" else trials.values, parameters(rule)[name].ends
    return n == len(values) - 1 or (n == 0 and values[0] > low)

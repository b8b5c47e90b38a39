"""A loss over data as a rule with mini-batches descends it: each step sees the gradient of its batch alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core import Array
from landscapes import Objective
from problems import Problem
from problems.batches import Batches
from runs.noise import Noisy


@dataclass(frozen=True)
class Batched(Noisy):
    """A problem whose steps see batches of B examples, shuffled in each epoch or drawn anew; made by `batched`.

    Value, gradient and Hessian are those over all examples, as a `Noisy` landscape's are those without noise. With `runs` each run along the last
    axis of a batch has batches of its own.
    """

    batch: int = 1
    anew: bool = False

    def at(self, t: int) -> Objective:
        return problem_of(self).batch(rows(self.batches(), self.runs, t)) if self.sigma else self.surface

    def seen(self, p: Array) -> Array:
        return Objective.seen(self, p)

    def batches(self, run: int = 0) -> Batches:
        """The batches of a run; a single one has those of run 0."""
        return Batches(problem_of(self).count, self.batch, self.seed, run, self.anew)

    def covariance(self, at: Array) -> Array:
        return batch_covariance(problem_of(self), at, self.batch)


def problem_of(surface: Batched) -> Problem:
    """The problem below it."""
    assert isinstance(surface.surface, Problem)
    return surface.surface


def batched(problem: Problem, batch: int, seed: int = 0, runs: int | None = None, anew: bool = False) -> Batched:
    """The problem with batches of this size. As its σ counts the standard deviation of a coordinate of the batch gradient at the lowest minimum,
    or at the start where there is none; it is 0 for the full batch, whose steps all see the same.
    """
    minima = problem.minima()
    at = minima[:, 0] if minima.size else np.array(problem.start)
    sigma = float(np.sqrt(np.trace(batch_covariance(problem, at, batch)) / 2))
    return Batched(problem, sigma, seed, runs, min(batch, problem.count), anew)


def batch_covariance(problem: Problem, at: Array, batch: int) -> Array:
    """The covariance of the gradient of a batch of B out of N, none twice, at a point: S²/B·(1 − B/N); shape (2, 2).

    S² is the sample covariance, over N − 1, of the examples' gradients.
    """
    count = problem.count
    if batch >= count:
        return np.zeros((2, 2))
    return np.cov(problem.gradients(at)) / batch * (1 - batch / count)


@lru_cache(maxsize=4096)
def rows(batches: Batches, runs: int | None, t: int) -> Array:
    """The rows of step t; shape (B,), or (B, runs)."""
    if runs is None:
        return batches.of(t)
    each = (Batches(batches.examples, batches.size, batches.seed, run, batches.anew).of(t) for run in range(runs))
    return np.stack(list(each), axis=1)

"""Training a network: the loop of `run` for many weights and many steps, which keeps curves and a few points instead of every step."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from core import Array, InputError, N_
from optimizers import Optimizer
from optimizers.schedules import Schedule
from problems.networks import Examples, Perceptron
from runs.arguments import checked
from runs.plateau import Plateau, Watched
from runs.sharpness import curvature
from runs.trajectory import BOUND

KEPT = 100  # points of the path, and places of each curve
LONGEST = 900.0  # seconds of a processor for one training, where somebody waits for it
WATCH = 8  # steps after which the time is looked at

SHARES = 9  # of the marks, one at which the negative eigenvalues are looked at
# The rows of what is measured; where the curvature is, three more: those of `runs.sharpness.Curvature`.
CURVES = ("loss", "test_loss", "accuracy", "test_accuracy", "seconds", "rate", "validation_loss", "validation_accuracy")


@dataclass(frozen=True, eq=False)
class Progress:
    """How far a training has come.

    step: steps taken. p (P,) and state: the point there and what the rule remembers. curves (8 or 11, n): at the first n marks the mean cross-entropy
    over the training examples, that over the test examples, the two shares of right answers, the seconds of the processor that the steps took,
    the rate of the step to this mark, the cross-entropy and share of the validation examples, NaN where there are none, and where that is wanted the
    curvature of the training loss: λmax of its Hessian H, that of P⁻¹H, and, at some marks, the share of negative eigenvalues.
    path (n, P): the points at these marks in single precision, where they are wanted; else empty.
    stopped_at: the step at which a weight was not finite or beyond ±1e6, −1 where there is none. Its row of the curves is not there.
    along (2, P): the directions in which the loss is sharpest, where that is measured.
    watched: what a rule that lowers the rate on a plateau remembers.
    """

    step: int
    p: Array
    state: Any
    curves: Array
    path: Array
    seconds: float = 0.0
    stopped_at: int = -1
    along: Array | None = None
    watched: Watched | None = None


@dataclass(frozen=True, eq=False)
class Training:
    """A rule that trains a network from a start for so many steps, and the examples that it is tested on; raises InputError as `run` does.

    With a `plateau` the loss over the `validation` examples is looked at after each epoch. `kept`: places of the curves at most, two or more.
    """

    optimizer: Optimizer
    network: Perceptron
    test: Examples
    start: Array
    steps: int
    schedule: Schedule | None = None
    keeps_path: bool = False
    sharp: bool = False  # whether the curves have the curvature too
    validation: Examples | None = None
    plateau: Plateau | None = None
    kept: int = KEPT

    def __post_init__(self) -> None:
        if self.plateau and self.validation is None:
            raise InputError(N_("A rate that is lowered on a plateau needs examples for validation."))
        object.__setattr__(self, "schedule", checked(self.optimizer, self.network, self.steps, self.schedule))

    @cached_property
    def marks(self) -> Array:
        """The steps at which the curves are measured."""
        return marks(self.steps, self.kept)

    @cached_property
    def factors(self) -> list[float]:
        """By which factor the schedule multiplies the peak rate of each step. Python's numbers leave the precision of the weights as it is."""
        assert self.schedule
        return np.broadcast_to(self.schedule(np.arange(self.steps), self.steps), self.steps).tolist()

    @property
    def per_epoch(self) -> int:
        """Steps of an epoch."""
        return self.network.batches.per_epoch if self.network.batches else 1

    def begin(self) -> Progress:
        """Nothing done yet but the first measurement."""
        p = np.array(self.start)
        with np.errstate(over="ignore", invalid="ignore"):
            row, along = self.measured(p, 0.0, self.optimizer.lr * self.factors[0], None, None, 0)
        path = p[None].astype(np.float32) if self.keeps_path else np.empty((0, len(p)))
        return Progress(0, p, self.optimizer.init(p), row[:, None], path, along=along, watched=Watched(self.optimizer.lr) if self.plateau else None)

    def done(self, progress: Progress) -> bool:
        """Whether there is nothing more to do."""
        return progress.stopped_at >= 0 or progress.step >= self.steps

    def advance(self, progress: Progress, seconds: float = np.inf) -> Progress:
        """Go on for about so many seconds, or to the end."""
        optimizer, network, factors = self.optimizer, self.network, self.factors
        p, state, k, spent, watched = progress.p, progress.state, progress.step, progress.seconds, progress.watched
        peak, epoch = watched.lr if watched else optimizer.lr, self.per_epoch
        curves, path = [], []
        ahead = iter(self.marks[progress.curves.shape[1] :].tolist())
        mark, until = next(ahead, -1), time.perf_counter() + seconds
        along, stopped_at, began = progress.along, progress.stopped_at, time.process_time()
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # a training that overflows is no error: it is marked
            while k < self.steps and stopped_at < 0:
                rate = peak * factors[k]
                p, state = optimizer.step(network.at(k + 1), p, state, k + 1, rate)
                k += 1
                if not p.dot(p) <= BOUND and gone(p):  # a sum of squares that small has no weight beyond the bound
                    stopped_at = k
                    break
                if watched and k % epoch == 0:
                    watched = self.watching(watched, p)
                    peak = watched.lr
                if k == mark:
                    spent, mark = spent + time.process_time() - began, next(ahead, -1)
                    row, along = self.measured(p, spent, rate, along, state, k)
                    curves.append(row)
                    path += [p] if self.keeps_path else []
                    began = time.process_time()
                if (k % WATCH == 0 or (self.sharp and curves)) and time.perf_counter() > until:
                    break
        spent += time.process_time() - began
        new = np.concatenate([progress.curves, np.array(curves).T], axis=1) if curves else progress.curves
        kept = np.concatenate([progress.path, np.array(path, np.float32)]) if path else progress.path
        return Progress(k, p, state, new, kept, spent, stopped_at, along, watched)

    def run(self) -> Progress:
        """All of it."""
        return self.advance(self.begin())

    def watching(self, watched: Watched, p: Array) -> Watched:
        """What is remembered after an epoch that ends at this point."""
        assert self.plateau
        assert self.validation
        return self.plateau.after(watched, graded(self.network, p, self.validation)[0])

    def measured(self, p: Array, spent: float, rate: float, along: Array | None, state: Any, k: int) -> tuple[Array, Array | None]:
        """What the curves have after k steps, shape (8,) or (11,), and the directions in which the loss is sharpest, sought from those before."""
        found = [graded(self.network, p, examples) for examples in (self.network.examples, self.test)]
        validated = graded(self.network, p, self.validation) if self.validation else (np.nan, np.nan)
        row = [*(loss for loss, _share in found), *(share for _loss, share in found), spent, rate, *validated]
        if not self.sharp:
            return np.array(row), None
        mark = int(np.searchsorted(self.marks, k))
        if not k:  # before the first step it is that step's
            state, k = self.optimizer.step(self.network.at(1), p, self.optimizer.init(p), 1, rate)[1], 1
        divided = self.optimizer.preconditioner(state, k)
        found = curvature(self.network, p, divided, along, mark % SHARES == 0 or k == self.steps)
        return np.array([*row, *found.values]), found.along

    def keeping(self) -> Training:
        """The same, which keeps its path."""
        return replace(self, keeps_path=True)


def marks(steps: int, kept: int = KEPT) -> Array:
    """The first and the last of so many steps, and as many between as make no more than `kept`."""
    return np.unique(np.linspace(0, steps, min(kept, steps + 1)).round().astype(int))


def graded(network: Perceptron, p: Array, examples: Examples) -> tuple[float, float]:
    """The mean cross-entropy at a point (P,), and the share of right answers: of the class that is worth most, the first of equals."""
    z = network.logits(p, examples.inputs)
    z -= z.max(axis=-1, keepdims=True)
    right = float(np.mean(z.argmax(axis=-1) == examples.labels)) if np.isfinite(z).all() else np.nan
    own = z[np.arange(len(examples)), examples.labels]
    return float(np.mean(np.log(np.exp(z).sum(axis=-1)) - own)), right


def gone(p: Array) -> bool:
    """Whether a weight is not finite or beyond the bound."""
    return not np.abs(p).max() <= BOUND

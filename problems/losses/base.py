"""A loss that is a mean over examples, of a model with two weights: a landscape, over all examples or over those of one batch."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from functools import lru_cache
from math import floor, log10

import numpy as np

from core import Array, InputError, N_, parameter, text_parameter
from core.parameter import check as check_fields
from core.window import Window
from landscapes import Landscape, Objective
from problems.points import points as given

TOGETHER = 2**17  # numbers that are looked at together: they stay near the processor, which halves the time of a map
GENERATING = ("examples", "spread", "outliers", "sample", "scale", "shift", "correlation", "dense")  # parameters that points in a link stand in for
DIGITS = 3  # after the leading one of the largest number: chance has few digits, so that a link can say what it has made
FEW = 2  # points that are given: fewer make no data set, and the generated one is shown


@dataclass(frozen=True)
class Problem(Landscape):
    """A model's loss on a data set; its points are the model's weights, arrays of shape (2, *batch).

    What depends on examples has the examples as an axis before the batch. `points`, where they are given, stand in place of generated examples.
    """

    classes = False  # whether a point has two features and a class, and not one feature and a target
    axes = ("x", "y")  # what the data's axes are called
    weights = ("x", "y")  # what the map's axes are called
    single = False  # whether the second weight stays at 0, so that the loss is drawn as a curve over the first

    examples: int = parameter(
        100, 10, 10_000, log=True, whole=True, within="[2, 10000]", label=N_("Examples N"), help=N_("How many examples are generated.")
    )
    spread: float = parameter(
        1.0, 0.0, 3.0, within="[0, 100]", label=N_("Noise s"), help=N_("The standard deviation of what chance adds to each example.")
    )
    outliers: float = parameter(0.0, 0.0, 0.3, within="[0, 1]", label=N_("Outliers"), help=N_("The share of examples that chance has put far off."))
    sample: int = parameter(0, 0, 99, whole=True, within="[0, 999999]", label=N_("Sample"), help=N_("Another sample draws other examples."))
    points: str = text_parameter("", given, label=N_("Points"))

    def __post_init__(self) -> None:
        check_fields(self)
        data = given(self.points)
        if data.size and len(data) != (3 if self.classes else 2):
            template = N_("These points have {value} numbers each, and this model needs {n}.")
            raise InputError(template, value=len(data), n=3 if self.classes else 2)

    @abstractmethod
    def generated(self, rng: np.random.Generator) -> Array:
        """The examples as chance has them, a row for each number of a point; shape (2, N) or (3, N)."""

    @abstractmethod
    def losses(self, p: Array, x: Array, y: Array) -> Array:
        """What each example costs at the weights p of shape (2, 1, *batch); x, y broadcast with p[0]; shape (n, *batch)."""

    @abstractmethod
    def slopes(self, p: Array, x: Array, y: Array) -> Array:
        """The gradient of each example's loss; shape (2, n, *batch)."""

    @abstractmethod
    def bends(self, p: Array, x: Array, y: Array) -> Array:
        """The second derivatives of each example's loss; shape (2, 2, n, *batch)."""

    @property
    def data(self) -> Array:
        """All numbers of all examples; shape (2, N) or (3, N), read-only."""
        return data_of(self)

    @property
    def count(self) -> int:
        """N, how many examples there are."""
        return self.data.shape[1]

    def inputs(self) -> tuple[Array, Array]:
        """The features and the targets, or classes −1 and 1; x of shape (N,) or (2, N), y of shape (N,)."""
        return inputs_of(self)

    def value(self, p: Array) -> Array:
        return self.mean("losses", p)

    def gradient(self, p: Array) -> Array:
        return self.mean("slopes", p)

    def hessian(self, p: Array) -> Array:
        return self.mean("bends", p)

    def gradients(self, p: Array) -> Array:
        """The gradient of each example's loss at the weights p of shape (2,); shape (2, N)."""
        x, y = self.inputs()
        return self.slopes(np.asarray(p, dtype=float)[:, None], x, y)

    def mean(self, what: str, p: Array, rows: Array | None = None) -> Array:
        """The mean of `what` each example has, at p of shape (2, *batch), over all examples or these rows.

        Rows of shape (B,) are a batch for everyone; of shape (B, runs) each run, along the last axis of p's batch, has its own.
        """
        rows = np.arange(self.count) if rows is None else rows
        x, y = self.inputs()
        p = np.asarray(p, dtype=float)
        total: Array | float = 0.0
        size = max(1, TOGETHER // max(1, p[0].size))
        for first in range(0, len(rows), size):
            part = rows[first : first + size]
            shape = (len(part), *[1] * (p.ndim - part.ndim), *part.shape[1:])
            xs = x[..., part].reshape(*x.shape[:-1], *shape)
            total = total + getattr(self, what)(p[:, None], xs, y[part].reshape(shape)).sum(axis={"losses": 0, "slopes": 1, "bends": 2}[what])
        return np.asarray(total / len(rows))

    def batch(self, rows: Array) -> Batch:
        """The loss over these examples alone; rows as in `mean`."""
        return Batch(self, rows)


@dataclass(frozen=True)
class Batch(Objective):
    """The loss over some examples of a problem, as one step sees it."""

    problem: Problem
    rows: Array

    @property
    def coordinates(self) -> int:
        return self.problem.coordinates

    def value(self, p: Array) -> Array:
        return self.problem.mean("losses", p, self.rows)

    def gradient(self, p: Array) -> Array:
        return self.problem.mean("slopes", p, self.rows)

    def hessian(self, p: Array) -> Array:
        return self.problem.mean("bends", p, self.rows)


@lru_cache(maxsize=256)
def data_of(problem: Problem) -> Array:
    """A problem's examples, made once."""
    found = given(problem.points)
    if found.shape[-1] < FEW:
        found = problem.generated(np.random.default_rng((problem.sample, problem.examples)))
        found = np.array([np.round(row, DIGITS - floor(log10(np.abs(row).max() or 1.0))) + 0.0 for row in found])
        found.flags.writeable = False
    return found


@lru_cache(maxsize=256)
def inputs_of(problem: Problem) -> tuple[Array, Array]:
    """A problem's features and targets, parted once: every step asks for them."""
    data = problem.data
    return (data[:2], np.where(data[2] > 0, 1.0, -1.0)) if problem.classes else (data[0], data[1])


def around(points: Array, least: float) -> Window:
    """A square with round ends that holds these points, shape (2, n), with room about them; of at least this half-width."""
    low, high = points.min(axis=1), points.max(axis=1)
    half = nice(max(least, 0.8 * float((high - low).max())))
    grain = half / 4
    x, y = (grain * floor(middle / grain + 0.5) for middle in (low + high) / 2)
    return (x - half, x + half), (y - half, y + half)


def nice(value: float) -> float:
    """The next of 1, 2, 4, 8, 10, 20, … that is no less."""
    unit = 10.0 ** floor(log10(value))
    return float(next(m * unit for m in (1, 2, 4, 8, 10) if m * unit >= value * (1 - 1e-9)))

"""Gradients as a mini-batch gives them: right on average, and wrong by chance in every step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import prod
from typing import Any

import numpy as np

from core import Array, Entry, InputError, N_, parameter, single
from landscapes import Landscape, Objective
from landscapes.base import Kind, Listing

FACTS = (*Entry.__annotations__, *Landscape.__annotations__)  # what the classes of surfaces state of themselves
BLOCK = 64  # steps whose draws are made and remembered together: half the time of one by one
KEPT = 200  # numbers a step; more are drawn anew each time, because remembering them would cost more memory than it saves time


@dataclass(frozen=True)
class Wrapped(Objective):
    """An objective that is another one in all that it does not say itself."""

    surface: Objective

    def __post_init__(self) -> None:
        super().__post_init__()
        kind = Landscape if isinstance(self, Landscape) else Objective
        if not isinstance(self.surface, kind):
            allowed = f"an instance of {kind.__name__}"
            raise InputError(N_("{name} = {value}: allowed is {allowed}."), name="surface", value=repr(self.surface), allowed=allowed)

    def __getattr__(self, name: str) -> Any:
        """What the class of the surface states of itself, looked up when it is asked for: a step asks for none of it."""
        if name in FACTS:
            return getattr(self.surface, name)
        raise AttributeError(f"{type(self).__name__} has no {name}")

    @property
    def coordinates(self) -> int:
        return self.surface.coordinates

    def value(self, p: Array) -> Array:
        return self.surface.value(p)

    def gradient(self, p: Array) -> Array:
        return self.surface.gradient(p)

    def hessian(self, p: Array) -> Array:
        return self.surface.hessian(p)


@dataclass(frozen=True)
class NoisyObjective(Wrapped):
    """An objective whose gradient is noisy in each step of a run: seeded Gaussian noise of standard deviation σ in each coordinate.

    All that step t asks sees the same noise, drawn from (seed, t) alone, so that any step can be repeated by itself. Without `runs` it is one draw
    for everyone who uses this seed; with runs = n every run along the last axis of a batch has its own. Apart from `at` and `seen` the surface
    is free of noise: its gradient, the loss and whatever is measured on them.
    """

    sigma: float = parameter(
        0.0,
        0.0,
        10.0,
        within="[0, inf)",
        label=N_("Noise σ"),
        help=N_("Noise σ: the standard deviation of what each step adds to each coordinate of the gradient."),
    )
    seed: int = 0
    runs: int | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        single(self, "sigma")
        for name, value, least in [("seed", self.seed, 0), ("runs", 1 if self.runs is None else self.runs, 1)]:
            if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < least:
                template = N_("{name} = {value}: allowed is a whole number in {within}.")
                raise InputError(template, name=name, value=repr(value), within=f"[{least}, ∞)")

    def at(self, t: int) -> Objective:
        return Sampled(self.surface.at(t), self.noise(t)) if self.sigma else self.surface.at(t)

    def seen(self, p: Array) -> Array:
        g = self.surface.seen(p)
        if not self.sigma:
            return g
        noise = np.stack([self.noise(t) for t in range(1, p.shape[1] + 1)], axis=1)
        return g + aligned(noise, p, axes=2)

    def noise(self, t: int) -> Array:
        """What is added to the gradient in step t; shape (P,) or (P, runs)."""
        shape = (self.coordinates,) if self.runs is None else (self.coordinates, self.runs)
        if prod(shape) > KEPT:
            return self.sigma * draw(self.seed, t, shape)
        return self.sigma * block(self.seed, t // BLOCK, shape)[t % BLOCK]


@dataclass(frozen=True)
class Noisy(NoisyObjective, Landscape):
    """A landscape with noise in the gradient of each step, as in `NoisyObjective`; its map and all that is known of it are the surface's own."""

    surface: Landscape

    @property
    def listed(self) -> Listing:  # pyright: ignore[reportIncompatibleVariableOverride]
        return self.surface.listed

    @property
    def kinks(self) -> tuple[tuple[float, float], ...]:  # pyright: ignore[reportIncompatibleVariableOverride]
        return self.surface.kinks

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        return self.surface.stationary()

    def minima(self) -> Array:
        return self.surface.minima()

    @property
    def lowest(self) -> float | None:
        return self.surface.lowest

    def covariance(self, at: Array) -> Array:
        """That of the gradient's noise at a point of shape (2,); shape (2, 2)."""
        return np.diag([self.sigma * self.sigma] * 2)


@dataclass(frozen=True)
class Sampled(Wrapped):
    """An objective as one step sees it: what was drawn for that step is added to its gradient everywhere."""

    noise: Array

    def gradient(self, p: Array) -> Array:
        return self.surface.gradient(p) + aligned(self.noise, p)


def draw(seed: int, t: int, shape: tuple[int, ...]) -> Array:
    """Standard normal numbers of step t, of this shape."""
    return np.random.default_rng((seed, t)).standard_normal(shape)


@lru_cache(maxsize=128)
def block(seed: int, number: int, shape: tuple[int, ...]) -> Array:
    """The draws of the steps from number·BLOCK on; shape (BLOCK, *shape)."""
    return np.array([draw(seed, t, shape) for t in range(number * BLOCK, (number + 1) * BLOCK)])


def aligned(noise: Array, p: Array, axes: int = 1) -> Array:
    """The noise in a shape that broadcasts with the points p: its first `axes` axes are those of p, an axis of runs is the last one of the batch.

    Raises InputError where there are not as many points along the last axis of the batch as runs.
    """
    first, runs = noise.shape[:axes], noise.shape[axes:]
    between = p.ndim - noise.ndim
    if between < 0 or p.shape[p.ndim - len(runs) :] != runs:
        template = N_("The batch has shape {value}: the last axis must be {runs}, one for each run of the noise.")
        raise InputError(template, value=p.shape[axes:], runs=runs[0])
    return noise.reshape(*first, *[1] * between, *runs)

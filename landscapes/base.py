"""What can be descended: an objective, a function of any number of coordinates; and a landscape, one of two that can be drawn as a map."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from core import Array, Entry, InputError, N_

Kind = Literal["minimum", "saddle", "maximum"]
Listing = Literal["all", "some", "found"]
DIFFERENCE = 6e-6  # about the cube root of double precision: there rounding and curving cost a central difference the same


@dataclass(frozen=True)
class Objective(Entry):
    """A function f of P coordinates, all that a run needs; its parameters are its fields, and its points are arrays of shape (P, *batch)."""

    @property
    @abstractmethod
    def coordinates(self) -> int:
        """P, how many coordinates a point has."""

    @property
    def blocks(self) -> tuple[tuple[int, ...], ...]:
        """The shapes of what a point consists of, one after the other: a vector (P,), or where there are matrices these too."""
        return ((self.coordinates,),)

    @abstractmethod
    def value(self, p: Array) -> Array:
        """f at the points p of shape (P, *batch); shape (*batch)."""

    @abstractmethod
    def gradient(self, p: Array) -> Array:
        """∇f at the points p; shape (P, *batch)."""

    def hessian(self, p: Array) -> Array:
        """The second derivatives at the points p; shape (P, P, *batch). Raises InputError where they are not known."""
        raise InputError(N_("{surface} has no second derivatives, and a step of this rule needs them."), surface=type(self).__name__)

    def product(self, p: Array, v: Array) -> Array:
        """H v at the point p (P,), for a vector v (P,): a central difference of two gradients, where nothing better is known."""
        length = np.linalg.norm(v)
        if length == 0:
            return np.zeros_like(v)
        h = DIFFERENCE * (1 + np.linalg.norm(p)) / length
        return (self.gradient(p + h * v) - self.gradient(p - h * v)) / (2 * h)

    def at(self, t: int) -> Objective:
        """The objective that step t = 1, 2, … sees; another one where the gradient is noisy."""
        return self

    def seen(self, p: Array) -> Array:
        """∇f at the points p of shape (P, steps, *batch), each as its own step 1, 2, … sees it; the same shape."""
        if self.at(1) is self:
            return self.gradient(p)
        return np.stack([self.at(t).gradient(p[:, t - 1]) for t in range(1, p.shape[1] + 1)], axis=1)


@dataclass(frozen=True)
class Landscape(Objective):
    """A surface f(x, y): an objective of two coordinates with what its map shows, a domain, a start and its stationary points."""

    domain: ClassVar[tuple[tuple[float, float], tuple[float, float]]]
    start: ClassVar[tuple[float, float]]
    known: ClassVar[tuple[tuple[float, float], float]]  # a point, and the value there that anyone can check (defaults)
    listed: ClassVar[Listing] = "all"  # which stationary points are listed: all, some of many, or those that a search found
    kinks: ClassVar[tuple[tuple[float, float], ...]] = ()  # points without a tangent plane; the gradient there is a subgradient

    @property
    def coordinates(self) -> int:
        return 2

    @abstractmethod
    def hessian(self, p: Array) -> Array:
        """The second derivatives at the points p; shape (2, 2, *batch)."""

    @abstractmethod
    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        """The stationary points inside the domain, with their kinds; `listed` says whether these are all.

        A degenerate one that is no extremum is a saddle. Raises InputError where an array makes many surfaces that differ in them.
        """

    def minima(self) -> Array:
        """The minima among the stationary points, lowest first; shape (2, n)."""
        points = np.array([p for p, kind in self.stationary() if kind == "minimum"], dtype=float).reshape(-1, 2).T
        return points[:, np.argsort(self.value(points), kind="stable")] if points.shape[1] > 1 else points

    @property
    def lowest(self) -> float | None:
        """f*, the value at the lowest minimum inside the domain; None where there is no minimum."""
        minima = self.minima()
        return float(np.unique(self.value(minima[:, 0])).item()) if minima.size else None

    def deeper(self, p: tuple[float, float]) -> Landscape:
        """This surface; where its minima were only `found`, the one that also lists the minimum downhill from p, if that lies below them all."""
        return self


def refuse_arrays(surface: Landscape, *names: str) -> None:
    """Raise InputError where there is an array in place of one of these parameters, on which the stationary points depend."""
    for name in names:
        if np.ndim(getattr(surface, name)):
            template = N_("{name} is an array: {surface} has other stationary points for each of its values; ask for those of one.")
            raise InputError(template, name=name, surface=type(surface).__name__)

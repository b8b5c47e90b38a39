"""A plane through an objective of many coordinates: what a map can show of its loss."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, InputError, N_
from landscapes import Landscape, Objective
from landscapes.base import Kind

Window = tuple[tuple[float, float], tuple[float, float]]
NEAR = 1e-5  # of the plane's own units: how far apart the gradients are that the second derivatives are taken from


@dataclass(frozen=True, eq=False)
class Frame:
    """The points origin + a·u + b·v: origin (P,); directions (2, P), u and v, which need not be of length one or at right angles.

    Raises InputError where the shapes do not go together.
    """

    origin: Array
    directions: Array

    def __post_init__(self) -> None:
        if np.ndim(self.origin) != 1 or np.shape(self.directions) != (2, len(self.origin)):
            template = N_("The origin has shape {origin} and the directions {directions}: allowed are (P,) and (2, P).")
            raise InputError(template, origin=np.shape(self.origin), directions=np.shape(self.directions))

    def lifted(self, p: Array) -> Array:
        """The points (P, *batch) at these places (2, *batch) of the plane."""
        return self.origin.reshape(-1, *[1] * (np.ndim(p) - 1)) + np.tensordot(self.directions.T, p, axes=1)

    def projected(self, q: Array) -> Array:
        """The places (2, *batch) in the plane that are nearest to the points (P, *batch)."""
        offset = q - self.origin.reshape(-1, *[1] * (np.ndim(q) - 1))
        return np.tensordot(np.linalg.pinv(self.directions.T), offset, axes=1)


@dataclass(frozen=True, eq=False)
class Plane(Landscape):
    """What an objective is worth in a plane: a slice, which hides all that lies beside it.

    window: the part of the plane that a map shows. Raises InputError where the objective has another number of coordinates.
    """

    title = N_("A plane through the loss")
    formula = r"f(\theta + a\,u + b\,v)"
    reference = "Li, Xu, Taylor, Studer, Goldstein, Visualizing the Loss Landscape of Neural Nets, NeurIPS 2018"
    listed = "some"

    objective: Objective
    frame: Frame
    window: Window = ((-1.0, 1.0), (-1.0, 1.0))

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.frame.origin) != self.objective.coordinates:
            template = N_("The plane is one of {value} coordinates, and the objective has {n}.")
            raise InputError(template, value=len(self.frame.origin), n=self.objective.coordinates)

    @property
    def domain(self) -> Window:  # pyright: ignore[reportIncompatibleVariableOverride]
        return self.window

    @property
    def start(self) -> tuple[float, float]:  # pyright: ignore[reportIncompatibleVariableOverride]
        return 0.0, 0.0

    def value(self, p: Array) -> Array:
        return self.objective.value(self.frame.lifted(p))

    def gradient(self, p: Array) -> Array:
        return np.tensordot(self.frame.directions, self.objective.gradient(self.frame.lifted(p)), axes=1)

    def hessian(self, p: Array) -> Array:
        """By central differences of the gradient."""
        columns = []
        for unit in np.eye(2):
            step = NEAR * unit.reshape(2, *[1] * (np.ndim(p) - 1))
            columns.append((self.gradient(p + step) - self.gradient(p - step)) / (2 * NEAR))
        found = np.stack(columns, axis=1)
        return (found + found.swapaxes(0, 1)) / 2

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        """None is known: where a slice has a minimum, the objective need not have one."""
        return []

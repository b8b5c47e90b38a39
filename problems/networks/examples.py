"""Examples to learn from: what is seen, and the class that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from core import Array, InputError, N_


@dataclass(frozen=True, eq=False)
class Examples:
    """`inputs` (N, n), floating-point numbers; `labels` (N,), whole numbers from 0 to below `classes`.

    Raises InputError where there are none, or not as many of the one as of the other, or a label is no class.
    """

    inputs: Array
    labels: Array
    classes: int

    def __post_init__(self) -> None:
        shapes = np.shape(self.inputs), np.shape(self.labels)
        if len(shapes[0]) != 2 or shapes[1] != shapes[0][:1] or 0 in shapes[0]:
            raise InputError(N_("inputs have shape {inputs} and labels {labels}: allowed are (N, n) and (N,)."), inputs=shapes[0], labels=shapes[1])
        if self.labels.dtype.kind not in "iu" or self.labels.min() < 0 or self.labels.max() >= self.classes:
            raise InputError(N_("A label is no whole number from 0 to {last}."), last=self.classes - 1)

    def __len__(self) -> int:
        return len(self.labels)

    @cached_property
    def targets(self) -> Array:
        """1 at the class of each example, 0 at all others; shape (N, classes)."""
        return np.eye(self.classes, dtype=self.inputs.dtype)[self.labels]

    def of(self, places: Array) -> Examples:
        """Those at these places."""
        return Examples(self.inputs[places], self.labels[places], self.classes)


class Split(NamedTuple):
    """What is trained on, what rates are chosen by, and what nothing is chosen by; `picture`: the shape of an example as it is looked at."""

    training: Examples
    validation: Examples
    test: Examples
    picture: tuple[int, int]


def parts(examples: Examples, *sizes: int, seed: int = 0) -> list[Examples]:
    """The examples in parts drawn by the seed: the first has what is left by the others, which have these sizes."""
    order = np.random.default_rng(seed).permutation(len(examples))
    ends = len(examples) - np.cumsum(sizes[::-1])[::-1]
    return [examples.of(places) for places in np.split(order, ends)]

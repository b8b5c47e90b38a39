"""A schedule: which part of the peak learning rate each step uses."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from core import Array, Entry, Number


@dataclass(frozen=True)
class Schedule(Entry):
    """A factor of the peak rate as a function of the steps already taken."""

    wraps: ClassVar[bool] = False  # True where it stands before another schedule instead of being one of its own

    @abstractmethod
    def __call__(self, k: Number, total: Number) -> Array:
        """The factor after k = 0 … total − 1 steps, elementwise in both; 1 at the peak."""

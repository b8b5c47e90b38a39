"""A schedule that counts epochs: what it says of step k holds for the k-th pass over all examples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Number
from optimizers.schedules import Schedule
from optimizers.schedules.constant import Constant


@dataclass(frozen=True)
class PerEpoch(Schedule):
    """Another schedule, asked once an epoch as PyTorch's are when `scheduler.step()` stands after the loop over the batches.

    `iterations` is how many steps an epoch has; all lengths of the schedule are then epochs.
    """

    then: Schedule = Constant()
    iterations: int = 1

    def __call__(self, k: Number, total: Number) -> Array:
        return self.then(np.asarray(k) // self.iterations, -(-np.asarray(total) // self.iterations))

"""Linear decay: a straight line from the peak to the floor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, N_, Number, parameter
from optimizers.schedules.base import Schedule


@dataclass(frozen=True)
class Linear(Schedule):
    """The rate falls by the same amount at every step and would reach its floor after the last one."""

    title = N_("Linear")
    formula = r"1 + (\phi - 1)\,\frac{k}{T}"
    reference = "torch.optim.lr_scheduler.LinearLR(1.0, floor, total_iters=T)"
    uncited = "A straight line is nobody's paper."

    floor: Number = parameter(0.0, 0.0, 1.0, within="[0, 1]", label=N_("Floor φ"), help=N_("The floor φ, as a part of the peak rate."))

    def __call__(self, k: Number, total: Number) -> Array:
        return 1 + (self.floor - 1) * np.minimum(k, total) / total

"""Step decay: the rate falls by a factor at regular intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, N_, Number, parameter
from optimizers.schedules.base import Schedule


@dataclass(frozen=True)
class Step(Schedule):
    """The full rate for n steps, best until its noise floor is reached, then a sudden drop, and again."""

    title = N_("Step")
    formula = r"\gamma^{\lfloor k / n \rfloor}"
    reference = "torch.optim.lr_scheduler.StepLR"
    uncited = "Lowering the rate by a factor now and then is older than any paper on it."

    every: Number = parameter(
        50, 5, 500, whole=True, within="[1, 1000000000]", label=N_("Every n steps"), help=N_("How many steps n lie between two drops.")
    )
    factor: Number = parameter(
        0.1, 0.1, 0.9, within="(0, 1]", label=N_("Factor γ"), help=N_("The factor γ of each drop: 0.1 is usual, 0.5 halves the rate.")
    )

    def __call__(self, k: Number, total: Number) -> Array:
        return np.power(self.factor, np.floor_divide(k, self.every), dtype=float)

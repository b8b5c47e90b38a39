"""Constant: the rate never moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, N_, Number
from optimizers.schedules.base import Schedule


@dataclass(frozen=True)
class Constant(Schedule):
    """The peak rate at every step."""

    title = N_("Constant")
    formula = r"1"
    reference = "torch.optim without a scheduler"
    uncited = "A rate that never moves is nobody's paper."

    def __call__(self, k: Number, total: Number) -> Array:
        return np.ones_like(k, dtype=float)

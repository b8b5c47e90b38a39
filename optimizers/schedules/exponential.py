"""Exponential decay: the same small loss of rate at every step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, N_, Number, parameter
from optimizers.schedules.base import Schedule


@dataclass(frozen=True)
class Exponential(Schedule):
    """The rate is multiplied by the same number at every step; the rates add up to less than 1/(1 − γ) peaks, so that a path can stop short."""

    title = N_("Exponential")
    formula = r"\gamma^{k}"
    reference = "torch.optim.lr_scheduler.ExponentialLR"
    uncited = "A factor at every step is nobody's paper."

    rate: Number = parameter(
        0.99, 0.9, 0.999, near_one=True, within="(0, 1]", label=N_("Factor γ"), help=N_("γ: the part of the rate that is kept each step.")
    )

    def __call__(self, k: Number, total: Number) -> Array:
        return np.power(self.rate, k, dtype=float)

"""Inverse square root: the rate that the theory of noisy gradients asks for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, N_, Number
from optimizers.schedules.base import Schedule


@dataclass(frozen=True)
class InverseSqrt(Schedule):
    """The rate falls quickly at first and ever more slowly; the path's total length is unbounded, so it never stops short."""

    title = N_("Inverse square root")
    formula = r"\frac{1}{\sqrt{k + 1}}"
    reference = "Robbins, Monro, Ann. Math. Stat. 22, 1951; Vaswani et al., NeurIPS 2017, eq. 3 (after its warm-up)"

    def __call__(self, k: Number, total: int) -> Array:
        return 1 / np.sqrt(np.asarray(k) + 1.0)

"""Polynomial decay: a straight line to the floor, bent by a power."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_, Number, parameter
from optimizers.schedules.base import Schedule


@dataclass(frozen=True)
class Polynomial(Schedule):
    """The larger the power, the earlier the rate falls and the longer it stays low; a power of 1 is the straight line."""

    title = N_("Polynomial")
    formula = r"\phi + (1 - \phi)\left(1 - \frac{k}{T}\right)^{q}"
    reference = "Liu, Rabinovich, Berg, ParseNet, arXiv 1506.04579, 2015; torch.optim.lr_scheduler.PolynomialLR(total_iters=T, power) at a floor of 0"
    citations = (
        Citation(
            "liu2015parsenet",
            "misc",
            "Liu, Wei and Rabinovich, Andrew and Berg, Alexander C.",
            "ParseNet: Looking Wider to See Better",
            2015,
            arxiv="1506.04579",
        ),
    )

    power: Number = parameter(
        2.0, 0.5, 5.0, within="(0, inf)", label=N_("Power q"), help=N_("The power q: above 1 the rate falls early, below 1 late.")
    )
    floor: Number = parameter(0.0, 0.0, 1.0, within="[0, 1]", label=N_("Floor φ"), help=N_("The floor φ, as a part of the peak rate."))

    def __call__(self, k: Number, total: Number) -> Array:
        return self.floor + (1 - self.floor) * (1 - np.asarray(k) / total) ** self.power

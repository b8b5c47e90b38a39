"""Cosine with restarts: every fall ends in a jump back to the peak."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, N_, Number, parameter
from optimizers.schedules.base import Schedule
from optimizers.schedules.cosine import Cosine


@dataclass(frozen=True)
class CosineRestarts(Schedule):
    """The rate falls along half a cosine and jumps back to its peak, again and again: each jump can throw the path out of a poor minimum.

    The i-th fall is `every` × `stretch`^i steps long, counted exactly. A last fall that the run cuts short stays where it is.
    """

    title = N_("Cosine restarts")
    formula = (
        r"\phi + (1 - \phi)\,\tfrac12\left(1 + \cos \frac{\pi (k - k_i)}{n_i}\right),\quad"
        r" n_i = n\,m^i,\ k_i = n_0 + \dots + n_{i-1} \le k < k_{i+1}"
    )
    reference = (
        "Loshchilov, Hutter, SGDR, ICLR 2017, eq. 5;"
        " torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(T_0=every, T_mult=stretch, eta_min=floor·lr)"
    )
    citations = Cosine.citations

    every: Number = parameter(
        50, 5, 500, whole=True, within="[1, 1000000000]", label=N_("Every n steps"), help=N_("How many steps n the first fall takes.")
    )
    stretch: Number = parameter(
        1, 1, 4, whole=True, within="[1, 1000000000]", label=N_("Stretch m"), help=N_("How many times m longer each fall is than the one before.")
    )
    floor: Number = parameter(0.0, 0.0, 1.0, within="[0, 1]", label=N_("Floor φ"), help=N_("The floor φ, as a part of the peak rate."))

    def __call__(self, k: Number, total: Number) -> Array:
        begin, length = np.zeros(()), np.asarray(self.every, dtype=float)
        while (over := begin + length <= k).any():
            begin, length = np.where(over, begin + length, begin), np.where(over, length * self.stretch, length)
        return self.floor + (1 - self.floor) * 0.5 * (1 + np.cos(np.pi * (k - begin) / length))

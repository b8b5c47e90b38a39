"""Cosine decay: slow, fast, slow, down to the floor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_, Number, parameter
from optimizers.schedules.base import Schedule


@dataclass(frozen=True)
class Cosine(Schedule):
    """Half a cosine: the rate stays high for long, falls quickly and lands softly."""

    title = N_("Cosine")
    formula = r"\phi + (1 - \phi)\,\tfrac12\left(1 + \cos \frac{\pi k}{T}\right)"
    reference = "Loshchilov, Hutter, SGDR, ICLR 2017, eq. 5; torch.optim.lr_scheduler.CosineAnnealingLR(T_max=T, eta_min=floor·lr)"
    citations = (
        Citation(
            "loshchilov2017sgdr",
            "inproceedings",
            "Loshchilov, Ilya and Hutter, Frank",
            "SGDR: Stochastic Gradient Descent with Warm Restarts",
            2017,
            "International Conference on Learning Representations",
            arxiv="1608.03983",
        ),
    )

    floor: Number = parameter(0.0, 0.0, 1.0, within="[0, 1]", label=N_("Floor φ"), help=N_("The floor φ, as a part of the peak rate."))

    def __call__(self, k: Number, total: Number) -> Array:
        return self.floor + (1 - self.floor) * 0.5 * (1 + np.cos(np.pi * np.asarray(k) / total))

"""Cyclic rate: up and down between two bounds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_, Number, parameter
from optimizers.schedules.base import Schedule


@dataclass(frozen=True)
class Cyclic(Schedule):
    """The rate swings in straight lines between a low bound and the peak, so that no single rate has to be right.

    The triangular policy; it begins at the low bound, and a run of fewer than `half` + 1 steps never sees the peak.
    """

    title = N_("Cyclic")
    formula = r"\phi + (1 - \phi)\left(1 - \left|\frac{k \bmod 2h}{h} - 1\right|\right)"
    reference = "Smith, WACV 2017; torch.optim.lr_scheduler.CyclicLR(base_lr=low·lr, max_lr=lr, step_size_up=half)"
    citations = (
        Citation(
            "smith2017cyclical",
            "inproceedings",
            "Smith, Leslie N.",
            "Cyclical Learning Rates for Training Neural Networks",
            2017,
            "IEEE Winter Conference on Applications of Computer Vision",
            pages="464--472",
            doi="10.1109/WACV.2017.58",
            arxiv="1506.01186",
        ),
    )

    half: Number = parameter(
        25,
        5,
        500,
        whole=True,
        within="[1, 1000000000]",
        label=N_("Half a cycle h"),
        help=N_("Half a cycle h: how many steps the rate climbs, and as many it falls."),
    )
    low: Number = parameter(0.1, 0.01, 1.0, within="(0, 1]", label=N_("Low bound φ"), help=N_("The low bound φ, as a part of the peak rate."))

    def __call__(self, k: Number, total: Number) -> Array:
        return self.low + (1 - self.low) * (1 - np.abs(np.mod(k, 2 * self.half) / self.half - 1))

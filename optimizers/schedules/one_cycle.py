"""One cycle: a single climb to a high peak and a long way down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_, Number, parameter
from optimizers.schedules.base import Schedule


@dataclass(frozen=True)
class OneCycle(Schedule):
    """The rate climbs from low to a peak that may be too high for a whole run, and then falls until the steps all but vanish.

    As PyTorch's OneCycleLR in two phases of half a cosine each, without its cycle of the momentum; its div_factor is 1/φ₀ and its
    final_div_factor φ₀/φ₁. The peak lies at k = rT − 1, between two steps where that is no whole number; where rT < 1 the run begins beyond it,
    so that a run of one step is taken at φ₁. With rT = 1, where PyTorch divides by zero, the first step is the peak.
    """

    title = N_("One cycle")
    formula = (
        r"\phi + (1 - \phi)\,\tfrac12\left(1 + \cos \pi x\right),\quad"
        r" (\phi, x) = \begin{cases} \left(\phi_0, \frac{rT - 1 - k}{rT - 1}\right) & k \le rT - 1 \\"
        r" \left(\phi_1, \frac{k - (rT - 1)}{T - rT}\right) & k > rT - 1 \end{cases}"
    )
    reference = "Smith, Topin, arXiv 1708.07120, 2017; torch.optim.lr_scheduler.OneCycleLR(total_steps=T, pct_start=rise)"
    citations = (
        Citation(
            "smith2017super",
            "misc",
            "Smith, Leslie N. and Topin, Nicholay",
            "Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates",
            2017,
            arxiv="1708.07120",
        ),
    )

    rise: Number = parameter(
        0.3, 0.0, 1.0, within="[0, 1]", label=N_("Rise r"), help=N_("The rise r: the part of the run in which the rate climbs to its peak.")
    )
    first: Number = parameter(
        0.04, 1e-3, 1.0, log=True, within="(0, 1]", label=N_("First factor φ₀"), help=N_("φ₀: the first step's rate, as a part of the peak rate.")
    )
    last: Number = parameter(
        4e-6, 1e-6, 1.0, log=True, within="(0, 1]", label=N_("Last factor φ₁"), help=N_("φ₁: the last step's rate, as a part of the peak rate.")
    )

    def __call__(self, k: Number, total: Number) -> Array:
        top = self.rise * total - 1
        rising = np.asarray(k) <= top
        end = np.where(rising, self.first, self.last)
        length = np.where(rising, top, total - 1 - top)
        x = np.abs(k - top) / (length + (length == 0))  # the distance from the peak, 1 at either end; no length, no distance
        return end + (1 - end) * 0.5 * (1 + np.cos(np.pi * x))

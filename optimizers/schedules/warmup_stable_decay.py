"""A trapezium: warm-up, stable, decay."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_, Number, parameter
from optimizers.schedules.base import Schedule


@dataclass(frozen=True)
class WarmupStableDecay(Schedule):
    """The rate climbs, holds its peak for most of the run and falls at the end: a run can be made longer while it holds.

    Here climb and fall are parts of the run, and longer in a longer one. The fall is the straight one. The lengths rT and sT are not rounded; one
    shorter than a step is none. Where r + s > 1 the two lines meet below the peak.
    """

    title = N_("Trapezium (WSD)")
    formula = r"\min\left(1,\ \frac{k + 1}{rT},\ \phi + (1 - \phi)\,\frac{T - k}{sT}\right)"
    reference = "Hu et al., MiniCPM, COLM 2024; Hägele et al., NeurIPS 2024"
    citations = (
        Citation(
            "hu2024minicpm",
            "inproceedings",
            "Hu, Shengding and others",
            "MiniCPM: Unveiling the Potential of Small Language Models with Scalable Training Strategies",
            2024,
            "Conference on Language Modeling",
            arxiv="2404.06395",
        ),
        Citation(
            "hagele2024scaling",
            "inproceedings",
            "Hägele, Alexander and Bakouch, Elie and Kosson, Atli and Ben Allal, Loubna and Von Werra, Leandro and Jaggi, Martin",
            "Scaling Laws and Compute-Optimal Training Beyond Fixed Training Durations",
            2024,
            "Advances in Neural Information Processing Systems",
            volume="37",
            arxiv="2405.18392",
        ),
    )

    rise: Number = parameter(
        0.1, 0.0, 1.0, within="[0, 1]", label=N_("Rise r"), help=N_("The rise r: the part of the run in which the rate climbs to its peak.")
    )
    fall: Number = parameter(
        0.2, 0.0, 1.0, within="[0, 1]", label=N_("Fall s"), help=N_("The fall s: the part of the run, at its end, in which the rate falls.")
    )
    floor: Number = parameter(0.0, 0.0, 1.0, within="[0, 1]", label=N_("Floor φ"), help=N_("The floor φ, as a part of the peak rate."))

    def __call__(self, k: Number, total: Number) -> Array:
        climbing = (np.asarray(k) + 1) / np.maximum(self.rise * total, 1)  # a line of less than a step is above the peak at every step
        falling = self.floor + (1 - self.floor) * (total - np.asarray(k)) / np.maximum(self.fall * total, 1)
        return np.minimum(1, np.minimum(climbing, falling))

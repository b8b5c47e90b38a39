"""Inverse square root: the rate with which online descent on convex functions keeps its promise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_, Number
from optimizers.schedules.base import Schedule


@dataclass(frozen=True)
class InverseSqrt(Schedule):
    """The rate falls quickly at first and ever more slowly; the rates add up without bound, so that a path never stops short.

    So do their squares, where Robbins and Monro ask for a finite sum: time decay keeps to that, this schedule does not.
    """

    title = N_("Inverse square root")
    formula = r"\frac{1}{\sqrt{k + 1}}"
    reference = "Zinkevich, Online convex programming, ICML 2003; Vaswani et al., NeurIPS 2017, eq. 3 (after its warm-up)"
    citations = (
        Citation(
            "zinkevich2003online",
            "inproceedings",
            "Zinkevich, Martin",
            "Online Convex Programming and Generalized Infinitesimal Gradient Ascent",
            2003,
            "Proceedings of the 20th International Conference on Machine Learning",
            pages="928--936",
        ),
        Citation(
            "vaswani2017attention",
            "inproceedings",
            "Vaswani, Ashish and Shazeer, Noam and Parmar, Niki and Uszkoreit, Jakob and "
            "Jones, Llion and Gomez, Aidan N. and Kaiser, Łukasz and Polosukhin, Illia",
            "Attention Is All You Need",
            2017,
            "Advances in Neural Information Processing Systems",
            volume="30",
            arxiv="1706.03762",
        ),
    )

    def __call__(self, k: Number, total: Number) -> Array:
        return 1 / np.sqrt(np.asarray(k) + 1.0)

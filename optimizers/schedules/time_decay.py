"""Time decay: the rate falls as one over the steps taken."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, Citation, N_, Number, parameter
from optimizers.schedules.base import Schedule


@dataclass(frozen=True)
class TimeDecay(Schedule):
    """The rate is half its peak after 1/c steps, a third after 2/c: fast enough to average noise away, too slow for a path to stop short.

    That is, the rates add up without bound and their squares do not, as Robbins and Monro ask for.
    """

    title = N_("Time decay")
    formula = r"\frac{1}{1 + c\,k}"
    reference = "Robbins, Monro, Ann. Math. Stat. 22, 1951; `decay` of the early Keras optimizers"
    citations = (
        Citation(
            "robbins1951stochastic",
            "article",
            "Robbins, Herbert and Monro, Sutton",
            "A Stochastic Approximation Method",
            1951,
            "The Annals of Mathematical Statistics",
            volume="22",
            number="3",
            pages="400--407",
            doi="10.1214/aoms/1177729586",
        ),
    )

    decline: Number = parameter(
        0.05,
        1e-3,
        1.0,
        log=True,
        within="[0, inf)",
        label=N_("Decline c"),
        help=N_("c: how quickly the rate falls; after 1/c steps it is half its peak."),
    )

    def __call__(self, k: Number, total: Number) -> Array:
        return 1 / (1 + self.decline * np.asarray(k))

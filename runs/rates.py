"""Rates and noise worth comparing: those that tell something about a rule on a surface."""

from __future__ import annotations

import numpy as np

from landscapes import Landscape
from optimizers import Optimizer
from runs.arguments import alone
from runs.measures import stability_limit

PARTS = {"too small": 0.02, "good": 0.5, "at the edge": 1.0, "too large": 1.1}  # of the stability limit


def telling_rates(optimizer: Optimizer, surface: Landscape, start: tuple[float, float]) -> dict[str, float]:
    """Four rates from too small to too large, parts of the stability limit at the minimum nearest to the start, or at the start where there is none.

    For gradient descent, whose limit is 2/λmax, the good one is 1/λmax. Empty where theory gives the rule no limit.
    """
    limits = stability_limit(optimizer, surface, start)
    limit = limits.get("minimum", limits.get("start"))
    return {} if limit is None else {name: float(f"{part * limit:.3g}") for name, part in PARTS.items()}


def telling_noise(surface: Landscape, start: tuple[float, float]) -> float:
    """A σ that can be seen and does not drown the slope: a third of ‖∇f‖ at the start, to one digit; 1 where there is no slope.

    Raises InputError for arrays in place of the surface's parameters.
    """
    alone("telling_noise", surface)
    slope = float(np.hypot(*surface.gradient(np.array(start, dtype=float))))
    return float(f"{slope / 3:.1g}") if 0 < slope < np.inf else 1.0

"""Noise worth comparing: it tells something about a rule on a surface."""

from __future__ import annotations

import numpy as np

from landscapes import Landscape
from runs.arguments import alone


def telling_noise(surface: Landscape, start: tuple[float, float]) -> float:
    """A σ that can be seen and does not drown the slope: a third of ‖∇f‖ at the start, to one digit; 1 where there is no slope.

    Raises InputError for arrays in place of the surface's parameters.
    """
    alone("telling_noise", surface)
    slope = float(np.hypot(*surface.gradient(np.array(start, dtype=float))))
    return float(f"{slope / 3:.1g}") if 0 < slope < np.inf else 1.0

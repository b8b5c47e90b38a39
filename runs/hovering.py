"""How near to a minimum Adam and RMSprop come at a constant rate: their steps do not shrink with the slope, and so they hover.

At the edge of stability the curvature over the preconditioner, λ/√v, is (2 + 2β₁)/((1 − β₁)η), 2/η for RMSprop (Cohen et al., Adaptive Gradient
Methods at the Edge of Stability, arXiv:2207.14484). A run that comes nearer to the minimum than this has too small a √v, and is thrown out again: it
stays where √v, which is about the slope λ|x|, is that large.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from core import Array
from optimizers import Optimizer
from runs.linear import curvatures

HOVERING = ("Adam", "RMSprop")  # of decoupled weight decay, maxima or Nesterov's look ahead the edge says nothing


def hovers(optimizer: Optimizer, hessian: Array, tolerance: float | Array) -> Array | None:
    """log₁₀ of the rate over the one at which the run hovers as high as the tolerance, along the axis that curves most: an approximation.

    hessian (2, 2, *batch). None for other rules, and where nothing curves upwards.
    """
    if type(optimizer).__name__ not in HOVERING:
        return None
    rule: Any = optimizer
    beta1 = getattr(rule, "beta1", 0.0)
    _least, most = curvatures(hessian)
    if not (np.isfinite(most) & (most > 0)).any():
        return None
    distance = np.sqrt(2 * tolerance / np.where(most > 0, most, np.nan))
    return np.log10(rule.lr * (1 - beta1) / ((2 + 2 * beta1) * distance))

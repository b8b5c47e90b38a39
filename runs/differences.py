"""The gradient by central differences beside the one by formula: how far off for each width of the difference, and what it costs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from core import Array
from landscapes import Objective

WIDTHS = np.geomspace(1e-13, 1.0, 53)  # four to a decade


class Differences(NamedTuple):
    """The widths h, the errors ‖numerical − analytic‖ / ‖analytic‖ (absolute where that is zero), each of shape (n,), and the evaluations of f."""

    widths: Array
    errors: Array
    evaluations: int


def differences(objective: Objective, p: Array, widths: Array = WIDTHS) -> Differences:
    """Central differences (f(p + h·e) − f(p − h·e)) / 2h along each of the P axes, for every width h, at the point p of shape (P,).

    A gradient costs 2P evaluations of f. Wide differences are off by the third derivative times h²/6, narrow ones by rounding, about ε·|f|/h.
    """
    p = np.asarray(p, dtype=float)
    moved = p[:, None, None] + widths * np.eye(len(p))[:, :, None]  # (P, axes, n)
    back = p[:, None, None] - widths * np.eye(len(p))[:, :, None]
    with np.errstate(over="ignore", invalid="ignore"):
        numerical = (objective.value(moved) - objective.value(back)) / (2 * widths)
    analytic = objective.gradient(p)
    size = float(np.linalg.norm(analytic)) or 1.0
    return Differences(widths, np.linalg.norm(numerical - analytic[:, None], axis=0) / size, 2 * len(p))

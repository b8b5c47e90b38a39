"""A learning rate to begin with where steps see small batches: far below what the whole loss bears."""

from __future__ import annotations

import numpy as np

from core import parameters
from landscapes import Landscape
from optimizers import Optimizer
from runs.measures import stability_limit

PART = 0.05  # of the stability limit: 0.1 for gradient descent where the curvature is 1
REACH = 0.025  # of the map's width, a step of a rule whose steps have a length of their own


def careful_rate(optimizer: Optimizer, surface: Landscape) -> float:
    """A twentieth of the stability limit at the start or the nearest minimum, whichever is lower, and where theory has none a fortieth of the map's
    width; the slider's stop at or below it. It is worked out from the curvature alone, so that it follows data under the hand.
    """
    limit = min(stability_limit(optimizer, surface, surface.start).values(), default=None)
    (x0, x1), _ = surface.domain
    wanted = REACH * (x1 - x0) if limit is None else PART * limit
    stops = np.array(parameters(optimizer)["lr"].stops())
    return float(stops[max(int(np.searchsorted(stops, wanted * 1.06, side="right")) - 1, 0)])

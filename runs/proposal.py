"""A learning rate to begin with: the best of a short scan."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from core import parameters
from landscapes import Landscape
from optimizers import Optimizer
from runs.measures import stability_limit
from runs.run import run

STEPS = 200
NEIGHBOURS = 3


def proposed_rate(optimizer: Optimizer, surface: Landscape) -> float:
    """The learning rate proposed for this rule on this surface, one of its slider's stops.

    Of 200-step runs from the surface's own start at every stop, those that stay inside the domain and below the rule's stability limits are scored
    by the mean over the run of log(f − f* + 1e-6·(f₀ − f*)), each by the worst score within three stops to either side, so that luck at a single
    rate does not count; the best rate is taken. Where every rate leaves the domain, all that do not diverge are compared. Where there is no
    minimum, it is the rate at which the run leaves the domain closest to the middle of its steps, so that the escape can be watched, of those
    that neither diverge nor are unstable; where none leaves, the one that gets lowest.
    """
    rule: Any = optimizer
    rates = np.array(parameters(optimizer)["lr"].stops())
    trajectory = run(replace(rule, lr=rates), surface, surface.start, STEPS)
    low, high = np.array(surface.domain).T
    outside = ((trajectory.path < low[:, None]) | (trajectory.path > high[:, None])).any(axis=1)
    limit = min(stability_limit(optimizer, surface, surface.start).values(), default=np.inf)
    lowest = surface.lowest
    if lowest is None:
        leaves = np.where(outside.any(axis=0), outside.argmax(axis=0), STEPS)
        early = np.where((trajectory.stopped_at >= 0) | (rates >= limit), np.inf, np.abs(leaves - STEPS / 2))
        return float(rates[np.lexsort((trajectory.loss[-1], early))[0]])
    gap = np.abs(trajectory.loss - lowest)
    score = np.log(gap / gap[0] + 1e-6).mean(axis=0)
    for excluded in (outside.any(axis=0) | (rates >= limit), trajectory.stopped_at >= 0):
        worst = sliding_window_view(np.pad(np.where(excluded, np.inf, score), NEIGHBOURS, mode="edge"), 2 * NEIGHBOURS + 1).max(axis=1)
        if np.isfinite(worst).any():
            break
    return float(rates[worst.argmin()])

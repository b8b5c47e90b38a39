"""Performance profiles: on what share of the problems a rule's cost is within a factor of the best one's (Dolan, Moré, Math. Program. 91, 2002)."""

from __future__ import annotations

import numpy as np

from core import Array


def performance_ratios(costs: Array) -> Array:
    """Each cost over the least of its problem, r = t / min t (their eq. 2.1); `costs` and the result have the shape (problems, rules).

    A failure costs inf, and its ratio is inf, as are all of a problem on which every rule fails. Equal costs have equal ratios. Where the least is 0,
    its ratio is 1 and any other's inf.
    """
    least = costs.min(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = costs / least
    return np.where(np.isinf(costs), np.inf, np.where(costs == least, 1.0, ratios))


def performance_profile(ratios: Array, tau: float) -> Array:
    """ρ(τ), the share of all problems on which a rule's ratio is at most τ, for each rule; shape (rules,)."""
    return (ratios <= tau).mean(axis=0)

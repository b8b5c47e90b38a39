"""A learning rate to begin with: the best of a short scan."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from core import Array, parameters
from landscapes import Landscape
from optimizers import Optimizer
from runs.arguments import alone
from runs.ends import leaping, outside, unstable
from runs.measures import stability_limit
from runs.scan import Scan, scan, scanned, sixty

STEPS = 200
NEIGHBOURS = 6
CLOSE = 0.01  # of the drop from the start to the best end


def suggested_rate(optimizer: Optimizer, surface: Landscape) -> float:
    """The learning rate suggested for this rule on this surface, from 200-step runs from the surface's own start.

    A run of the scan is calm where it stays in the domain, has no step longer than half of it, and can come to rest where it ends. It is good where
    it also ends within 1 % of the drop of the best calm run, and that one within 1 % of the best of the sixty that stay. The good runs are compared;
    where there is none, the calm ones; else all that stay. Of these the rate is suggested that comes first by
    - being below both limits that the page reports,
    - being a stop of the slider,
    - how few of its neighbours leave the domain or are beyond these limits, so that luck at a single rate does not count,
    - the lowest mean over the run of log(f − f* + 1e-6·(f₀ − f*)), the worst of all neighbours that stay.
    Where there is no minimum, it is the rate whose run leaves the domain closest to the middle of its steps, so that the escape can be watched.
    Raises InputError for arrays in place of parameters.
    """
    alone("suggested_rate", surface, optimizer)
    limit = min(stability_limit(optimizer, surface, surface.start).values(), default=np.inf)
    stops = np.array(parameters(optimizer)["lr"].stops())
    if surface.lowest is None:
        return float(stops[escape(scan(optimizer, stops, surface, surface.start, STEPS), surface, stops >= limit)])
    rates = scanned(optimizer)
    runs = scan(optimizer, rates, surface, surface.start, STEPS)
    loss, converges = runs.loss, runs.stopped_at < 0
    stays = converges & ~outside(runs, surface).any(axis=0)
    stays = stays if stays.any() else converges
    if not stays.any():
        return float(stops[0])
    best = loss[-1, stays & np.isin(rates, sixty(optimizer))].min(initial=np.inf)
    calm = stays & ~unstable(runs, optimizer, surface) & ~leaping(runs, surface)
    calmest = loss[-1, calm].min(initial=np.inf)
    margin = CLOSE * max(loss[0, 0] - best, 0.0)
    good = calm & (loss[-1] <= calmest + margin) & (calmest <= best + margin)
    candidates = next(some for some in (good, calm, stays) if some.any())
    beyond = rates >= limit
    order = (
        neighbours(score(loss, stays, surface.lowest)).max(axis=1),
        neighbours(~stays | beyond).sum(axis=1),
        ~np.isin(rates, stops),
        beyond,
        ~candidates,
    )
    return float(rates[np.lexsort(order)[0]])


def escape(runs: Scan, surface: Landscape, beyond: Array) -> int:
    """Which run leaves the domain closest to the middle of its steps, of those that neither diverge nor are beyond the limit; else the lowest."""
    off = outside(runs, surface)
    leaves = np.where(off.any(axis=0), off.argmax(axis=0), STEPS)
    early = np.where((runs.stopped_at >= 0) | beyond, np.inf, np.abs(leaves - STEPS / 2))
    return int(np.lexsort((runs.loss[-1], early))[0])


def score(loss: Array, stays: Array, lowest: float) -> Array:
    """The mean over each run of log(f − f* + 1e-6·(f₀ − f*)) over f₀ − f*, −∞ for runs that do not stay; a lower f than f* is f*."""
    floor = min(lowest, loss[:, stays].min())
    scores = np.full(stays.shape, -np.inf)
    scores[stays] = np.log((loss[:, stays] - floor) / (loss[0, 0] - floor or 1.0) + 1e-6).mean(axis=0)
    return scores


def neighbours(values: Array) -> Array:
    """Each value with those of its neighbours on both sides, the values at the ends repeated beyond them; shape (n, 2·NEIGHBOURS + 1)."""
    return sliding_window_view(np.pad(values, NEIGHBOURS, mode="edge"), 2 * NEIGHBOURS + 1)

"""How a run ended, and what can be said of it on its way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from core import InputError, N_
from landscapes import Landscape
from optimizers import Optimizer
from runs.arguments import on_a_map
from runs.arrival import Box, outside, settled
from runs.ground import Ground
from runs.stretch import SETTLED, Verdict, lasts, stays
from runs.trajectory import End, Trajectory
from runs.unsettled import balanced, restless, standing


def verdict(trajectory: Trajectory, surface: Landscape, optimizer: Optimizer | None = None) -> Verdict:
    """How a single run ended, and since when; "under way" where nothing can be said. Arguments and errors as in `verdicts`."""
    said = verdicts(trajectory, surface, optimizer)
    last = len(trajectory.loss) - 1
    return next((v for v in said if v.until == last), Verdict("under way", last, last))


@np.errstate(all="ignore")  # a formula may have no value, slope or curvature where the run is
def verdicts(trajectory: Trajectory, surface: Landscape, optimizer: Optimizer | None = None, seen: Box | None = None) -> list[Verdict]:
    """What can be said of a single run on its way, in the order of the steps; raises InputError for a batch, and for what is no landscape.

    "diverged", "no step" and "outside" (of where the formula has a value) from that step on, and "no start": as `Trajectory.ended` has it.
    "reached": its loss is within `tolerance` of f*. "local minimum", "saddle", "maximum": it is at such a point, listed or not, at most 1 % of the
    domain away and the loss as close to the value there, for ten steps at least or up to its end. "restless" and "restless, local": it goes to and
    fro around such a minimum and does not settle, `within` this distance, with f `between` these values; no passage before that is said. "at rest":
    it stands where the slope is zero; "stands still": it stands though it is not, its steps lost in rounding. "weight decay": the optimizer's holds
    it `at` a point where the slope is not zero. "left the map": it is outside the box `seen`, by default the domain. A run that stands at such a
    point and has no step from there, as on a kink, is said to be there.
    """
    on_a_map("verdicts", surface)
    if trajectory.loss.ndim != 1:
        raise InputError(N_("A verdict is about one run, and this is a batch of shape {value}."), value=trajectory.loss.shape[1:])
    last, why, stop = len(trajectory.loss) - 1, End(int(trajectory.ended)), int(trajectory.stopped_at)
    if stop == 0:
        return [Verdict("no start", 0, last)]
    ground = Ground.of(surface)
    end = stop - 1 if why in (End.DIVERGED, End.OUTSIDE) else last
    found = settled(trajectory, ground, end)
    arrived = bool(found) and found[-1].until == last
    if end < last:
        found.append(Verdict("diverged" if why is End.DIVERGED else "outside", stop, last))
    elif why is End.NO_STEP:
        found += [] if arrived else [Verdict("no step", stop, last)]
    elif not arrived or last - found[-1].step < SETTLED:
        final = restless(trajectory, ground, found)
        if not final and not arrived:
            final = balanced(trajectory, ground, optimizer) or standing(trajectory, ground)
        if final:
            held = [v for v in found if v.step < final.step and (final.between is None or lasts(v.step, v.until, last))]  # who moves on passes by
            found = [replace(v, until=min(v.until, final.step - 1)) for v in held] + [final]
    away = outside(trajectory.path, seen or surface.domain)
    away[end + 1 :] = False
    for v in found:
        away[v.step : v.until + 1] = False
    return sorted([*found, *(Verdict("left the map", *stay) for stay in stays(away))], key=lambda v: v.step)

"""What happened in a run, why, and what would have done better."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np

from core import Array
from core.window import widened
from runs.better import Suggestion, better
from runs.manner import creep, halving, stalled, used, zigzag
from runs.measures import predicted_spread
from runs.minimum import nearest
from runs.noise import Noisy
from runs.race import Lane, descent
from runs.strain import Strain, strain, strains
from runs.stretch import Verdict
from runs.trajectory import Trajectory
from runs.verdict import verdicts

Cause = Literal[
    "arrived", "zigzag", "crept", "ravine", "plateau", "stalled", "short", "falling", "downhill", "too large", "leap", "trapped", "ridge", "edge",
    "hopping", "noise", "decay", "nothing",
]  # fmt: skip
SHORT = 0.5  # of the sum that the largest rate would have made: a schedule that leaves less may stop a run short
SPENT = 0.05  # of the largest rate: what is left of it at the end, where the schedule has stopped the run
TENDER = 0.1  # of the limit: a rate below this part of what the ground bears creeps
AT_EDGE = 0.9  # of the limit
EARLY = 40  # steps: who has arrived by then has not crept
STEADY = 0.8  # under noise: f − f* in the last eighth, as a part of that in the eighth before, from which it falls no longer
FLOOR = 10  # times what theory predicts: from there on down it is noise that holds a run


@dataclass(frozen=True)
class Account:
    """How a run ended, what made it end so, the numbers that show it, and a lane that does better, where one of those that were run does."""

    verdict: Verdict
    cause: Cause
    numbers: Mapping[str, Any]
    suggestion: Suggestion | None


@lru_cache(maxsize=256)
def account(lane: Lane, surface: Noisy, start: tuple[float, float], steps: int) -> Account:
    """The account of a lane's run, remembered: what it suggests has been run, which takes some twenty times as long as the run itself."""
    trajectory = descent(lane, surface, start, steps)
    said = verdicts(trajectory, surface, lane.rule, widened(surface.domain))
    end = next((v for v in said if v.until == steps), Verdict("under way", steps, steps))
    with np.errstate(all="ignore"):
        cause, numbers = WHY[end.kind](Told(lane, surface, trajectory, end))
        mended = "wrong well" if end.kind == "restless, local" and not surface.sigma else cause
    return Account(end, cause, numbers, better(mended, lane, surface, start, steps))


@dataclass(frozen=True)
class Told:
    """A run that is being told: its lane, the ground, the trajectory and how it ended."""

    lane: Lane
    surface: Noisy
    trajectory: Trajectory
    end: Verdict

    @property
    def gap(self) -> float | None:
        """f − f* at the end, where there is an f*."""
        return None if self.surface.lowest is None else float(self.trajectory.loss[-1]) - float(self.surface.lowest)

    def strain(self, k: int) -> Strain | None:
        """The strain of the step k → k + 1."""
        k = min(k, len(self.trajectory.lr) - 1)
        return strain(self.lane.rule, self.surface, self.trajectory.path[k], float(self.trajectory.lr[k]))


Why = tuple[Cause, dict[str, Any]]


def gone(run: Told) -> Why:
    """It diverged or left the map: downhill without an end, at too large a rate, or with one long step."""
    path, loss, lr = run.trajectory.path, run.trajectory.loss, run.trajectory.lr
    stop, lowest = run.end.step, run.surface.lowest
    if loss[-1] < loss[0] and (lowest is None or loss[-1] < lowest):
        return "downhill", {"first": float(loss[0]), "last": float(loss[-1])}
    parts = strains(run.lane.rule, run.surface, path[:stop].T, lr[:stop])
    beyond = np.flatnonzero(parts > 1)
    if beyond.size and (at := run.strain(int(beyond[0]))):
        return "too large", {"at": int(beyond[0]), "strain": at}
    lengths = np.hypot(*np.diff(path[: stop + 1], axis=0).T)
    k = int(lengths.argmax())
    (low, high), _ = widened(run.surface.domain)
    return "leap", {"at": k, "length": float(lengths[k]), "width": high - low}


def arrived(run: Told) -> Why:
    """It has reached f*: straight, to and fro, or at a crawl."""
    k, loss, lowest = run.end.step, run.trajectory.loss, float(run.surface.lowest or 0.0)
    here = run.strain(max(k - 1, 0))
    if not run.surface.sigma and (found := zigzag(run.trajectory, run.surface, k)):
        return "zigzag", {"zigzag": found, "strain": run.strain(found.at)}
    if k > EARLY and here and here.part < TENDER:
        return "crept", {"strain": here}
    first, then = float(loss[0]) - lowest, abs(float(loss[k]) - lowest)
    falls = 1 - (then / first) ** (1 / k) if k and first > 0 else None
    return "arrived", {"falls": falls, "strain": here}


def trapped(run: Told) -> Why:
    return "trapped", {"gap": run.gap, "f": float(run.trajectory.loss[-1])}


def on_ridge(run: Told) -> Why:
    """At a saddle: the negative curvature, and what is left of the slope along the way down."""
    p = run.trajectory.path[-1]
    values, vectors = np.linalg.eigh(np.nan_to_num(run.surface.hessian(p)))
    slope = abs(float(vectors[:, 0] @ run.surface.gradient(p)))
    return ("ridge", {"curvature": float(values[0]), "slope": slope}) if values[0] < 0 else ("nothing", {})


def restless(run: Told) -> Why:
    """Noise keeps it moving, a rate at the limit, or steps that do not shorten with the slope."""
    stretch = run.trajectory.loss[run.end.step :]
    numbers = {"low": float(stretch.min()), "high": float(stretch.max())}
    if run.surface.sigma:
        return "noise", numbers | scatter(run)
    at = nearest(run.trajectory.path[-1], run.surface)[1]
    minimum = run.surface.minima()[:, int(at)]
    here = strain(run.lane.rule, run.surface, minimum, float(run.trajectory.lr[-1]))
    if here and here.part >= AT_EDGE:
        return "edge", numbers | {"strain": here}
    lengths = np.hypot(*np.diff(run.trajectory.path[run.end.step :], axis=0).T)
    return "hopping", numbers | {"length": float(np.median(lengths)), "rate": float(run.trajectory.lr[-1])}


def scatter(run: Told) -> dict[str, Any]:
    """The noise, and the mean f − f* that theory predicts under it where it does."""
    rates = run.trajectory.lr
    spread = predicted_spread(run.lane.rule, run.surface, run.surface.covariance, run.trajectory.path[-1]) if (rates == rates[0]).all() else None
    return {"sigma": run.surface.sigma, "excess": None if spread is None else spread.excess}


def floating(run: Told) -> dict[str, Any] | None:
    """The floor that noise keeps a run from leaving downwards, where it has come so far."""
    tail, theory = run.trajectory.loss[-max(len(run.trajectory.lr) // 4, 2) :], scatter(run)
    gaps = tail - run.surface.lowest
    early, late = (float(half.mean()) for half in np.array_split(gaps, 2))
    there = late > STEADY * early if theory["excess"] is None else float(gaps.mean()) <= FLOOR * theory["excess"]
    return {"low": float(tail.min()), "high": float(tail.max())} | theory if there else None


def under_way(run: Told) -> Why:
    """It has arrived nowhere when its steps are over."""
    trajectory, surface, rates = run.trajectory, run.surface, run.trajectory.lr
    gap, last = run.gap, len(rates)
    if gap is None:
        return "falling", {"gap": None, "halves": None}
    if surface.sigma and (tail := floating(run)):
        return "noise", tail
    if not surface.sigma and (found := zigzag(trajectory, surface, last)):
        return "zigzag", {"zigzag": found, "strain": run.strain(found.at)}
    slow = creep(trajectory, surface)
    if spent := ended_by_schedule(rates):
        return "short", spent
    here = run.strain(last - 1)
    if slow and (fallen := stalled(trajectory)):
        return "stalled", {"axis": fallen[0], "early": fallen[1], "late": fallen[2], "gap": gap}
    if slow and slow.flat:
        return "plateau", {"creep": slow}
    if slow and here and here.part >= TENDER:
        least, most = np.abs(np.linalg.eigvalsh(np.nan_to_num(surface.hessian(trajectory.path[-1]))))
        return "ravine", {"creep": slow, "strain": here, "kappa": float(max(least, most) / min(least, most))}
    if slow:
        return "crept", {"creep": slow, "strain": here}
    return "falling", {"gap": gap, "halves": halving(trajectory, float(surface.lowest or 0.0))}


def ended_by_schedule(rates: Array) -> dict[str, Any] | None:
    """The sum of the rates, and what it would be had the largest held all along, where the schedule has taken most of it."""
    if used(rates) >= SHORT or rates[-1] >= SPENT * rates.max():
        return None
    return {"sum": float(rates.sum()), "whole": float(rates.max() * len(rates))}


def standing(run: Told) -> Why:
    spent = ended_by_schedule(run.trajectory.lr)
    return ("short", spent) if spent else ("nothing", {})


def held(run: Told) -> Why:
    return "decay", {"decay": float(getattr(run.lane.rule, "weight_decay", 0.0))}


def nothing(run: Told) -> Why:
    return "nothing", {}


WHY: dict[str, Callable[[Told], Why]] = {
    "diverged": gone, "left the map": gone, "reached": arrived, "local minimum": trapped, "saddle": on_ridge, "restless": restless,
    "restless, local": restless, "under way": under_way, "weight decay": held, "maximum": nothing, "at rest": nothing, "stands still": standing,
    "no step": nothing, "outside": nothing, "no start": nothing,
}  # fmt: skip

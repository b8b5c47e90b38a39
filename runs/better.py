"""One change of a lane that does better: a few are run, and the best of them is suggested, by the measure that it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from core import Array, parameters
from core.window import widened
from optimizers import OPTIMIZERS, Optimizer
from optimizers.schedules import SCHEDULES
from optimizers.schedules.constant import Constant
from optimizers.schedules.warmup import Warmup
from runs.arrival import outside
from runs.ends import leaping, unstable
from runs.ends import outside as off_the_map
from runs.minimum import tolerance
from runs.noise import Noisy
from runs.race import Lane, MANY
from runs.run import run
from runs.scan import scan
from runs.trajectory import End
from runs.verdict import verdict

FEWER = 0.9  # of the steps: what saves less is not worth a change
MUCH = 0.75  # the same where nothing needs mending
LOWER = 0.5  # of f − f*
RAMP = 20  # steps of warm-up
MOMENTUM = 0.9
QUARTER = 0.25  # of the run, at its end

Measure = Literal["steps", "gap", "mean"]


@dataclass(frozen=True)
class Suggestion:
    """A lane, and what it was measured by: the step at which f* is reached for good, f − f* at the end, or its mean over 30 runs' last quarter.

    `before` is None where the lane as it was does not arrive.
    """

    lane: Lane
    measure: Measure
    before: float | None
    after: float


@dataclass(frozen=True)
class Outcome:
    """How a lane does: whether it stays on the map, the step at which it arrives for good, f − f* at the end or, under noise, its mean."""

    stays: bool
    steps: float
    gap: float


def better(cause: str, lane: Lane, surface: Noisy, start: tuple[float, float], steps: int) -> Suggestion | None:
    """The best of the lanes that may mend what was the cause, where it does clearly better; None where none does, or there is no minimum.

    Causes are those of `runs.account`; one that is not named in `candidates` has none.
    """
    if surface.lowest is None:
        return None
    own = outcome(lane, surface, start, steps)
    tried = [(each, outcome(each, surface, start, steps)) for each in dict.fromkeys(candidates(cause, lane, surface, start, steps)) if each != lane]
    tried = [(each, its) for each, its in tried if its.stays]
    if not tried:
        return None
    best, its = min(tried, key=lambda pair: (pair[1].steps, pair[1].gap))
    if its.steps < np.inf:
        fewer = MUCH if cause == "arrived" else FEWER
        arrives = None if own.steps == np.inf else own.steps
        return Suggestion(best, "steps", arrives, its.steps) if its.steps <= fewer * own.steps else None
    best, its = min(tried, key=lambda pair: pair[1].gap)
    lower = own.steps == np.inf and (its.gap <= LOWER * own.gap or not own.stays)
    before = own.gap if own.stays else None
    return Suggestion(best, "mean" if surface.sigma else "gap", before, its.gap) if lower else None


def outcome(lane: Lane, surface: Noisy, start: tuple[float, float], steps: int) -> Outcome:
    """What a lane's run comes to; under noise that of thirty runs, because a single one may be lucky."""
    lowest: Any = surface.lowest
    if not surface.sigma:
        trajectory = run(lane.rule, surface, start, steps, lane.schedule)
        end = verdict(trajectory, surface, lane.rule)
        away = outside(trajectory.path[-1:], widened(surface.domain)).any() or End(int(trajectory.ended)) in (End.DIVERGED, End.OUTSIDE)
        return Outcome(not away, float(end.step) if end.kind == "reached" else np.inf, float(trajectory.loss[-1]) - lowest)
    starts = np.repeat(np.array(start)[:, None], MANY, axis=1)
    trajectory = run(lane.rule, replace(surface, runs=MANY), starts, steps, lane.schedule)
    stays = not outside(trajectory.path[-1].T, widened(surface.domain)).any() and (trajectory.stopped_at < 0).all()
    return Outcome(bool(stays), np.inf, float(trajectory.loss[-max(int(QUARTER * steps), 1) :].mean()) - lowest)


def candidates(cause: str, lane: Lane, surface: Noisy, start: tuple[float, float], steps: int) -> Iterator[Lane]:
    """Lanes with one change each that may mend it: the rate, momentum, the schedule, another rule of the family."""

    def best(changed: Lane = lane) -> Iterator[Lane]:
        rate = None if surface.sigma else best_rate(changed, surface, start, steps)
        if rate is not None:
            yield replace(changed, rule=at(changed.rule, rate))

    rule, lr = lane.rule, float(lane.rule.lr)
    heavy = replace(lane, rule=rule_of("momentum", 0.25 * lr))
    fades = replace(lane, schedule=SCHEDULES["cosine"]())
    match cause:
        case "zigzag":
            yield from [replace(lane, rule=at(rule, 0.5 * lr)), *best()] if hasattr(rule, "momentum") else [heavy]
        case "arrived":
            yield from best()
        case "crept" | "ravine" | "plateau" | "falling" | "trapped" | "ridge" | "wrong well":
            yield from best()
            yield from best(heavy)
            yield from [replace(lane, rule=at(rule, times * lr)) for times in (2, 5)] if surface.sigma else []
        case "stalled":
            yield from best(replace(lane, rule=rule_of("rmsprop", lr)))
            yield from best(replace(lane, rule=rule_of("adam", lr)))
            yield from best()
        case "too large" | "leap":
            yield from best()
            yield from [replace(lane, rule=at(rule, part * lr)) for part in (0.5, 0.2)] if surface.sigma else []
            yield from [] if isinstance(lane.schedule, Warmup) else [replace(lane, schedule=Warmup(RAMP, lane.schedule))]
        case "edge" | "hopping" | "noise":
            yield from [fades] if isinstance(lane.schedule, Constant) else []
            yield from [replace(lane, rule=at(rule, part * lr)) for part in (0.5, 0.2)]
            yield from best()
        case "short":
            yield replace(lane, schedule=Constant())
            yield from best()
        case "decay":
            yield replace(lane, rule=replace(rule, weight_decay=0.0))


def rule_of(name: str, lr: float) -> Optimizer:
    """A rule of the catalogue, all else as it has it by itself."""
    entry: Any = OPTIMIZERS[name]
    return at(entry(), lr)


def at(rule: Any, lr: float) -> Any:
    """The rule at the stop of its slider that is nearest to this rate."""
    stops = np.array(parameters(rule)["lr"].stops())
    return replace(rule, lr=float(stops[np.abs(np.log(stops / lr)).argmin()]))


def best_rate(lane: Lane, surface: Noisy, start: tuple[float, float], steps: int) -> float | None:
    """The stop of the rate's slider from which a run arrives first, or ends lowest, of those that stay and can come to rest; None where none stays.

    A stop is judged by the worst of itself and its two neighbours, so that luck at a single rate does not count.
    """
    stops = np.array(parameters(lane.rule)["lr"].stops())
    runs = scan(lane.rule, stops, surface, start, steps, lane.schedule)
    stays = (runs.stopped_at < 0) & ~off_the_map(runs, surface).any(axis=0) & ~unstable(runs, lane.rule, surface) & ~leaping(runs, surface)
    lowest: Any = surface.lowest
    off = np.abs(runs.loss - lowest) > tolerance(surface)
    arrives = np.where(off[-1], np.inf, (off * np.arange(1, len(off) + 1)[:, None]).max(axis=0))
    arrives, ends = (worst(np.where(stays, values, np.inf)) for values in (arrives, runs.loss[-1] - lowest))
    k = int(np.lexsort((ends, arrives))[0])
    return float(stops[k]) if np.isfinite(ends[k]) else None


def worst(values: Array) -> Array:
    """The largest of each value and its two neighbours."""
    padded = np.pad(values, 1, mode="edge")
    return np.maximum(np.maximum(padded[:-2], padded[1:-1]), padded[2:])

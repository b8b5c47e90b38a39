"""A sweep over learning rates on the Train page: every lane's training at every rate of a grid, with several seeds; and a part of it, which any
process can do.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from core.parameter import R20
from links.race import SEED
from links.table import Flat
from links.trained import training, what_is_trained
from runs.training import CURVES, LONGEST, Progress, Training

Key = tuple[tuple[str, Any], ...]
SEEDS = SEED.high + 1  # that there are
NAN = float("nan")
ENDS = 2  # places at which a training of the sweep is measured: the first and the last


class Reached(NamedTuple):
    """What a training has reached at its end: the shares of right answers of the three parts, the validation loss, all NaN where it diverged or took
    too long; whether it diverged, and the seconds that it took.
    """

    validation: float
    test: float
    training: float
    loss: float
    diverged: bool
    seconds: float


def rates_of(flat: Flat) -> tuple[float, ...]:
    """The rates of the grid, rising: preferred numbers between both ends, or where there are not two of them the ends."""
    low, high = sorted((flat["sweep.low"], flat["sweep.high"]))
    mantissas = R20[:: len(R20) // int(flat["sweep.per"])]
    found = (float(f"{m}e{k}") for k in range(-9, 4) for m in mantissas)
    within = tuple(rate for rate in found if low <= rate <= high)
    return within if len(within) > 1 else tuple(sorted({low, high}))


def sweep_of(flat: Flat) -> tuple[tuple[tuple[Key, ...], ...], ...]:
    """The trainings as keys, by lane, rate and seed. Equal lanes have the same."""
    lanes = (dict(what_is_trained(flat, i)) | {"sharp": 0} for i in range(1, flat["lanes"] + 1))
    return tuple(keys_of(tuple(lane.items()), rates_of(flat), flat["seed"], flat["sweep.seeds"]) for lane in lanes)


@lru_cache(maxsize=64)
def keys_of(lane: Key, rates: tuple[float, ...], seed: int, count: int) -> tuple[tuple[Key, ...], ...]:
    """A lane's trainings by rate and seed; remembered, because they are asked for again and again."""
    own = dict(lane)
    return tuple(tuple(tuple(sorted((own | {"lr": rate, "seed": (seed + k) % SEEDS}).items())) for k in range(count)) for rate in rates)


def in_order(sweep: tuple[tuple[tuple[Key, ...], ...], ...]) -> list[Key]:
    """All trainings, each once: a seed after the other, and for each of them far rates before those between, of all lanes."""
    rates, seeds = len(sweep[0]), len(sweep[0][0])
    places = sorted(range(rates), key=lambda k: -(k & -k) if k else -rates)
    return list(dict.fromkeys(lane[k][s] for s in range(seeds) for k in places for lane in sweep))


def part(jobs: list[tuple[Key, Progress | None]], seconds: float) -> tuple[list[Reached], Progress | None]:
    """Go on with the first of these trainings, and then with the next ones, for about so many seconds: what those that are done have reached, and how
    far the one after them is.
    """
    found, spent = [], 0.0
    for key, progress in jobs:
        own = short(key)
        before = progress.seconds if progress else 0.0
        progress = own.advance(progress or own.begin(), max(seconds - spent, 0.0))
        spent += progress.seconds - before
        if not own.done(progress) and progress.seconds <= LONGEST:
            return found, progress
        found.append(reached(progress, own.done(progress)))
        if spent >= seconds:
            break
    return found, None


def whole(key: Key) -> Reached:
    """What a training has reached at its end."""
    return reached(short(key).run(), True)


def short(key: Key) -> Training:
    """A training that is measured at its ends alone."""
    return replace(training(key), kept=ENDS)


def reached(progress: Progress, done: bool) -> Reached:
    """The same, from how far it has come."""
    diverged = progress.stopped_at >= 0
    if diverged or not done:
        return Reached(NAN, NAN, NAN, NAN, diverged, progress.seconds)
    last = dict(zip(CURVES, progress.curves[:, -1].tolist(), strict=True))
    return Reached(last["validation_accuracy"], last["test_accuracy"], last["accuracy"], last["validation_loss"], False, progress.seconds)

"""What a learning rate does: a sweep of rates, four of them that show it, how wide the good range is, and the range test."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from core import Array, Number, parameters
from core.window import widened
from landscapes import Landscape
from optimizers import Optimizer
from optimizers.schedules import Schedule
from runs.arguments import checked_start
from runs.best import GOOD, good
from runs.better import worst
from runs.descent import Descent
from runs.minimum import tolerance
from runs.outcome import for_good, goal, inside
from runs.paths import noted
from runs.run import run
from runs.trajectory import End

BELOW, ABOVE, COARSE = 4, 5, 5  # decades about a rate in which the range is sought, and rates a decade
AROUND, FINE, EDGE = 10, 120, 12  # times beyond what is too low and too high; rates in this range, and in each gap where something begins or ends
TURNS = 0.1  # of its steps: a run that turns back so often overshoots
COMES = 0.25  # of f − f* at the start: where no run ends lower, none is good
TINY = float(np.finfo(float).tiny)
NAMES: tuple[str, ...] = ("too low", "good", "high", "too high")


class Rates(NamedTuple):
    """A rule at many rates.

    rates (n,) in rising order; points (n, 2, steps + 1) and loss (n, steps + 1): their runs. stays (n,): whether a run neither diverges nor ends
    beside the map. since (n,): the step from which on f − f* stays at most `level` inside the domain, inf where it does not; the level is the
    surface's `tolerance`, or where no run arrives twice the lowest f − f* at the end, and then `arrives` is False. shown: which rate shows what each
    of `NAMES` says, by its index; None where none does. band: the first and the last index of the good range, the rates next to the good one that
    need at most twice its steps; None where none is good.
    """

    rates: Array
    points: Array
    loss: Array
    stays: Array
    since: Array
    level: float
    arrives: bool
    shown: dict[str, int | None]
    band: tuple[int, int] | None

    @property
    def decades(self) -> float:
        """How wide the good range is; 0 where there is none."""
        return float(np.log10(self.rates[self.band[1]] / self.rates[self.band[0]])) if self.band else 0.0

    @property
    def open(self) -> tuple[bool, bool]:
        """Whether the good range goes on below, and above, what was swept."""
        return (self.band is not None and self.band[0] == 0, self.band is not None and self.band[1] == len(self.rates) - 1)


def rates_about(rule: Optimizer, surface: Landscape, start: Any, steps: int, schedule: Schedule, rate: float) -> Rates:
    """A sweep of all rates that matter: the range is sought by a coarse one about a rate, and is finest where the good range ends and runs leave."""

    def at(rates: Array) -> Rates:
        return at_rates(rule, surface, start, steps, schedule, rates)

    coarse = at(spaced(rule, rate * 10.0**-BELOW, rate * 10.0**ABOVE, COARSE * (BELOW + ABOVE) + 1))
    low, high = (coarse.shown[name] for name in ("too low", "too high"))
    least = coarse.rates[low] / AROUND if low is not None else coarse.rates[0]
    most = coarse.rates[high] * AROUND if high is not None else coarse.rates[-1]
    fine = at(spaced(rule, least, most, FINE))
    turning = {*(fine.band or ()), fine.shown["too high"] or 0}
    finest = [spaced(rule, fine.rates[k - 1], fine.rates[k], EDGE) for i in turning for k in (i, i + 1) if 0 < k < len(fine.rates)]
    return at(np.unique(np.concatenate([fine.rates, *finest])))


def spaced(rule: Optimizer, low: float, high: float, n: int) -> Array:
    """Rates from one to another at equal distances on the logarithmic axis, of four digits each, as far as the rule accepts them."""
    found = np.unique([float(f"{rate:.4g}") for rate in np.geomspace(low, high, n)])
    return found[parameters(rule)["lr"].accepts(found)]


def at_rates(optimizer: Optimizer, surface: Landscape, start: Any, steps: int, schedule: Schedule, rates: Array) -> Rates:
    """The runs at these rates, of shape (n,), and what they show.

    good: the rate whose run, never leaving the map, is there first, by the worst of itself and its two neighbours, so that luck at a single rate does
    not count; of equals, the one whose f is lower on the way, by the mean of log(f − f*).
    too low: the largest rate below it at which, and at all lower ones, the run has come half of the way or less, on the logarithmic axis, when the
    good one is there; it stays, and ends no higher than it began.
    too high: the smallest rate above it whose run diverges, ends beside the map or above its start, while all from there on at least leave the map
    on their way.
    high: the middle one of the rates between these two whose runs never leave and end below their start, but need more than twice as long as the
    good one, or do not arrive, and turn back in a tenth of their steps or more.
    Without a minimum there is none of these, nor where no run ends with less than a quarter of f − f* at the start.
    """
    rule: Any = replace(optimizer, lr=rates)
    points, loss, last = noted(Descent(rule, surface, checked_start(start, surface), steps, schedule))
    off = off_the_map(points, surface)
    stays = ~(off[:, -1] | (last.ended == End.DIVERGED) | (last.ended == End.OUTSIDE))
    ever = np.asarray(off.any(axis=1))
    lowest, there = surface.lowest, goal(surface)
    none = Rates(rates, points, loss, stays, np.full(len(rates), np.inf), np.nan, False, dict.fromkeys(NAMES), None)
    if lowest is None or there is None:
        return none
    gap = np.abs(loss - lowest)
    within = inside(np.moveaxis(points, 0, 1), there.box)
    level = float(tolerance(surface))
    since = for_good(arrivals(gap, within, level, stays), steps)
    if not (arrives := bool(np.isfinite(since[~ever]).any())):
        ends = gap[stays & ~ever & within[:, -1], -1]
        level = max(level, GOOD * float(ends.min())) if ends.size else np.inf
        if not level < GOOD * COMES * gap[0, 0]:
            return none
        since = arrivals(gap, within, level, stays)
    mean = np.log(np.maximum(gap, max(level, TINY))).mean(axis=1)
    chosen = np.where(ever, np.inf, since)
    best = int(np.lexsort((mean, chosen, worst(chosen)))[0])
    fast = since <= GOOD * max(since[best], 1)
    first, last_of = best - good(fast[: best + 1], best) + 1, best + good(fast[best:], 0) - 1
    above = too_high(~stays | (loss[:, -1] > loss[:, 0]), ever, best)
    over = high(points, loss, stays & ~ever, since, best, above)
    shown = dict(zip(NAMES, (too_low(gap, stays, level, best, since), best, over, above), strict=True))
    return Rates(rates, points, loss, stays, since, level, arrives, shown, (first, last_of))


def off_the_map(points: Array, surface: Landscape) -> Array:
    """At which of their points the runs (n, 2, steps + 1) are beside the map, as the page shows all of it; or where they begin there, beside a box
    around both. Shape (n, steps + 1).
    """
    low, high = np.transpose(widened(surface.domain))
    first = points[0, :, 0]
    least, most = (each[:, None] for each in (np.minimum(low, first), np.maximum(high, first)))
    return np.asarray(((points < least) | (points > most)).any(axis=1))


def arrivals(gap: Array, within: Array, level: float, stays: Array) -> Array:
    """The step from which on each run's gap (n, steps + 1) stays at the level or below; inf where it does not."""
    off = ~(within & (gap <= level))
    since = (off * np.arange(1, gap.shape[1] + 1)).max(axis=1)
    return np.where(stays & (since < gap.shape[1]), since, np.inf)


def too_low(gap: Array, stays: Array, level: float, best: int, since: Array) -> int | None:
    """The index of the rate that is too low."""
    half = np.sqrt(gap[:, 0] * level)
    slow = stays & (gap[:, int(since[best])] >= half) & (gap[:, -1] <= gap[:, 0])
    below = np.flatnonzero(~slow[:best])
    first = int(below[0]) if below.size else best
    return first - 1 if first > 0 else None


def too_high(bad: Array, ever: Array, best: int) -> int | None:
    """The index of the rate that is too high, by which runs end badly and which ever leave the map."""
    fine = np.flatnonzero(~(bad | ever))
    found = np.flatnonzero(bad[max(int(fine[-1]), best) + 1 :])
    return max(int(fine[-1]), best) + 1 + int(found[0]) if found.size else None


def high(points: Array, loss: Array, stays: Array, since: Array, best: int, above: int | None) -> int | None:
    """The index of the rate that is high."""
    slower = stays & (loss[:, -1] < loss[:, 0]) & (since > GOOD * max(since[best], 1)) & (turns(points) >= TURNS)
    slower[: best + 1] = False
    slower[len(loss) if above is None else above :] = False
    found = np.flatnonzero(slower)
    return int(found[found.size // 2]) if found.size else None


def turns(points: Array) -> Array:
    """In which part of its steps each of the runs (n, 2, steps + 1) turns back, that is by more than a right angle."""
    steps = np.diff(points, axis=2)
    with np.errstate(over="ignore", invalid="ignore"):
        return ((steps[..., 1:] * steps[..., :-1]).sum(axis=1) < 0).mean(axis=1)


@dataclass(frozen=True)
class Rising(Schedule):
    """A rate that rises to its peak by the same factor at every step: that of a range test."""

    title = "Range test"
    formula = r"q^{1 - k/(T - 1)}"
    reference = "Smith, Cyclical Learning Rates for Training Neural Networks, arXiv 1506.01186, 2017; with an exponential rise as in fastai's lr_find"

    first: float = 1e-6

    def __call__(self, k: Number, total: Number) -> Array:
        return self.first ** (1 - np.asarray(k) / max(total - 1, 1))


class RangeTest(NamedTuple):
    """One run whose rate rises: rates (steps,), and the loss after the step with each, NaN from where it diverged or left the formula's domain.

    steepest: the index at which the loss falls most for a decade of rates; lowest: at which it is lowest, which is before it rises. None for a run
    that never falls.
    """

    rates: Array
    loss: Array
    steepest: int | None
    lowest: int | None


def range_test(optimizer: Optimizer, surface: Landscape, start: Any, steps: int, low: float, high: float) -> RangeTest:
    """The range test from one rate to another in so many steps; as fastai's, without smoothing, because f is no mean over a batch."""
    rule: Any = optimizer
    made = run(replace(rule, lr=high), surface, start, steps, Rising(low / high))
    loss = np.array(made.loss[1:])
    if made.stopped_at >= 0:
        loss[int(made.stopped_at) - 1 :] = np.nan
    seen = np.flatnonzero(np.isfinite(loss))
    if not seen.size or not np.nanmin(loss) < made.loss[0]:
        return RangeTest(made.lr, loss, None, None)
    lowest = int(np.nanargmin(loss))
    falls = np.diff(np.concatenate([made.loss[:1], loss[: lowest + 1]]))  # all at the same distance in log rate
    return RangeTest(made.lr, loss, int(falls.argmin()), lowest)

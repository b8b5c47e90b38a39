"""How close the suggested rates come to the best of sixty, for every rule on every surface that has a minimum."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from benchmarks._report import machine
from core import Array, parameters
from landscapes import LANDSCAPES, Landscape
from optimizers import OPTIMIZERS, Optimizer
from runs import stability_limit, suggested_rate
from runs.scan import scan

STEPS, POINTS = 200, 60
CLOSE = 0.01  # of the drop, from the start to the best end


@dataclass(frozen=True)
class Judged:
    """A suggested rate beside the best of sixty whose run stays on the map.

    missed: by how much the suggested one ends higher, a part of the drop from the start to the best end. why: what is against each of the sixty that
    end close to the best, "jumps" (beyond the stability limit at the minimum nearest to its end) or "leaps" (a step longer than half the domain), or
    "". downhill: whether the best ends below the start. stays: whether the suggested run stays on the map.
    """

    rate: float
    best: float
    missed: float
    why: frozenset[str]
    downhill: bool
    stays: bool


def sixty(optimizer: Optimizer, digits: int | None = 3) -> Array:
    """Rates equally spaced on the slider's axis, rounded to so many digits; shape (60,)."""
    grid = parameters(optimizer)["lr"].grid(POINTS)
    return grid if digits is None else np.array([float(f"{rate:.{digits}g}") for rate in grid])


def judged(optimizer: Optimizer, surface: Landscape, digits: int | None = 3) -> Judged:
    """The suggestion for a rule with its defaults, from the surface's own start."""
    rates = np.array([suggested_rate(optimizer, surface), *sixty(optimizer, digits)])
    t = scan(optimizer, rates, surface, surface.start, STEPS)
    low, high = np.array(surface.domain).T[..., None]
    stays = (t.stopped_at < 0) & ((low <= t.path) & (t.path <= high)).all(axis=(0, 1))
    own, stays[0] = bool(stays[0]), False
    ends = np.where(stays, t.loss[-1], np.inf)
    best = int(ends.argmin())
    drop = float(t.loss[0, 0] - ends[best])
    behind = float(t.loss[-1, 0] - ends[best])
    close = [i for i in np.flatnonzero(stays) if ends[i] <= ends[best] + CLOSE * max(drop, 0)]
    why = set()
    for i in close:
        limit = stability_limit(optimizer, surface, tuple(t.path[-1, :, i])).get("minimum", np.inf)
        longest = np.hypot(*np.diff(t.path[..., i], axis=0).T).max()
        why.add("jumps" if rates[i] >= limit else "leaps" if longest > (high - low).min() / 2 else "")
    missed = behind / drop if drop > 0 else np.inf if behind > 0 else 0.0
    return Judged(float(rates[0]), float(rates[best]), missed, frozenset(why), drop > 0, own)


def pairs() -> list[tuple[str, str]]:
    """The names of every surface that has a minimum and of every rule."""
    return [(surface, rule) for surface, rule in product(LANDSCAPES, OPTIMIZERS) if LANDSCAPES[surface]().lowest is not None]


WHY = {
    "jumps": "what ends lower is beyond the stability limit where it ends, and jumps about",
    "leaps": "what ends lower has a step longer than half the map",
    "": "another rate, by luck",
}


def reason(one: Judged) -> str:
    return "; ".join(WHY[word] for word in sorted(one.why)) if one.downhill else "no rate that stays on the map ends below the start"


def main() -> None:
    print(f"{machine(packages=['numpy'])}\n")
    print("| pairs, beside the best of sixty rates | ≤ 1 % behind | more | > 10 % |\n| --- | ---: | ---: | ---: |")
    rules: dict[str, Any] = dict(OPTIMIZERS)
    found: dict[int | None, dict[tuple[str, str], Judged]] = {}
    for digits, name in {3: "rounded to three digits, as the page rounds them", None: "not rounded"}.items():
        found[digits] = {(surface, rule): judged(rules[rule](), LANDSCAPES[surface](), digits) for surface, rule in pairs()}
        missed = np.array([one.missed for one in found[digits].values()])
        print(f"| {len(missed)}, {name} | {100 * np.mean(missed <= CLOSE):.1f} % | {(missed > CLOSE).sum()} | {(missed > 0.1).sum()} |", flush=True)
    print("\n| surface | rule | suggested | best | behind | why |\n| --- | --- | ---: | ---: | ---: | --- |")
    for (surface, rule), one in found[3].items():
        if one.missed > CLOSE or not one.downhill:
            print(f"| {surface} | {rule} | {one.rate:g} | {one.best:g} | {100 * one.missed:.1f} % | {reason(one)} |")


if __name__ == "__main__":
    main()

"""The one loop without a browser: what a lane of 500 steps costs, rule by rule."""

from __future__ import annotations

import statistics
import timeit
from typing import Any

from benchmarks._report import machine, p95
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, Optimizer
from runs import run

STEPS = 500
REPEATS = 60
GOALS = {"adam": "≤ 20 ms"}


def times(rule: Optimizer) -> list[float]:
    """Milliseconds of a run from Rosenbrock's own start, many times over."""
    surface = LANDSCAPES["rosenbrock"]()
    once = timeit.Timer(lambda: run(rule, surface, surface.start, STEPS))
    once.timeit(2)
    return [1000 * once.timeit(1) for _ in range(REPEATS)]


def main() -> None:
    print(f"{machine()}\n")
    print(f"| one lane of {STEPS} steps on Rosenbrock | median ms | p95 ms | µs a step | goal |\n| --- | ---: | ---: | ---: | --- |")
    rules: dict[str, Any] = dict(OPTIMIZERS)
    for name, rule in rules.items():
        found = times(rule())
        median = statistics.median(found)
        print(f"| {name} | {median:.1f} | {p95(found):.1f} | {1000 * median / STEPS:.1f} | {GOALS.get(name, '')} |", flush=True)


if __name__ == "__main__":
    main()

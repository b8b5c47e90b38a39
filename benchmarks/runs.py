"""The one loop without a browser: what a lane of 500 steps costs, rule by rule and surface by surface, without and with noise."""

from __future__ import annotations

import statistics
import timeit
from typing import Any

from benchmarks._report import machine, p95
from landscapes import LANDSCAPES, Landscape
from optimizers import OPTIMIZERS, Optimizer
from runs import Noisy, run

STEPS = 500
REPEATS = 60
GOALS = {"adam": "≤ 20 ms"}
HIMMELBLAU = "(x^2+y-11)^2+(x+y^2-7)^2"


def times(rule: Optimizer, surface: Landscape, repeats: int = REPEATS) -> list[float]:
    """Milliseconds of a run from the surface's own start, many times over."""
    once = timeit.Timer(lambda: run(rule, surface, surface.start, STEPS))
    once.timeit(2)
    return [1000 * once.timeit(1) for _ in range(repeats)]


def of_rules() -> None:
    print(f"| one lane of {STEPS} steps on Rosenbrock | median ms | p95 ms | µs a step | goal |\n| --- | ---: | ---: | ---: | --- |")
    rules: dict[str, Any] = dict(OPTIMIZERS)
    for name, rule in rules.items():
        found = times(rule(), LANDSCAPES["rosenbrock"]())
        median = statistics.median(found)
        print(f"| {name} | {median:.1f} | {p95(found):.1f} | {1000 * median / STEPS:.1f} | {GOALS.get(name, '')} |", flush=True)


def of_surfaces() -> None:
    """Gradient descent on every surface, and on Himmelblau's typed as a formula, at a rate so small that none diverges."""
    rule = OPTIMIZERS["gradient_descent"](lr=1e-5)
    typed: Any = LANDSCAPES["custom"]
    surfaces = {name: cls() for name, cls in LANDSCAPES.items()} | {"himmelblau, typed": typed(HIMMELBLAU, 5.0)}
    print(f"\n| one lane of {STEPS} steps of gradient descent | µs a step | with noise |\n| --- | ---: | ---: |")
    for name, surface in surfaces.items():
        quiet, noisy = (statistics.median(times(rule, Noisy(surface, sigma, 1), 20)) for sigma in (0.0, 0.5))
        print(f"| {name} | {1000 * quiet / STEPS:.1f} | {1000 * noisy / STEPS:.1f} |", flush=True)


def main() -> None:
    print(f"{machine()}\n")
    of_rules()
    of_surfaces()


if __name__ == "__main__":
    main()

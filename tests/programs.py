"""Races whose lanes are written as programs: every rule, surface, schedule, loss, noise and kind of batch, and formulas with every function."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from landscapes import LANDSCAPES, Landscape
from landscapes.custom import Custom
from optimizers import OPTIMIZERS, Optimizer
from optimizers.schedules import SCHEDULES, Schedule
from optimizers.schedules.constant import Constant
from optimizers.schedules.warmup import Warmup
from problems import PROBLEMS
from runs.race import Lane, Race

with np.load(Path(__file__).parent / "golden" / "references.npz") as file:
    META: dict[str, Any] = json.loads(str(file["meta"]))
SETTINGS = {rule["name"]: rule for rule in META["rules"]}  # under which every field of a rule leaves its mark within the steps
STEPS = 30
FORMULAS = (
    "x^2/2 + y^2 + sin(3x) cos(2y)",
    "abs(x - 0.3) + max(x, y, 0.1)^2 + y^2",
    "if(x < 0, x^2, 2x^2) + y^4/4 - min(x, 1)",
    "exp(-x^2) + tanh(y)^2 + 0.1(x^2 + y^2)",
    "sqrt(1 + x^2) + log(2 + y^2) + tan(x/4)",
    "(1 + x^2)^(1 + y^2/10)",
    "atan(x)^2 + cosh(y)/3 + .5x + sinh(x/3)",
    "x^2 + y^2 - e^(-(x - 1)^2)",
    "2^x + 2^-x + y^2 + sign(x) asin(x/9) - acos(y/9)",
    "pi",
)


def race(surface: Landscape, *lanes: Lane, start: tuple[float, float] | None = None, **settings: Any) -> Race:
    return Race(surface, start or surface.start, STEPS, lanes, **settings)


def rule(name: str, j: int | None = None) -> Optimizer:
    """A rule as its reference has it on surface j; without one with its defaults, at a rate for Rosenbrock's valley."""
    known = SETTINGS[name]
    return OPTIMIZERS[name](lr=known["lr"][1 if j is None else j], **({} if j is None else known["settings"]))


def rules() -> Iterator[tuple[str, Race]]:
    """Each rule, on each surface of the references, and with its defaults in noise."""
    for name, known in SETTINGS.items():
        for j, described in enumerate(META["surfaces"]):
            surface = LANDSCAPES[described["name"]](**described["parameters"])
            yield f"{name} on {described['name']}", race(surface, Lane(rule(name, j), Constant()), start=tuple(known["starts"][j]))
        yield f"{name} in noise", race(LANDSCAPES["rosenbrock"](), Lane(rule(name), SCHEDULES["cosine"]()), noise=0.1, seed=3)


def schedules() -> Iterator[tuple[str, Race]]:
    """Each schedule, for a rule that libraries have and for one that they lack, and after a warm-up."""
    every: dict[str, Schedule] = {name: cls() for name, cls in SCHEDULES.items()} | {"warm-up, cosine": Warmup(8, SCHEDULES["cosine"]())}
    for name, schedule in every.items():
        lanes = [Lane(OPTIMIZERS[each](lr=0.02), schedule) for each in ("momentum", "sam")]
        yield name, race(LANDSCAPES["bowl"](), *lanes)


def surfaces() -> Iterator[tuple[str, Race]]:
    """Each surface and some typed ones, by their slopes and by their curvatures."""
    lanes = [Lane(OPTIMIZERS["adam"](lr=0.02, weight_decay=0.1), Constant()), Lane(OPTIMIZERS["newton"](lr=0.1, damping=30.0), Constant())]
    for name, cls in LANDSCAPES.items():
        yield name, race(cls(), *lanes)
    for text in FORMULAS:
        yield text, race(Custom(text), *lanes, start=(0.7, 0.6))


def losses() -> Iterator[tuple[str, Race]]:
    """Each loss over data, over all examples, in batches that leave a smaller one at the end of an epoch, and in batches that are drawn anew."""
    for name, cls in PROBLEMS.items():
        for batch, anew in ((0, False), (30, False), (7, True)):
            lanes = [Lane(OPTIMIZERS[each](lr=0.02), Constant(), batch=batch) for each in ("adam", "nesterov")]
            curved = Lane(OPTIMIZERS["newton"](lr=0.1, damping=30.0), Constant(), batch=batch)
            yield f"{name}, batch {batch}", race(cls(), *lanes, curved, seed=4, anew=anew)
    points = PROBLEMS["linear_regression"](points="hubble")
    yield "given points", race(points, Lane(OPTIMIZERS["sam"](lr=0.02), Constant(), batch=5))


def programs() -> Iterator[tuple[str, Race, Lane]]:
    """Every lane of them all, each with a name of its own."""
    for kind in (rules, schedules, surfaces, losses):
        for name, found in kind():
            for lane in found.lanes:
                yield f"{kind.__name__}: {name}, {type(lane.rule).__name__}", found, lane


def hashed(text: str) -> str:
    """What tells a program from others."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]

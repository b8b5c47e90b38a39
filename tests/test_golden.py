"""Every rule under every schedule takes the path that PyTorch takes; golden/make_references.py made the numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from optimizers.schedules import SCHEDULES, Schedule
from runs import Trajectory, run

with np.load(Path(__file__).parent / "golden" / "references.npz") as file:
    PATH, LR, TORCH_NESTEROV, META = file["path"], file["lr"], file["torch_nesterov"], json.loads(str(file["meta"]))

RULES = [pytest.param(i, id=f"{rule['name']}{i}") for i, rule in enumerate(META["rules"])]
SURFACES = [pytest.param(j, id=surface["name"]) for j, surface in enumerate(META["surfaces"])]
TIMETABLES = [pytest.param(k, id=schedule["name"]) for k, schedule in enumerate(META["schedules"])]


def schedule_of(name: str, settings: dict[str, Any]) -> Schedule:
    if "then" in settings:
        settings = settings | {"then": schedule_of(*settings["then"])}
    return SCHEDULES[name](**settings)


def repeated(i: int, j: int, k: int) -> Trajectory:
    """Our run of the reference with rule i on surface j under schedule k."""
    rule, surface, schedule = META["rules"][i], META["surfaces"][j], META["schedules"][k]
    optimizer = OPTIMIZERS[rule["name"]](lr=rule["lr"][j], **rule["settings"])
    landscape = LANDSCAPES[surface["name"]](**surface["parameters"])
    return run(optimizer, landscape, surface["start"], LR.shape[-1], schedule_of(schedule["name"], schedule["settings"]))


def test_every_rule_and_every_schedule_has_a_reference():
    seeds = {"gradient_descent", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam", "adamw"}
    assert {rule["name"] for rule in META["rules"]} == seeds
    assert {schedule["name"] for schedule in META["schedules"]} == {"constant", "cosine", "step", "exponential", "linear", "inverse_sqrt", "warmup"}


@pytest.mark.parametrize("k", TIMETABLES)
@pytest.mark.parametrize("j", SURFACES)
@pytest.mark.parametrize("i", RULES)
def test_the_path_is_that_of_pytorch(i: int, j: int, k: int):
    np.testing.assert_allclose(repeated(i, j, k).path, PATH[i, j, k], rtol=1e-10, atol=0)


@pytest.mark.parametrize("k", TIMETABLES)
@pytest.mark.parametrize("i", RULES)
def test_the_rates_are_those_of_pytorch(i: int, k: int):
    # PyTorch makes most rates from the one before; its drift from the closed form was below 1e-14 when the file was made.
    np.testing.assert_allclose(repeated(i, 0, k).lr, LR[i, 0, k], rtol=1e-13)
    assert META["drift"] < 1e-14


@pytest.mark.parametrize("j", SURFACES)
def test_the_look_ahead_point_of_nesterov_is_pytorchs_iterate(j: int):
    i = [rule["name"] for rule in META["rules"]].index("nesterov")
    t = repeated(i, j, 0)
    following = t.path[1:] + META["rules"][i]["settings"]["momentum"] * t.states["v"]
    np.testing.assert_allclose(following, TORCH_NESTEROV[j, 1:], rtol=1e-10)
    np.testing.assert_allclose(t.states["ahead"], TORCH_NESTEROV[j, :-1], rtol=1e-10)


def test_the_references_move_and_stay_finite():
    assert np.isfinite(PATH).all()
    assert (np.abs(np.diff(PATH, axis=-2)).max(axis=(-2, -1)) > 1e-3).all()

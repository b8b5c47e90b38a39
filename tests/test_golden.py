"""Every rule under every schedule takes the path of its reference; golden/make_references.py made the numbers."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core import Array
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from optimizers.schedules import SCHEDULES, Schedule
from runs import Trajectory, run

with np.load(Path(__file__).parent / "golden" / "references.npz") as file:
    REFERENCES = dict(file)
META = json.loads(str(REFERENCES.pop("meta")))

RULES = [pytest.param(i, id=rule["name"]) for i, rule in enumerate(META["rules"])]
SURFACES = [pytest.param(j, id=surface["name"]) for j, surface in enumerate(META["surfaces"])]

# The defaults that are not the reference's, or for which it has none, and why.
RATE = "Optax has no default rate; this is the one of the authors"
OWN_DEFAULTS = {
    ("adam_uncorrected", "lr"): "Adam's, so that the two can be compared",
    ("gradient_descent", "lr"): "PyTorch's 1e-3 is for networks; on these surfaces it hardly moves",
    ("momentum", "lr"): "gradient descent's, so that the two can be compared",
    ("momentum", "momentum"): "PyTorch's SGD has none unless it is asked for",
    ("sutskever", "lr"): "gradient descent's, so that the two can be compared",
    ("sutskever", "momentum"): "momentum's, so that the two can be compared",
    ("nesterov", "lr"): "gradient descent's, so that the two can be compared",
    ("nesterov", "momentum"): "momentum's, so that the two can be compared",
    ("adabelief", "lr"): RATE,
    ("yogi", "lr"): RATE,
    ("lion", "lr"): RATE,
    ("lion", "weight_decay"): "Optax has 1e-3; without any, a minimum stays a fixed point",
    ("adan", "lr"): "the one of the authors' code",
    ("qhm", "lr"): "the paper's, which a reference does not take as a default",
    ("sam", "lr"): "gradient descent's, so that the two can be compared",
    ("newton", "lr"): "the whole step",
    ("bfgs", "lr"): "the whole step",
}


def schedule_of(name: str, settings: dict[str, Any]) -> Schedule:
    if "then" in settings:
        settings = settings | {"then": schedule_of(*settings["then"])}
    return SCHEDULES[name](**settings)


def repeated(i: int, j: int, k: int = 0, **changed: float) -> Trajectory:
    """Our run of the reference with rule i on surface j under schedule k, with some settings changed."""
    rule, surface, schedule = META["rules"][i], META["surfaces"][j], META["schedules"][k]
    optimizer = OPTIMIZERS[rule["name"]](**{"lr": rule["lr"][j], **rule["settings"], **changed})
    landscape = LANDSCAPES[surface["name"]](**surface["parameters"])
    return run(optimizer, landscape, rule["starts"][j], paths(i).shape[-2] - 1, schedule_of(schedule["name"], schedule["settings"]))


def paths(i: int) -> Array:
    """The reference's paths with rule i: surface, schedule (the constant one alone for rules of second order), step, coordinate."""
    return REFERENCES[f"path{i}"]


def same(path: Array, reference: Array, rtol: float = 1e-10) -> bool:
    return np.allclose(path, reference, rtol=rtol, atol=0)


def departure(path: Array, reference: Array) -> str:
    """In words, where a path leaves its reference."""
    off = np.abs(path / reference - 1).max(axis=-1)
    first = int(np.argmax(~(off <= 1e-10)))
    return f"leaves its reference at step {first} by {off[first]:.1e}, in the end by {off[-1]:.1e}"


def test_every_rule_and_every_schedule_has_a_reference():
    for catalogue, found in [(OPTIMIZERS, META["rules"]), (SCHEDULES, META["schedules"])]:
        names = {entry["name"] for entry in found}
        missing, gone = sorted(set(catalogue) - names), sorted(names - set(catalogue))
        assert not missing, f"Without a reference: {missing}. Describe each in a line of tests/golden/make_references.py and run that program."
        assert not gone, f"No longer in the catalogue: {gone}. Take them out of tests/golden/make_references.py and run that program."


@pytest.mark.parametrize("j", SURFACES)
@pytest.mark.parametrize("i", RULES)
def test_the_path_is_that_of_the_reference(i: int, j: int):
    rule, wrong = META["rules"][i], []
    for k, reference in enumerate(paths(i)[j]):
        path = repeated(i, j, k).path
        if not same(path, reference):
            wrong.append(f"under {META['schedules'][k]['name']} it {departure(path, reference)}")
    assert not wrong, f"{rule['name']} against {rule['source']} with {rule['settings']}: " + "; ".join(wrong)


@pytest.mark.parametrize("i", RULES)
def test_the_path_with_the_defaults_is_that_of_the_reference(i: int):
    rule = META["rules"][i]
    for j, surface in enumerate(META["surfaces"]):
        landscape = LANDSCAPES[surface["name"]](**surface["parameters"])
        path = run(OPTIMIZERS[rule["name"]](lr=rule["lr"][j]), landscape, rule["starts"][j], paths(i).shape[-2] - 1).path
        reference = REFERENCES["plain"][i, j]
        assert same(path, reference), f"{rule['name']} against {rule['source']} on {surface['name']}: it {departure(path, reference)}"


@pytest.mark.parametrize("i", RULES)
def test_every_hyperparameter_leaves_its_mark_on_the_references(i: int):
    rule = META["rules"][i]
    names = [f.name for f in fields(OPTIMIZERS[rule["name"]])]
    assert sorted(names) == sorted(["lr", *rule["settings"]]), "tests/golden/make_references.py has other fields for this rule"
    for name in names:
        changed = [{name: 1.01 * {"lr": rule["lr"][j], **rule["settings"]}[name]} for j in range(len(SURFACES))]
        moved = [not same(repeated(i, j, **changed[j]).path, paths(i)[j, 0], rtol=1e-7) for j in range(len(SURFACES))]
        assert any(moved), f"a wrong {name} could not be seen"


@pytest.mark.parametrize("steps", ["short", "long"])
@pytest.mark.parametrize("k", [pytest.param(k, id=f"{schedule['name']}{k}") for k, schedule in enumerate(META["schedules"])])
def test_the_rates_are_those_of_the_reference(k: int, steps: str):
    # PyTorch makes most rates from the one before; its drift from its own closed forms was below 1e-14 when the file was made.
    schedule, reference = META["schedules"][k], REFERENCES[steps][k]
    rates = META["peak"] * schedule_of(schedule["name"], schedule["settings"])(np.arange(len(reference)), len(reference))
    np.testing.assert_allclose(rates, reference, rtol=1e-13)
    assert META["drift"] < 1e-14


def test_the_defaults_are_those_of_the_references():
    differ = {
        (rule["name"], f.name)
        for rule in META["rules"]
        for f in fields(OPTIMIZERS[rule["name"]])
        if f.name not in rule["defaults"] or f.default != rule["defaults"][f.name]
    }
    assert differ == set(OWN_DEFAULTS), f"Not the reference's default, or no longer another: {sorted(differ ^ set(OWN_DEFAULTS))}"


@pytest.mark.parametrize("j", SURFACES)
def test_the_look_ahead_point_of_nesterov_is_pytorchs_iterate(j: int):
    i = [rule["name"] for rule in META["rules"]].index("nesterov")
    t = repeated(i, j)
    following = t.path[1:] + META["rules"][i]["settings"]["momentum"] * t.states["v"]
    np.testing.assert_allclose(following, REFERENCES["torch_nesterov"][j, 1:], rtol=1e-10)
    np.testing.assert_allclose(t.states["ahead"], REFERENCES["torch_nesterov"][j, :-1], rtol=1e-10)


def test_the_references_move_stay_finite_and_are_not_chaotic():
    for path in [*map(paths, range(len(RULES))), REFERENCES["plain"]]:
        assert np.isfinite(path).all()
        assert (np.abs(np.diff(path, axis=-2)).max(axis=(-2, -1)) > 1e-3).all()
    assert META["amplification"] < 100
    assert META["smallest"] > 1e-5

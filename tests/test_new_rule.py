"""A new rule with a hyperparameter that no other has needs its own file and nothing else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from core import Array, Number, parameter
from landscapes import Objective
from links import quantities
from links.entries import race_of
from links.race import RACE
from optimizers import OPTIMIZERS, Optimizer
from optimizers.base import GRADIENT, learning_rate
from player.messages.inspector import inspected
from tests.app_page import opened

LINK = {"lanes": "1", "1.rule": "leashed", "1.leash": "0.3", "steps": "20"}


@dataclass(frozen=True)
class Leashed(Optimizer):
    """Made up here: a velocity, and a pull back to it."""

    title = "Leashed"
    formula = r"\begin{aligned} w &\leftarrow \tau w + g + \xi \\ p &\leftarrow p - \eta\,w \end{aligned}"
    reference = "none"
    year = 3000
    family = GRADIENT

    lr: Number = learning_rate(0.1)
    leash: Number = parameter(0.5, 0.0, 1.0, within="[0, 1]", label="Leash τ", symbol=r"\tau", help="Leash τ: how much of the velocity stays.")
    steps: Number = parameter(0.0, 0.0, 9.0, within="[0, inf)", symbol=r"\xi", rare=True, help="A constant push, under a name that others have.")

    def init(self, p: Array) -> Array:
        return np.zeros_like(p)

    def step(self, surface: Objective, p: Array, state: Array, t: int, lr: Number) -> tuple[Array, Array]:
        w = self.leash * state + surface.gradient(p) + self.steps
        return p - lr * w, w

    def shown(self, p: Array, g: Array, state: Array, t: Number, lr: Number) -> dict[str, Array]:
        return {"w": state, "w_hat": state}


@pytest.fixture(autouse=True)
def leashed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OPTIMIZERS, "leashed", Leashed)


def live_sliders(link: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What the sliders are sent whose lane follows the hand, by setting."""
    sent = [json.loads(part.proto.json) for part in opened(**link).get("bidi_component") if part.proto.component_name.endswith("slider")]
    return {data["name"]: data for data in sent}


def test_its_hyperparameter_is_in_the_link():
    flat, complaints = RACE.read(LINK, "en")
    assert complaints == []
    assert (flat["1.leash"], flat["1.steps"]) == (0.3, 0.0)
    assert RACE.short(flat, "en") == {"v": "1", **LINK}
    assert race_of(flat).lanes[0].rule == Leashed(lr=flat["1.lr"], leash=0.3)


def test_its_hyperparameter_has_a_slider_in_the_open_under_its_own_label_and_a_rare_one_in_the_menu():
    sliders = live_sliders(LINK)
    assert sliders["1.leash"]["label"] == "Leash τ"
    assert sliders["1.leash"]["value"] == 0.3
    assert sliders["1.warmup"]["label"] == "Warm-up w"
    assert "1.steps" not in sliders
    (rare,) = [slider for slider in opened(**LINK).select_slider if slider.key == "1.steps"]
    assert rare.label == "steps", "the field's own name where it has no label, and not what another entry calls a field of that name"


def test_its_hyperparameters_stand_in_the_formula_with_their_values():
    flat = RACE.read(LINK | {"inspect": "1", "1.steps": "2"}, "en")[0]
    seen = inspected(race_of(flat), 1)
    numbers = json.dumps(seen["lines"][0][1])
    assert "#leash" in numbers
    assert "#steps" in numbers
    assert {name: seen["parameters"][name] for name in ("leash", "steps")} == {"leash": 0.3, "steps": 2.0}


def test_what_it_shows_can_be_charted_under_its_symbol():
    assert quantities.named(Leashed) == {"inner.w": "w", "inner.w_hat": "ŵ"}


def test_its_card_lists_its_hyperparameters():
    listed = "".join(part.proto.body for part in opened("catalogue", section="rules").get("html"))
    assert "<dt>Leash τ<code>leash</code></dt><dd>how much of the velocity stays." in listed
    assert "<dt>steps</dt><dd>A constant push, under a name that others have." in listed

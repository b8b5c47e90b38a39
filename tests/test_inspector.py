"""Looking inside a step: every rule's formula with places for numbers, and the numbers that go there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import pytest

from core import Array, Number, parameters
from figures import worked
from landscapes import Objective
from links.entries import race_of
from links.race import RACE
from optimizers import OPTIMIZERS, Optimizer
from optimizers.base import GRADIENT, kept_part, learning_rate
from player.messages.inspector import inspected
from runs import run

OUTSIDE_THE_FORMULA: dict[str, set[str]] = {}  # hyperparameters that a rule's formula leaves out
over_rules = pytest.mark.parametrize("key", OPTIMIZERS)


def looked_into(key: str, **link: Any) -> dict[str, Any]:
    flat = RACE.read({"lanes": 1, "1.rule": key, "inspect": 1, "steps": 40, **link}, "en")[0]
    return inspected(race_of(flat), 1)


def places(seen: dict[str, Any]) -> list[list[str]]:
    """The places of each line's numbers."""
    return [[text[1:] for text in texts(numbers) if text.startswith("#")] for _, numbers in seen["lines"] if numbers]


def texts(node: Any) -> list[str]:
    """Every text of a tree of MathML."""
    return [node] if isinstance(node, str) else [text for child in node[2:] for text in texts(child)]


@dataclass(frozen=True)
class Drifting(Optimizer):
    """Made up here."""

    title = "Drifting"
    formula = r"\begin{aligned} w &\leftarrow \mu w + g \\ p &\leftarrow p - \eta\,w \end{aligned}"
    reference = "none"
    year = 2000
    family = GRADIENT
    arrows = ("-w",)

    lr: Number = learning_rate(0.1)
    momentum: Number = kept_part(0.5, symbol=r"\mu", help="")

    def init(self, p: Array) -> Array:
        return np.zeros_like(p)

    def step(self, surface: Objective, p: Array, state: Array, t: int, lr: Number) -> tuple[Array, Array]:
        w = self.momentum * state + surface.gradient(p)
        return p - lr * w, w

    def shown(self, p: Array, g: Array, state: Array, t: Number, lr: Number) -> dict[str, Array]:
        return {"w": state}


@over_rules
def test_every_line_is_mathml_and_every_place_has_a_number(key: str):
    seen = looked_into(key)
    for line, _ in seen["lines"]:
        assert line[0] == "math"
        assert texts(line)
    for place in chain.from_iterable(places(seen)):
        name, *when = place.split(":")
        if when:
            assert name == "p" or name in seen["shown"]
            assert when[0] == "after" or name == "p" or name in seen["first"]
            assert (len(when) == 1) == (name in seen["scalars"])
        else:
            assert name == "t" or name in seen["parameters"]


@over_rules
def test_every_hyperparameter_stands_in_its_formula(key: str):
    rule = OPTIMIZERS[key]
    missing = {name for name, allowed in parameters(rule).items() if not allowed.symbol or allowed.symbol not in rule.formula}
    assert missing == OUTSIDE_THE_FORMULA.get(key, set())


@over_rules
def test_the_last_value_of_a_run_is_its_path(key: str):
    seen = looked_into(key)
    found = [numbers for numbers in places(seen) if numbers[-2:] == ["p:after:0", "p:after:1"]]
    assert len(found) == 1
    flat = RACE.read({"lanes": 1, "1.rule": key, "steps": 40}, "en")[0]
    race = race_of(flat)
    trajectory = run(race.lanes[0].rule, race.descended(race.lanes[0]), race.start, 40)
    np.testing.assert_array_equal(seen["path"], trajectory.path.T)
    for name, rows in seen["shown"].items():
        np.testing.assert_array_equal(rows, trajectory.states[name].T)


# Formulas that are numbers altogether: with vectors as arrays each line can be worked out anew.
WHOLE = ["gradient_descent", "momentum", "adagrad", "rmsprop", "adadelta", "adam", "adamw", "amsgrad", "qhm", "yogi", "adabelief", "lion", "adamax"]


def calculated(latex: str, value: dict[str, Any]) -> Array:
    """The value of a right-hand side whose symbols are all places."""
    vector = r"\{\\begin\{pmatrix\} \\text\{#([^}]*):0\} \\\\ \\text\{#[^}]*:1\} \\end\{pmatrix\}\}"
    text = re.sub(vector, lambda m: f"(V['{m[1]}'])", latex)
    text = re.sub(r"\\text\{#([^}]*)\}", lambda m: f"(V['{m[1]}'])", text)
    text = text.replace(r"\nabla f", "G").replace(r"\cdot", "").replace(r"\,", "").replace(r"\big", "").replace(r"\mathrm{sign}", "sign")
    text = re.sub(r"\|(.*?)\|", r"abs(\1)", text).replace(r"\max", "maximum").replace(r"\left", "").replace(r"\right", "")
    while r"\frac" in text or r"\sqrt" in text:
        before = text
        text = re.sub(r"\\sqrt\{([^{}]*)\}", r"sqrt(\1)", text)
        text = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1)/(\2))", text)
        assert text != before, text
    text = text.replace("^", "**").replace("{", "(").replace("}", ")")
    text = re.sub(r"(?<=[\])])\s*(?=\(|sign)", "*", text)
    return eval(text, {"V": value, "G": value["gradient"], "sqrt": np.sqrt, "maximum": np.maximum, "abs": np.abs, "sign": np.sign})


@pytest.mark.parametrize("key", WHOLE)
@pytest.mark.parametrize("k", [0, 1, 7])
def test_the_numbers_of_a_line_make_its_result(key: str, k: int):
    seen = looked_into(key, **{"1.schedule": "cosine"})
    rule = OPTIMIZERS[key]
    names = ["p", "g", *(name for name in seen["shown"] if name not in {"g", *seen["scalars"]})]
    value = {name: seen["parameters"][name] for name in seen["parameters"]} | {
        "t": k + 1,
        "lr": seen["rates"][k],
        "gradient": lambda p: seen["slope"][:, k],
    }
    value |= {"p:before": seen["path"][:, k], "p:after": seen["path"][:, k + 1]}
    for name, rows in seen["shown"].items():
        value[f"{name}:after"] = rows[:, k]
        value[f"{name}:before"] = rows[:, k - 1] if k else seen["first"].get(name)
    for _, line in worked(rule, names, seen["scalars"]):
        _, right = re.split(r"\\leftarrow|=", line, maxsplit=1)
        right, _, result = right.rpartition(" = ")
        np.testing.assert_allclose(calculated(right, value), calculated(result, value), rtol=1e-9, atol=1e-300, err_msg=line)


def test_a_new_rule_has_its_inspector_for_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(OPTIMIZERS, "drifting", Drifting)
    seen = looked_into("drifting")
    assert places(seen)[0] == ["momentum", "w:before:0", "w:before:1", "g:after:0", "g:after:1", "w:after:0", "w:after:1"]
    assert seen["arrow"] == {"name": "w", "scaled": True, "label": "−ηw"}
    assert [row["name"] for row in seen["listed"]] == ["g", "w"]
    np.testing.assert_array_equal(seen["shown"]["w"][:, 0], seen["shown"]["g"][:, 0])


def test_names_are_symbols():
    symbols = [Optimizer.symbol(name) for name in ("m", "m_hat", "s_hat", "v_max", "rho", "Delta", "ahead", "v_last")]
    assert [symbol.latex for symbol in symbols] == [
        "m",
        r"\hat m",
        r"\hat s",
        r"v_{\max}",
        r"\rho",
        r"\Delta",
        r"\mathrm{ahead}",
        r"v_{\mathrm{last}}",
    ]
    assert [symbol.text for symbol in symbols] == ["m", "m\N{COMBINING CIRCUMFLEX ACCENT}", "ŝ", "max v", "ρ", "Δ", "ahead", "v_last"]


def test_lanes_that_come_and_go_keep_the_one_that_is_looked_into():
    flat, complaints = RACE.read({"lanes": 3, "inspect": 3}, "en")
    assert flat["inspect"] == 3
    assert not complaints
    flat, complaints = RACE.read({"lanes": 2, "inspect": 3}, "en")
    assert flat["inspect"] == 0
    assert len(complaints) == 1
    assert RACE.short(RACE.read({"inspect": 2}, "en")[0], "en") == {"v": "1", "inspect": "2"}

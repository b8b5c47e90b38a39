"""Lanes as programs: what NumPy makes of one is the lane's path, and PyTorch's and Optax' are those that a reference run has tried."""

from __future__ import annotations

import ast
import io
import json
import re
import runpy
from contextlib import redirect_stdout
from pathlib import Path

import numpy as np
import pytest

from core import Array, Entry, InputError, parameters
from export.address import asked
from export.code import code, file
from export.code.equation import lines
from export.code.program import program
from landscapes import LANDSCAPES
from links.entries import RATES_MOVED, RULES, SURFACES
from optimizers import OPTIMIZERS, Optimizer
from optimizers.schedules.constant import Constant
from runs.race import Lane, Race, descent
from tests.programs import hashed, programs, race
from tests.samples import one_in

TRIED = json.loads((Path(__file__).parent / "golden" / "programs.json").read_text("utf-8"))
EVERY = list(programs())


def path_of(text: str, folder: Path) -> Array:
    """The points that a program ends with, in an interpreter of its own as far as names go."""
    where = folder / "program.py"
    where.write_text(text, "utf-8")
    with redirect_stdout(io.StringIO()):
        return np.array(runpy.run_path(str(where))["path"])


@pytest.mark.parametrize(("name", "race", "lane"), one_in(6, EVERY))
def test_a_program_in_numpy_takes_the_lanes_path(name: str, race: Race, lane: Lane, tmp_path: Path):
    path = descent(lane, race.descended(lane), race.start, race.steps).path
    np.testing.assert_allclose(path_of(program(race, lane, "numpy", name), tmp_path), path, rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize(("name", "race", "lane"), one_in(6, EVERY))
@pytest.mark.parametrize("library", ["torch", "optax"])
def test_a_program_of_a_library_is_the_one_that_was_tried_with_it(library: str, name: str, race: Race, lane: Lane):
    """Where it is not, golden/make_programs.py has to try it: this program has neither library."""
    text = program(race, lane, library, name)
    ast.parse(text)
    assert hashed(text) == TRIED[library][name]


def test_every_program_has_been_tried():
    assert set(TRIED["torch"]) == set(TRIED["optax"]) == {name for name, _race, _lane in EVERY}


def called(text: str, module: str) -> dict[str, dict[str, str]]:
    """The keyword arguments of each call of a library's own rules in a program."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    named = {ast.unparse(call.func): {k.arg or "": ast.unparse(k.value) for k in call.keywords} for call in calls}
    return {name.removeprefix(f"{module}."): given for name, given in named.items() if name.startswith(f"{module}.")}


def of(rule: Optimizer, library: str) -> str:
    return program(race(LANDSCAPES["bowl"](), Lane(rule, Constant())), Lane(rule, Constant()), library, "")


def test_a_rule_that_a_library_has_is_that_librarys():
    adam = OPTIMIZERS["adam"](lr=0.05, beta1=0.8, weight_decay=0.1)
    assert called(of(adam, "torch"), "torch.optim") == {"Adam": {"lr": "0.05", "betas": "(0.8, 0.999)", "eps": "1e-08", "weight_decay": "0.1"}}
    assert "optax.chain(optax.add_decayed_weights(0.1), optax.adam(0.05, b1=0.8, b2=0.999, eps=1e-8))" in of(adam, "optax")
    assert "optax.adabelief(0.001, b1=0.9, b2=0.999, eps=1e-16, eps_root=1e-16)" in of(OPTIMIZERS["adabelief"](), "optax")
    assert "weight_decay" not in of(OPTIMIZERS["adam"](), "torch") + of(OPTIMIZERS["adam"](), "numpy")  # what has no effect is left out


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_librarys_words_name_every_field_of_the_rule(name: str):
    cls = OPTIMIZERS[name]
    for words in (vars(cls).get("torch"), vars(cls).get("optax")):
        assert words is None or all(f"{{{field}}}" in words for field in parameters(cls))


def test_a_rule_that_a_library_lacks_is_written_out_in_its_arrays():
    text = of(OPTIMIZERS["qhm"](), "torch")
    assert "def step(p, state, t, lr):" in text
    assert "torch.optim" not in text
    assert "torch.func.grad(value)" in text


def test_a_program_says_what_it_is_and_its_link():
    page, _ignored = asked("https://lab.example/?surface=rosenbrock&lanes=2&steps=50&2.rule=adam&x=-1.5&y=2")
    text = code(page, 2, "numpy")
    head = ast.get_docstring(ast.parse(text)) or ""
    assert head.splitlines()[0] == "Adam on Rosenbrock: 50 steps from (−1.5, 2)."
    assert page.link in head
    assert page.link.startswith("https://lab.example/?")
    assert file(page, 2, "numpy") == "rosenbrock_adam_numpy.py"


def test_the_explored_lane_has_a_program_too():
    page, _ignored = asked("explore?surface=bowl&1.rule=momentum&steps=40")
    assert "Momentum on Bowl: 40 steps" in code(page, 1, "torch")


@pytest.mark.parametrize(("link", "lane", "library"), [("train?", 1, "numpy"), ("lanes=2", 3, "numpy"), ("lanes=2", 0, "numpy"), ("", 1, "cobol")])
def test_what_has_no_program_is_refused_with_a_sentence(link: str, lane: int, library: str):
    with pytest.raises(InputError):
        code(asked(link)[0], lane, library)


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\tfrac12\,p^\top R(\theta)", "½ pᵀ R(θ)"),
        (r"\begin{aligned} m &\leftarrow \beta_1 m + (1-\beta_1)\,g \\ p &\leftarrow p - \eta\,m \end{aligned}", "m ← β₁ m + (1−β₁) g|p ← p − η m"),
        (r"p - \eta\,\frac{\hat m}{\sqrt{\hat v} + \epsilon}", "p − η m̂ / (√v̂ + ε)"),
        (r"\frac{5}{\pi}x - \frac{1}{8\pi}", "(5 / π)x − 1 / (8π)"),
        (r"\cos \frac{\pi k}{T}", "cos((π k) / T)"),
        (r"\begin{cases} \frac{k+1}{w} & k < w \\ 1 & \text{otherwise} \end{cases}", "{ (k+1) / w if k < w; 1 otherwise }"),
        (r"e^{-\frac15 x} + \gamma^{\lfloor k / n \rfloor}", "e^(−⅕ x) + γ^(⌊k / n⌋)"),
    ],
)
def test_an_equation_is_written_as_text(latex: str, text: str):
    assert "|".join(lines(latex)) == text


@pytest.mark.parametrize("entry", [*SURFACES.values(), *RULES.values(), *RATES_MOVED.values()], ids=lambda entry: entry.__name__)
def test_every_equation_loses_its_latex(entry: type[Entry]):
    formula = entry().formula
    assert not re.search(r"[\\&\t\ue000\ue001]|begin|frac|\$", "".join(lines(formula)))
    assert len(lines(formula)) == 1 + formula.split(r"\begin{cases}")[0].count(r"\\") or "cases" in formula


def test_no_name_of_a_program_stands_for_two_things(tmp_path: Path):
    """Warm-up has a field `steps`, NAdam a method and a value `m_hat`, the recurrence a function of the data and of the surface."""
    for name, found, lane in EVERY:
        if not name.startswith(("schedules: warmup", "rules: nadam on bowl", "losses: recurrence, batch 0")):
            continue
        tree = ast.parse(program(found, lane, "numpy", name))
        defined = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
        defined += [n.id for node in tree.body if isinstance(node, ast.Assign) for t in node.targets for n in ast.walk(t) if isinstance(n, ast.Name)]
        again = {each for each in defined if defined.count(each) > 1}
        assert again <= {"p", "x", "y", "state"}  # which a run, and the conversion of the data, give new values to

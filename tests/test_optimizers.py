"""What holds for every rule of the catalogue; the numbers themselves are in test_golden and test_closed_forms."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pytest

from core import Array, parameters
from landscapes import LANDSCAPES, Landscape
from optimizers import OPTIMIZERS, Optimizer
from runs import run

Bowl, Rosenbrock = LANDSCAPES["bowl"], LANDSCAPES["rosenbrock"]
ALLOWED = {
    **dict.fromkeys(["lr", "eps", "step_max"], "(0, ∞)"),
    **dict.fromkeys(["weight_decay", "momentum_decay", "rho", "damping", "step_min"], "[0, ∞)"),
    **dict.fromkeys(["momentum", "decay", "beta1", "beta2", "beta3"], "[0, 1)"),
    "nu": "[0, 1]",
    "shrink": "(0, 1)",
    "grow": "(1, ∞)",
}
OUTSIDE = {"(0, ∞)": [0, -1.0], "[0, ∞)": [-1e-9], "[0, 1)": [1, 1.5, -0.1], "[0, 1]": [1.5, -0.1], "(0, 1)": [0, 1, 1.5], "(1, ∞)": [1, 0.5]}

over_rules = pytest.mark.parametrize("cls", OPTIMIZERS.values(), ids=lambda cls: cls.__name__)
over_parameters = pytest.mark.parametrize(
    ("cls", "name"), [pytest.param(cls, name, id=f"{cls.__name__}.{name}") for cls in OPTIMIZERS.values() for name in parameters(cls)]
)


def without_decay(cls: type[Optimizer], **settings: Any) -> Optimizer:
    """The rule with its weight decay, if it has one, at zero."""
    return cls(**settings, **({"weight_decay": 0.0} if "weight_decay" in parameters(cls) else {}))


def test_the_rules_are_there():
    assert set(OPTIMIZERS) >= {
        *("gradient_descent", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam", "adamw"),
        *("amsgrad", "nadam", "radam", "adamax", "adabelief", "yogi", "lion", "rprop", "qhm", "adan", "sam", "newton", "bfgs", "sutskever"),
    }


def test_rules_stand_oldest_first():
    years = [cls.year for cls in OPTIMIZERS.values()]
    assert years == sorted(years)
    assert list(OPTIMIZERS)[:3] == ["newton", "gradient_descent", "momentum"]


@over_rules
def test_a_rule_is_made_without_arguments_and_says_what_it_is(cls: type[Optimizer]):
    assert all(isinstance(text, str) and text for text in (cls().title, cls.formula, cls.reference, cls.__doc__))
    assert cls() == cls()
    assert hash(cls()) == hash(cls())


@over_rules
def test_fields_have_the_names_of_the_literature(cls: type[Optimizer]):
    names = {f.name for f in fields(cls)}
    assert names <= set(ALLOWED)
    assert names == set(parameters(cls))


@over_parameters
def test_defaults_lie_on_their_sliders(cls: type[Optimizer], name: str):
    r = parameters(cls)[name]
    assert r.low <= getattr(cls(), name) <= r.high
    assert r.help


@over_parameters
def test_what_the_slider_offers_is_accepted(cls: type[Optimizer], name: str):
    cls(**{name: np.array(parameters(cls)[name].stops())})


@over_rules
def test_a_batch_is_its_runs(cls: type[Optimizer]):
    rng = np.random.default_rng(3)
    settings = {name: rng.choice(r.grid(9), 6) for name, r in parameters(cls).items()}
    settings["lr"] = cls().lr * np.geomspace(0.2, 3, 6)
    start = rng.uniform(-1.5, 1.5, (2, 6))
    batch = run(cls(**settings), Rosenbrock(), start, 12)
    for i in range(6):
        alone = run(cls(**{name: float(values[i]) for name, values in settings.items()}), Rosenbrock(), start[:, i], 12)
        np.testing.assert_allclose(batch.path[..., i], alone.path, rtol=1e-12)
        np.testing.assert_allclose(batch.loss[:, i], alone.loss, rtol=1e-12)
        assert batch.diverged_at[i] == alone.diverged_at
        for name, rows in alone.states.items():
            np.testing.assert_allclose(batch.states[name][..., i], rows, rtol=1e-11)


def readonly(state: Any) -> Any:
    for part in state if isinstance(state, tuple) else [state]:
        part.flags.writeable = False
    return state


@over_rules
def test_arguments_are_left_untouched(cls: type[Optimizer]):
    rule = cls(**{name: readonly(np.full(4, getattr(cls(), name))) for name in parameters(cls)})
    p = readonly(np.random.default_rng(5).uniform(-1, 1, (2, 4)))
    lr = readonly(np.full(4, 1e-3))
    state = readonly(rule.init(p))
    for t in range(1, 4):
        g = readonly(Rosenbrock().gradient(p))
        p, state = (readonly(part) for part in rule.step(Rosenbrock(), p, state, t, lr))
        rule.shown(p, g, state, t, lr)


@over_rules
@pytest.mark.parametrize(("surface", "point"), [(Bowl(), (0.0, 0.0)), (Rosenbrock(), (1.0, 1.0))], ids=["bowl", "rosenbrock"])
def test_a_minimum_is_a_fixed_point(cls: type[Optimizer], surface: Any, point: tuple[float, float]):
    assert not surface.gradient(np.array(point)).any()
    path = run(without_decay(cls), surface, point, 20).path
    assert (path == point).all() if cls.__name__ != "Yogi" else 0 < np.abs(path - point).max() < cls().lr


# Rules that with their defaults do not stay even at a minimum, and why.
RESTLESS = {"adamw": "its weight decay pulls towards the origin", "yogi": "its mean gradient starts at 1e-6"}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_rule_rests_at_a_minimum_with_its_defaults(name: str):
    assert (run(OPTIMIZERS[name](), Rosenbrock(), (1.0, 1.0), 20).path == 1).all() == (name not in RESTLESS)


@pytest.mark.parametrize("name", [name for name, cls in OPTIMIZERS.items() if "weight_decay" in parameters(cls)])
def test_weight_decay_pulls_a_minimum_towards_the_origin(name: str):
    assert (run(OPTIMIZERS[name](lr=0.01, weight_decay=0.1), Rosenbrock(), (1.0, 1.0), 1).path[-1] < 1).all()


@over_rules
@pytest.mark.parametrize("batch", [(), (3,), (2, 3)], ids=str)
def test_what_is_shown_has_the_shape_of_the_path(cls: type[Optimizer], batch: tuple[int, ...]):
    t = run(cls(), Bowl(), np.random.default_rng(1).uniform(-1, 1, (2, *batch)), 5)
    for name, rows in t.states.items():
        assert rows.shape == (5, 2, *batch), name
        assert np.isfinite(rows).all(), name


def test_a_rule_evaluates_one_gradient_a_step_and_sam_two_and_newton_a_hessian():
    assert {name: cls.evaluations for name, cls in OPTIMIZERS.items() if cls.evaluations != 1} == {"sam": 2}
    assert [name for name, cls in OPTIMIZERS.items() if cls.hessians] == ["newton"]


@over_rules
def test_what_is_counted_is_what_is_evaluated(cls: type[Optimizer]):
    gradients = hessians = 0

    class Counting(type(Rosenbrock())):
        def gradient(self, p: Array) -> Array:
            nonlocal gradients
            gradients += 1
            return super().gradient(p)

        def hessian(self, p: Array) -> Array:
            nonlocal hessians
            hessians += 1
            return super().hessian(p)

    rule, p = cls(), np.array([-1.5, 2.0])
    state = rule.init(p)
    for t in range(1, 4):
        p, state = rule.step(Counting(), p, state, t, rule.lr)
    assert (gradients, hessians) == (3 * cls.evaluations, 3 * cls.hessians)


@over_rules
def test_no_step_and_nothing_shown_divides_by_zero(cls: type[Optimizer]):
    with np.errstate(all="raise"):
        for surface, start in [(Bowl(), (0.0, 0.0)), (Bowl(), (1.0, 1.0)), (LANDSCAPES["saddle"](), (1.0, 0.0))]:
            rule, p = without_decay(cls), np.array(start)
            state = rule.init(p)
            for t in range(1, 12):
                before = p
                p, state = rule.step(surface, p, state, t, 0.01)
                shown = rule.shown(before, surface.gradient(rule.probe(before, state)), state, t, 0.01)
                assert all(np.isfinite(rows).all() for rows in shown.values())


@dataclass(frozen=True)
class Parabola(Landscape):
    """p² over any number of coordinates."""

    def value(self, p: Array) -> Array:
        return (p * p).sum(axis=0)

    def gradient(self, p: Array) -> Array:
        return 2 * p

    def hessian(self, p: Array) -> Array:
        return np.multiply.outer(2 * np.eye(len(p)), np.ones_like(p[0]))

    def stationary(self) -> list:
        return []


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if name != "newton"])  # which solves for two
def test_a_rule_drives_any_number_of_coordinates(name: str):
    path = []
    for n in (1, 3):
        rule, p = OPTIMIZERS[name](), np.linspace(0.5, 1.5, 4 * n).reshape(n, 4)
        state = rule.init(p)
        for t in range(1, 6):
            p, state = rule.step(Parabola(), p, state, t, 0.01)
        path.append(p)
    assert [p.shape for p in path] == [(1, 4), (3, 4)]
    assert (path[1] < np.linspace(0.5, 1.5, 12).reshape(3, 4)).all()


@over_parameters
def test_a_value_without_meaning_is_refused(cls: type[Optimizer], name: str):
    for value in [*OUTSIDE[ALLOWED[name]], np.nan, np.inf, -np.inf]:
        with pytest.raises(ValueError, match=re.escape(f"{name} = {value:g}: allowed is {ALLOWED[name]}.")):
            cls(**{name: value})


@over_parameters
def test_one_bad_element_is_enough_to_be_refused(cls: type[Optimizer], name: str):
    for value in [OUTSIDE[ALLOWED[name]][0], np.nan]:
        with pytest.raises(ValueError, match=re.escape(f"{name} = {value:g}: allowed is {ALLOWED[name]}.")):
            cls(**{name: np.where([[True, True], [True, False]], getattr(cls(), name), value)})


@over_parameters
def test_what_is_not_a_number_is_refused(cls: type[Optimizer], name: str):
    for value in ["abc", "0.5", None, [0.1, 0.2], True, 10**400, 0.5j, np.array(["0.5"]), np.array([True])]:
        with pytest.raises(ValueError, match=re.escape(f"{name} = {value!r}: not a number.")):
            cls(**{name: value})


def test_the_library_accepts_more_than_the_slider_offers():
    assert run(OPTIMIZERS["gradient_descent"](lr=1e-9), Bowl(), (1.0, 1.0), 1).lr == 1e-9
    OPTIMIZERS["gradient_descent"](lr=1e9)
    OPTIMIZERS["momentum"](momentum=1 - 1e-15)
    OPTIMIZERS["adam"](beta1=0, beta2=0, eps=1e-300, weight_decay=100)


def test_an_unknown_name_is_refused_with_the_known_ones():
    for table in (OPTIMIZERS, LANDSCAPES):
        with pytest.raises(ValueError, match=rf"name = 'atom': allowed is one of .*{next(iter(table))}"):
            table["atom"]

"""What holds for every rule of the catalogue; the numbers themselves are in test_golden and test_closed_forms."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from core import Array, parameters
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, Optimizer
from runs import run

Bowl, Rosenbrock = LANDSCAPES["bowl"], LANDSCAPES["rosenbrock"]
ALLOWED = {"lr": "(0, ∞)", "eps": "(0, ∞)", "weight_decay": "[0, ∞)"} | dict.fromkeys(["momentum", "decay", "beta1", "beta2"], "[0, 1)")
OUTSIDE = {"(0, ∞)": [0, -1.0], "[0, ∞)": [-1e-9], "[0, 1)": [1, 1.5, -0.1]}

over_rules = pytest.mark.parametrize("cls", OPTIMIZERS.values(), ids=lambda cls: cls.__name__)
over_parameters = pytest.mark.parametrize(
    ("cls", "name"), [pytest.param(cls, name, id=f"{cls.__name__}.{name}") for cls in OPTIMIZERS.values() for name in parameters(cls)]
)


def without_decay(cls: type[Optimizer], **settings: Any) -> Optimizer:
    """The rule with its weight decay, if it has one, at zero."""
    return cls(**settings, **({"weight_decay": 0.0} if "weight_decay" in parameters(cls) else {}))


def test_the_eight_seed_rules_are_there():
    assert set(OPTIMIZERS) >= {"gradient_descent", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam", "adamw"}


def test_rules_stand_oldest_first():
    years = [cls.year for cls in OPTIMIZERS.values()]
    assert years == sorted(years)
    assert list(OPTIMIZERS)[:3] == ["gradient_descent", "momentum", "nesterov"]


@over_rules
def test_a_rule_is_made_without_arguments_and_says_what_it_is(cls: type[Optimizer]):
    assert all(isinstance(text, str) and text for text in (cls().title, cls.formula, cls.reference, cls.__doc__))
    assert cls() == cls()
    assert hash(cls()) == hash(cls())


@over_rules
def test_fields_have_the_names_of_the_literature(cls: type[Optimizer]):
    names = {f.name for f in fields(cls)}
    assert names <= {"lr", "momentum", "decay", "beta1", "beta2", "eps", "weight_decay"}
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
    assert (run(without_decay(cls), surface, point, 20).path == point).all()


@pytest.mark.parametrize("name", ["adam", "adamw"])
def test_weight_decay_pulls_a_minimum_towards_the_origin(name: str):
    assert (run(OPTIMIZERS[name](lr=0.01, weight_decay=0.1), Rosenbrock(), (1.0, 1.0), 1).path[-1] < 1).all()


@over_rules
@pytest.mark.parametrize("batch", [(), (3,), (2, 3)], ids=str)
def test_what_is_shown_has_the_shape_of_the_path(cls: type[Optimizer], batch: tuple[int, ...]):
    t = run(cls(), Bowl(), np.random.default_rng(1).uniform(-1, 1, (2, *batch)), 5)
    for name, rows in t.states.items():
        assert rows.shape == (5, 2, *batch), name
        assert np.isfinite(rows).all(), name


def shown(name: str, steps: int = 10, **settings: Any) -> tuple[Array, Array, dict[str, Array]]:
    """Path, gradients along it and shown arrays of a run on Rosenbrock's valley."""
    t = run(without_decay(OPTIMIZERS[name], **settings), Rosenbrock(), (-1.5, 2.0), steps)
    return t.path, Rosenbrock().gradient(t.path.T).T[:-1], t.states


def test_momentum_shows_the_sum_of_its_gradients():
    _, g, states = shown("momentum", 2, momentum=0.75, lr=1e-4)
    np.testing.assert_allclose(states["v"], [g[0], 0.75 * g[0] + g[1]], rtol=1e-12)


def test_nesterov_shows_the_point_it_looks_ahead_to():
    path, _, states = shown("nesterov", momentum=0.8, lr=1e-4)
    np.testing.assert_allclose(states["v"], np.diff(path, axis=0), rtol=1e-9)
    np.testing.assert_allclose(states["ahead"], path[:-1] + 0.8 * np.diff(path[:-1], axis=0, prepend=path[:1]), rtol=1e-12)


def test_nesterov_takes_its_gradient_at_the_point_it_looks_ahead_to():
    path, _, states = shown("nesterov", momentum=0.8, lr=1e-4)
    np.testing.assert_allclose(path[1:], states["ahead"] - 1e-4 * Rosenbrock().gradient(states["ahead"].T).T, rtol=1e-12)


@pytest.mark.parametrize("name", ["adagrad", "rmsprop"])
def test_the_shown_rate_times_the_gradient_is_the_step(name: str):
    path, g, states = shown(name, lr=0.05)
    np.testing.assert_allclose(np.diff(path, axis=0), -states["rate"] * g, rtol=1e-9)


@pytest.mark.parametrize("name", ["adam", "adamw"])
def test_the_shown_rate_times_the_corrected_mean_is_adams_step(name: str):
    path, g, states = shown(name, lr=0.05)
    np.testing.assert_allclose(np.diff(path, axis=0), -states["rate"] * states["m_hat"], rtol=1e-9)
    np.testing.assert_allclose([states["m_hat"][0], states["v_hat"][0]], [g[0], g[0] ** 2], rtol=1e-12)


def test_adagrad_shows_the_sum_of_all_squared_gradients():
    _, g, states = shown("adagrad", lr=0.05)
    np.testing.assert_allclose(states["s"], np.cumsum(g**2, axis=0), rtol=1e-12)


def test_adadelta_shows_its_running_means():
    path, g, states = shown("adadelta", 1, decay=0.75, lr=2.0)
    np.testing.assert_allclose(states["v"], 0.25 * g**2, rtol=1e-12)
    np.testing.assert_allclose(states["u"], 0.25 * (np.diff(path, axis=0) / 2) ** 2, rtol=1e-9)


@pytest.mark.parametrize("name", ["momentum", "nesterov"])
def test_without_momentum_it_is_gradient_descent(name: str):
    expected, _, _ = shown("gradient_descent", 30, lr=1e-3)
    path, _, _ = shown(name, 30, lr=1e-3, momentum=0.0)
    np.testing.assert_allclose(path, expected, rtol=1e-12)


def test_adam_and_adamw_differ_by_weight_decay_alone():
    surface, start = Rosenbrock(), (-1.5, 2.0)
    adam, adamw = OPTIMIZERS["adam"], OPTIMIZERS["adamw"]
    np.testing.assert_array_equal(run(adam(weight_decay=0.0), surface, start, 9).path, run(adamw(weight_decay=0.0), surface, start, 9).path)
    assert (run(adam(weight_decay=0.5), surface, start, 9).path[-1] != run(adamw(weight_decay=0.5), surface, start, 9).path[-1]).all()


@over_parameters
def test_a_value_without_meaning_is_refused(cls: type[Optimizer], name: str):
    for value in [*OUTSIDE[ALLOWED[name]], np.nan, np.inf, -np.inf]:
        with pytest.raises(ValueError, match=re.escape(f"{name} = {value:g}: allowed is {ALLOWED[name]}.")):
            cls(**{name: value})


@over_parameters
def test_one_bad_element_is_enough_to_be_refused(cls: type[Optimizer], name: str):
    for value in [OUTSIDE[ALLOWED[name]][0], np.nan]:
        with pytest.raises(ValueError, match=re.escape(f"{name} = {value:g}: allowed is {ALLOWED[name]}.")):
            cls(**{name: np.array([[0.5, 0.1], [0.25, value]])})


@over_parameters
def test_what_is_not_a_number_is_refused(cls: type[Optimizer], name: str):
    for value in ["abc", "0.5", None, [0.1, 0.2], True, 0.5j, np.array(["0.5"]), np.array([True])]:
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

"""What the library takes: an array in place of any parameter, numbers of any kind; and what it refuses, in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from core import InputError, parameters
from landscapes import LANDSCAPES, Landscape
from optimizers import OPTIMIZERS, Optimizer
from optimizers.schedules import SCHEDULES
from runs import MEASURES, Noisy, basin, curvature, landmarks, predicted_spread, run, stability_limit, suggested_rate, sweep, telling_noise, tuned

Adam, GradientDescent, Momentum, Newton = (OPTIMIZERS[name] for name in ("adam", "gradient_descent", "momentum", "newton"))
Bowl, Plateau, Rosenbrock = (LANDSCAPES[name] for name in ("bowl", "plateau", "rosenbrock"))
Cosine = SCHEDULES["cosine"]

MAPPED = {("custom", "reach")}  # a parameter of the map alone: no descent hangs on it
SURFACES = [(key, name) for key, cls in LANDSCAPES.items() for name in parameters(cls) if (key, name) not in MAPPED]

over_surfaces = pytest.mark.parametrize(("key", "name"), SURFACES, ids=lambda text: text)
over_rules = pytest.mark.parametrize("cls", OPTIMIZERS.values(), ids=lambda cls: cls.__name__)


def several(key: str, name: str, n: int = 4) -> tuple[Landscape, list[Landscape]]:
    """Surfaces that differ in one parameter: as one surface with an array, and alone."""
    values = parameters(LANDSCAPES[key])[name].grid(n)
    return LANDSCAPES[key](**{name: values}), [LANDSCAPES[key](**{name: float(value)}) for value in values]


@over_surfaces
@pytest.mark.parametrize("rule", [GradientDescent(lr=1e-3), Adam(lr=0.1), Newton(lr=0.5, damping=1.0)], ids=lambda rule: type(rule).__name__)
def test_an_array_in_place_of_a_surfaces_parameter_is_a_batch(key: str, name: str, rule: Optimizer):
    together, alone = several(key, name)
    t = run(rule, together, LANDSCAPES[key].start, 30)
    assert t.path.shape == (31, 2, 4)
    for i, surface in enumerate(alone):
        single = run(rule, surface, LANDSCAPES[key].start, 30)
        np.testing.assert_allclose(t.path[..., i], single.path, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(t.loss[:, i], single.loss, rtol=1e-9, atol=1e-12)


@over_surfaces
def test_a_column_of_surfaces_goes_together_with_a_row_of_rates(key: str, name: str):
    values, rates, start = parameters(LANDSCAPES[key])[name].grid(3), np.geomspace(1e-4, 1e-2, 5), LANDSCAPES[key].start
    surface, rule = LANDSCAPES[key](**{name: values[:, None]}), GradientDescent(lr=rates)
    t = run(rule, surface, start, 20, Cosine())
    assert t.path.shape == (21, 2, 3, 5)
    for measure in ("best_loss", "final_loss", "diverged_at"):
        found = sweep(rule, surface, start, 20, schedule=Cosine(), measure=measure)
        rows = [sweep(rule, LANDSCAPES[key](**{name: float(v)}), start, 20, schedule=Cosine(), measure=measure) for v in values]
        np.testing.assert_allclose(found, rows, rtol=1e-9, atol=1e-12)


def test_two_parameters_of_a_surface_make_a_grid(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("runs.blocks.BLOCK", 4)
    kappa, angle = np.array([2.0, 20.0, 50.0])[:, None], np.linspace(0, 90, 7)
    found = sweep(Newton(lr=0.5), Bowl(kappa=kappa, angle=angle), (1.0, 0.3), 10, measure="final_loss")
    alone = [[sweep(Newton(lr=0.5), Bowl(kappa=float(k), angle=float(a)), (1.0, 0.3), 10, measure="final_loss") for a in angle] for k in kappa[:, 0]]
    np.testing.assert_allclose(found, alone, rtol=1e-9)


def test_twenty_four_thousand_surfaces_are_a_sweep():
    b = np.geomspace(1, 1000, 24_000)
    for measure in MEASURES:
        found = sweep(Adam(lr=0.1), Rosenbrock(b=b), (-1.2, 1.0), 5, measure=measure)
        few = [sweep(Adam(lr=0.1), Rosenbrock(b=float(v)), (-1.2, 1.0), 5, measure=measure) for v in b[::8000]]
        np.testing.assert_allclose(found[::8000], few, rtol=1e-9)


def test_noise_is_drawn_for_many_surfaces_as_for_one():
    rule, b = GradientDescent(lr=1e-3), np.array([1.0, 10.0, 100.0])
    for runs in (None, 3):
        t = run(rule, Noisy(Rosenbrock(b=b), 1.0, 3, runs), (-1.2, 1.0), 20)
        for i in range(3):
            alone = run(rule, Noisy(Rosenbrock(b=float(b[i])), 1.0, 3, runs), np.ones((2, 3)) * [[-1.2], [1.0]], 20)
            np.testing.assert_allclose(t.path[..., i], alone.path[..., i], rtol=1e-9)


def test_batches_of_a_surface_that_do_not_go_together_are_named():
    with pytest.raises(ValueError, match=r"Adam\.lr \(3,\).*Rosenbrock\.b \(2,\)"):
        run(Adam(lr=np.full(3, 0.1)), Noisy(Rosenbrock(b=np.ones(2)), 1.0), (1.0, 1.0), 1)


@over_surfaces
def test_where_the_surfaces_differ_in_their_minima_that_is_said_and_where_not_they_are_one(key: str, name: str):
    together, alone = several(key, name)
    same = all(surface.stationary() == alone[0].stationary() for surface in alone)
    asked = [
        lambda: together.minima().tolist(),
        lambda: together.lowest,
        lambda: sweep(GradientDescent(lr=1e-3), together, together.start, 3, measure="distance").tolist(),
        lambda: sweep(GradientDescent(lr=1e-3), together, together.start, 3, measure="steps_to_tolerance").tolist(),
    ]
    if same:
        assert asked[0]() == alone[0].minima().tolist()
        assert asked[1]() == alone[0].lowest
        for measure, found in zip(("distance", "steps_to_tolerance"), (asked[2](), asked[3]()), strict=True):
            singly = [sweep(GradientDescent(lr=1e-3), surface, together.start, 3, measure=measure) for surface in alone]
            np.testing.assert_allclose(found, singly, rtol=1e-9)
    else:
        for ask in asked:
            with pytest.raises(InputError, match=rf"{name} is an array: .* ask for those of one"):
                ask()


def test_a_basin_and_what_is_read_off_one_surface_need_one_surface():
    for ask in (
        lambda: landmarks(Plateau(length=np.array([3.0, 4.0]))),
        lambda: basin(GradientDescent(), Plateau(length=np.ones((9, 9))), 9, 5),
    ):
        with pytest.raises(InputError, match="length is an array"):
            ask()


@pytest.mark.parametrize(
    ("name", "ask"),
    [
        ("stability_limit", lambda rule, surface: stability_limit(rule, surface, (1.0, 1.0))),
        ("suggested_rate", suggested_rate),
        ("predicted_spread", lambda rule, surface: predicted_spread(rule, surface, 0.5)),
        ("tuned", lambda rule, surface: tuned(rule, surface, (1.0, 1.0), 10, Cosine())),
    ],
)
def test_what_is_told_of_one_rule_on_one_surface_refuses_many(name: str, ask: Any):
    many = np.array([0.5, 0.9])
    for rule, surface, field, shape in [
        (Momentum(), Bowl(kappa=many + 1), "Bowl.kappa", (2,)),
        (Momentum(), Noisy(Rosenbrock(b=many[:, None]), 0.5), "Rosenbrock.b", (2, 1)),
        (Momentum(momentum=many), Bowl(), "Momentum.momentum", (2,)),
    ]:
        with pytest.raises(InputError, match=re.escape(f"{name} is that of one rule on one surface, and {field} has shape {shape}.")):
            ask(rule, surface)
    for ask_surface in (lambda surface: curvature(surface, (0.0, 0.0)), lambda surface: telling_noise(surface, (1.0, 1.0))):
        with pytest.raises(InputError, match=r"Bowl\.kappa has shape \(2,\)"):
            ask_surface(Bowl(kappa=many + 1))


@pytest.mark.parametrize("make", [lambda a: LANDSCAPES["custom"](reach=a), lambda a: Noisy(Bowl(), sigma=a)], ids=["reach", "sigma"])
def test_what_cannot_be_an_array_says_so(make: Any):
    with pytest.raises(InputError, match=r"(reach|sigma) = array\(\[1., 2.\]\): allowed is a single number"):
        make(np.array([1.0, 2.0]))


def entries() -> Iterator[Any]:
    """Every class of every catalogue, with its number-valued parameters."""
    for table in (OPTIMIZERS, LANDSCAPES, SCHEDULES):
        for cls in table.values():
            yield from (pytest.param(cls, name, id=f"{cls.__name__}.{name}") for name in parameters(cls))


@pytest.mark.parametrize(("cls", "name"), [*entries()])
@pytest.mark.parametrize("kind", [np.float16, np.float32, np.int8, np.uint8, np.longdouble, np.int64])
def test_numbers_of_any_kind_are_kept_in_double_precision(cls: Any, name: str, kind: Any):
    allowed = parameters(cls)[name]
    value = kind(allowed.low if allowed.whole or not np.issubdtype(kind, np.integer) else np.ceil(allowed.low))
    if not allowed.accepts(value):
        value = kind(getattr(cls(), name))
    if not allowed.accepts(value):
        value = kind(1)
    if not allowed.accepts(value):
        return  # no whole number but the ends, which are not allowed
    one = getattr(cls(**{name: value}), name)
    assert type(one) in (int, float)
    assert one == value
    if (cls.__name__, name) == ("Custom", "reach"):
        return  # a single number
    many = getattr(cls(**{name: np.array([value, value])}), name)
    assert many.dtype == np.float64
    assert (many == value).all()


@over_rules
def test_a_rule_with_settings_in_half_the_digits_runs_in_all_of_them(cls: type[Optimizer]):
    half = {f.name: np.array([getattr(cls(), f.name)], dtype=np.float32) for f in fields(cls)}
    half = {name: np.nextafter(value, np.float32(0)) if name in ("beta1", "beta2", "beta3") else value for name, value in half.items()}
    double = {name: value.astype(float) for name, value in half.items()}
    start = np.array([[-1.2], [1.0]], dtype=np.float32)
    surfaces = [Rosenbrock(b=np.array([20.5], dtype=kind)) for kind in (np.float32, np.float64)]
    t = [run(cls(**settings), surface, start, 50) for settings, surface in zip((half, double), surfaces, strict=True)]
    assert t[0].path.dtype == np.float64
    np.testing.assert_array_equal(t[0].path, t[1].path)


@pytest.mark.parametrize("tolerance", [np.float32(1e-3), np.float16(0.5), np.int8(1), 1, Fraction(1, 1000), 0])
def test_a_tolerance_is_any_real_number(tolerance: Any):
    rule = GradientDescent(lr=0.05)
    found = sweep(rule, Bowl(), (1.0, 1.0), 300, measure="steps_to_tolerance", tolerance=tolerance)
    assert found == sweep(rule, Bowl(), (1.0, 1.0), 300, measure="steps_to_tolerance", tolerance=float(tolerance))


@pytest.mark.parametrize("tolerance", [True, "1e-3", 1j, np.array([1e-3]), -1, np.nan, np.inf, 10**400, np.bool_(True)], ids=str)
def test_what_is_no_tolerance_is_refused(tolerance: Any):
    with pytest.raises(InputError, match=re.escape("tolerance = ") + ".*allowed is " + re.escape("[0, ∞)")):
        sweep(Adam(), Bowl(), (1, 1), 1, tolerance=tolerance)


NO_START = {
    "too large": (10**400, 0),
    "too large to be written": (10**5000, 0),
    "complex": np.array([1 + 2j, 0]),
    "complex without an imaginary part": np.array([1 + 0j, 0]),
    "masked": np.ma.masked_array([1.0, 2.0], mask=[False, True]),
    "text": ("1", "2"),
    "truth": np.array([True, False]),
    "time": np.array([1, 2], dtype="timedelta64[s]"),
    "objects": np.array([object(), 1]),
}


@pytest.mark.parametrize("start", NO_START.values(), ids=NO_START)
@pytest.mark.parametrize("how", [run, sweep])
def test_what_is_no_start_is_refused(how: Any, start: Any):
    with pytest.raises(InputError, match=r"(?s)^start = .*: (not a number|allowed)"):
        how(Adam(), Bowl(), start, 1)


def test_a_masked_parameter_is_refused():
    with pytest.raises(InputError, match=r"(?s)lr = masked_array.*: not a number"):
        Adam(lr=np.ma.masked_array([0.1, 0.2], mask=[False, True]))


def test_a_start_of_any_numbers_is_computed_in_double_precision():
    for start in [np.array([1.5, 2], dtype=np.float16), np.array([1, 2], dtype=np.uint8), [1, 2], (Fraction(1, 3), 1)]:
        path = run(Adam(lr=0.1), Bowl(), start, 3).path
        assert path.dtype == np.float64
        np.testing.assert_array_equal(path, run(Adam(lr=0.1), Bowl(), [float(v) for v in start], 3).path)


@over_rules
@pytest.mark.parametrize("eps", [5e-324, 1e-320, 1e-310, 1e-160, 1e-16, 1.0, 1e160, 1.7e308])
def test_a_minimum_is_a_fixed_point_with_any_epsilon(cls: type[Optimizer], eps: float):
    if "eps" not in parameters(cls):
        assert not any(f.name.startswith("eps") for f in fields(cls))
        return
    rule = cls(eps=eps, **({"weight_decay": 0.0} if "weight_decay" in parameters(cls) else {}))
    for each in (rule, replace(rule, eps=np.array([eps])), *(replace(rule, beta2=b) for b in (0.0, 1 - 1e-16) if "beta2" in parameters(cls))):
        path = run(each, Bowl(), np.zeros(2), 20).path
        assert np.isfinite(path).all()
        assert (np.abs(path) <= (1e-2 if cls.__name__ == "Yogi" else 0)).all()

"""A schedule is a factor of the peak rate, in closed form."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from core import parameters
from optimizers.schedules import SCHEDULES, Schedule

K = np.arange(41)
Constant, Cosine, Exponential, InverseSqrt = (SCHEDULES[name] for name in ("constant", "cosine", "exponential", "inverse_sqrt"))
Linear, Step, Warmup = (SCHEDULES[name] for name in ("linear", "step", "warmup"))

over_catalogue = pytest.mark.parametrize("cls", SCHEDULES.values(), ids=lambda cls: cls.__name__)


def test_the_seven_schedules_are_there():
    assert set(SCHEDULES) >= {"constant", "step", "exponential", "linear", "cosine", "inverse_sqrt", "warmup"}


def test_constant_never_moves():
    assert (Constant()(K, 40) == 1).all()


def test_cosine_passes_its_five_points():
    np.testing.assert_allclose(Cosine()(np.array([0, 10, 20, 30, 40]), 40), [1, 0.853553, 0.5, 0.146447, 0], atol=5e-7)


def test_cosine_lands_on_its_floor():
    np.testing.assert_allclose(Cosine(floor=0.1)(np.array([0, 20, 40]), 40), [1, 0.55, 0.1], rtol=1e-15)


def test_step_falls_at_every_multiple_and_only_there():
    assert Step(every=7, factor=0.5)(np.array([0, 6, 7, 13, 14, 20, 21]), 40).tolist() == [1, 1, 0.5, 0.5, 0.25, 0.25, 0.125]


def test_exponential_is_a_power():
    np.testing.assert_allclose(Exponential(rate=0.9)(np.array([0, 1, 2, 10]), 40), [1, 0.9, 0.81, 0.34867844010], rtol=1e-12)


def test_linear_is_a_straight_line_to_its_floor():
    np.testing.assert_allclose(Linear(floor=0.2)(np.array([0, 10, 20, 40]), 40), [1, 0.8, 0.6, 0.2], rtol=1e-14)


def test_inverse_sqrt_halves_at_the_fourth_step():
    assert InverseSqrt()(np.array([0, 3, 8, 99]), 40).tolist() == [1, 0.5, 1 / 3, 0.1]


def test_warmup_climbs_in_equal_parts_and_hands_over_at_the_peak():
    factors = Warmup(steps=4, then=Cosine(floor=0.1))(K, 40)
    assert factors[:4].tolist() == [0.25, 0.5, 0.75, 1]
    np.testing.assert_array_equal(factors[4:], Cosine(floor=0.1)(K[:-4], 36))


@pytest.mark.parametrize("then", [Constant(), Cosine(), Step(every=3), Exponential(), Linear(floor=0.5), InverseSqrt()], ids=str)
def test_a_warmup_of_no_steps_is_the_schedule_itself(then: Schedule):
    np.testing.assert_array_equal(Warmup(steps=0, then=then)(K, 41), then(K, 41))


@pytest.mark.parametrize("steps", [40, 41, 500])
@pytest.mark.parametrize("then", [Constant(), Cosine(), Step(every=5), Linear()], ids=str)
def test_a_warmup_longer_than_the_run_is_only_the_ramp(steps: int, then: Schedule):
    k = np.arange(40)
    np.testing.assert_array_equal(Warmup(steps=steps, then=then)(k, 40), (k + 1) / steps)


def test_a_warmup_of_one_step_less_than_the_run_leaves_one_step_at_the_peak():
    assert Warmup(steps=4, then=Cosine())(np.arange(5), 5).tolist() == [0.25, 0.5, 0.75, 1, 1]


@over_catalogue
@pytest.mark.parametrize("total", [1, 2, 40])
def test_the_peak_is_one_and_the_factor_never_vanishes(cls: type[Schedule], total: int):
    factors = cls()(np.arange(total), total)
    assert ((factors > 0) & (factors <= 1)).all()
    assert factors[0] == 1 or cls.wraps


@over_catalogue
def test_every_element_of_k_is_worked_out_for_itself(cls: type[Schedule]):
    together = cls()(K.reshape(41, 1), 41)
    assert together.shape == (41, 1)
    for k in range(41):
        assert together[k, 0] == pytest.approx(cls()(k, 41), rel=1e-14)


def test_a_parameter_may_be_a_batch():
    floors = np.array([0.0, 0.25, 1.0])
    for cls in (Cosine, Linear):
        np.testing.assert_allclose(cls(floor=floors)(K[:, None], 40), np.stack([cls(floor=f)(K, 40) for f in floors], axis=1), rtol=1e-14)
    every = np.array([1, 3, 7])
    np.testing.assert_array_equal(Step(every=every)(K[:, None], 40), np.stack([Step(every=n)(K, 40) for n in every.tolist()], axis=1))


@over_catalogue
def test_defaults_lie_on_their_sliders(cls: type[Schedule]):
    for name, r in parameters(cls).items():
        assert r.low <= getattr(cls(), name) <= r.high
        assert r.accepts(np.array(r.stops())).all()


@pytest.mark.parametrize(
    ("cls", "name", "allowed", "values"),
    [
        (Cosine, "floor", "[0, 1]", [-0.1, 1.1]),
        (Linear, "floor", "[0, 1]", [-0.1, 1.1]),
        (Exponential, "rate", "(0, 1]", [0, -1, 1.01]),
        (Step, "factor", "(0, 1]", [0, -1, 1.01]),
        (Step, "every", "a whole number in [1, ∞)", [0, -5, 2.5]),
        (Warmup, "steps", "a whole number in [0, ∞)", [-1, 0.5]),
    ],
)
def test_a_parameter_without_meaning_is_refused(cls: type[Schedule], name: str, allowed: str, values: list[float]):
    for value in [*values, np.nan, np.inf]:
        with pytest.raises(ValueError, match=re.escape(f"{name} = {value:g}: allowed is {allowed}.")):
            cls(**{name: value})


@pytest.mark.parametrize("then", [Cosine, "cosine", None, 0.5], ids=repr)
def test_a_warmup_needs_a_schedule_to_hand_over_to(then: Any):
    with pytest.raises(ValueError, match=re.escape(f"then = {then!r}: allowed is a Schedule")):
        Warmup(then=then)

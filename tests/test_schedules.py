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
CosineRestarts, Cyclic, OneCycle = (SCHEDULES[name] for name in ("cosine_restarts", "cyclic", "one_cycle"))
Polynomial, TimeDecay, WarmupStableDecay = (SCHEDULES[name] for name in ("polynomial", "time_decay", "warmup_stable_decay"))
CLIMBING = {"Cyclic", "OneCycle", "Warmup", "WarmupStableDecay"}  # those that begin below their peak

over_catalogue = pytest.mark.parametrize("cls", SCHEDULES.values(), ids=lambda cls: cls.__name__)


def test_the_thirteen_schedules_are_there():
    first = {"constant", "step", "exponential", "linear", "cosine", "inverse_sqrt", "warmup"}
    assert set(SCHEDULES) >= first | {"polynomial", "one_cycle", "cosine_restarts", "cyclic", "warmup_stable_decay", "time_decay"}


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


def test_polynomial_is_a_power_of_what_is_left():
    np.testing.assert_allclose(Polynomial(power=2.0)(np.array([0, 10, 20, 40]), 40), [1, 0.5625, 0.25, 0], rtol=1e-14)
    np.testing.assert_allclose(Polynomial(power=3.0, floor=0.2)(np.array([0, 20, 40]), 40), [1, 0.3, 0.2], rtol=1e-14)
    np.testing.assert_allclose(Polynomial(power=1.0, floor=0.2)(K, 40), Linear(floor=0.2)(K, 40), rtol=1e-14)


def test_one_cycle_climbs_to_its_peak_and_falls_to_its_last_step():
    # 61 steps and a rise of 21 of them: the peak at k = 20, and halfway on the cosines at 10 and 40
    factors = OneCycle(rise=21 / 61, first=0.2, last=0.01)(np.array([0, 10, 20, 40, 60]), 61)
    np.testing.assert_allclose(factors, [0.2, 0.6, 1, 0.505, 0.01], rtol=1e-12)


def test_one_cycle_ends_at_its_last_factor_however_short_the_run():
    for total in (1, 2, 3, 40):
        assert OneCycle()(total - 1, total) == pytest.approx(4e-6, rel=1e-9)


@pytest.mark.parametrize(("rise", "total"), [(1.0, 1), (0.5, 2), (0.25, 4)])
def test_one_cycle_whose_rise_is_one_step_begins_at_its_peak(rise: float, total: int):
    factors = OneCycle(rise=rise)(np.arange(total), total)
    assert factors[0] == 1
    assert (np.diff(factors) < 0).all()


def test_cosine_restarts_is_one_cosine_after_another():
    factors = CosineRestarts(every=8, floor=0.1)(np.arange(40), 40)
    np.testing.assert_allclose(factors, np.tile(Cosine(floor=0.1)(np.arange(8), 8), 5), rtol=1e-13)


def test_cosine_restarts_may_grow_longer_each_time():
    factors = CosineRestarts(every=3, stretch=3)(np.arange(39), 39)
    np.testing.assert_allclose(factors, np.concatenate([Cosine()(np.arange(n), n) for n in (3, 9, 27)]), rtol=1e-13)


def test_a_restart_is_never_a_step_early_or_late():
    begins = 7 * (10 ** np.arange(10) - 1) // 9
    before, at = CosineRestarts(every=7, stretch=10, floor=0.5)(np.stack([begins - 1, begins])[:, 1:], 1)
    assert (before < 0.6).all()
    assert (at == 1).all()


def test_cyclic_swings_between_its_bounds():
    factors = Cyclic(half=4, low=0.2)(np.arange(17), 17)
    np.testing.assert_allclose(factors, [0.2, 0.4, 0.6, 0.8, 1, 0.8, 0.6, 0.4] * 2 + [0.2], rtol=1e-14)


def test_warmup_stable_decay_is_a_trapezium():
    factors = WarmupStableDecay(rise=0.2, fall=0.4, floor=0.2)(np.arange(11), 10)
    np.testing.assert_allclose(factors, [0.5, 1, 1, 1, 1, 1, 1, 0.8, 0.6, 0.4, 0.2], rtol=1e-14)


def test_warmup_stable_decay_without_a_rise_or_a_fall_has_none():
    assert WarmupStableDecay(rise=0.0, fall=0.5)(np.arange(4), 4).tolist() == [1, 1, 1, 0.5]
    assert WarmupStableDecay(rise=0.5, fall=0.0)(np.arange(4), 4).tolist() == [0.5, 1, 1, 1]
    assert (WarmupStableDecay(rise=0.0, fall=0.0)(K, 41) == 1).all()


def test_warmup_stable_decay_may_begin_to_fall_before_it_reaches_its_peak():
    np.testing.assert_allclose(WarmupStableDecay(rise=1.0, fall=1.0)(np.arange(4), 4), [0.25, 0.5, 0.5, 0.25], rtol=1e-14)


def test_time_decay_halves_after_one_over_c_steps():
    np.testing.assert_allclose(TimeDecay(decline=0.25)(np.array([0, 4, 8, 12]), 40), [1, 1 / 2, 1 / 3, 1 / 4], rtol=1e-14)


def test_warmup_climbs_in_equal_parts_and_hands_over_at_the_peak():
    factors = Warmup(steps=4, then=Cosine(floor=0.1))(K, 40)
    assert factors[:4].tolist() == [0.25, 0.5, 0.75, 1]
    np.testing.assert_array_equal(factors[4:], Cosine(floor=0.1)(K[:-4], 36))


over_followers = pytest.mark.parametrize("then", [cls() for cls in SCHEDULES.values() if not cls.wraps], ids=lambda then: type(then).__name__)


@over_followers
def test_a_warmup_of_no_steps_is_the_schedule_itself(then: Schedule):
    np.testing.assert_array_equal(Warmup(steps=0, then=then)(K, 41), then(K, 41))


@pytest.mark.parametrize("steps", [40, 41, 500])
@over_followers
def test_a_warmup_longer_than_the_run_is_only_the_ramp(steps: int, then: Schedule):
    k = np.arange(40)
    np.testing.assert_array_equal(Warmup(steps=steps, then=then)(k, 40), (k + 1) / steps)


@over_followers
def test_many_warmups_at_once_are_each_of_them(then: Schedule):
    lengths = np.array([0, 1, 7, 40, 60])
    many = Warmup(steps=lengths, then=then)(K[:, None], 41)
    np.testing.assert_array_equal(many, np.stack([Warmup(steps=int(w), then=then)(K, 41) for w in lengths], axis=1))


def test_a_warmup_of_one_step_less_than_the_run_leaves_one_step_at_the_peak():
    assert Warmup(steps=4, then=Cosine())(np.arange(5), 5).tolist() == [0.25, 0.5, 0.75, 1, 1]


@over_catalogue
@pytest.mark.parametrize("total", [1, 2, 3, 40, 200])
def test_the_peak_is_one_and_the_factor_never_vanishes(cls: type[Schedule], total: int):
    factors = cls()(np.arange(total), total)
    assert ((factors > 0) & (factors <= 1)).all()
    assert factors[0] == 1 or cls.__name__ in CLIMBING
    assert factors.max() == 1 or total < 40


@over_followers
@pytest.mark.parametrize("steps", [1, 5, 39])
def test_behind_a_warmup_a_schedule_begins_as_it_would_alone(then: Schedule, steps: int):
    k = np.arange(40)
    np.testing.assert_array_equal(Warmup(steps=steps, then=then)(k, 40)[steps:], then(k[: 40 - steps], 40 - steps))


@over_catalogue
def test_every_element_of_k_is_worked_out_for_itself(cls: type[Schedule]):
    together = cls()(K.reshape(41, 1), 41)
    assert together.shape == (41, 1)
    for k in range(41):
        assert together[k, 0] == pytest.approx(cls()(k, 41), rel=1e-14)


@over_catalogue
def test_a_parameter_may_be_a_batch(cls: type[Schedule]):
    k = np.arange(200)
    for name, r in parameters(cls).items():
        if cls.wraps:
            continue
        values = np.array(r.stops()[:: max(len(r.stops()) // 3, 1)])
        alone = [cls(**{name: value})(k, 200) for value in values.tolist()]
        np.testing.assert_allclose(cls(**{name: values})(k[:, None], 200), np.stack(alone, axis=1), rtol=1e-14)


@over_catalogue
def test_a_schedule_is_pure(cls: type[Schedule]):
    k = K.copy()
    k.flags.writeable = False
    np.testing.assert_array_equal(cls()(k, 41), cls()(k, 41))


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
        (Step, "every", "a whole number in [1, 1000000000]", [0, -5, 2.5, 10**10]),
        (Polynomial, "power", "(0, ∞)", [0, -1]),
        (OneCycle, "rise", "[0, 1]", [-0.1, 1.1]),
        (OneCycle, "first", "(0, 1]", [0, 1.1]),
        (OneCycle, "last", "(0, 1]", [0, 1.1]),
        (CosineRestarts, "every", "a whole number in [1, 1000000000]", [0, 2.5]),
        (CosineRestarts, "stretch", "a whole number in [1, 1000000000]", [0, 1.5]),
        (Cyclic, "half", "a whole number in [1, 1000000000]", [0, 2.5]),
        (Cyclic, "low", "(0, 1]", [0, 1.1]),
        (WarmupStableDecay, "fall", "[0, 1]", [-0.1, 1.1]),
        (TimeDecay, "decline", "[0, ∞)", [-0.1]),
        (Warmup, "steps", "a whole number in [0, 1000000000]", [-1, 0.5]),
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

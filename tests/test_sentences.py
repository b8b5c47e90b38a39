"""What the page says of surfaces, rules, schedules and comparisons, worked out: one test a sentence that is a statement of fact."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from core import Array
from landscapes import LANDSCAPES, Landscape, Objective
from optimizers import OPTIMIZERS, Optimizer
from optimizers.schedules import SCHEDULES
from runs import basin, run
from tests.test_rules import steps_on_a_plane

Bowl, Rosenbrock = LANDSCAPES["bowl"], LANDSCAPES["rosenbrock"]
GradientDescent, Momentum = OPTIMIZERS["gradient_descent"], OPTIMIZERS["momentum"]
FORMULAS = [key for key in LANDSCAPES if key != "custom"]

over_surfaces = pytest.mark.parametrize("key", FORMULAS)


def first_step(rule: Optimizer, surface: Landscape) -> tuple[Array, Array]:
    """A run's first step from the surface's start, and the gradient that it saw there."""
    start = np.array(surface.start)
    return run(rule, surface, start, 1).path[1] - start, surface.at(1).gradient(start)


# The learning rate


@over_surfaces
def test_the_gradient_times_eta_is_the_step_of_gradient_descent(key: str):
    step, g = first_step(GradientDescent(lr=1e-6), LANDSCAPES[key]())
    np.testing.assert_allclose(step, -1e-6 * g, rtol=1e-6, atol=1e-15)


def test_eta_is_not_the_length_of_a_step_of_gradient_descent():
    step, _ = first_step(GradientDescent(lr=1e-6), LANDSCAPES["himmelblau"]())
    assert np.hypot(*step) / 1e-6 == pytest.approx(184, abs=0.5)


def test_the_velocity_times_eta_is_the_step_of_momentum():
    t = run(Momentum(lr=1e-3), Rosenbrock(), (-1.2, 1.0), 20)
    np.testing.assert_allclose(np.diff(t.path, axis=0), -1e-3 * t.states["v"], rtol=1e-9, atol=1e-15)


def test_the_gradient_times_eta_is_taken_from_the_velocity_of_nesterov():
    t = run(OPTIMIZERS["nesterov"](lr=1e-3, momentum=0.5), Rosenbrock(), (-1.2, 1.0), 20)
    np.testing.assert_allclose(t.states["v"][1:], 0.5 * t.states["v"][:-1] - 1e-3 * t.states["g"][1:], rtol=1e-12)


def test_the_weighted_mean_of_gradient_and_velocity_times_eta_is_the_step_of_qhm():
    t = run(OPTIMIZERS["qhm"](lr=1e-3, nu=0.6), Rosenbrock(), (-1.2, 1.0), 20)
    np.testing.assert_allclose(np.diff(t.path, axis=0), -1e-3 * (0.4 * t.states["g"] + 0.6 * t.states["v"]), rtol=1e-8, atol=1e-15)


def test_the_gradient_taken_uphill_times_eta_is_the_step_of_sam():
    t = run(OPTIMIZERS["sam"](lr=1e-3), Rosenbrock(), (-1.2, 1.0), 20)
    np.testing.assert_allclose(np.diff(t.path, axis=0), -1e-3 * Rosenbrock().gradient(t.states["q"].T).T, rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("name", ["adam", "adamax", "amsgrad", "adan"])
def test_where_the_slope_stays_the_same_eta_is_the_length_of_every_step(name: str):
    np.testing.assert_allclose(steps_on_a_plane(name, 300, lr=0.02), -0.02, rtol=1e-5)  # along x the slope is 10 000 times that along y


def test_beside_its_weight_decay_eta_is_the_length_of_every_step_of_adamw_too():
    path = np.vstack([np.zeros(2), np.cumsum(steps_on_a_plane("adamw", 300, lr=0.02, weight_decay=0.1), axis=0)])
    np.testing.assert_allclose(np.diff(path, axis=0) + 0.02 * 0.1 * path[:-1], -0.02, rtol=1e-5)


@pytest.mark.parametrize("name", ["nadam", "yogi"])
def test_where_the_slope_stays_the_same_eta_is_about_the_length_of_a_step(name: str):
    steps = steps_on_a_plane(name, 1000, lr=0.02)[:, :1] / -0.02
    assert ((steps > 0.7) & (steps < 1.1)).all()


def test_the_first_step_of_rmsprop_is_ten_rates_and_the_long_run_one():
    steps = steps_on_a_plane("rmsprop", 2000, lr=0.02) / -0.02
    np.testing.assert_allclose(steps[0], 1 / np.sqrt(1 - 0.99), rtol=1e-5)
    np.testing.assert_allclose(steps[-1], 1, rtol=1e-5)


def test_the_first_step_of_adam_without_its_correction_is_that_many_rates_and_the_long_run_one():
    steps = steps_on_a_plane("adam_uncorrected", 20_000, lr=0.02) / -0.02
    np.testing.assert_allclose(steps[0], 0.1 / np.sqrt(0.001), rtol=1e-4)
    np.testing.assert_allclose(steps[-1], 1, rtol=1e-4)


def test_radam_takes_the_mean_gradient_times_eta_at_first_and_ends_with_steps_as_long_as_eta():
    steps = steps_on_a_plane("radam", 10_000, lr=0.02)
    np.testing.assert_allclose(steps[:5], -0.02 * np.array([[100, 0.01]] * 5), rtol=1e-12)
    assert (np.abs(steps[5:10] / 0.02) < 0.06).all()
    np.testing.assert_allclose(steps[-1], -0.02, rtol=1e-2)


def test_a_step_of_adabelief_is_about_a_rate_long_where_the_surprise_is_as_large_as_the_gradient():
    step, _ = first_step(OPTIMIZERS["adabelief"](lr=1e-3), Rosenbrock())
    np.testing.assert_allclose(np.abs(step), 1e-3 / 0.9, rtol=1e-5)  # the surprise is 0.9 of the first gradient


def test_every_step_of_lion_is_the_rate_along_each_coordinate():
    np.testing.assert_allclose(np.abs(np.diff(run(OPTIMIZERS["lion"](lr=0.01), Rosenbrock(), (-1.2, 1.0), 100).path, axis=0)), 0.01, rtol=1e-9)


# The rules


@pytest.mark.parametrize("name", ["rmsprop", "adam"])
def test_a_steep_direction_moves_no_faster_than_a_gentle_one(name: str):
    steps = steps_on_a_plane(name, 300)
    np.testing.assert_allclose(steps[:, 0], steps[:, 1], rtol=1e-5)


@dataclass(frozen=True)
class Unsteady(Objective):
    """A slope that changes its sign along x at every step, and stays the same along y."""

    t: int = 0

    @property
    def coordinates(self) -> int:
        return 2

    def value(self, p: Array) -> Array:
        return p[1]

    def gradient(self, p: Array) -> Array:
        return np.array([(-1.0) ** self.t, 1.0])

    def at(self, t: int) -> Unsteady:
        return Unsteady(t)


def test_an_unsteady_slope_shortens_adams_steps():
    x, y = run(OPTIMIZERS["adam"](lr=0.02), Unsteady(), (0.0, 0.0), 100).path[-2:].T
    assert abs(x[1] - x[0]) < 0.1 * abs(y[1] - y[0])


def test_adagrads_rates_only_fall_though_its_steps_may_grow():
    t = run(OPTIMIZERS["adagrad"](lr=0.5), LANDSCAPES["himmelblau"](), (1.0, 4.2), 50)
    assert (np.diff(t.states["rate"], axis=0) <= 0).all()
    assert (np.diff(np.abs(np.diff(t.path, axis=0)), axis=0) > 0).any()


def test_adagrads_first_step_is_its_rate_and_that_of_optax_is_shorter():
    step, g = first_step(OPTIMIZERS["adagrad"](lr=0.1), LANDSCAPES["plateau"]())
    np.testing.assert_allclose(np.abs(step), 0.1, rtol=1e-6)
    assert (0.1 * np.abs(g) / np.sqrt(0.1 + g * g + 1e-7) < np.abs(step)).all()


def test_adamw_moves_away_even_from_a_minimum_by_a_few_rates_at_most():
    for surface, point in [(Rosenbrock(), (1.0, 1.0)), (LANDSCAPES["booth"](), (1.0, 3.0)), (LANDSCAPES["himmelblau"](), (3.0, 2.0))]:
        away = np.hypot(*(run(OPTIMIZERS["adamw"](), surface, point, 2000).path - point).T).max()
        assert 0 < away < 4 * OPTIMIZERS["adamw"]().lr
    assert not run(OPTIMIZERS["adamw"](), Bowl(), (0.0, 0.0), 100).path.any()


def test_weight_decay_of_adamw_is_equally_strong_along_every_coordinate_and_that_of_adam_is_not():
    surface = Bowl(kappa=1000.0, angle=0.0)
    rates = {}
    for name in ("adam", "adamw"):
        pair = [run(OPTIMIZERS[name](lr=0.01, weight_decay=decay), surface, (1.0, 1.0), 3).path[-1] for decay in (0.0, 0.5)]
        rates[name] = pair[0] - pair[1]
    assert rates["adamw"][0] == pytest.approx(rates["adamw"][1], rel=0.05)
    assert rates["adam"][0] > 10 * abs(rates["adam"][1])


def test_yogi_leaves_even_a_minimum_by_less_than_its_rate_and_comes_back():
    away = np.abs(run(OPTIMIZERS["yogi"](), Rosenbrock(), (1.0, 1.0), 3000).path - 1).max(axis=1)
    assert 0 < away.max() < OPTIMIZERS["yogi"]().lr
    assert away[-1] < 1e-12


class SharpAndWide(Bowl):
    """A narrow well, 0.05 wide, at x = −1 beside the wide one at x = 1."""

    def value(self, p: Array) -> Array:
        x, y = p
        return 0.05 * (x - 1) ** 2 + y * y - 0.5 * np.exp(-(((x + 1) / 0.05) ** 2))

    def gradient(self, p: Array) -> Array:
        x, y = p
        return np.array([0.1 * (x - 1) + 400 * (x + 1) * np.exp(-(((x + 1) / 0.05) ** 2)), 2 * y])


def test_a_minimum_sharper_than_rho_pushes_sam_away_and_a_wide_one_lets_it_in():
    sam = OPTIMIZERS["sam"](lr=0.002, rho=0.1)
    into = [run(rule, SharpAndWide(), (-0.97, 0.3), 6000).path[-1] for rule in (sam, GradientDescent(lr=0.002))]
    assert [abs(x + 1) < 0.05 for x, _ in into] == [False, True]
    assert abs(run(sam, SharpAndWide(), (0.9, 0.3), 20_000).path[-1][0] - 1) < 1e-3


def test_newton_goes_to_saddles_and_maxima_as_well_and_enough_damping_turns_it_downhill():
    surface = LANDSCAPES["himmelblau"]()
    for point, kind in surface.stationary():
        end = run(OPTIMIZERS["newton"](), surface, np.array(point) + 0.05, 20).path[-1]
        np.testing.assert_allclose(end, point, atol=1e-9, err_msg=kind)
    rng = np.random.default_rng(1)
    p = rng.uniform(-5, 5, (2, 500))
    damping = 1 - np.minimum(np.linalg.eigvalsh(np.moveaxis(surface.hessian(p), -1, 0))[:, 0], 0)
    step = np.diff(run(OPTIMIZERS["newton"](lr=1e-3, damping=damping), surface, p, 1).path, axis=0)[0]
    assert ((step * surface.gradient(p)).sum(axis=0) < 0).all()


@pytest.mark.parametrize(("name", "like"), [("rmsprop", "gradient_descent"), ("adagrad", "gradient_descent")])
def test_a_large_epsilon_turns_the_scaling_off(name: str, like: str):
    scaled = run(OPTIMIZERS[name](lr=1e9, eps=1e12), Rosenbrock(), (-1.2, 1.0), 30).path
    np.testing.assert_allclose(scaled, run(OPTIMIZERS[like](lr=1e-3), Rosenbrock(), (-1.2, 1.0), 30).path, rtol=1e-6)


def test_the_direction_that_curves_most_limits_the_rate_of_all_and_not_the_steepest():
    # At (100, 0.001) the bowl is 5 times steeper along x, where it curves 20 000 times less.
    surface = Bowl(kappa=1000.0, angle=0.0)
    g = surface.gradient(np.array([100.0, 0.001]))
    assert abs(g[0]) > 50 * abs(g[1])
    assert abs(run(GradientDescent(lr=2.1 / 1000), surface, (100.0, 0.001), 200).path[-1][1]) > 1


# The schedules


def factors(name: str, total: int) -> Array:
    return SCHEDULES[name]()(np.arange(total), total)


def test_which_rates_add_up_without_bound_and_whose_squares_do_not():
    decades = [10**3, 10**4, 10**5, 10**6]
    sums = {name: np.cumsum(factors(name, 10**6))[np.array(decades) - 1] for name in ("inverse_sqrt", "time_decay", "exponential")}
    squares = {name: np.cumsum(factors(name, 10**6) ** 2)[np.array(decades) - 1] for name in sums}
    # A decade adds √10 times as much, the same again, and nothing.
    assert (np.diff(sums["inverse_sqrt"])[1:] / np.diff(sums["inverse_sqrt"])[:-1] > 3).all()
    np.testing.assert_allclose(np.diff(sums["time_decay"]), np.log(10) / 0.05, rtol=0.02)
    assert sums["exponential"][0] < sums["exponential"][-1] + 1e-9 <= 1 / (1 - 0.99) + 1e-6
    assert np.diff(sums["exponential"])[-1] < 1e-12
    np.testing.assert_allclose(np.diff(squares["inverse_sqrt"]), np.log(10), rtol=1e-3)
    assert np.diff(squares["time_decay"])[-1] < 1e-2


def test_a_longer_trapezium_climbs_and_falls_for_longer():
    assert [(factors("warmup_stable_decay", total) < 1).sum() for total in (100, 1000)] == [pytest.approx(29, abs=1), pytest.approx(299, abs=1)]
    assert (factors("warmup_stable_decay", 1000) == 1).mean() > 0.5


def test_a_cycle_begins_at_its_low_bound_and_a_short_run_never_sees_its_peak():
    assert factors("cyclic", 25)[0] == pytest.approx(0.1)
    assert [factors("cyclic", total).max() == 1 for total in (25, 26)] == [False, True]


# The surfaces


def test_from_most_starts_the_six_hump_camel_does_not_give_its_best():
    surface = LANDSCAPES["six_hump_camel"]()
    found = basin(GradientDescent(lr=0.005), surface, 40, 3000)
    best = np.isclose(surface.value(surface.minima())[found], surface.value(surface.minima()[:, 0]))
    assert (found >= 0).all()
    assert best.mean() < 0.5
    np.testing.assert_allclose(np.unique(np.round(surface.value(surface.minima()), 6)).size, 3)


@pytest.mark.parametrize("far", [1e-2, 1e-3])
def test_close_to_a_monkey_saddle_a_path_leaves_far_later(far: float):
    ordinary, monkey = (
        (np.hypot(*run(GradientDescent(lr=0.02), LANDSCAPES[key](), point, 30_000).path.T) > 1).argmax()
        for key, point in [("saddle", (0.0, far)), ("monkey_saddle", (-far, 0.0))]
    )
    assert monkey > 10 * ordinary > 0


def test_a_slow_path_stays_in_mccormicks_trough_and_a_fast_one_slips_over_the_crests():
    surface = LANDSCAPES["mccormick"]()
    slow, fast = (run(Momentum(lr=lr), surface, surface.start, 500) for lr in (0.01, 0.05))
    np.testing.assert_allclose(slow.path[-1], surface.minima()[:, 0], atol=1e-3)
    assert fast.path[-1][0] < -50
    assert fast.loss[-1] < slow.loss[-1] - 50


def test_on_ackley_a_constant_rate_does_not_come_to_rest():
    steps = np.hypot(*np.diff(run(GradientDescent(lr=0.01), LANDSCAPES["ackley"](), (0.3, 0.2), 2000).path, axis=0).T)
    assert (steps[-100:] > 0.01).all()


def test_on_beale_the_last_part_of_the_way_takes_longest():
    loss = run(GradientDescent(lr=0.01), LANDSCAPES["beale"](), LANDSCAPES["beale"].start, 2000).loss
    hundredth, millionth = ((loss < part * loss[0]).argmax() for part in (1e-2, 1e-6))
    assert 0 < 10 * hundredth < millionth


@pytest.mark.parametrize("rule", [GradientDescent(lr=0.005), Momentum(lr=0.001), OPTIMIZERS["adam"](lr=0.1)], ids=lambda rule: type(rule).__name__)
def test_start_rule_and_rate_decide_where_a_path_ends_on_himmelblau(rule: Optimizer):
    surface = LANDSCAPES["himmelblau"]()
    np.testing.assert_allclose(surface.value(surface.minima()), 0, atol=1e-12)
    assert set(np.unique(basin(rule, surface, 12, 2000))) >= {0, 1, 2, 3}


def test_goldstein_and_prices_heights_run_from_three_to_a_million():
    surface = LANDSCAPES["goldstein_price"]()
    heights = surface.value(np.array(np.meshgrid(np.linspace(-2, 2, 401), np.linspace(-2, 2, 401))))
    assert heights.min() == pytest.approx(3)
    assert 1e6 < heights.max() < 1.1e6


def test_matyas_is_25_times_flatter_along_the_diagonal_and_booth_9_times():
    for key, ratio in [("matyas", 25), ("booth", 9)]:
        low, high = np.linalg.eigvalsh(LANDSCAPES[key]().hessian(np.zeros(2)))
        assert high / low == pytest.approx(ratio)

"""Noise: seeded, shared or independent, in the gradient alone; and how widely a rule scatters in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from core import Array, parameters
from landscapes import LANDSCAPES, Landscape, Objective
from optimizers import OPTIMIZERS, Optimizer
from runs import Noisy, Trajectory, gradient_norm, predicted_spread, run, verdict
from runs.noise import KEPT

Adam, GradientDescent, Momentum, Nesterov = (OPTIMIZERS[name] for name in ("adam", "gradient_descent", "momentum", "nesterov"))
Bowl, Custom, Rosenbrock, Saddle, TwoWells = (LANDSCAPES[name] for name in ("bowl", "custom", "rosenbrock", "saddle", "two_wells"))

POINT = np.array([1.0, -0.5])
over_rules = pytest.mark.parametrize("cls", OPTIMIZERS.values(), ids=lambda cls: cls.__name__)


def noise(surface: Noisy, t: int, p: Array = POINT) -> Array:
    """What step t adds to the gradient."""
    return surface.at(t).gradient(p) - surface.gradient(p)


def same(one: Trajectory, other: Trajectory) -> None:
    np.testing.assert_array_equal(one.path, other.path)
    np.testing.assert_array_equal(one.loss, other.loss)
    for name, rows in one.states.items():
        np.testing.assert_array_equal(rows, other.states[name])


def test_a_step_asks_for_nothing_that_a_surface_states_of_itself(monkeypatch: pytest.MonkeyPatch):
    """A typed formula's LaTeX was printed twice a step once: 1000 µs instead of 50."""
    asked: list[str] = []
    for name in ("formula", "domain", "start"):
        monkeypatch.setattr(Custom, name, property(lambda self, name=name: asked.append(name)))
    run(OPTIMIZERS["adam"](lr=0.1), Noisy(Custom("x^2 + 3y^2"), 0.5, 1), (1.0, 1.0), 20)
    assert asked == []


def test_a_noisy_surface_states_what_the_surface_states():
    for surface in (TwoWells(), Custom("x^2 + y^2"), LANDSCAPES["rastrigin"](), LANDSCAPES["ackley"]()):
        for name in ("title", "formula", "reference", "domain", "start", "known", "listed", "kinks"):
            assert getattr(Noisy(surface, 0.5), name) == getattr(surface, name)


@over_rules
def test_the_same_seed_gives_the_same_run_and_another_seed_another(cls: type[Optimizer]):
    one, again, other = (run(cls(lr=0.01), Noisy(TwoWells(), 5.0, seed), (1.0, 1.0), 100) for seed in (3, 3, 4))
    same(one, again)
    assert (one.path != other.path).any(axis=0).all()


def test_a_step_can_be_repeated_by_itself():
    surface = Noisy(Bowl(), 0.7, 5)
    expected = 0.7 * np.random.default_rng((5, 137)).standard_normal(2)
    np.testing.assert_allclose(noise(surface, 137), expected, rtol=1e-12)
    many = replace(surface, runs=3)
    np.testing.assert_allclose(
        noise(many, 137, np.ones((2, 3))), 0.7 * np.random.default_rng((5, 137)).standard_normal((2, 3)), rtol=1e-10, atol=1e-14
    )


def test_the_noise_of_a_step_is_the_same_at_every_point_and_asking_twice_changes_nothing():
    step = Noisy(TwoWells(), 0.5).at(9)
    g = step.gradient(POINT)
    np.testing.assert_allclose(step.gradient(2 * POINT) - g, TwoWells().gradient(2 * POINT) - TwoWells().gradient(POINT), rtol=1e-12)
    np.testing.assert_array_equal(step.gradient(POINT), g)


@dataclass(frozen=True)
class Twice(GradientDescent):
    """A rule that climbs to a neighbour first and takes its gradient there, and shows how far the two gradients differ."""

    def step(self, surface: Objective, p: Array, state: Any, t: int, lr: Any) -> tuple[Array, Any]:
        neighbour = p + 0.1 * surface.gradient(p)
        return p - lr * surface.gradient(neighbour), surface.gradient(neighbour) - surface.gradient(p)

    def shown(self, p: Array, g: Array, state: Any, t: Any, lr: Any) -> dict[str, Array]:
        return {"difference": state, "neighbour": p + 0.1 * g}


def test_all_that_a_step_asks_sees_the_same_mini_batch():
    t = run(Twice(lr=0.1), Noisy(TwoWells(), 0.5), (1.0, 1.0), 20)
    p, neighbour = t.path[:-1].T, t.states["neighbour"].T
    np.testing.assert_allclose(t.states["difference"].T, TwoWells().gradient(neighbour) - TwoWells().gradient(p), rtol=1e-9, atol=1e-12)


def test_one_draw_is_shared_by_a_whole_batch():
    starts = np.array([[1.0, -1.0, 0.5], [0.0, 2.0, 0.5]])
    t = run(Adam(lr=np.array([[0.01], [0.02]])), Noisy(TwoWells(), 0.5), starts, 50)
    np.testing.assert_allclose(t.path[:, :, 1, 2], run(Adam(lr=0.02), Noisy(TwoWells(), 0.5), starts[:, 2], 50).path, rtol=1e-12)
    together = run(Adam(lr=0.01), Noisy(TwoWells(), 0.5), np.ones((2, 4)), 50).path
    np.testing.assert_array_equal(together, np.broadcast_to(together[..., :1], together.shape))


@pytest.mark.parametrize("batch", [(4,), (3, 4)], ids=str)
def test_each_run_along_the_last_axis_has_its_own_draw(batch: tuple[int, ...]):
    surface = Noisy(Bowl(), 0.5, 2, runs=4)
    drawn = noise(surface, 1, np.ones((2, *batch))).reshape(2, -1, 4)
    np.testing.assert_allclose(drawn, np.broadcast_to(drawn[:, :1], drawn.shape), rtol=1e-12)
    assert len(np.unique(drawn[:, 0].round(12))) == 8


@over_rules
@pytest.mark.parametrize("surface", [Noisy(TwoWells(), 0.5), Noisy(TwoWells(), 0.5, runs=3)], ids=["shared", "independent"])
def test_a_rule_is_shown_the_noisy_gradient_its_step_took(cls: type[Optimizer], surface: Noisy):
    t = run(cls(lr=0.01), surface, np.ones((2, 2, 3)), 70)
    probes = t.states[cls.marks[0]] if cls.marks else t.path[:-1]  # Nesterov and SAM take theirs at a point that they show
    for k in (0, 1, 69):
        np.testing.assert_array_equal(t.states["g"][k], surface.at(k + 1).gradient(probes[k]))


def test_the_draws_are_standard_normal_numbers_times_sigma():
    steps, runs = 400, 50
    drawn = np.array([noise(Noisy(Bowl(), 2.0, 1, runs), t, np.zeros((2, runs))) for t in range(1, steps + 1)]) / 2
    n = steps * runs
    assert np.abs(drawn.mean(axis=(0, 2))).max() < 4 / np.sqrt(n)
    assert np.abs(drawn.var(axis=(0, 2)) - 1).max() < 4 * np.sqrt(2 / n)
    assert np.abs((drawn**4).mean(axis=(0, 2)) - 3).max() < 4 * np.sqrt(96 / n)
    x, y = np.moveaxis(drawn, 1, 0)
    for a, b in [(x, y), (x[1:], x[:-1]), (x[:, 1:], x[:, :-1])]:  # coordinates, steps, runs
        assert abs((a * b).mean()) < 4 / np.sqrt(a.size)


def test_more_runs_than_are_remembered_are_drawn_the_same_way():
    wide = Noisy(Bowl(), 1.0, 3, runs=KEPT + 1)
    np.testing.assert_array_equal(noise(wide, 7, np.zeros((2, KEPT + 1))), np.random.default_rng((3, 7)).standard_normal((2, KEPT + 1)))


@over_rules
def test_without_sigma_a_run_is_the_surfaces_own(cls: type[Optimizer]):
    for surface in (Noisy(TwoWells(), 0.0), Noisy(TwoWells(), 0.0, runs=2)):
        same(run(cls(lr=0.01), surface, np.ones((2, 2)), 30), run(cls(lr=0.01), TwoWells(), np.ones((2, 2)), 30))


@pytest.mark.parametrize("surface", [cls() for cls in LANDSCAPES.values()], ids=lambda surface: type(surface).__name__)
def test_apart_from_its_steps_a_noisy_surface_is_the_surface(surface: Landscape):
    noisy = Noisy(surface, 1.0)
    for name in ("title", "formula", "reference", "domain", "start", "known", "listed", "lowest"):
        assert getattr(noisy, name) == getattr(surface, name)
    assert noisy.stationary() == surface.stationary()
    np.testing.assert_array_equal(noisy.minima(), surface.minima())
    for what in ("value", "gradient", "hessian"):
        np.testing.assert_array_equal(getattr(noisy, what)(POINT), getattr(surface, what)(POINT))
    np.testing.assert_array_equal(noisy.at(1).value(POINT), surface.at(1).value(POINT))


def test_loss_norm_and_verdict_are_free_of_noise():
    t = run(GradientDescent(lr=0.05), Noisy(Bowl(), 0.5), (1.0, 1.0), 30)
    np.testing.assert_array_equal(t.loss, Bowl().value(t.path.T))
    np.testing.assert_array_equal(gradient_norm(t, Noisy(Bowl(), 0.5)), np.hypot(*Bowl().gradient(t.path.T)))
    assert verdict(t, Noisy(Bowl(), 0.5)) == verdict(t, Bowl())


def test_noise_lets_a_run_leave_the_ridge_of_the_saddle():
    assert (run(GradientDescent(lr=0.05), Saddle(), (1.0, 0.0), 100).path[:, 1] == 0).all()
    assert abs(run(GradientDescent(lr=0.05), Noisy(Saddle(), 0.01), (1.0, 0.0), 100).path[-1, 1]) > 1


def test_a_noisy_surface_can_be_told_apart_and_remembered():
    assert hash(Noisy(Bowl(), 1.0, 2)) == hash(Noisy(Bowl(), 1.0, 2))
    assert len({Noisy(Bowl(), 1.0, 2), Noisy(Bowl(), 1.0, 3), Noisy(Bowl(), 2.0, 2), Noisy(Bowl(kappa=2.0), 1.0, 2)}) == 4


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sigma": -0.1}, "sigma = -0.1: allowed is [0, ∞)."),
        ({"sigma": np.nan}, "sigma = nan: allowed is [0, ∞)."),
        ({"sigma": np.inf}, "sigma = inf: allowed is [0, ∞)."),
        ({"sigma": "1"}, "sigma = '1': not a number."),
        ({"sigma": np.ones(2)}, "sigma = array([1., 1.]): allowed is a single number."),
        ({"seed": -1}, "seed = -1: allowed is a whole number in [0, ∞)."),
        ({"seed": 1.5}, "seed = 1.5: allowed is a whole number in [0, ∞)."),
        ({"seed": True}, "seed = True: allowed is a whole number in [0, ∞)."),
        ({"runs": 0}, "runs = 0: allowed is a whole number in [1, ∞)."),
        ({"runs": 2.0}, "runs = 2.0: allowed is a whole number in [1, ∞)."),
        ({"surface": Bowl}, "allowed is an instance of Landscape."),
        ({"surface": "bowl"}, "surface = 'bowl': allowed is an instance of Landscape."),
    ],
    ids=str,
)
def test_noise_without_meaning_is_refused(change: dict[str, Any], message: str):
    with pytest.raises(ValueError, match=re.escape(message)):
        Noisy(**{"surface": Bowl(), "sigma": 1.0} | change)


@pytest.mark.parametrize("batch", [(), (1,), (4,), (3, 4)], ids=str)
def test_a_batch_has_as_many_runs_as_the_noise(batch: tuple[int, ...]):
    with pytest.raises(ValueError, match=re.escape(f"The batch has shape {batch}: the last axis must be 3, one for each run of the noise.")):
        run(GradientDescent(), Noisy(Bowl(), 1.0, runs=3), np.ones((2, *batch)), 5)


def test_sigma_knows_its_range():
    assert parameters(Noisy)["sigma"].within == "[0, inf)"


# How widely a rule scatters in the long run.

RUNS = 4000
SETTLED = [GradientDescent(lr=0.05), Momentum(lr=0.01, momentum=0.9), Momentum(lr=0.05, momentum=0.5), Momentum(lr=0.05, momentum=0.0)]


@pytest.mark.slow
@pytest.mark.parametrize("rule", SETTLED, ids=str)
def test_a_rule_scatters_as_widely_as_is_predicted(rule: Optimizer):
    surface, sigma = Bowl(kappa=20.0, angle=30.0), 0.5
    t = run(rule, Noisy(surface, sigma, 1, RUNS), np.zeros((2, RUNS)), 400)
    spread = predicted_spread(rule, surface, sigma)
    assert spread is not None
    c = spread.covariance
    error = np.sqrt((np.outer(c.diagonal(), c.diagonal()) + c**2) / RUNS)  # of a covariance measured on normal samples
    assert (np.abs(np.cov(t.path[-1]) - c) < 4 * error).all()
    assert abs(t.loss[-1].mean() - spread.excess) < 4 * t.loss[-1].std() / np.sqrt(RUNS)
    assert (spread.at == 0).all()


def test_the_spread_is_worked_out_at_the_lowest_minimum_or_at_the_nearest():
    rule = GradientDescent(lr=0.01)
    lowest, near = predicted_spread(rule, TwoWells(), 0.1), predicted_spread(rule, TwoWells(), 0.1, near=(1.0, 0.0))
    assert lowest is not None
    assert near is not None
    np.testing.assert_allclose(lowest.at, (-0.936300634, 0.0), atol=1e-8)
    np.testing.assert_allclose(near.at, (0.905317899, 0.0), atol=1e-8)
    expected = [rule.stationary_variance(c, 0.01, 0.1) or np.nan for c in np.diag(TwoWells().hessian(lowest.at))]
    np.testing.assert_allclose(np.diag(lowest.covariance), expected, rtol=1e-6)


def test_where_a_rule_does_not_settle_or_theory_is_silent_nothing_is_predicted():
    assert predicted_spread(GradientDescent(lr=0.1001), Bowl(kappa=20.0), 1.0) is None
    assert predicted_spread(GradientDescent(lr=0.0999), Bowl(kappa=20.0), 1.0) is not None
    assert predicted_spread(Momentum(lr=0.191, momentum=0.9), Bowl(kappa=20.0), 1.0) is None
    assert predicted_spread(Adam(), Bowl(), 1.0) is None
    assert predicted_spread(GradientDescent(), Saddle(), 1.0) is None
    assert GradientDescent().stationary_variance(0.0, 0.01, 1.0) is None
    assert Momentum().stationary_variance(-1.0, 0.01, 1.0) is None

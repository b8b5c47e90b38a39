"""The one loop: shapes, batches, divergence, and what is read off a trajectory."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest

from core import Array, parameters
from landscapes import LANDSCAPES, Landscape
from optimizers import OPTIMIZERS, Optimizer
from optimizers.schedules import SCHEDULES
from runs import BOUND, gradient_norm, run, stability_limit, suggested_rate

Adam, GradientDescent, Momentum, Nesterov = (OPTIMIZERS[name] for name in ("adam", "gradient_descent", "momentum", "nesterov"))
Bowl, Rosenbrock, Saddle, TwoWells = (LANDSCAPES[name] for name in ("bowl", "rosenbrock", "saddle", "two_wells"))
Constant, Cosine, Warmup = (SCHEDULES[name] for name in ("constant", "cosine", "warmup"))

over_rules = pytest.mark.parametrize("cls", OPTIMIZERS.values(), ids=lambda cls: cls.__name__)


@over_rules
@pytest.mark.parametrize("batch", [(), (1,), (4,), (2, 3)], ids=str)
def test_a_trajectory_has_a_row_for_every_point_and_one_less_for_every_step(cls: type[Optimizer], batch: tuple[int, ...]):
    t = run(cls(), Bowl(), np.ones((2, *batch)), 7)
    assert (t.path.shape, t.loss.shape, t.lr.shape, t.diverged_at.shape) == ((8, 2, *batch), (8, *batch), (7, *batch), batch)
    assert {rows.shape for rows in t.states.values()} <= {(7, 2, *batch)}


def test_the_path_begins_at_the_start_and_the_loss_belongs_to_the_path():
    t = run(Adam(lr=0.1), Rosenbrock(), (-1.5, 2.0), 20)
    assert t.path[0].tolist() == [-1.5, 2.0]
    np.testing.assert_array_equal(t.loss, Rosenbrock().value(t.path.T))


def test_a_grid_of_settings_is_a_batch():
    lr, beta1 = np.geomspace(1e-3, 1e-1, 6)[:, None], np.linspace(0, 0.9, 5)[None, :]
    grid = run(Adam(lr=lr, beta1=beta1), Rosenbrock(), (-1.5, 2.0), 10)
    assert grid.path.shape == (11, 2, 6, 5)
    np.testing.assert_array_equal(grid.lr, np.broadcast_to(lr, (10, 6, 5)))
    alone = run(Adam(lr=float(lr[4, 0]), beta1=float(beta1[0, 2])), Rosenbrock(), (-1.5, 2.0), 10)
    np.testing.assert_allclose(grid.path[..., 4, 2], alone.path, rtol=1e-12)


def test_many_starts_are_a_batch_and_go_together_with_a_column_of_rates():
    starts = np.array([[1.0, -1.0, 0.5], [0.0, 2.0, 0.5]])
    t = run(GradientDescent(lr=np.array([[0.01], [0.02]])), Bowl(), starts, 4)
    assert t.path.shape == (5, 2, 2, 3)
    np.testing.assert_allclose(t.path[:, :, 1, 2], run(GradientDescent(lr=0.02), Bowl(), starts[:, 2], 4).path, rtol=1e-12)


def test_the_start_is_left_untouched():
    start = np.array([1.0, -1.0])
    start.flags.writeable = False
    t = run(GradientDescent(), Bowl(), start, 3)
    assert not np.shares_memory(t.path, start)


def test_each_step_is_taken_at_the_peak_times_the_factor():
    t = run(GradientDescent(lr=0.04), Bowl(), (1.0, 1.0), 8, Cosine(floor=0.5))
    np.testing.assert_allclose(t.lr, 0.04 * (0.5 + 0.25 * (1 + np.cos(np.pi * np.arange(8) / 8))), rtol=1e-14)
    np.testing.assert_allclose(t.path[1:], t.path[:-1] - t.lr[:, None] * Bowl().gradient(t.path[:-1].T).T, rtol=1e-12)


def test_no_schedule_is_the_constant_one():
    np.testing.assert_array_equal(run(Adam(), Bowl(), (1, 1), 5).path, run(Adam(), Bowl(), (1, 1), 5, Constant()).path)


def test_a_schedule_may_be_a_batch():
    floors = np.array([0.0, 0.5, 1.0])
    t = run(GradientDescent(lr=0.01), Bowl(), (1.0, 1.0), 6, Cosine(floor=floors))
    for i, floor in enumerate(floors):
        np.testing.assert_allclose(t.path[..., i], run(GradientDescent(lr=0.01), Bowl(), (1.0, 1.0), 6, Cosine(floor=floor)).path, rtol=1e-12)


@pytest.mark.parametrize("steps", [3, 6])
def test_a_schedule_behind_a_warmup_may_be_a_batch(steps: int):
    floors = np.array([0.0, 0.5, 1.0])
    t = run(GradientDescent(lr=0.01), Bowl(), (1.0, 1.0), steps, Warmup(steps=2, then=Cosine(floor=floors)))
    assert t.lr.shape == (steps, 3)
    for i, floor in enumerate(floors):
        alone = run(GradientDescent(lr=0.01), Bowl(), (1.0, 1.0), steps, Warmup(steps=2, then=Cosine(floor=floor)))
        np.testing.assert_allclose(t.path[..., i], alone.path, rtol=1e-12)


@dataclass(frozen=True)
class Steepening(Bowl):
    """A bowl whose gradient is t times itself in step t, and which notes what it was asked."""

    t: int = 1
    asked: list[int] = field(default_factory=list)

    def at(self, t: int) -> Landscape:
        self.asked.append(t)
        return replace(self, t=t)

    def gradient(self, p: Array) -> Array:
        return self.t * super().gradient(p)


def test_each_step_sees_the_surface_of_its_own_time():
    surface = Steepening()
    t = run(Momentum(lr=0.01, momentum=0.5), surface, (1.0, 1.0), 4)
    assert surface.asked[:4] == [1, 2, 3, 4]
    g = np.arange(1, 5)[:, None] * Bowl().gradient(t.path[:-1].T).T
    np.testing.assert_allclose(t.states["v"][1:], 0.5 * t.states["v"][:-1] + g[1:], rtol=1e-12)
    np.testing.assert_array_equal(t.loss, Bowl().value(t.path.T))


@dataclass(frozen=True)
class Watched(Nesterov):
    """Nesterov's rule, showing the gradient that it was given to show."""

    def shown(self, p: Array, g: Array, state: Any, t: Any, lr: Any) -> dict[str, Array]:
        return super().shown(p, g, state, t, lr) | {"p": p, "g": g}


def test_a_rule_is_shown_the_gradient_its_step_took():
    t = run(Watched(lr=0.01, momentum=0.5), Steepening(), (1.0, 1.0), 4)
    np.testing.assert_array_equal(t.states["p"], t.path[:-1])
    np.testing.assert_allclose(t.states["v"], np.diff(t.path, axis=0), rtol=1e-12)
    v_before = np.concatenate([np.zeros((1, 2)), t.states["v"][:-1]])
    np.testing.assert_allclose(t.states["v"], 0.5 * v_before - 0.01 * t.states["g"], rtol=1e-12)


def test_a_run_diverges_at_the_first_point_beyond_the_bound():
    # Along the steep axis each step multiplies by 1 − 0.5·20 = −9.
    t = run(GradientDescent(lr=0.5), Bowl(kappa=20.0, angle=0.0), (1.0, 1.0), 30)
    first = int(np.ceil(np.log(BOUND) / np.log(9)))
    assert t.diverged_at == first
    assert np.abs(t.path[first - 1]).max() <= BOUND < np.abs(t.path[first]).max()


def test_a_diverged_run_stays_at_its_last_finite_point():
    t = run(GradientDescent(lr=0.5), Bowl(kappa=20.0, angle=0.0), (1.0, 1.0), 30)
    assert (t.path[t.diverged_at :] == t.path[t.diverged_at]).all()
    assert (t.loss[t.diverged_at :] == Bowl(kappa=20.0, angle=0.0).value(t.path[t.diverged_at])).all()


def test_a_run_whose_loss_overflows_stays_at_the_point_before():
    t = run(GradientDescent(lr=1e300), Rosenbrock(), (-1.5, 2.0), 5)
    assert t.diverged_at == 1
    assert (t.path == (-1.5, 2.0)).all()
    assert (t.loss == t.loss[0]).all()


def test_what_a_rule_shows_is_nan_from_the_step_that_diverged():
    t = run(Momentum(lr=0.5), Bowl(), (1.0, 1.0), 30)
    assert 1 < t.diverged_at < 30
    assert np.isfinite(t.states["v"][: t.diverged_at - 1]).all()
    assert np.isnan(t.states["v"][t.diverged_at - 1 :]).all()


@over_rules
def test_a_diverging_run_harms_no_other_of_its_batch(cls: type[Optimizer]):
    rates = np.array([1e-4, 1e300, 2e-4, 1e8])
    unbounded: Any = {"step_max": 1e300} if "step_max" in parameters(cls) else {}
    t = run(cls(lr=rates, **unbounded), Rosenbrock(), (-1.5, 2.0), 40)
    assert (t.diverged_at >= 0).tolist() == [False, True, False, True]
    assert np.isfinite(t.path).all()
    assert np.isfinite(t.loss).all()
    for i in (0, 2):
        alone = run(cls(lr=float(rates[i]), **unbounded), Rosenbrock(), (-1.5, 2.0), 40)
        np.testing.assert_allclose(t.path[..., i], alone.path, rtol=1e-9)
        assert all(np.isfinite(rows[..., i]).all() for rows in t.states.values())


@pytest.mark.parametrize("x", [1.1e6, -1e200])
def test_a_start_beyond_the_bound_is_refused(x: float):
    with pytest.raises(ValueError, match=re.escape(f"start = {x:g}: allowed is [-1e+06, 1e+06].")):
        run(GradientDescent(), Rosenbrock(), (x, 0.0), 3)


def test_a_start_on_the_bound_is_accepted():
    assert run(GradientDescent(lr=0.1), Bowl(kappa=1.0), (-BOUND, BOUND), 3).diverged_at == -1


def test_a_run_can_be_repeated_to_the_last_bit():
    first, second = (run(Adam(lr=0.1), TwoWells(), (1.7, 1.0), 100) for _ in range(2))
    np.testing.assert_array_equal(first.path, second.path)


def test_the_norm_of_the_gradient_is_worked_out_along_the_path():
    t = run(GradientDescent(lr=0.02), Bowl(kappa=1.0), np.array([[3.0, 0.0], [4.0, 1.0]]), 2)
    np.testing.assert_allclose(gradient_norm(t, Bowl(kappa=1.0)), np.outer([1, 0.98, 0.98**2], [5, 1]), rtol=1e-12)


@pytest.mark.parametrize("steps", [0, -1, 2.0, "3", None, True, np.nan], ids=repr)
def test_the_number_of_steps_is_a_whole_number_from_one_on(steps: Any):
    with pytest.raises(ValueError, match=re.escape(f"steps = {steps!r}: allowed is a whole number in [1, ∞).")):
        run(GradientDescent(), Bowl(), (1.0, 1.0), steps)


@pytest.mark.parametrize("start", [1.0, (1.0,), (1.0, 2.0, 3.0), np.ones((3, 2)), []], ids=repr)
def test_a_start_has_two_coordinates(start: Any):
    with pytest.raises(ValueError, match=re.escape(f"start has shape {np.shape(start)}: allowed is (2,)")):
        run(GradientDescent(), Bowl(), start, 1)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_start_is_finite(bad: float):
    with pytest.raises(ValueError, match=rf"start = {bad}: allowed"):
        run(GradientDescent(), Bowl(), [[0.0, 1.0], [2.0, bad]], 1)


@pytest.mark.parametrize("start", ["ab", ("a", "b"), ((1, 2), (3,)), (1j, 0), object()], ids=["text", "texts", "ragged", "complex", "object"])
def test_a_start_is_made_of_numbers(start: Any):
    with pytest.raises(ValueError, match="start"):
        run(GradientDescent(), Bowl(), start, 1)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("optimizer", {"optimizer": GradientDescent}),
        ("surface", {"surface": Bowl}),
        ("schedule", {"schedule": Cosine}),
        ("surface", {"surface": "bowl"}),
    ],
)
def test_a_class_or_a_name_is_not_an_instance(name: str, change: dict[str, Any]):
    arguments: dict[str, Any] = {"optimizer": GradientDescent(), "surface": Bowl(), "start": (1.0, 1.0), "steps": 1, "schedule": None}
    with pytest.raises(ValueError, match=rf"{name} = .*: allowed is an instance of {name.capitalize() if name != 'surface' else 'Objective'}"):
        run(**arguments | change)


def test_batches_that_do_not_go_together_are_named():
    with pytest.raises(ValueError, match=r"start \(4,\).*Adam\.lr \(3,\).*Cosine\.floor \(1, 4\)"):
        run(Adam(lr=np.full(3, 0.1)), Bowl(), np.ones((2, 4)), 1, Cosine(floor=np.zeros((1, 4))))


@dataclass(frozen=True)
class Dome(Bowl):
    """A bowl upside down, with its maximum marked."""

    def value(self, p: Array) -> Array:
        return -super().value(p)

    def gradient(self, p: Array) -> Array:
        return -super().gradient(p)

    def hessian(self, p: Array) -> Array:
        return -super().hessian(p)

    def stationary(self) -> list:
        return [((0.0, 0.0), "maximum")]


@pytest.mark.parametrize(("surface", "limit"), [(Rosenbrock(), 0.0019968), (TwoWells(), 0.0637), (Bowl(kappa=100.0), 0.02)], ids=str)
def test_gradient_descent_is_stable_below_two_over_the_largest_curvature(surface: Landscape, limit: float):
    assert stability_limit(GradientDescent(), surface, (-1.0, 0.5))["minimum"] == pytest.approx(limit, rel=1e-3)


def test_the_limit_at_the_start_follows_from_the_curvature_there():
    # At (0, 1) Rosenbrock's Hessian is diag(2 − 400, 200).
    assert stability_limit(GradientDescent(), Rosenbrock(), (0.0, 1.0))["start"] == pytest.approx(0.01)


def test_the_nearest_minimum_counts():
    left, right = (stability_limit(GradientDescent(), TwoWells(), start)["minimum"] for start in [(-1.0, 0.0), (1.0, 0.0)])
    assert left == pytest.approx(2 / 31.3975, rel=1e-5)
    assert right > 1.2 * left


def test_momentum_raises_the_limit_and_nesterov_lowers_it():
    limits = {rule: stability_limit(rule(momentum=0.9), Bowl(kappa=100.0), (1.0, 1.0))["minimum"] * 100 for rule in (Momentum, Nesterov)}
    assert limits == pytest.approx({Momentum: 3.8, Nesterov: 1.357143})


def test_where_theory_gives_no_limit_there_is_none():
    assert stability_limit(Adam(), Bowl(), (1.0, 1.0)) == {}
    assert stability_limit(GradientDescent(), Dome(), (1.0, 1.0)) == {}
    assert stability_limit(GradientDescent(), Saddle(), (1.0, 1.0)) == pytest.approx({"start": 1.0})


# Beside every surface with a minimum as it is at the opening, which test_tuning looks at.
WITHOUT = [cls() for cls in LANDSCAPES.values() if cls().lowest is None]
SUGGESTED_FOR = [*WITHOUT, Bowl(kappa=1.0), Bowl(kappa=1000.0), Rosenbrock(b=1.0), Rosenbrock(b=1000.0)]


@over_rules
@pytest.mark.parametrize("surface", SUGGESTED_FOR, ids=str)
def test_a_suggested_rate_is_on_its_slider_in_three_digits_and_never_diverges(cls: type[Optimizer], surface: Landscape):
    """Where there is no minimum a run may well diverge, but only after it has been seen to leave."""
    rate = suggested_rate(cls(), surface)
    allowed = parameters(cls)["lr"]
    assert allowed.low <= rate <= allowed.high
    assert rate == float(f"{rate:.3g}")
    trajectory = run(cls(lr=rate), surface, surface.start, 200)
    if surface.lowest is None:
        assert trajectory.diverged_at == -1 or trajectory.diverged_at > 100
    else:
        assert trajectory.diverged_at == -1


@over_rules
@pytest.mark.parametrize("surface", [Bowl(), Rosenbrock(), TwoWells()], ids=str)
def test_a_suggested_rate_takes_the_run_at_least_half_the_way_down(cls: type[Optimizer], surface: Landscape):
    loss = run(cls(lr=suggested_rate(cls(), surface)), surface, surface.start, 200).loss
    assert loss[-1] - surface.lowest < 0.5 * (loss[0] - surface.lowest)


@pytest.mark.parametrize("cls", [GradientDescent, Momentum, Nesterov, Adam])
def test_where_there_is_no_minimum_the_suggested_rate_lets_the_escape_be_seen(cls: type[Optimizer]):
    path = run(cls(lr=suggested_rate(cls(), Saddle())), Saddle(), Saddle.start, 200).path
    leaves = (np.abs(path) > 2).any(axis=1).argmax()
    assert 80 < leaves < 120


@over_rules
def test_a_suggested_rate_does_not_hang_on_the_rate_the_rule_has(cls: type[Optimizer]):
    assert suggested_rate(cls(), Rosenbrock()) == suggested_rate(cls(lr=0.5), Rosenbrock())

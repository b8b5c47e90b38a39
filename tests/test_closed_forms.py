"""What can be proved about a rule on a quadratic, or about its first step, is what it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from core import Array
from landscapes import LANDSCAPES, Landscape
from optimizers import OPTIMIZERS, Optimizer
from runs import run

Bowl, Rosenbrock, TwoWells = (LANDSCAPES[name] for name in ("bowl", "rosenbrock", "two_wells"))
AdaGrad, Adam, AdamW, RMSprop = (OPTIMIZERS[name] for name in ("adagrad", "adam", "adamw", "rmsprop"))
GradientDescent, Momentum, Nesterov = (OPTIMIZERS[name] for name in ("gradient_descent", "momentum", "nesterov"))
Newton, QHM, SAM = (OPTIMIZERS[name] for name in ("newton", "qhm", "sam"))

KAPPA = 100.0


def edge(cls: type[Optimizer], curvature: float, **settings: float) -> float:
    """The rate at which the rule stops shrinking the distance along an axis of this curvature, found by narrowing it down."""
    low, high = 0.1 / curvature, 8 / curvature
    for _ in range(6):
        rates = np.linspace(low, high, 11)
        t = run(cls(lr=rates, **settings), Bowl(kappa=curvature, angle=0.0), (0.0, 1.0), 4000)
        size = np.abs(t.path[:, 1])
        grows = (t.diverged_at >= 0) | (size[3000:].max(axis=0) > size[1000:2000].max(axis=0))
        assert grows[-1] > grows[0]
        low, high = rates[grows.argmax() - 1], rates[grows.argmax()]
    return float(low + high) / 2


@pytest.mark.parametrize("curvature", [1.0, 20.0])
def test_gradient_descent_is_stable_below_two(curvature: float):
    assert edge(GradientDescent, curvature) * curvature == pytest.approx(2, rel=1e-4)


@pytest.mark.parametrize("beta", [0.0, 0.5, 0.9])
def test_the_heavy_ball_is_stable_below_two_plus_two_beta(beta: float):
    assert edge(Momentum, 20.0, momentum=beta) * 20 == pytest.approx(2 + 2 * beta, rel=1e-4)


@pytest.mark.parametrize(("beta", "limit"), [(0.0, 2), (0.5, 1.5), (0.9, 1.357143)])
def test_nesterov_is_less_stable_than_gradient_descent(beta: float, limit: float):
    assert edge(Nesterov, 20.0, momentum=beta) * 20 == pytest.approx(limit, rel=1e-4)


@pytest.mark.parametrize("cls", [GradientDescent, Momentum, Nesterov])
def test_a_rule_states_its_own_limit(cls: type[Optimizer]):
    assert cls().stable_below(20.0) == pytest.approx(edge(cls, 20.0), rel=1e-4)


@pytest.mark.parametrize(("momentum", "nu"), [(0.9, 0.0), (0.9, 0.7), (0.5, 1.0), (0.5, 0.5), (0.999, 0.7)])
def test_qhm_states_its_own_limit(momentum: float, nu: float):
    # The map of (velocity, distance) has the determinant μ(1 − a(1 − ν)) and the trace 1 + μ − a(1 − νμ), a = αλ: an eigenvalue is −1 at the limit.
    assert QHM(momentum=momentum, nu=nu).stable_below(20.0) == pytest.approx(edge(QHM, 20.0, momentum=momentum, nu=nu), rel=1e-4)


@pytest.mark.parametrize("damping", [0.0, 0.5, 2.0])
def test_newton_is_stable_below_two_and_more_where_it_is_damped(damping: float):
    assert Newton(damping=damping).stable_below(1.0) == pytest.approx(edge(Newton, 1.0, damping=damping), rel=1e-4)
    limit = Newton(damping=damping).stable_below(20.0)
    inside, outside = run(Newton(lr=np.array([0.99, 1.01]) * limit, damping=damping), Bowl(), (1.0, 1.0), 3000).loss[-1]
    assert inside < 1e-12
    assert outside > 1e6


def test_sam_stays_within_bounds_below_the_limit_of_gradient_descent_and_does_not_rest():
    assert SAM().stable_below(20.0) == pytest.approx(edge(SAM, 20.0, rho=1e-9), rel=1e-4)
    a = np.array([1.5, 1.9])
    distance = np.abs(run(SAM(lr=a / 20), Bowl(kappa=20.0, angle=0.0), (0.0, 1.0), 1000).path[-1, 1])
    np.testing.assert_allclose(distance, a * 0.05 / (2 - a), rtol=1e-9)
    assert run(SAM(lr=2.02 / 20), Bowl(kappa=20.0, angle=0.0), (0.0, 1.0), 2000).diverged_at > 0


def shrinking(rule: Optimizer, curvature: float) -> float:
    """The rule's linear map of (velocity, distance) along an axis of this curvature, taken from its steps; its largest |eigenvalue|."""
    surface = Bowl(kappa=curvature, angle=0.0)
    columns = []
    for velocity, distance in np.eye(2):
        p = np.array([0.0, distance])
        state: Any = rule.init(p)
        if isinstance(rule, Momentum):
            state = np.array([0.0, velocity])
        elif isinstance(rule, Nesterov):
            state = state._replace(v=np.array([0.0, velocity]))
        p, state = rule.step(surface, p, state, 1, rule.lr)
        after = state if isinstance(rule, Momentum) else state.v if isinstance(rule, Nesterov) else np.zeros(2)
        columns.append([after[1], p[1]])
    return float(np.abs(np.linalg.eigvals(np.array(columns).T)).max())


def rate(rule: Optimizer) -> float:
    """The slower of the two axes of a bowl of condition number 100."""
    return max(shrinking(rule, 1.0), shrinking(rule, KAPPA))


BEST_STEP = 2 / (1 + KAPPA)
BEST_BALL = {"lr": (2 / (1 + np.sqrt(KAPPA))) ** 2, "momentum": ((np.sqrt(KAPPA) - 1) / (np.sqrt(KAPPA) + 1)) ** 2}
# A double eigenvalue is found to about the root of the rounding error, 1e-8.


def test_gradient_descent_at_its_best_shrinks_by_99_over_101():
    assert rate(GradientDescent(lr=BEST_STEP)) == pytest.approx(99 / 101, rel=1e-12)
    assert all(rate(GradientDescent(lr=BEST_STEP * change)) > 99 / 101 for change in (0.99, 1.01))


def test_the_heavy_ball_at_its_best_shrinks_by_9_over_11():
    best = 9 / 11
    assert rate(Momentum(**BEST_BALL)) == pytest.approx(best, abs=1e-6)
    for change in (0.98, 1.02):
        assert rate(Momentum(lr=BEST_BALL["lr"] * change, momentum=BEST_BALL["momentum"])) > best + 1e-4
        assert rate(Momentum(lr=BEST_BALL["lr"], momentum=BEST_BALL["momentum"] * change)) > best + 1e-4


def test_nesterov_at_one_over_l_shrinks_by_nine_tenths():
    assert rate(Nesterov(lr=1 / KAPPA, momentum=9 / 11)) == pytest.approx(1 - 1 / np.sqrt(KAPPA), abs=1e-6)


@pytest.mark.parametrize("beta", [0.5, 0.9, 0.99])
def test_a_heavy_ball_that_ripples_shrinks_by_the_root_of_its_momentum(beta: float):
    for curvature in (1.0, 10.0):  # (1 − √β)² < αλ < (1 + √β)²
        assert shrinking(Momentum(lr=0.1, momentum=beta), curvature) == pytest.approx(np.sqrt(beta), rel=1e-9)


@pytest.mark.parametrize(("rule", "steps"), [(GradientDescent(lr=BEST_STEP), 691), (Momentum(**BEST_BALL), 93)], ids=["gradient descent", "momentum"])
def test_at_condition_number_100_a_millionth_takes_691_steps_or_93(rule: Optimizer, steps: int):
    path = run(rule, Bowl(kappa=KAPPA, angle=0.0), (1.0, 1.0), 800).path
    distance = np.hypot(*path.T) / np.sqrt(2)
    assert int(np.argmax(distance <= 1e-6)) == steps


@pytest.mark.parametrize("surface", [Bowl(), Rosenbrock(), TwoWells()], ids=str)
@pytest.mark.parametrize(
    ("rule", "length"),
    [(Adam(lr=0.03), 0.03), (AdamW(lr=0.03, weight_decay=0.0), 0.03), (AdaGrad(lr=0.03), 0.03), (RMSprop(lr=0.03, decay=0.96), 0.15)],
    ids=lambda value: type(value).__name__,
)
def test_the_first_step_has_the_same_length_whatever_the_slope(rule: Optimizer, length: float, surface: Landscape):
    step = np.diff(run(rule, surface, surface.start, 1).path, axis=0)[0]
    np.testing.assert_allclose(step, -length * np.sign(surface.gradient(np.array(surface.start))), rtol=1e-6)


@dataclass(frozen=True)
class Multiple(Landscape):
    """c times another surface."""

    surface: Landscape
    c: float

    def value(self, p: Array) -> Array:
        return self.c * self.surface.value(p)

    def gradient(self, p: Array) -> Array:
        return self.c * self.surface.gradient(p)

    def hessian(self, p: Array) -> Array:
        return self.c * self.surface.hessian(p)

    def stationary(self) -> list:
        return self.surface.stationary()


SCALED = [
    *(AdaGrad(lr=0.1, eps=1e-14), RMSprop(lr=0.05, eps=1e-14), Adam(lr=0.1, eps=1e-14), AdamW(lr=0.1, eps=1e-14, weight_decay=0.1)),
    *(OPTIMIZERS[name](lr=0.1, eps=1e-14) for name in ("amsgrad", "nadam", "adamax", "adan")),
    *(OPTIMIZERS["adabelief"](lr=0.1, eps=1e-20), OPTIMIZERS["lion"](lr=0.1), OPTIMIZERS["rprop"](lr=0.1)),
]


@pytest.mark.parametrize("c", [1e-3, 1e3])
@pytest.mark.parametrize("rule", [*SCALED, Newton(lr=0.5)], ids=lambda rule: type(rule).__name__)
def test_scaling_the_surface_leaves_the_path_of_a_rule_that_scales(rule: Optimizer, c: float):
    path, scaled = (run(rule, surface, (-1.5, 2.0), 20).path for surface in (Rosenbrock(), Multiple(Rosenbrock(), c)))
    np.testing.assert_allclose(scaled, path, rtol=1e-8)


@pytest.mark.parametrize("rule", [GradientDescent, Momentum, Nesterov, QHM, SAM])
def test_scaling_the_surface_is_scaling_the_rate_of_a_rule_that_does_not(rule: type[Optimizer]):
    path = run(rule(lr=4e-4), Rosenbrock(), (-1.5, 2.0), 20).path
    np.testing.assert_allclose(run(rule(lr=1e-4), Multiple(Rosenbrock(), 4.0), (-1.5, 2.0), 20).path, path, rtol=1e-9)
    assert not np.allclose(run(rule(lr=4e-4), Multiple(Rosenbrock(), 2.0), (-1.5, 2.0), 20).path, path, rtol=1e-2)


def turned(rule: Optimizer, degrees: float) -> Array:
    """The loss on a bowl turned by this angle, from a start turned with it."""
    a = np.radians(degrees)
    start = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]) @ (1.0, 0.5)
    return run(rule, Bowl(kappa=20.0, angle=degrees), start, 30).loss


AXIS_FREE = [GradientDescent(lr=0.05), Momentum(lr=0.02), Nesterov(lr=0.02), QHM(lr=0.05), SAM(lr=0.05), Newton(lr=0.1, damping=1.0)]


@pytest.mark.parametrize("rule", AXIS_FREE, ids=lambda rule: type(rule).__name__)
def test_turning_the_bowl_changes_nothing_for_a_rule_without_axes(rule: Optimizer):
    np.testing.assert_allclose(turned(rule, 40.0), turned(rule, 0.0), rtol=1e-10)


@pytest.mark.parametrize("rule", SCALED, ids=lambda rule: type(rule).__name__)
def test_turning_the_bowl_changes_the_run_of_a_rule_that_scales_each_coordinate(rule: Optimizer):
    assert not np.allclose(turned(rule, 40.0), turned(rule, 0.0), rtol=0.1)

"""What can be proved about a rule on a quadratic, or about its first step, is what it does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core import Array
from landscapes import LANDSCAPES, Landscape
from optimizers import OPTIMIZERS, Optimizer
from optimizers.schedules import SCHEDULES
from runs import Noisy, run

Bowl, Rosenbrock, TwoWells = (LANDSCAPES[name] for name in ("bowl", "rosenbrock", "two_wells"))
GradientDescent, Momentum, Nesterov, Sutskever = (OPTIMIZERS[name] for name in ("gradient_descent", "momentum", "nesterov", "sutskever"))
Newton, SAM = OPTIMIZERS["newton"], OPTIMIZERS["sam"]

KAPPA = 100.0


def edge(cls: type[Optimizer], curvature: float, beyond: float = 5.0, **settings: float) -> float:
    """The rate below `beyond` / curvature at which the rule stops shrinking the distance along such an axis, found by narrowing it down."""
    low, high = 0.1 / curvature, beyond / curvature
    for _ in range(2):
        rates = np.linspace(low, high, 301)
        t = run(cls(lr=rates, **settings), Bowl(kappa=curvature, angle=0.0), (0.0, 1.0), 1000)
        size = np.abs(t.path[:, 1])
        grows = (t.diverged_at >= 0) | (size[750:].max(axis=0) > size[250:500].max(axis=0))
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


@pytest.mark.parametrize("beta", [0.0, 0.5, 0.9])
def test_averaged_momentum_is_stable_below_two_plus_two_beta_over_one_minus_beta(beta: float):
    limit = (2 + 2 * beta) / (1 - beta)
    assert edge(OPTIMIZERS["qhm"], 20.0, 50.0, momentum=beta, nu=1.0) * 20 == pytest.approx(limit, rel=1e-4)


@pytest.mark.parametrize(("nu", "beta"), [(0.0, 0.9), (0.5, 0.5), (0.7, 0.9), (0.9, 0.9)])
def test_quasi_hyperbolic_momentum_is_stable_between_plain_and_averaged(nu: float, beta: float):
    limit = (2 + 2 * beta) / (1 + beta - 2 * nu * beta)  # where its iteration matrix has the eigenvalue −1
    assert edge(OPTIMIZERS["qhm"], 20.0, 20.0, momentum=beta, nu=nu) * 20 == pytest.approx(limit, rel=1e-4)


@pytest.mark.parametrize("cls", OPTIMIZERS.values(), ids=lambda cls: cls.__name__)
def test_a_rule_states_its_own_limit(cls: type[Optimizer]):
    limit = cls().stable_below(20.0)
    if limit is not None:
        t = run(cls(lr=limit * np.array([0.99, 1.01])), Bowl(kappa=20.0, angle=0.0), (0.0, 1.0), 4000)
        size = np.abs(t.path[:, 1])
        assert ((t.diverged_at >= 0) | (size[3000:].max(axis=0) > size[1000:2000].max(axis=0))).tolist() == [False, True]


@pytest.mark.slow
@pytest.mark.parametrize("damping", [0.0, 0.5, 2.0])
def test_newton_is_stable_below_two_and_more_where_it_is_damped(damping: float):
    assert Newton(damping=damping).stable_below(1.0) == pytest.approx(edge(Newton, 1.0, 8.0, damping=damping), rel=1e-4)
    limit = Newton(damping=damping).stable_below(20.0)
    inside, outside = run(Newton(lr=np.array([0.99, 1.01]) * limit, damping=damping), Bowl(), (1.0, 1.0), 3000).loss[-1]
    assert inside < 1e-12
    assert outside > 1e6


def test_sam_stays_within_bounds_below_the_limit_of_gradient_descent_and_does_not_rest():
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


# The (α, β) plane of the heavy ball, by αλ and β: what the distance along an axis does.
REGIMES = {
    "monotone": (0.25, 0.1),
    "critical": (0.25, 0.25),
    "ripples": (0.25, 0.6),
    "oscillation": (1.69, 0.05),
    "divergence": (2.5, 0.1),
}


def distances(regime: str, steps: int = 40) -> Array:
    """The distance along an axis of curvature 4 in this regime."""
    a, beta = REGIMES[regime]
    return run(Momentum(lr=a / 4, momentum=beta), Bowl(kappa=4.0, angle=0.0), (0.0, 1.0), steps).path[:, 1]


@pytest.mark.parametrize("regime", REGIMES)
def test_the_heavy_ball_follows_the_eigenvalues_of_its_matrix(regime: str):
    a, beta = REGIMES[regime]
    matrix = np.array([[beta, 4.0], [-a / 4 * beta, 1 - a]])
    state, expected = np.array([0.0, 1.0]), [1.0]
    for _ in range(40):
        state = matrix @ state
        expected.append(state[1])
    np.testing.assert_allclose(distances(regime), expected, rtol=1e-9, atol=1e-15)
    eigenvalues = np.linalg.eigvals(matrix)
    assert shrinking(Momentum(lr=a / 4, momentum=beta), 4.0) == pytest.approx(np.abs(eigenvalues).max(), rel=1e-7)
    if regime == "critical":
        np.testing.assert_allclose(eigenvalues, 1 - np.sqrt(a), rtol=1e-7)
    else:
        assert bool(np.iscomplex(eigenvalues).any()) == (regime == "ripples")


@pytest.mark.parametrize("regime", ["monotone", "critical"])
def test_little_momentum_comes_from_one_side(regime: str):
    x = distances(regime)
    assert (x > 0).all()
    assert (np.diff(x) < 0).all()


def test_much_momentum_ripples_at_the_angle_of_its_eigenvalues():
    a, beta = REGIMES["ripples"]
    angle, k = np.arccos((1 + beta - a) / (2 * np.sqrt(beta))), np.arange(41)
    slope = ((1 - a) / np.sqrt(beta) - np.cos(angle)) / np.sin(angle)  # so that the first step is that of gradient descent
    np.testing.assert_allclose(distances("ripples"), beta ** (k / 2) * (np.cos(k * angle) + slope * np.sin(k * angle)), atol=1e-12)


def test_a_long_step_with_little_momentum_changes_sides_at_every_step():
    x = distances("oscillation")
    assert (x[1:] * x[:-1] < 0).all()
    assert (np.diff(np.abs(x)) < 0).all()


def test_beyond_two_plus_two_beta_every_step_is_longer_than_the_one_before():
    assert (np.diff(np.abs(distances("divergence"))) > 0).all()


@pytest.mark.parametrize("regime", ["monotone", "ripples"])
def test_critical_damping_arrives_before_its_neighbours(regime: str):
    assert np.abs(distances("critical")[30:]).max() < 0.01 * np.abs(distances(regime)[30:]).max()


def test_where_the_rate_stands_in_momentum_matters_under_a_schedule_alone():
    """On a bowl of condition 20 at a rate of .05 the two forms part by .160 where the rate falls, and by .624 where it rises."""
    Step, Warmup = SCHEDULES["step"], SCHEDULES["warmup"]
    surface = Bowl(kappa=20.0, angle=0.0)
    for schedule, apart in [(None, 0.0), (Step(every=50, factor=0.1), 0.160), (Warmup(50), 0.624)]:
        ours, theirs = (run(rule(lr=0.05, momentum=0.9), surface, Bowl.start, 200, schedule).path for rule in (Momentum, Sutskever))
        assert np.hypot(*(ours - theirs).T).max() == pytest.approx(apart, abs=5e-4)


# The first step of a rule that divides by the gradient's size, in rates.
NADAM = [0.9 * (1 - 0.5 * 0.96 ** (0.004 * t)) for t in (1, 2)]
FIRST_STEP: list[tuple[str, dict[str, float], float]] = [
    ("adagrad", {}, 1.0),
    ("rmsprop", {"decay": 0.96}, 5.0),
    ("rprop", {}, 1.0),
    ("adam", {}, 1.0),
    ("adamw", {"weight_decay": 0.0}, 1.0),
    ("adam_uncorrected", {"beta1": 0.8, "beta2": 0.96}, 1.0),
    ("adam_uncorrected", {"beta1": 0.9, "beta2": 0.999}, 10**0.5),
    ("amsgrad", {}, 1.0),
    ("adamax", {}, 1.0),
    ("nadam", {}, 1 + NADAM[1] * (1 - 0.9) / (1 - NADAM[0] * NADAM[1])),
    ("adabelief", {"beta1": 0.8}, 1.25),
    ("lion", {}, 1.0),
    ("adan", {}, 1.0),
]


@pytest.mark.parametrize("surface", [Bowl(), Rosenbrock(), TwoWells()], ids=lambda surface: type(surface).__name__)
@pytest.mark.parametrize(("name", "settings", "length"), FIRST_STEP, ids=[name for name, _, _ in FIRST_STEP])
def test_the_first_step_has_the_same_length_whatever_the_slope(name: str, settings: dict[str, float], length: float, surface: Landscape):
    step = np.diff(run(OPTIMIZERS[name](lr=0.03, **settings), surface, surface.start, 1).path, axis=0)[0]
    np.testing.assert_allclose(step, -0.03 * length * np.sign(surface.gradient(np.array(surface.start))), rtol=1e-6)


@pytest.mark.parametrize(
    ("name", "settings", "share"),
    [("gradient_descent", {}, 1), ("momentum", {}, 1), ("nesterov", {}, 1), ("radam", {}, 1), ("qhm", {"momentum": 0.9, "nu": 0.7}, 0.37)],
)
def test_the_first_step_is_a_share_of_the_gradient(name: str, settings: dict[str, float], share: float):
    start = np.array(Rosenbrock().start)
    step = np.diff(run(OPTIMIZERS[name](lr=1e-3, **settings), Rosenbrock(), start, 1).path, axis=0)[0]
    np.testing.assert_allclose(step, -1e-3 * share * Rosenbrock().gradient(start), rtol=1e-9)


def test_adadelta_begins_with_the_root_of_its_epsilon():
    start = np.array(Rosenbrock().start)
    step = np.diff(run(OPTIMIZERS["adadelta"](decay=0.96, eps=1e-8), Rosenbrock(), start, 1).path, axis=0)[0]
    np.testing.assert_allclose(step, -5e-4 * np.sign(Rosenbrock().gradient(start)), rtol=1e-4)


@pytest.mark.parametrize("angle", [0.0, 30.0])
def test_one_newton_step_ends_a_quadratic(angle: float):
    path = run(OPTIMIZERS["newton"](), Bowl(kappa=1000.0, angle=angle), (1.5, -0.7), 1).path
    np.testing.assert_allclose(path[1], 0, atol=1e-12)


def test_without_its_memory_a_velocity_is_the_gradient():
    surface, start = Rosenbrock(), (-1.5, 2.0)
    expected = run(GradientDescent(lr=1e-3), surface, start, 30).path
    for name, settings in [("momentum", {"momentum": 0.0}), ("nesterov", {"momentum": 0.0}), ("qhm", {"nu": 0.0}), ("qhm", {"momentum": 0.0})]:
        np.testing.assert_allclose(run(OPTIMIZERS[name](lr=1e-3, **settings), surface, start, 30).path, expected, rtol=1e-12)


def test_quasi_hyperbolic_momentum_with_equal_parts_is_the_look_ahead_point_of_nesterov():
    nesterov = run(Nesterov(lr=1e-4, momentum=0.9), Rosenbrock(), (-1.5, 2.0), 30)
    qhm = run(OPTIMIZERS["qhm"](lr=1e-3, momentum=0.9, nu=0.9), Rosenbrock(), (-1.5, 2.0), 30)
    np.testing.assert_allclose(qhm.path[1:], (nesterov.path + 0.9 * np.diff(nesterov.path, axis=0, prepend=nesterov.path[:1]))[1:], rtol=1e-9)


def variance(rule: Optimizer, burn: int, apart: int) -> tuple[Array, Array]:
    """The variance of the position along each axis of a noisy bowl, in units of σ², and the axes' curvatures.

    Taken over 2000 runs at 20 times so far apart that the distances there are all but uncorrelated.
    """
    bowl = Bowl(kappa=3.0, angle=0.0)
    t = run(rule, Noisy(bowl, sigma=0.1, seed=1, runs=2000), np.zeros((2, 2000)), burn + 19 * apart)
    return (t.path[burn::apart] ** 2).mean(axis=(0, 2)) / 0.1**2, np.array([1.0, 3.0])


SPREAD = 4 * np.sqrt(2 / (20 * 2000))  # four standard errors of a variance from so many independent Gaussian draws: 2.8 %


@pytest.mark.parametrize("lr", [0.1, 0.3, 0.6])
def test_noise_keeps_gradient_descent_at_its_stationary_variance(lr: float):
    found, curvature = variance(GradientDescent(lr=lr), burn=60, apart=15)
    np.testing.assert_allclose(found, lr / (curvature * (2 - lr * curvature)), rtol=SPREAD)


@pytest.mark.slow
@pytest.mark.parametrize(("lr", "beta"), [(0.3, 0.5), (0.8, 0.5), (0.1, 0.9)])
def test_noise_keeps_the_heavy_ball_at_its_stationary_variance(lr: float, beta: float):
    found, curvature = variance(Momentum(lr=lr, momentum=beta), burn=100, apart=25)
    np.testing.assert_allclose(found, lr * (1 + beta) / (curvature * (1 - beta) * (2 * (1 + beta) - lr * curvature)), rtol=SPREAD)

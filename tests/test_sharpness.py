"""The largest curvature of a network's loss, the edge of stability, and the trainings worth seeing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from core import Array
from landscapes import Objective
from links.train import TRAIN
from links.trained import edge_of, training, what_is_trained
from links.trainings import TRAININGS, trains, worth_of
from optimizers import OPTIMIZERS
from problems.networks import Perceptron, start
from problems.networks.digits import digits
from runs.sharpness import curvature, edge, sharpness
from runs.training import CURVES

SHARPNESS = len(CURVES)  # its row of the curves


@dataclass(frozen=True)
class Turned(Objective):
    """½ pᵀ A p."""

    A: Array

    @property
    def coordinates(self) -> int:
        return len(self.A)

    def value(self, p: Array) -> Array:
        return 0.5 * p @ self.A @ p

    def gradient(self, p: Array) -> Array:
        return self.A @ p


@pytest.mark.parametrize("eigenvalues", [np.arange(1.0, 41), np.array([-9.0, *np.linspace(-1, 3, 20)]), np.ones(5), np.array([7.0])])
def test_it_is_the_largest_eigenvalue_of_a_quadratic(eigenvalues: Array):
    turn = np.linalg.qr(np.random.default_rng(1).standard_normal((len(eigenvalues),) * 2))[0]
    quadratic = Turned(turn * eigenvalues @ turn.T)
    assert sharpness(quadratic, np.ones(len(eigenvalues))).value == pytest.approx(eigenvalues.max(), rel=2e-2)


def test_it_is_that_of_the_networks_whole_hessian():
    net = Perceptron(digits().training.of(np.arange(80)), (4,), "tanh")
    p, h = start(net), 1e-5
    rows = np.array([(net.gradient(p + h * each) - net.gradient(p - h * each)) / (2 * h) for each in np.eye(len(p))])
    assert sharpness(net, p).value == pytest.approx(np.linalg.eigvalsh((rows + rows.T) / 2)[-1], rel=2e-2)


def test_the_edge_is_the_one_beyond_which_a_rule_diverges_on_a_quadratic():
    for name, wanted in [("gradient_descent", 2 / 0.1), ("momentum", (2 + 2 * 0.9) / 0.1), ("nesterov", (2 + 2 * 0.9) / ((1 + 2 * 0.9) * 0.1))]:
        assert edge(OPTIMIZERS[name](lr=0.1)) == pytest.approx(wanted)
    assert edge(OPTIMIZERS["adam"](lr=0.1)) is None
    assert edge(OPTIMIZERS["adam"](lr=0.1), preconditioned=True) == pytest.approx((2 + 2 * 0.9) / ((1 - 0.9) * 0.1))
    assert edge(OPTIMIZERS["adam"](lr=0.1, beta1=0.5), preconditioned=True) == pytest.approx(60)
    assert edge(OPTIMIZERS["rmsprop"](lr=0.1), preconditioned=True) == edge(OPTIMIZERS["gradient_descent"](lr=0.1), preconditioned=True)


DIVIDING = {"adam", "adamw", "adam_uncorrected", "amsgrad", "yogi", "adabelief", "rmsprop", "adagrad"}


def test_what_a_rule_divides_by_is_what_its_step_says():
    """p ← p − η P⁻¹ m, with the running mean m that its state has, or the gradient itself."""
    net = Perceptron(digits().training.of(np.arange(40)), (3,), "tanh")
    for name, cls in OPTIMIZERS.items():
        if cls.coordinates is not None or name == "bfgs":
            continue
        rule = cls(lr=0.01, weight_decay=0.0) if name == "adamw" else cls(lr=0.01)
        before = p = start(net)
        state = rule.init(p)
        for t in range(1, 6):
            before = p
            p, state = rule.step(net, p, state, t, 0.01)
        divided = rule.preconditioner(state, 5)
        assert (divided is not None) == (name in DIVIDING), name
        if divided is not None:
            m = getattr(state, "m", net.gradient(before))
            np.testing.assert_allclose(before - 0.01 * m / divided, p, rtol=1e-12, atol=1e-15, err_msg=name)


@pytest.mark.parametrize("name", sorted(DIVIDING))
def test_beyond_its_own_edge_a_rule_with_what_it_divides_by_held_still_diverges(name: str):
    """With m of β₁, or without one, on the quadratic ½ λ x² seen through P: below the edge it comes to rest, beyond it it leaves."""
    rule = OPTIMIZERS[name](lr=0.1)
    beta1 = getattr(rule, "beta1", 0.0)
    limit = edge(rule, preconditioned=True)
    assert limit is not None
    for part, stays in ((0.95, True), (1.05, False)):
        x, m = 1.0, 0.0
        for _ in range(2000):
            m = beta1 * m + (1 - beta1) * part * limit * x
            x -= 0.1 * m
            if abs(x) > 1e6:
                break
        assert (abs(x) < 1e-3) == stays


def test_the_preconditioned_sharpness_is_the_largest_eigenvalue_of_p_inverse_h():
    rng = np.random.default_rng(2)
    turn = np.linalg.qr(rng.standard_normal((30, 30)))[0]
    H, P = turn * np.linspace(-2, 9, 30) @ turn.T, rng.uniform(0.01, 3, 30)
    P[4] = np.inf  # a weight that has not moved
    wanted = np.linalg.eigvals(H / P[:, None]).real.max()
    assert sharpness(Turned(H), np.ones(30), preconditioner=P).value == pytest.approx(wanted, rel=2e-2)


def test_the_share_of_negative_eigenvalues_is_about_that_of_the_whole_hessian():
    """Of those that are below a hundredth of the largest."""
    for k, (activation, hidden) in enumerate([("relu", (6,)), ("tanh", (5, 5))]):
        net = Perceptron(digits().training.of(np.arange(150)), hidden, activation)
        p = start(net, seed=k)
        values = np.linalg.eigvalsh(np.stack([net.product(p, unit) for unit in np.eye(len(p))]))
        found = curvature(net, p, None, None, shares=True)
        assert found.values[2] == pytest.approx((values < -0.01 * np.abs(values).max()).mean(), abs=0.04)
        assert found.values[0] == found.values[1] == pytest.approx(values.max(), rel=1e-2)


def test_a_training_has_its_curvature_in_three_rows():
    flat = TRAIN.read({"sharp": "1", "batch": "2000", "hidden": "3", "steps": "12", "1.rule": "adam", "lanes": "1"}, "en")[0]
    rows = training(what_is_trained(flat, 1)).run().curves[SHARPNESS:]
    assert rows.shape == (3, 13)
    assert np.isfinite(rows[:2]).all()
    assert (rows[1] > rows[0]).all(), "Adam's P is below one here"
    assert np.flatnonzero(np.isfinite(rows[2])).tolist() == [0, 9, 12]


def test_an_edge_is_named_for_the_full_batch_at_a_constant_rate_alone():
    flat = TRAIN.read({"sharp": "1", "batch": "2048", "1.lr": "0.5"}, "en")[0]
    assert edge_of(flat, 1) == 4.0
    adam = TRAIN.read({"sharp": "1", "batch": "2048", "1.rule": "adam"}, "en")[0]
    assert (edge_of(adam, 1), edge_of(adam, 1, preconditioned=True)) == (None, pytest.approx(3800))
    for changed in ({"batch": 32}, {"1.schedule": "cosine", "1.schedule.floor": 0.0}, {"sharp": 0}):
        assert edge_of(flat | changed, 1) is None
        assert edge_of(flat | changed, 1, preconditioned=True) is None


@cache
def shown(name: str, lanes: int = 8) -> dict[int, Array]:
    """The curves of the lanes, at most so many, of a training worth seeing."""
    worth = next(each for each in TRAININGS if each.name == name)
    flat = TRAIN.read(worth.link, "en")[0]
    return {i: training(what_is_trained(flat, i)).run().curves for i in range(1, min(flat["lanes"], lanes) + 1)}


def test_every_training_worth_seeing_is_known_by_its_settings_and_its_link_is_short():
    for worth in TRAININGS:
        flat, complaints = TRAIN.read_link(worth.query, "en")
        assert complaints == []
        assert worth_of(flat | {"over": "epochs", "lane": 2}) == worth
        short = TRAIN.short(flat, "en")
        assert {key: value for key, value in short.items() if key != "v"} == worth.link
        assert trains(flat)["sharp"] == int("sharp" in worth.link)


@pytest.mark.slow
def test_at_the_edge_of_stability_the_sharpness_stays_near_two_over_the_rate():
    for i, lr in ((1, 0.5), (2, 0.7)):
        curves = shown("edge")[i]
        parts = curves[SHARPNESS] * lr / 2
        assert parts[0] > 1.5
        assert np.abs(parts[10:35] - 1).max() < 0.11  # of a hundred marks
        assert parts[-1] < parts[50] < 0.9
        assert curves[0, -1] < 0.5 * curves[0, 33]


@pytest.mark.slow
def test_rmsprops_own_edge_is_two_over_the_rate_too():
    for i, lr in ((1, 0.002), (2, 0.003)):
        parts = shown("divided")[i][SHARPNESS + 1] * lr / 2
        assert parts[0] > 10
        assert np.abs(parts[5:] - 1).max() < 0.26


def test_from_zero_no_rule_learns_more_than_one_digit_for_all():
    for curves in shown("zero").values():
        assert curves[2].max() < 0.12

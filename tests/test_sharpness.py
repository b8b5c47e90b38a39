"""The largest curvature of a network's loss, the edge of stability, and the trainings worth seeing."""

from __future__ import annotations

from dataclasses import dataclass

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
from runs.sharpness import edge, sharpness
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


def test_an_edge_is_named_for_the_full_batch_at_a_constant_rate_alone():
    flat = TRAIN.read({"sharp": "1", "batch": "2048", "1.lr": "0.5"}, "en")[0]
    assert edge_of(flat, 1) == 4.0
    for changed in ({"batch": 32}, {"1.schedule": "cosine", "1.schedule.floor": 0.0}, {"sharp": 0}):
        assert edge_of(flat | changed, 1) is None


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
    curves = shown("edge", 1)[1]
    since = curves[SHARPNESS, 33:]  # of a hundred marks
    assert np.median(since) == pytest.approx(2 / 0.3, rel=0.1)
    assert curves[SHARPNESS].max() > 2 / 0.3
    assert curves[0, -1] < 0.5 * curves[0, 33]


def test_from_zero_no_rule_learns_more_than_one_digit_for_all():
    for curves in shown("zero").values():
        assert curves[2].max() < 0.12

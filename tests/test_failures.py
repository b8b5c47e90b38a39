"""Surfaces on which a rule fails for good: a heavy ball's cycle, and a sequence of slopes that leads Adam to the wrong end."""

from __future__ import annotations

import numpy as np
import pytest

from landscapes import LANDSCAPES
from landscapes.base import Landscape
from optimizers import OPTIMIZERS
from optimizers.schedules import SCHEDULES
from runs import Noisy, run

Lessard, Reddi = LANDSCAPES["lessard"], LANDSCAPES["reddi"]
CYCLE = np.array([792, -2208, 2592]) / 1225  # Lessard, Recht, Packard 2016, eq. 4.11
RUNS = [("gradient_descent", {}), ("amsgrad", {"beta1": 0.0, "beta2": 0.1}), ("adam", {})]


@pytest.mark.parametrize("start", [3.07, 3.3, 3.46])
def test_the_best_heavy_ball_of_quadratics_goes_round_three_points_for_ever(start: float):
    x = run(OPTIMIZERS["momentum"](lr=1 / 9, momentum=4 / 9), Lessard(), (start, 1.0), 300).path[:, 0]
    np.testing.assert_allclose(np.sort(x[-3:]), np.sort(CYCLE), atol=1e-9)
    np.testing.assert_allclose(x[-30:-3], x[-27:], atol=1e-9)


@pytest.mark.parametrize(("name", "settings"), [("gradient_descent", {"lr": 2 / 26}), ("nesterov", {"lr": 1 / 25, "momentum": 2 / 3})])
def test_others_come_to_rest_on_the_same_valley(name: str, settings: dict[str, float]):
    assert run(OPTIMIZERS[name](**settings), Lessard(), Lessard.start, 300).loss[-1] < 1e-9


@pytest.mark.parametrize("slope", [2.5, 3.0, 10.0])
def test_three_steps_of_the_sequence_have_the_mean_slope(slope: float):
    surface, p = Reddi(large=slope), np.random.default_rng(1).uniform(-1.5, 1.5, (2, 7))
    g = [surface.at(t).gradient(p) for t in (7, 8, 9)]
    np.testing.assert_allclose(np.mean(g, axis=0), surface.gradient(p), rtol=1e-12, atol=1e-14)
    inside = np.array([0.2, 0.0])
    assert [surface.at(t).gradient(inside)[0] for t in (1, 2, 3, 4)] == pytest.approx([slope, -1, -1, slope])


def ends_at(name: str, surface: Landscape, settings: dict[str, float]) -> float:
    return float(run(OPTIMIZERS[name](**settings), surface, Reddi.start, 600).path[-100:, 0].mean())


@pytest.mark.parametrize("slope", [2.5, 3.0, 6.0])
def test_adam_that_forgets_goes_to_the_wrong_end(slope: float):
    assert ends_at("adam", Reddi(large=slope), {"lr": 0.03, "beta1": 0.0, "beta2": 1 / (1 + slope**2)}) > 0.95


@pytest.mark.parametrize(("name", "settings"), RUNS, ids=[name for name, _ in RUNS])
def test_others_go_to_the_minimum(name: str, settings: dict[str, float]):
    assert ends_at(name, Reddi(), {"lr": 0.03} | settings) == pytest.approx(Reddi().minima()[0, 0], abs=0.1)


def test_adam_goes_to_the_wrong_end_at_the_papers_falling_rate():
    x = run(OPTIMIZERS["adam"](lr=0.1, beta1=0.0, beta2=0.1), Reddi(), Reddi.start, 1000, SCHEDULES["inverse_sqrt"]()).path[:, 0]
    assert x[-100:].min() > 0.95


def test_noise_comes_on_top_of_the_sequence():
    p = np.array([0.2, 0.1])
    noisy = Noisy(Reddi(), 0.5, 3)
    np.testing.assert_allclose(noisy.at(2).gradient(p), Reddi().at(2).gradient(p) + noisy.noise(2), rtol=1e-12)

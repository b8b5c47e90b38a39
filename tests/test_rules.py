"""One rule at a time: what makes it what it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from core import Array
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from runs import run
from tests.test_optimizers import Parabola, without_decay

Bowl, Rosenbrock = LANDSCAPES["bowl"], LANDSCAPES["rosenbrock"]


def shown(name: str, steps: int = 10, **settings: Any) -> tuple[Array, Array, dict[str, Array]]:
    """Path, gradients along it and shown arrays of a run on Rosenbrock's valley."""
    t = run(without_decay(OPTIMIZERS[name], **settings), Rosenbrock(), (-1.5, 2.0), steps)
    return t.path, Rosenbrock().gradient(t.path.T).T[:-1], t.states


def test_momentum_shows_the_sum_of_its_gradients():
    _, g, states = shown("momentum", 2, momentum=0.75, lr=1e-4)
    np.testing.assert_allclose(states["v"], [g[0], 0.75 * g[0] + g[1]], rtol=1e-12)


def test_nesterov_shows_the_point_it_looks_ahead_to():
    path, _, states = shown("nesterov", momentum=0.8, lr=1e-4)
    np.testing.assert_allclose(states["v"], np.diff(path, axis=0), rtol=1e-9)
    np.testing.assert_allclose(states["ahead"], path[:-1] + 0.8 * np.diff(path[:-1], axis=0, prepend=path[:1]), rtol=1e-12)


def test_nesterov_takes_its_gradient_at_the_point_it_looks_ahead_to():
    path, _, states = shown("nesterov", momentum=0.8, lr=1e-4)
    np.testing.assert_allclose(path[1:], states["ahead"] - 1e-4 * Rosenbrock().gradient(states["ahead"].T).T, rtol=1e-12)


@pytest.mark.parametrize("name", ["adagrad", "rmsprop"])
def test_the_shown_rate_times_the_gradient_is_the_step(name: str):
    path, g, states = shown(name, lr=0.05)
    np.testing.assert_allclose(np.diff(path, axis=0), -states["rate"] * g, rtol=1e-9)


@pytest.mark.parametrize("name", ["adam", "adamw"])
def test_the_shown_rate_times_the_corrected_mean_is_adams_step(name: str):
    path, g, states = shown(name, lr=0.05)
    np.testing.assert_allclose(np.diff(path, axis=0), -states["rate"] * states["m_hat"], rtol=1e-9)
    np.testing.assert_allclose([states["m_hat"][0], states["v_hat"][0]], [g[0], g[0] ** 2], rtol=1e-12)


def test_adagrad_shows_the_sum_of_all_squared_gradients():
    _, g, states = shown("adagrad", lr=0.05)
    np.testing.assert_allclose(states["s"], np.cumsum(g**2, axis=0), rtol=1e-12)


def test_adadelta_shows_its_running_means():
    path, g, states = shown("adadelta", 1, decay=0.75, lr=2.0)
    np.testing.assert_allclose(states["v"], 0.25 * g**2, rtol=1e-12)
    np.testing.assert_allclose(states["u"], 0.25 * (np.diff(path, axis=0) / 2) ** 2, rtol=1e-9)


@pytest.mark.parametrize("name", ["momentum", "nesterov"])
def test_without_momentum_it_is_gradient_descent(name: str):
    expected, _, _ = shown("gradient_descent", 30, lr=1e-3)
    path, _, _ = shown(name, 30, lr=1e-3, momentum=0.0)
    np.testing.assert_allclose(path, expected, rtol=1e-12)


def test_adam_and_adamw_differ_by_weight_decay_alone():
    surface, start = Rosenbrock(), (-1.5, 2.0)
    adam, adamw = OPTIMIZERS["adam"], OPTIMIZERS["adamw"]
    np.testing.assert_array_equal(run(adam(weight_decay=0.0), surface, start, 9).path, run(adamw(weight_decay=0.0), surface, start, 9).path)
    assert (run(adam(weight_decay=0.5), surface, start, 9).path[-1] != run(adamw(weight_decay=0.5), surface, start, 9).path[-1]).all()


@dataclass(frozen=True)
class Plane(Parabola):
    """A constant slope: steep along x, gentle along y."""

    def value(self, p: Array) -> Array:
        return 100 * p[0] + 0.01 * p[1]

    def gradient(self, p: Array) -> Array:
        return np.array([100 + 0 * p[0], 0.01 + 0 * p[1]])


def steps_on_a_plane(name: str, steps: int = 40, **settings: Any) -> Array:
    """What each step adds to the point where the gradient never changes; shape (steps, 2)."""
    rule, p = OPTIMIZERS[name](**settings), np.zeros(2)
    state, path = rule.init(p), [p]
    for t in range(1, steps + 1):
        p, state = rule.step(Plane(), p, state, t, rule.lr)
        path.append(p)
    return np.diff(path, axis=0)


@pytest.mark.parametrize("name", ["amsgrad", "adabelief", "nadam", "yogi"])
def test_the_shown_rate_times_the_corrected_mean_is_the_step(name: str):
    path, _, states = shown(name, lr=0.05)
    np.testing.assert_allclose(np.diff(path, axis=0), -states["rate"] * states["m_hat"], rtol=1e-9)


@pytest.mark.parametrize("name", ["radam", "adamax"])
def test_the_shown_rate_times_the_corrected_mean_is_the_step_from_the_first_scaled_step_on(name: str):
    path, _, states = shown(name, 30, lr=1e-4)
    np.testing.assert_allclose(np.diff(path, axis=0), -states["rate"] * states["m_hat"], rtol=1e-9)


def test_amsgrad_divides_by_the_largest_mean_so_far():
    _, _, states = shown("amsgrad", 60, lr=0.1, beta2=0.5)
    np.testing.assert_array_equal(states["v_max"], np.maximum.accumulate(states["v"]))
    assert (states["v"][-1] < states["v_max"][-1]).all()
    corrected = -np.expm1(np.log(0.5) * np.arange(1, 61))[:, None]
    np.testing.assert_allclose(states["v_hat"], states["v_max"] / corrected, rtol=1e-12)
    assert (np.diff(states["rate"] / np.sqrt(corrected), axis=0) <= 1e-15).all()  # it never grows, but for the bias correction


def test_amsgrad_is_adam_while_the_slope_grows():
    for steps in (1, 40):
        np.testing.assert_allclose(steps_on_a_plane("amsgrad", steps), steps_on_a_plane("adam", steps), rtol=1e-12)


def test_nadam_without_a_mean_is_adam_without_a_mean():
    path, _, states = shown("nadam", lr=0.05, beta1=0.0)
    np.testing.assert_allclose(path, shown("adam", lr=0.05, beta1=0.0)[0], rtol=1e-12)
    assert not states["mu"].any()


def test_nadams_momentum_climbs_from_half_of_beta1_or_stays_there():
    rule = OPTIMIZERS["nadam"](momentum_decay=0.1)
    assert [rule.mu(0), rule.mu(1e9)] == pytest.approx([0.45, 0.9])
    assert (shown("nadam", momentum_decay=0.0)[2]["mu"] == 0.45).all()


def test_radam_is_momentum_before_its_mean_square_can_be_trusted():
    path, _, states = shown("radam", 8, lr=1e-4)
    m_hat = states["m_hat"]
    np.testing.assert_allclose(np.diff(path[:6], axis=0), -1e-4 * m_hat[:5], rtol=1e-9)
    assert (states["rho"][:5] <= 5).all()
    assert (states["rho"][5:] > 5).all()
    assert (states["r"][:5] == 1).all()
    assert (states["r"][5:] < 0.1).all()


def test_radam_ends_as_adam():
    rule, adam = OPTIMIZERS["radam"](beta2=0.9), OPTIMIZERS["adam"](beta2=0.9)
    state = rule.init(np.zeros(2))._replace(v=np.array([4.0, 9.0]))
    assert rule.rectification(1000) == pytest.approx(1)
    np.testing.assert_allclose(rule.rate(state.v, 1000, 0.1), adam.shown(np.zeros(2), np.zeros(2), state, 1000, 0.1)["rate"], rtol=1e-8)


def test_radam_with_a_short_memory_never_scales():
    states = shown("radam", 50, lr=1e-5, beta2=0.6)[2]  # ρ∞ = 4
    assert (states["rate"] == 1e-5).all()


@pytest.mark.parametrize("name", ["adamax", "lion", "rprop", "adan", "amsgrad"])
def test_the_first_step_is_the_rate_along_each_coordinate(name: str):
    path, g, _ = shown(name, 1, lr=0.03)
    np.testing.assert_allclose(path[1] - path[0], -0.03 * np.sign(g[0]), rtol=1e-6)


def test_adamax_shows_its_fading_maximum():
    _, g, states = shown("adamax", 3, lr=0.5, beta2=0.5, eps=1e-6)
    first = np.abs(g[0]) + 1e-6
    second = np.maximum(0.5 * first, np.abs(g[1]) + 1e-6)
    np.testing.assert_allclose(states["u"], [first, second, np.maximum(0.5 * second, np.abs(g[2]) + 1e-6)], rtol=1e-12)


def test_adabelief_takes_long_steps_where_no_gradient_surprises():
    adam, adabelief = steps_on_a_plane("adam"), steps_on_a_plane("adabelief")
    np.testing.assert_allclose(adam, -1e-3, rtol=1e-5)
    assert (adabelief < 1.05 * adam).all()
    assert (adabelief[-1] < 3 * adam[-1]).all()
    assert (np.diff(adabelief, axis=0) < 0).all()


def test_yogis_mean_square_moves_by_a_fixed_part_of_the_squared_gradient():
    _, g, states = shown("yogi", 30, lr=0.1, beta2=0.9)
    moved = np.diff(states["v"], axis=0)
    np.testing.assert_allclose(np.abs(moved), 0.1 * g[1:] ** 2, rtol=1e-8, atol=1e-12)
    assert (moved > 0).any()
    assert (moved < 0).any()


def test_lion_moves_every_coordinate_by_its_rate():
    path, g, states = shown("lion", 20, lr=0.01, beta1=0.5, beta2=0.75)
    np.testing.assert_allclose(np.diff(path, axis=0), -0.01 * np.sign(states["c"]), rtol=1e-9)
    np.testing.assert_allclose(states["m"][:2], [0.25 * g[0], 0.1875 * g[0] + 0.25 * g[1]], rtol=1e-12)
    np.testing.assert_allclose(states["c"][1], 0.125 * g[0] + 0.5 * g[1], rtol=1e-12)


def test_rprops_steps_grow_while_the_slope_keeps_its_sign():
    np.testing.assert_allclose(steps_on_a_plane("rprop", 4, lr=0.1, grow=1.5), -0.1 * 1.5 ** np.arange(4)[:, None] * [1, 1], rtol=1e-9)


def test_rprop_rests_where_the_sign_has_changed_and_goes_on_with_a_shorter_step():
    t = run(OPTIMIZERS["rprop"](lr=0.5, shrink=0.25, grow=2.0), Bowl(kappa=1.0), (1.0, 0.25), 4)
    assert t.path.T.tolist() == [[1, 0.5, -0.5, -0.5, -0.25], [0.25, -0.25, -0.25, -0.125, 0.125]]
    assert t.states["Delta"].T.tolist() == [[0.5, 1, 0.25, 0.25], [0.5, 0.125, 0.125, 0.25]]
    assert t.states["s"].T.tolist() == [[1, 1, 0, -1], [1, 0, -1, -1]]


def test_rprops_steps_stay_between_the_shortest_and_the_longest():
    sizes = shown("rprop", 60, lr=10.0, step_min=0.05, step_max=0.3)[2]["Delta"]
    assert sizes[0].tolist() == [0.3, 0.3]
    assert (sizes.min(), sizes.max()) == (0.05, 0.3)


def test_qhm_is_gradient_descent_at_one_end_and_averaged_momentum_at_the_other():
    descent, heavy = shown("gradient_descent", 30, lr=1e-3)[0], shown("momentum", 30, lr=1e-4, momentum=0.9)[0]
    np.testing.assert_allclose(shown("qhm", 30, lr=1e-3, nu=0.0)[0], descent, rtol=1e-12)
    np.testing.assert_allclose(shown("qhm", 30, lr=1e-3, nu=1.0, momentum=0.9)[0], heavy, rtol=1e-10)


def test_qhm_between_them_follows_nesterovs_look_ahead_point():
    path, _, states = shown("nesterov", 30, lr=1e-4, momentum=0.9)
    np.testing.assert_allclose(shown("qhm", 30, lr=1e-3, nu=0.9, momentum=0.9)[0][1:], path[1:] + 0.9 * states["v"], rtol=1e-10)


def test_adan_adds_the_mean_change_of_the_gradient():
    path, g, states = shown("adan", 2, lr=0.05, beta1=0.5, beta2=0.75, beta3=0.5)
    change = g[1] - g[0]
    np.testing.assert_allclose(states["v"], [0 * change, 0.25 * change], rtol=1e-12)
    np.testing.assert_allclose(states["n"][1], 0.25 * g[0] ** 2 + 0.5 * (g[1] + 0.75 * change) ** 2, rtol=1e-12)
    step = states["m_hat"] + 0.75 * states["v_hat"]
    np.testing.assert_allclose(np.diff(path, axis=0), -states["rate"] * step, rtol=1e-9)


def test_adan_is_adam_where_the_gradient_never_changes():
    np.testing.assert_allclose(steps_on_a_plane("adan"), steps_on_a_plane("adam"), rtol=1e-9)


def test_sam_takes_its_gradient_uphill():
    path, g, states = shown("sam", lr=1e-4, rho=0.2)
    away = states["q"] - path[:-1]
    np.testing.assert_allclose(away, 0.2 * g / np.hypot(*g.T)[:, None], rtol=1e-9)
    np.testing.assert_allclose(states["g"], Rosenbrock().gradient(states["q"].T).T, rtol=1e-12)
    np.testing.assert_allclose(np.diff(path, axis=0), -1e-4 * states["g"], rtol=1e-9)


def test_sam_without_a_radius_is_gradient_descent():
    expected = shown("gradient_descent", 30, lr=1e-3)[0]
    np.testing.assert_array_equal(shown("sam", 30, lr=1e-3, rho=0.0)[0], expected)
    np.testing.assert_allclose(shown("sam", 30, lr=1e-3, rho=1e-12)[0], expected, rtol=1e-8)


def test_newton_reaches_the_stationary_point_of_a_quadratic_in_one_step_whatever_its_kind():
    for surface in (Bowl(), LANDSCAPES["saddle"]()):
        np.testing.assert_allclose(run(OPTIMIZERS["newton"](), surface, (-1.6, 0.5), 1).path[-1], 0, atol=1e-14)


def test_newton_is_gradient_descent_where_it_is_damped_enough():
    newton = run(OPTIMIZERS["newton"](lr=1e6, damping=1e9), Rosenbrock(), (-1.5, 2.0), 5).path
    np.testing.assert_allclose(newton, run(OPTIMIZERS["gradient_descent"](lr=1e-3), Rosenbrock(), (-1.5, 2.0), 5).path, rtol=1e-4)


def test_newton_leaves_a_saddle_only_where_it_is_damped_beyond_its_curvature():
    loss = run(OPTIMIZERS["newton"](lr=0.5, damping=np.array([0.0, 1.0, 3.0])), LANDSCAPES["saddle"](), (-1.6, 0.001), 20).loss[-1]
    assert abs(loss[0]) < 1e-6
    assert abs(loss[1]) < 1e-2
    assert loss[2] < -1


def test_bfgs_approaches_the_bowls_minimum_ever_faster():
    distance = np.hypot(*run(OPTIMIZERS["bfgs"](), Bowl(), (-1800.0, -400.0), 12).path.T)
    ratio = distance[1:] / distance[:-1]
    assert distance[-1] < 1e-13
    assert ratio[:3].min() > 0.8
    assert ratio[3:6].min() > 0.05
    assert ratio[7:].max() < 0.005


def test_bfgs_learns_the_inverse_hessian():
    surface = Bowl()
    rule, p = OPTIMIZERS["bfgs"](), np.array([-1800.0, -400.0])
    state = rule.init(p)
    for t in range(1, 12):
        before, (p, state) = state, rule.step(surface, p, state, t, 1.0)
        s, y = state.p - before.p, state.g - before.g
        if t > 1 and s @ y > 1e-10:
            np.testing.assert_allclose(state.H @ y, s, rtol=1e-6)  # the secant equation
        np.testing.assert_allclose(state.H, state.H.T, rtol=1e-12)
    np.testing.assert_allclose(state.H, np.linalg.inv(surface.matrix()), rtol=1e-2)


def test_bfgs_keeps_what_it_knows_where_the_surface_curves_down():
    states = run(OPTIMIZERS["bfgs"](lr=0.1), LANDSCAPES["saddle"](), (0.0, 0.5), 4).states
    assert (states["H_diag"] == 1).all()


def test_the_first_step_of_bfgs_is_no_longer_than_its_rate():
    path, g, _ = shown("bfgs", 1, lr=0.5)
    np.testing.assert_allclose(path[1] - path[0], -0.5 * g[0] / np.abs(g[0]).sum(), rtol=1e-12)
    path = run(OPTIMIZERS["bfgs"](lr=0.5), Bowl(kappa=1.0), (0.1, 0.2), 1).path
    np.testing.assert_allclose(path[1], 0.5 * path[0], rtol=1e-12)

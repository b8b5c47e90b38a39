"""What holds for every rule of the catalogue; the numbers themselves are in test_golden and test_closed_forms."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pytest

from core import Array, parameters
from landscapes import LANDSCAPES, Landscape
from optimizers import OPTIMIZERS, Optimizer
from runs import run

Bowl, Rosenbrock = LANDSCAPES["bowl"], LANDSCAPES["rosenbrock"]
ALLOWED = {
    **dict.fromkeys(["lr", "eps", "step_max"], "(0, ∞)"),
    **dict.fromkeys(["weight_decay", "momentum_decay", "rho", "damping", "step_min"], "[0, ∞)"),
    **dict.fromkeys(["momentum", "decay", "beta1", "beta2", "beta3"], "[0, 1)"),
    "nu": "[0, 1]",
    "shrink": "(0, 1)",
    "grow": "(1, ∞)",
}
OUTSIDE = {"(0, ∞)": [0, -1.0], "[0, ∞)": [-1e-9], "[0, 1)": [1, 1.5, -0.1], "[0, 1]": [1.5, -0.1], "(0, 1)": [0, 1, 1.5], "(1, ∞)": [1, 0.5]}

over_rules = pytest.mark.parametrize("cls", OPTIMIZERS.values(), ids=lambda cls: cls.__name__)
over_parameters = pytest.mark.parametrize(
    ("cls", "name"), [pytest.param(cls, name, id=f"{cls.__name__}.{name}") for cls in OPTIMIZERS.values() for name in parameters(cls)]
)


def without_decay(cls: type[Optimizer], **settings: Any) -> Optimizer:
    """The rule with its weight decay, if it has one, at zero."""
    return cls(**settings, **({"weight_decay": 0.0} if "weight_decay" in parameters(cls) else {}))


def test_the_rules_are_there():
    assert set(OPTIMIZERS) >= {
        *("gradient_descent", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam", "adamw"),
        *("amsgrad", "nadam", "radam", "adamax", "adabelief", "yogi", "lion", "rprop", "qhm", "adan", "sam", "newton", "bfgs"),
    }


def test_rules_stand_oldest_first():
    years = [cls.year for cls in OPTIMIZERS.values()]
    assert years == sorted(years)
    assert list(OPTIMIZERS)[:3] == ["newton", "gradient_descent", "momentum"]


@over_rules
def test_a_rule_is_made_without_arguments_and_says_what_it_is(cls: type[Optimizer]):
    assert all(isinstance(text, str) and text for text in (cls().title, cls.formula, cls.reference, cls.__doc__))
    assert cls() == cls()
    assert hash(cls()) == hash(cls())


@over_rules
def test_fields_have_the_names_of_the_literature(cls: type[Optimizer]):
    names = {f.name for f in fields(cls)}
    assert names <= set(ALLOWED)
    assert names == set(parameters(cls))


@over_parameters
def test_defaults_lie_on_their_sliders(cls: type[Optimizer], name: str):
    r = parameters(cls)[name]
    assert r.low <= getattr(cls(), name) <= r.high
    assert r.help


@over_parameters
def test_what_the_slider_offers_is_accepted(cls: type[Optimizer], name: str):
    cls(**{name: np.array(parameters(cls)[name].stops())})


@over_rules
def test_a_batch_is_its_runs(cls: type[Optimizer]):
    rng = np.random.default_rng(3)
    settings = {name: rng.choice(r.grid(9), 6) for name, r in parameters(cls).items()}
    settings["lr"] = cls().lr * np.geomspace(0.2, 3, 6)
    start = rng.uniform(-1.5, 1.5, (2, 6))
    batch = run(cls(**settings), Rosenbrock(), start, 12)
    for i in range(6):
        alone = run(cls(**{name: float(values[i]) for name, values in settings.items()}), Rosenbrock(), start[:, i], 12)
        np.testing.assert_allclose(batch.path[..., i], alone.path, rtol=1e-12)
        np.testing.assert_allclose(batch.loss[:, i], alone.loss, rtol=1e-12)
        assert batch.diverged_at[i] == alone.diverged_at
        for name, rows in alone.states.items():
            np.testing.assert_allclose(batch.states[name][..., i], rows, rtol=1e-11)


def readonly(state: Any) -> Any:
    for part in state if isinstance(state, tuple) else [state]:
        part.flags.writeable = False
    return state


@over_rules
def test_arguments_are_left_untouched(cls: type[Optimizer]):
    rule = cls(**{name: readonly(np.full(4, getattr(cls(), name))) for name in parameters(cls)})
    p = readonly(np.random.default_rng(5).uniform(-1, 1, (2, 4)))
    lr = readonly(np.full(4, 1e-3))
    state = readonly(rule.init(p))
    for t in range(1, 4):
        g = readonly(Rosenbrock().gradient(p))
        p, state = (readonly(part) for part in rule.step(Rosenbrock(), p, state, t, lr))
        rule.shown(p, g, state, t, lr)


@over_rules
@pytest.mark.parametrize(("surface", "point"), [(Bowl(), (0.0, 0.0)), (Rosenbrock(), (1.0, 1.0))], ids=["bowl", "rosenbrock"])
def test_a_minimum_is_a_fixed_point(cls: type[Optimizer], surface: Any, point: tuple[float, float]):
    assert not surface.gradient(np.array(point)).any()
    path = run(without_decay(cls), surface, point, 20).path
    assert (path == point).all() if cls.__name__ != "Yogi" else 0 < np.abs(path - point).max() < cls().lr


# Rules that with their defaults do not stay even at a minimum, and why.
RESTLESS = {"adamw": "its weight decay pulls towards the origin", "yogi": "its mean gradient starts at 1e-6"}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_rule_rests_at_a_minimum_with_its_defaults(name: str):
    assert (run(OPTIMIZERS[name](), Rosenbrock(), (1.0, 1.0), 20).path == 1).all() == (name not in RESTLESS)


@pytest.mark.parametrize("name", [name for name, cls in OPTIMIZERS.items() if "weight_decay" in parameters(cls)])
def test_weight_decay_pulls_a_minimum_towards_the_origin(name: str):
    assert (run(OPTIMIZERS[name](lr=0.01, weight_decay=0.1), Rosenbrock(), (1.0, 1.0), 1).path[-1] < 1).all()


@over_rules
@pytest.mark.parametrize("batch", [(), (3,), (2, 3)], ids=str)
def test_what_is_shown_has_the_shape_of_the_path(cls: type[Optimizer], batch: tuple[int, ...]):
    t = run(cls(), Bowl(), np.random.default_rng(1).uniform(-1, 1, (2, *batch)), 5)
    for name, rows in t.states.items():
        assert rows.shape == (5, 2, *batch), name
        assert np.isfinite(rows).all(), name


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


def test_a_rule_evaluates_one_gradient_a_step_and_sam_two():
    assert {name: cls.evaluations for name, cls in OPTIMIZERS.items() if cls.evaluations != 1} == {"sam": 2}


@over_rules
def test_what_is_counted_is_what_is_evaluated(cls: type[Optimizer]):
    count = 0

    class Counting(type(Rosenbrock())):
        def gradient(self, p: Array) -> Array:
            nonlocal count
            count += 1
            return super().gradient(p)

    rule, p = cls(), np.array([-1.5, 2.0])
    state = rule.init(p)
    for t in range(1, 4):
        p, state = rule.step(Counting(), p, state, t, rule.lr)
    assert count == 3 * cls.evaluations


@over_rules
def test_no_step_and_nothing_shown_divides_by_zero(cls: type[Optimizer]):
    with np.errstate(all="raise"):
        for surface, start in [(Bowl(), (0.0, 0.0)), (Bowl(), (1.0, 1.0)), (LANDSCAPES["saddle"](), (1.0, 0.0))]:
            rule, p = without_decay(cls), np.array(start)
            state = rule.init(p)
            for t in range(1, 12):
                before = p
                p, state = rule.step(surface, p, state, t, 0.01)
                shown = rule.shown(before, surface.gradient(rule.probe(before, state)), state, t, 0.01)
                assert all(np.isfinite(rows).all() for rows in shown.values())


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if name != "newton"])  # which solves for two
def test_a_rule_drives_any_number_of_coordinates(name: str):
    path = []
    for n in (1, 3):
        rule, p = OPTIMIZERS[name](), np.linspace(0.5, 1.5, 4 * n).reshape(n, 4)
        state = rule.init(p)
        for t in range(1, 6):
            p, state = rule.step(Parabola(), p, state, t, 0.01)
        path.append(p)
    assert [p.shape for p in path] == [(1, 4), (3, 4)]
    assert (path[1] < np.linspace(0.5, 1.5, 12).reshape(3, 4)).all()


@dataclass(frozen=True)
class Parabola(Landscape):
    """p² over any number of coordinates."""

    def value(self, p: Array) -> Array:
        return (p * p).sum(axis=0)

    def gradient(self, p: Array) -> Array:
        return 2 * p

    def hessian(self, p: Array) -> Array:
        return np.multiply.outer(2 * np.eye(len(p)), np.ones_like(p[0]))

    def stationary(self) -> list:
        return []


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


@over_parameters
def test_a_value_without_meaning_is_refused(cls: type[Optimizer], name: str):
    for value in [*OUTSIDE[ALLOWED[name]], np.nan, np.inf, -np.inf]:
        with pytest.raises(ValueError, match=re.escape(f"{name} = {value:g}: allowed is {ALLOWED[name]}.")):
            cls(**{name: value})


@over_parameters
def test_one_bad_element_is_enough_to_be_refused(cls: type[Optimizer], name: str):
    for value in [OUTSIDE[ALLOWED[name]][0], np.nan]:
        with pytest.raises(ValueError, match=re.escape(f"{name} = {value:g}: allowed is {ALLOWED[name]}.")):
            cls(**{name: np.where([[True, True], [True, False]], getattr(cls(), name), value)})


@over_parameters
def test_what_is_not_a_number_is_refused(cls: type[Optimizer], name: str):
    for value in ["abc", "0.5", None, [0.1, 0.2], True, 10**400, 0.5j, np.array(["0.5"]), np.array([True])]:
        with pytest.raises(ValueError, match=re.escape(f"{name} = {value!r}: not a number.")):
            cls(**{name: value})


def test_the_library_accepts_more_than_the_slider_offers():
    assert run(OPTIMIZERS["gradient_descent"](lr=1e-9), Bowl(), (1.0, 1.0), 1).lr == 1e-9
    OPTIMIZERS["gradient_descent"](lr=1e9)
    OPTIMIZERS["momentum"](momentum=1 - 1e-15)
    OPTIMIZERS["adam"](beta1=0, beta2=0, eps=1e-300, weight_decay=100)


def test_an_unknown_name_is_refused_with_the_known_ones():
    for table in (OPTIMIZERS, LANDSCAPES):
        with pytest.raises(ValueError, match=rf"name = 'atom': allowed is one of .*{next(iter(table))}"):
            table["atom"]

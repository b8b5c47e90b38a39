"""Losses over data: slopes, batches, floors, and what is special about each of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core import InputError, parameters
from links.data import DATA
from optimizers import OPTIMIZERS
from problems import PROBLEMS, Problem
from problems.batches import Batches
from problems.points import SETS, points, written
from runs import batched, predicted_spread, run
from runs.batched import batch_covariance
from runs.differences import differences

over_problems = pytest.mark.parametrize("cls", PROBLEMS.values(), ids=list(PROBLEMS))
FIVE = {False: "1,1.1;-1,-0.9;2,0.8;-2,-1;0.5,0.1", True: "1,1,1;-1,-1,0;2,-1,0;-2,1.5,1;0.5,0.5,1;0.4,-1,1"}
GD = OPTIMIZERS["gradient_descent"]


def somewhere(problem: Problem, n: int) -> np.ndarray:
    low, high = np.array(problem.domain).T
    return np.random.default_rng(4).uniform(low, high, (n, 2)).T


def slope(f, p: np.ndarray, h: float) -> np.ndarray:
    return np.array([(f(p + h * e) - f(p - h * e)) / (2 * h) for e in np.eye(2)[:, :, None]])


@over_problems
@pytest.mark.parametrize("given", [False, True])
def test_the_gradient_is_the_slope_of_the_value_and_the_hessian_that_of_the_gradient(cls: type[Problem], given: bool):
    problem = cls(points=FIVE[cls.classes]) if given else cls()
    p = somewhere(problem, 20)
    assert problem.gradient(p) == pytest.approx(slope(problem.value, p, 1e-6), rel=1e-6, abs=1e-7)
    assert problem.hessian(p) == pytest.approx(slope(problem.gradient, p, 1e-6), rel=1e-5, abs=1e-6)


@over_problems
def test_value_and_slopes_of_many_weights_are_those_of_each(cls: type[Problem]):
    problem = cls(examples=300)  # more than are looked at together
    p = somewhere(problem, 6)
    for many, each in [(problem.value(p), problem.value), (problem.gradient(p), problem.gradient), (problem.hessian(p), problem.hessian)]:
        single = np.stack([each(p[:, i]) for i in range(6)], axis=-1)
        assert many == pytest.approx(single, rel=1e-12)
    assert problem.value(p.reshape(2, 2, 3)).shape == (2, 3)


@over_problems
def test_the_loss_is_the_mean_over_examples_one_by_one(cls: type[Problem]):
    problem = cls(points=FIVE[cls.classes])
    p = somewhere(problem, 1)[:, 0]
    alone = [problem.batch(np.array([i])) for i in range(problem.count)]
    assert problem.value(p) == pytest.approx(np.mean([each.value(p) for each in alone]), rel=1e-12)
    assert problem.gradients(p) == pytest.approx(np.array([each.gradient(p) for each in alone]).T, rel=1e-12)


@over_problems
def test_the_batch_gradients_of_an_epoch_have_the_full_gradient_as_their_mean(cls: type[Problem]):
    problem = cls()
    surface, p = batched(problem, 20, seed=3), somewhere(problem, 1)[:, 0]
    mean = np.mean([surface.at(t).gradient(p) for t in range(6, 11)], axis=0)
    assert mean == pytest.approx(problem.gradient(p), rel=1e-12, abs=1e-15)


@over_problems
def test_the_variance_of_a_batch_gradient_is_what_sampling_theory_says(cls: type[Problem]):
    problem = cls()
    p = np.array(problem.start)
    drawn = np.array([problem.batch(Batches(100, 8, 1, anew=True).of(t)).gradient(p) for t in range(1, 1501)]).T
    assert np.trace(np.cov(drawn)) == pytest.approx(np.trace(batch_covariance(problem, p, 8)), rel=0.12)


@over_problems
def test_what_is_called_stationary_is_and_minima_are_lowest_around(cls: type[Problem]):
    problem = cls()
    listed = problem.stationary()
    low, high = np.array(problem.domain).T
    assert listed
    for point, kind in listed:
        p = np.array(point)
        assert ((low <= p) & (p <= high)).all()
        assert np.hypot(*problem.gradient(p)) < 1e-9
        values = np.linalg.eigvalsh(problem.hessian(p))
        assert kind == ("minimum" if values[0] > 0 else "maximum" if values[1] < 0 else "saddle")
    assert ((low < problem.start) & (problem.start < high)).all()
    grid = problem.value(np.array(np.meshgrid(*(np.linspace(a, b, 60) for a, b in problem.domain))))
    assert problem.lowest is not None
    assert grid.min() >= problem.lowest


def test_least_squares_of_real_sets_are_the_published_lines():
    best = {name: PROBLEMS["linear_regression"](points=name).best for name in ("hubble", "anscombe_1", "anscombe_3")}
    assert best["hubble"] == pytest.approx((4.542, -0.408), abs=5e-4)  # 454.2 km/s per Mpc and −40.8 km/s
    assert best["anscombe_1"] == pytest.approx((0.5001, 3.0001), abs=5e-5)
    assert best["anscombe_3"] == pytest.approx((0.4997, 3.0025), abs=5e-5)
    assert {name: points(name).shape for name in SETS} == {"hubble": (2, 24), "anscombe_1": (2, 11), "anscombe_3": (2, 11)}


def test_the_floor_of_batches_drawn_anew_is_the_predicted_one_and_shuffled_ones_go_below_it():
    problem = PROBLEMS["linear_regression"]()
    starts = np.repeat(np.array(problem.start)[:, None], 16, axis=1)
    floors = []
    for anew in (True, False):
        loss = run(GD(lr=0.1), batched(problem, 20, runs=16, anew=anew), starts, 300).loss
        floors.append(loss[100:].mean() - problem.lowest)
    predicted = predicted_spread(GD(lr=0.1), problem, batched(problem, 20).covariance)
    assert predicted is not None
    assert predicted.excess == pytest.approx(0.00171, abs=5e-6)
    assert floors[0] == pytest.approx(predicted.excess, rel=0.08)
    assert floors[1] < predicted.excess / 5


@pytest.mark.parametrize("anew", [False, True])
def test_runs_with_batches_of_their_own_are_the_single_runs(anew: bool):
    problem = PROBLEMS["tanh_network"](examples=23)
    together = run(OPTIMIZERS["adam"](lr=0.1), batched(problem, 5, 2, 3, anew), np.repeat(np.array(problem.start)[:, None], 3, axis=1), 12)
    for i in range(3):
        p, state, rule = np.array(problem.start), None, OPTIMIZERS["adam"](lr=0.1)
        state = rule.init(p)
        for t in range(1, 13):
            p, state = rule.step(problem.batch(Batches(23, 5, 2, i, anew).of(t)), p, state, t, 0.1)
        assert together.path[-1, :, i] == pytest.approx(p, rel=1e-10)


def test_the_full_batch_is_the_whole_loss_to_the_last_digit():
    problem = PROBLEMS["logistic_regression"]()
    full, plain = (run(GD(lr=0.5), surface, problem.start, 30) for surface in (batched(problem, 100), problem))
    assert np.array_equal(full.path, plain.path)
    assert batched(problem, 100).sigma == 0


def test_a_line_between_the_classes_leaves_no_minimum():
    parted = PROBLEMS["logistic_regression"](points="1,1,1;2,0.5,1;-1,-1,0;-0.5,-2,0")
    assert (parted.lowest, parted.stationary()) == (None, [])
    far = [float(parted.value(np.array([s, s]))) for s in (1, 10, 100)]
    assert far == sorted(far, reverse=True)
    assert PROBLEMS["logistic_regression"]().lowest is not None


def test_a_single_weight_is_all_that_moves_and_a_link_cannot_move_the_other():
    problem = PROBLEMS["one_weight"]()
    for rule in OPTIMIZERS.values():
        path = run(rule(), batched(problem, 5), problem.start, 20).path
        stirred = 1e-5 if rule.__name__ == "Yogi" else 0  # whose moments begin at 1e−6
        assert np.abs(path[:, 1]).max() <= stirred, rule.title
    assert problem.minima()[:, 0] == pytest.approx([problem.data[0] @ problem.data[1] / (problem.data[0] @ problem.data[0]), 0])
    flat, complaints = DATA.read({"surface": "one_weight", "y": "0.5"}, "en")
    assert (flat["y"], [str(each) for each in complaints]) == (0.0, ["y=0.5 was ignored: allowed is [0, 0]; 0 is used instead."])


def test_two_weights_in_a_row_have_mirror_minima_and_a_dead_saddle():
    problem = PROBLEMS["tanh_network"]()
    (a, b), (saddle, kind) = problem.minima().T, problem.stationary()[-1]
    assert a == pytest.approx(-b, rel=1e-9)
    assert (saddle, kind) == ((0.0, 0.0), "saddle")
    assert np.array_equal(run(OPTIMIZERS["adam"](lr=0.1), problem, (0.0, 0.0), 50).path, np.zeros((51, 2)))


def test_the_recurrence_has_a_cliff_that_one_step_leaps_from():
    problem = PROBLEMS["recurrence"]()
    grid = np.array(np.meshgrid(*(np.linspace(a, b, 70) for a, b in problem.domain)))
    slopes = np.hypot(*problem.gradient(grid))
    assert slopes.max() > 40 * np.median(slopes)
    gentler = np.hypot(*PROBLEMS["recurrence"](gain=1.0).gradient(grid)).max()
    assert slopes.max() > 5 * gentler


@pytest.mark.parametrize("name", ["linear_regression", "one_weight"])
def test_least_squares_from_the_minimum_are_those_example_by_example(name: str):
    problem = PROBLEMS[name](examples=500, scale=3.0, sample=4)
    p = somewhere(problem, 10)
    for what, whole in [("losses", problem.value), ("slopes", problem.gradient), ("bends", problem.hessian)]:
        assert whole(p) == pytest.approx(problem.mean(what, p), rel=1e-11)
    level = PROBLEMS["linear_regression"](points="1,2;1,3")  # a line through points of one x has any slope
    assert level.value(p) == pytest.approx(level.mean("losses", p), rel=1e-12)


@pytest.mark.parametrize("name", ["tanh_neuron", "tanh_network", "recurrence"])
def test_of_many_examples_the_level_points_are_those_of_all_of_them(name: str):
    problem = PROBLEMS[name](examples=1500)
    for point, _kind in problem.stationary():
        assert np.hypot(*problem.gradient(np.array(point))) < 1e-9
    assert [kind for _, kind in problem.stationary()].count("minimum") >= 1


def test_the_scale_of_a_feature_makes_the_bowl_a_ravine():
    def kappa(scale: float) -> float:
        low, high = np.linalg.eigvalsh(PROBLEMS["linear_regression"](scale=scale).hessian(np.zeros(2)))
        return high / low

    assert kappa(10.0) / kappa(1.0) == pytest.approx(72, rel=0.3)


@pytest.mark.parametrize(
    ("text", "said"),
    [("1,2;3", "Point 2"), ("1,a", "Point 1"), ("1,2;3,inf", "Point 2"), ("1,2,3,4", "Point 1"), (";".join(["1,2"] * 201), "201 points")],
)
def test_points_without_meaning_are_named(text: str, said: str):
    with pytest.raises(InputError, match=said):
        points(text)


def test_points_of_the_wrong_kind_are_refused():
    with pytest.raises(InputError, match="needs 3"):
        PROBLEMS["logistic_regression"](points="1,2;3,4")
    with pytest.raises(InputError, match="needs 2"):
        PROBLEMS["linear_regression"](points="1,2,1;3,4,0")


def test_points_are_written_as_they_are_read():
    found = np.random.default_rng(0).standard_normal((2, 30))
    assert np.array_equal(points(written(found)), found)


@over_problems
def test_every_parameter_moves_something(cls: type[Problem]):
    base = cls()
    for name, allowed in parameters(cls).items():
        other = replace(base, **{name: allowed.high if getattr(base, name) != allowed.high else allowed.low})
        moved = not np.array_equal(other.data, base.data)
        assert moved or not np.array_equal(other.value(np.array([0.7, 0.3])), base.value(np.array([0.7, 0.3]))), name


@over_problems
def test_differences_are_worst_at_both_ends_and_cost_two_evaluations_a_weight(cls: type[Problem]):
    problem = cls()
    found = differences(problem, np.array(problem.start))
    best = found.errors.argmin()
    assert found.errors[best] < 1e-8
    assert found.errors[0] > 1e3 * found.errors[best]
    assert found.evaluations == 4
    wide = (found.widths >= 1e-4) & (found.widths <= 1e-2)
    if cls in (PROBLEMS["linear_regression"], PROBLEMS["one_weight"]):  # which has no third derivative
        assert found.errors[-1] < 1e-12
    else:
        assert 1e-7 < found.widths[best] < 1e-2
        slope = np.polyfit(np.log(found.widths[wide]), np.log(found.errors[wide]), 1)[0]
        assert slope == pytest.approx(2, abs=0.3)

"""How runs end: why one goes no further, what is said of it, and which minimum a basin says it reached."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from core import Array
from landscapes import LANDSCAPES, Landscape
from optimizers import OPTIMIZERS, Optimizer
from optimizers.schedules import SCHEDULES
from runs import BOUND, End, Noisy, Verdict, basin, distance, run, sweep, tolerance, verdict, verdicts
from runs.descent import Descent

Adam, AdamW, GradientDescent, Lion, Momentum, Nesterov, Newton, RMSprop = (
    OPTIMIZERS[name] for name in ("adam", "adamw", "gradient_descent", "lion", "momentum", "nesterov", "newton", "rmsprop")
)
Bowl, Custom, McCormick, MonkeySaddle, Plateau, Rosenbrock, Saddle, TwoWells = (
    LANDSCAPES[name] for name in ("bowl", "custom", "mccormick", "monkey_saddle", "plateau", "rosenbrock", "saddle", "two_wells")
)
CIRCLE = Custom("(x^2+y^2-1)^2")


@dataclass(frozen=True)
class Cone(Bowl):
    """The distance from the origin, whose slope is 0/0 there."""

    def value(self, p: Array) -> Array:
        return np.hypot(*p)

    def gradient(self, p: Array) -> Array:
        return p / np.hypot(*p)

    def hessian(self, p: Array) -> Array:
        x, y = p
        return np.array([[y * y, -x * y], [-x * y, x * x]]) / np.hypot(x, y) ** 3


@dataclass(frozen=True)
class HalfPlane(Bowl):
    """√x + y², which has a real value and a slope for x > 0 only."""

    def value(self, p: Array) -> Array:
        return np.sqrt(p[0]) + p[1] ** 2

    def gradient(self, p: Array) -> Array:
        return np.stack([0.5 / np.sqrt(p[0]), 2 * p[1]])

    def stationary(self) -> list:
        return []


@dataclass(frozen=True)
class Lifted(Bowl):
    """A bowl that is shallower than what rounding leaves of its height."""

    def value(self, p: Array) -> Array:
        return 1e9 + 1e-9 * super().value(p)


# Why a run goes no further.

ENDS = [
    (GradientDescent(lr=0.5), Bowl(kappa=20.0, angle=0.0), (1.0, 1.0), End.DIVERGED, 7),
    (GradientDescent(lr=1e300), Rosenbrock(), (-1.5, 2.0), End.DIVERGED, 1),
    (Momentum(lr=1e300), Custom("exp(x^2)+y^2"), (2.0, 1.0), End.DIVERGED, 1),
    (Nesterov(lr=1e300), Rosenbrock(), (-1.5, 2.0), End.DIVERGED, 1),
    (Adam(lr=30.0), Custom("exp(x^2)+y^2"), (1.0, 1.0), End.DIVERGED, 1),  # f overflows at (−29, −29)
    (Newton(), Custom("x^2"), (2.0, 1.5), End.NO_STEP, 1),
    (Newton(), Custom("x^2+y"), (2.0, 1.5), End.NO_STEP, 1),  # 1/0, and not 0/0
    (Newton(), Custom("(x+y)^2+x"), (2.0, 1.5), End.NO_STEP, 1),
    (Newton(), Cone(), (2.0, 1.5), End.NO_STEP, 1),  # a determinant that is zero but for rounding
    (Newton(), MonkeySaddle(), (0.0, 0.0), End.NO_STEP, 1),
    (GradientDescent(lr=0.25), Cone(), (0.75, 0.0), End.NO_STEP, 4),  # on the kink after three steps
    (GradientDescent(lr=1.0), HalfPlane(), (0.2, 0.0), End.OUTSIDE, 1),
    (Nesterov(lr=0.05), HalfPlane(), (0.2, 0.0), End.OUTSIDE, 3),
    (GradientDescent(lr=1.0), HalfPlane(), (-0.2, 0.0), End.OUTSIDE, 0),
    (GradientDescent(lr=0.1), Bowl(), (1.0, 1.0), End.NONE, -1),
]


@pytest.mark.parametrize(("rule", "surface", "start", "why", "step"), ENDS, ids=str)
def test_a_run_that_goes_no_further_says_why(rule: Optimizer, surface: Landscape, start: tuple[float, float], why: End, step: int):
    t = run(rule, surface, start, 30)
    assert (t.ended, t.stopped_at) == (why, step)
    assert t.diverged_at == (step if why is End.DIVERGED else -1)
    assert np.isfinite(t.path).all()
    assert np.isfinite(t.loss).all() or step == 0


@pytest.mark.parametrize(("rule", "surface", "start", "why", "step"), ENDS, ids=str)
def test_a_sweep_knows_it_too_and_each_run_of_a_batch(rule: Optimizer, surface: Landscape, start: tuple[float, float], why: End, step: int):
    starts = np.array([start, (1e-3, 1e-3), start]).T
    t = run(rule, surface, starts, 30)
    assert t.ended[[0, 2]].tolist() == [why, why]
    assert t.stopped_at[[0, 2]].tolist() == [step, step]
    with np.errstate(all="ignore"):
        *_, row = Descent(rule, surface, starts, 30, SCHEDULES["constant"]()).rows()
    np.testing.assert_array_equal(row.ended, t.ended)
    np.testing.assert_array_equal(row.stopped_at, t.stopped_at)
    np.testing.assert_array_equal(sweep(rule, surface, starts, 30, measure="diverged_at"), np.where(t.diverged_at < 0, np.inf, t.diverged_at))


@pytest.mark.parametrize("sigma", [0.0, 1e-6])
def test_noise_changes_nothing_in_the_reason(sigma: float):
    t = run(Newton(), Noisy(Custom("x^2"), sigma, runs=3), np.full((2, 3), 1.5), 5)
    assert t.ended.tolist() == [End.NO_STEP] * 3


def said(rule: Optimizer, surface: Landscape, start: Any = None, steps: int = 200, schedule: Any = None) -> Verdict:
    trajectory = run(rule, surface, surface.start if start is None else start, steps, schedule)
    return verdict(trajectory, surface, rule)


@pytest.mark.parametrize(
    ("rule", "surface", "start", "kind", "step"),
    [
        (Newton(), Custom("x^2"), (2.0, 1.5), "no step", 1),
        (GradientDescent(lr=1.0), HalfPlane(), (0.2, 0.0), "outside", 1),
        (GradientDescent(lr=1.0), HalfPlane(), (-0.2, 0.0), "no start", 0),
        (Newton(), MonkeySaddle(), (0.0, 0.0), "saddle", 0),  # there is no step from there, but that is where it is
        (Newton(), MonkeySaddle(), None, "saddle", None),
        (GradientDescent(lr=0.25), Cone(), (0.75, 0.0), "reached", 3),
        (GradientDescent(lr=0.1), Custom("x^2"), (2.0, 1.5), "reached", None),
        (GradientDescent(lr=0.01), CIRCLE, (1.0, 0.5), "reached", None),
    ],
    ids=str,
)
def test_diverged_is_said_only_of_what_diverges(rule: Optimizer, surface: Landscape, start: Any, kind: str, step: int | None):
    end = said(rule, surface, start, 1000)
    assert end.kind == kind
    assert step is None or end.step == step


def test_a_verdict_is_about_one_run():
    batch = run(GradientDescent(lr=np.array([0.1, 0.2])), Bowl(), (1.0, 1.0), 5)
    for ask in (verdict, verdicts):
        with pytest.raises(ValueError, match=re.escape("A verdict is about one run, and this is a batch of shape (2,).")):
            ask(batch, Bowl())


# When f* is reached.


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
def test_when_a_minimum_is_reached_does_not_hang_on_the_unit_of_f(scale: float):
    surface = Custom(f"{scale:.20f}*(x^2+3y^2)")
    assert said(GradientDescent(lr=0.1 / scale), surface, steps=60) == said(GradientDescent(lr=0.1), Custom("x^2+3y^2"), steps=60)
    assert tolerance(surface) == pytest.approx(1e-6 * surface.value(np.array(surface.start)), rel=1e-9)


def test_a_flat_surface_is_not_reached_before_the_first_step():
    assert said(GradientDescent(lr=0.1), Custom("1e-7*(x^2+y^2)")).kind == "under way"


def test_reached_is_the_same_for_every_start():
    surface = Bowl(kappa=1.0, angle=0.0)
    near, far = (run(GradientDescent(lr=0.1), surface, start, 400) for start in [(1e-2, 0.0), (100.0, 0.0)])
    steps = [verdict(t, surface).step for t in (near, far)]
    assert all(t.loss[k] <= tolerance(surface) < t.loss[k - 1] for t, k in zip((near, far), steps, strict=True))


def test_the_tolerance_is_never_below_rounding():
    assert tolerance(Lifted()) >= np.spacing(1e9)
    assert said(Newton(), Lifted()) == Verdict("reached", 0, 200), "there is nothing between its values"


def test_a_sweep_counts_to_the_same_step_and_an_explicit_tolerance_is_absolute():
    surface, rates = Bowl(kappa=5.0), np.array([0.01, 0.05, 0.1])
    found = sweep(GradientDescent(lr=rates), surface, (1.0, 1.0), 2000, measure="steps_to_tolerance")
    assert found.tolist() == [said(GradientDescent(lr=float(rate)), surface, (1.0, 1.0), 2000).step for rate in rates]
    loss = run(GradientDescent(lr=rates), surface, (1.0, 1.0), 2000).loss
    explicit = sweep(GradientDescent(lr=rates), surface, (1.0, 1.0), 2000, measure="steps_to_tolerance", tolerance=1e-3)
    assert explicit.tolist() == (loss <= 1e-3).argmax(axis=0).tolist()


def test_the_tolerance_of_many_surfaces_is_that_of_each():
    b = np.array([1.0, 10.0, 100.0])
    assert tolerance(Rosenbrock(b=b)).tolist() == [float(tolerance(Rosenbrock(b=float(v)))) for v in b]
    found = sweep(Newton(), Rosenbrock(b=b), (-1.2, 1.0), 50, measure="steps_to_tolerance")
    assert found.tolist() == [said(Newton(), Rosenbrock(b=float(v)), (-1.2, 1.0), 50).step for v in b]


@pytest.mark.parametrize(
    ("rule", "surface"),
    [
        (RMSprop(lr=0.05), TwoWells()),
        (RMSprop(lr=0.05, decay=0.9), Bowl(angle=0.0)),
        (Lion(lr=0.02), TwoWells()),
        (Lion(lr=0.02), Bowl()),
        (Lion(lr=0.1), Custom("x^2")),
        (Lion(lr=0.05), CIRCLE),
        (Lion(lr=0.01), LANDSCAPES["rastrigin"]()),
        (GradientDescent(lr=0.05), Noisy(Bowl(), 0.5, seed=1)),
        (GradientDescent(lr=0.05), Noisy(TwoWells(), 0.5, seed=2)),
        (Adam(lr=0.05), Noisy(Bowl(), 1.0, seed=3)),
    ],
    ids=str,
)
def test_a_run_that_does_not_settle_is_restless_and_says_how_far_it_goes(rule: Optimizer, surface: Landscape):
    trajectory = run(rule, surface, surface.start, 400)
    *before, end = verdicts(trajectory, surface, rule)
    assert end.kind in ("restless", "restless, local")
    assert end.until == 400
    assert all(v.until < end.step for v in before)
    if surface.listed != "some":
        away = distance(trajectory, surface)
        assert away is not None
        assert end.within == pytest.approx(away[end.step :].max(), rel=1e-6)
        assert end.step == 0 or away[end.step - 1] > end.within


def test_a_run_that_leaves_the_minimum_again_is_restless_from_then_on():
    # RMSprop's mean square fades with the slopes, until its steps are too long.
    rule = RMSprop(lr=0.071)
    trajectory = run(rule, Bowl(), Bowl.start, 200)
    reached, end = verdicts(trajectory, Bowl(), rule)
    assert reached.kind == "reached"
    assert reached.until - reached.step > 50
    assert (end.kind, end.step, end.until) == ("restless", reached.until + 1, 200)
    assert end.within == np.hypot(*trajectory.path[end.step :].T).max()


def test_a_run_that_has_stood_at_a_minimum_for_long_is_restless_only_afterwards():
    rule = RMSprop(lr=0.0355)  # the third lane of the page as it opens
    trajectory = run(rule, TwoWells(), TwoWells.start, 200)
    stood, end = verdicts(trajectory, TwoWells(), rule)
    assert stood.kind == "local minimum"
    assert np.hypot(*np.diff(trajectory.path[stood.step + 10 : stood.until + 1], axis=0).T).max() < 0.01
    assert (end.kind, end.step, end.until) == ("restless, local", stood.until + 1, 200)


@pytest.mark.parametrize(
    ("rule", "surface", "start"),
    [
        (GradientDescent(lr=1e-3), Bowl(), None),
        (GradientDescent(lr=1e-3), Rosenbrock(), None),
        (Adam(lr=1e-3), Rosenbrock(), None),
        (GradientDescent(lr=1.9e-3), Rosenbrock(), (-1.0, 1.0)),  # to and fro across the valley, and slowly along it
        (GradientDescent(lr=0.01), Plateau(), None),
    ],
    ids=str,
)
def test_a_run_on_its_way_is_not_restless(rule: Optimizer, surface: Landscape, start: Any):
    assert said(rule, surface, start).kind == "under way"


# At rest, and where.


@pytest.mark.parametrize("steps", [1, 5, 50])
def test_a_run_that_stands_on_a_maximum_says_so(steps: int):
    assert said(GradientDescent(lr=0.01), CIRCLE, (0.0, 0.0), steps) == Verdict("maximum", 0, steps)
    assert said(Momentum(lr=0.01), Custom("-(x^2)-y^2"), (0.0, 0.0), steps) == Verdict("maximum", 0, steps)


def test_a_run_where_the_slope_is_zero_all_around_is_at_rest():
    assert said(GradientDescent(lr=0.1), Custom("max(x, 0)^2*y - 9*max(x, 0)"), (-1.0, 1.0)) == Verdict("at rest", 0, 200)


def test_steps_lost_in_rounding_are_no_rest():
    assert said(GradientDescent(lr=1e-30), Bowl(), (1.0, 1.0)) == Verdict("stands still", 0, 200)


def test_a_rate_that_ends_on_the_way_has_reached_nothing():
    rates = SCHEDULES["exponential"](gamma=0.5) if "gamma" in vars(SCHEDULES["exponential"]()) else SCHEDULES["step"](every=1, factor=0.5)
    end = said(GradientDescent(lr=0.01), Bowl(), None, 400, rates)
    assert end.kind == "stands still"
    assert said(GradientDescent(lr=0.01), Bowl(), None, 200, SCHEDULES["cosine"]()).kind == "under way"


@pytest.mark.parametrize("rule", [AdamW(lr=0.1, weight_decay=0.3), Adam(lr=0.1, weight_decay=0.3)], ids=str)
def test_a_run_beside_the_minimum_is_held_there_by_weight_decay(rule: Optimizer):
    surface = TwoWells()
    trajectory = run(rule, surface, surface.start, 1000)
    end = verdict(trajectory, surface, rule)
    assert (end.kind, end.until) == ("weight decay", 1000)
    assert end.at == tuple(trajectory.path[-1])
    off = np.array([0.905317899160, 0.0]) - end.at
    assert 1e-3 < off[0] < 0.05, "it pulls towards the origin"
    if type(rule) is Adam:  # L2: the minimum of f + λ/2 |p|²
        np.testing.assert_allclose(surface.gradient(np.array(end.at)), -0.3 * np.array(end.at), atol=1e-6)
    assert verdict(trajectory, surface).kind == "under way", "without the rule nobody knows of its decay"


def test_without_weight_decay_or_far_from_balance_nothing_is_held():
    assert said(AdamW(lr=0.1, weight_decay=0.0), TwoWells(), None, 1000).kind == "local minimum"
    assert said(AdamW(lr=0.1, weight_decay=0.3), Rosenbrock(), None, 200).kind == "under way"
    assert said(Adam(lr=1e-4, weight_decay=0.01), Rosenbrock(), None, 200).kind == "under way"


# Valleys: every point of their floor is a minimum.


@pytest.mark.parametrize(
    ("text", "away"),
    [
        ("x^2", lambda x, y: np.abs(x)),
        ("abs(x)", lambda x, y: np.abs(x)),
        ("(x+y)^2", lambda x, y: np.abs(x + y) / np.sqrt(2)),
        ("(x^2+y^2-1)^2", lambda x, y: np.abs(np.hypot(x, y) - 1)),
        ("abs(x^2+y^2-1)", lambda x, y: np.abs(np.hypot(x, y) - 1)),
        ("x^2+y^2", np.hypot),
        ("x^2+y^4", np.hypot),
    ],
)
def test_the_distance_is_that_to_the_nearest_point_of_a_valley(text: str, away: Any):
    surface = Custom(text)
    starts = np.random.default_rng(5).uniform(-2.9, 2.9, (2, 200))
    trajectory = run(GradientDescent(lr=1e-4), surface, starts, 1)
    found = distance(trajectory, surface)
    assert found is not None
    np.testing.assert_allclose(found, away(*np.moveaxis(trajectory.path, 1, 0)), atol=1e-6)


def test_the_distance_to_a_bent_valley_is_the_shortest_way():
    surface = Custom("(x^2/4+y^2-1)^2")
    t = np.linspace(0, 2 * np.pi, 20_001)
    ellipse = np.array([2 * np.cos(t), np.sin(t)])
    starts = ellipse[:, ::400] * np.random.default_rng(2).uniform(0.8, 1.3, 51)
    trajectory = run(GradientDescent(lr=1e-6), surface, starts, 1)
    shortest = np.hypot(*(ellipse[:, None] - trajectory.path[0][:, :, None])).min(axis=1)
    found = distance(trajectory, surface)
    assert found is not None
    np.testing.assert_allclose(found[0], shortest, atol=1e-4)


# Basins say the same.


@pytest.mark.parametrize(
    ("rule", "surface"),
    [
        (GradientDescent(lr=0.01), TwoWells()),
        (Lion(lr=0.05), TwoWells()),
        (RMSprop(lr=0.05), Bowl()),
        (GradientDescent(lr=0.02), CIRCLE),
        (GradientDescent(lr=0.1), Custom("x^2")),
        (GradientDescent(lr=0.1), Custom("1e-7*(x^2+y^2)")),
        (Newton(), MonkeySaddle()),
        (GradientDescent(lr=0.01), McCormick()),
    ],
    ids=str,
)
def test_a_basin_says_what_the_verdict_of_each_run_says(rule: Optimizer, surface: Landscape):
    found = basin(rule, surface, 6, 300)
    x, y = np.meshgrid(*(np.linspace(low, high, 6) for low, high in surface.domain))
    for i, start in enumerate(zip(x.ravel(), y.ravel(), strict=True)):
        kind = said(rule, surface, start, 300).kind
        assert (found.flat[i] >= 0) == (kind in ("reached", "local minimum")), (start, kind)
        assert (found.flat[i] == 0) == (kind == "reached") or len(surface.minima().T) != 2


def test_a_valley_is_one_basin():
    found = basin(GradientDescent(lr=0.02), CIRCLE, 8, 500)
    assert (found == 0).all()
    assert said(GradientDescent(lr=0.02), CIRCLE, (3.0, -3.0), 500).kind == "reached"


def test_a_batch_of_rates_is_a_batch_of_basins():
    rates = np.array([0.001, 0.01, 0.02, 0.05])
    many = basin(GradientDescent(lr=rates), TwoWells(), 4, 100)
    assert many.shape == (4, 4, 4)
    for rate, one in zip(rates, many, strict=True):
        np.testing.assert_array_equal(one, basin(GradientDescent(lr=float(rate)), TwoWells(), 4, 100))
    pairs = basin(Momentum(lr=rates[:, None], momentum=np.array([0.0, 0.5])), TwoWells(), 4, 100)
    assert pairs.shape == (4, 2, 4, 4)
    np.testing.assert_array_equal(pairs[:, 0], many)
    floors = basin(GradientDescent(lr=0.02), TwoWells(), 4, 100, schedule=SCHEDULES["cosine"](floor=np.array([0.0, 0.5, 1.0])))
    np.testing.assert_array_equal(floors[2], many[2])
    steep = basin(Newton(), Rosenbrock(b=np.array([1.0, 100.0])), 3, 20)
    np.testing.assert_array_equal(steep[1], basin(Newton(), Rosenbrock(b=100.0), 3, 20))


def test_noise_drawn_for_runs_makes_no_basin():
    with pytest.raises(ValueError, match=r"The noise is drawn for 4 runs, and a basin has a run for every start: leave out runs."):
        basin(GradientDescent(lr=0.01), Noisy(TwoWells(), 0.1, runs=4), 4, 10)


# The map.


def test_a_run_that_leaves_the_map_says_so_while_it_is_outside():
    trajectory = run(GradientDescent(lr=0.1), Saddle(), Saddle.start, 60)
    first = int((np.abs(trajectory.path[:, 1]) > 2).argmax())
    assert verdict(trajectory, Saddle()) == Verdict("left the map", first, 60)
    wider = ((-3.0, 3.0), (-50.0, 50.0))
    assert [v.step for v in verdicts(trajectory, Saddle(), seen=wider) if v.kind == "left the map"] == [
        int((np.abs(trajectory.path[:, 1]) > 50).argmax())
    ]


def test_a_run_that_comes_back_is_not_said_to_be_outside():
    trajectory = run(Momentum(lr=0.05), Bowl(kappa=1.0, angle=0.0), (1.9, 0.0), 200)
    spans = verdicts(trajectory, Bowl(kappa=1.0), seen=((-0.5, 2.0), (-1.0, 1.0)))
    away = trajectory.path[:, 0] < -0.5
    assert away.any()
    for k in range(201):
        assert away[k] == any(v.kind == "left the map" and v.step <= k <= v.until for v in spans)


def test_a_diverging_run_first_leaves_the_map():
    t = run(GradientDescent(lr=0.5), Bowl(kappa=20.0, angle=0.0), (1.0, 1.0), 30)
    assert [(v.kind, v.step, v.until) for v in verdicts(t, Bowl())] == [("left the map", 1, 6), ("diverged", 7, 30)]
    assert np.abs(t.path[7]).max() > BOUND


# What was known before.


def ending(optimizer: Optimizer, surface: Landscape, start: tuple[float, float], steps: int) -> tuple[str, int]:
    end = verdict(run(optimizer, surface, start, steps), surface)
    return end.kind, end.step


def test_a_run_within_a_millionth_of_the_whole_drop_has_reached_the_minimum():
    # f = ½ (½)^2k is at most a millionth of 1.7, f at the surface's start, from k = 10 on: ½·4⁻⁹ = 1.9e-6, ½·4⁻¹⁰ = 4.8e-7.
    assert ending(GradientDescent(lr=0.5), Bowl(kappa=1.0, angle=0.0), (1.0, 0.0), 30) == ("reached", 10)


def test_a_run_that_settles_in_the_shallow_well_has_found_a_local_minimum():
    kind, step = ending(GradientDescent(lr=0.02), TwoWells(), (1.7, 1.0), 300)
    assert kind == "local minimum"
    loss = run(GradientDescent(lr=0.02), TwoWells(), (1.7, 1.0), 300).loss
    drop = TwoWells().value(np.array(TwoWells.start)) - TwoWells().lowest
    assert abs(loss[step] + 1.09273199920) <= 1e-6 * drop < abs(loss[step - 1] + 1.09273199920)


def test_a_run_along_the_ridge_ends_in_the_saddle():
    # x halves in each step; x² is at most a millionth of 2.56, f at the surface's start, from k = 10 on.
    assert ending(GradientDescent(lr=0.25), Saddle(), (1.0, 0.0), 20) == ("saddle", 10)


def test_a_run_beside_the_ridge_does_not():
    assert ending(GradientDescent(lr=0.25), Saddle(), (1.0, 1e-3), 18) == ("under way", 18)


def test_a_run_as_high_as_the_saddle_but_far_from_it_is_under_way():
    assert ending(GradientDescent(lr=1e-9), Saddle(), (1.0, 1.0), 5) == ("under way", 5)


@pytest.mark.parametrize("name", ["rastrigin", "ackley"])
def test_a_well_need_not_be_listed_to_be_a_local_minimum(name: str):
    surface = LANDSCAPES[name]()
    assert surface.listed == "some"
    start = (4.2, -3.8)
    end = run(GradientDescent(lr=1e-3), surface, start, 400).path[-1]
    assert all(np.hypot(*(end - point)) > 0.5 for point, _ in surface.stationary())
    kind, step = ending(GradientDescent(lr=1e-3 if name == "rastrigin" else 0.01), surface, start, 400)
    assert kind == "local minimum"
    assert 1 < step < 400


def test_a_run_on_its_way_to_an_unlisted_well_is_under_way():
    assert ending(GradientDescent(lr=1e-5), LANDSCAPES["rastrigin"](), (4.2, -3.8), 30) == ("under way", 30)


def test_a_run_that_leaves_says_when():
    assert ending(GradientDescent(lr=0.5), Bowl(kappa=20.0, angle=0.0), (1.0, 1.0), 30) == ("diverged", 7)


def test_a_run_that_has_not_arrived_is_under_way():
    assert ending(GradientDescent(lr=1e-4), Bowl(), (1.0, 1.0), 30) == ("under way", 30)

"""Any number of coordinates: what runs on a map's two runs on five and on two thousand, and says so where it does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pytest

from core import Array, InputError
from landscapes import LANDSCAPES, Landscape, Objective
from optimizers import OPTIMIZERS, Optimizer
from optimizers.schedules import SCHEDULES
from runs import (
    BOUND,
    End,
    Noisy,
    NoisyObjective,
    Trajectory,
    basin,
    distance,
    gradient_norm,
    run,
    sizes,
    stability_limit,
    suggested_rate,
    sweep,
    tuned,
    verdict,
)

Adam, GradientDescent, Newton = (OPTIMIZERS[name] for name in ("adam", "gradient_descent", "newton"))
Bowl, Rosenbrock, TwoWells = (LANDSCAPES[name] for name in ("bowl", "rosenbrock", "two_wells"))
Cosine, Warmup = SCHEDULES["cosine"], SCHEDULES["warmup"]

ELEMENTWISE = [name for name in OPTIMIZERS if name not in ("sam", "bfgs", "newton")]  # these ask for a norm, inner products, the Hessian

over_elementwise_rules = pytest.mark.parametrize("name", ELEMENTWISE)


@dataclass(frozen=True)
class Quadratic(Objective):
    """½ Σ cᵢ pᵢ²: every coordinate by itself."""

    curvatures: tuple[float, ...]

    @property
    def coordinates(self) -> int:
        return len(self.curvatures)

    def along(self, p: Array) -> Array:
        return np.reshape(self.curvatures, (-1, *[1] * (p.ndim - 1)))

    def value(self, p: Array) -> Array:
        return 0.5 * (self.along(p) * p * p).sum(axis=0)

    def gradient(self, p: Array) -> Array:
        return self.along(p) * p


@dataclass(frozen=True)
class Pairs(Objective):
    """The sum of what n surfaces of two coordinates are worth, each at its own point; all the x come first, then all the y."""

    surfaces: Callable[[], Landscape]  # with an array of n in place of a parameter; the arrays make no batch here, so a call hides them
    n: int

    @property
    def coordinates(self) -> int:
        return 2 * self.n

    def points(self, p: Array) -> Array:
        """The points p of shape (2n, *batch) as points of the surfaces, of shape (2, *batch, n)."""
        return np.moveaxis(p.reshape(2, self.n, *p.shape[1:]), 1, -1)

    def value(self, p: Array) -> Array:
        return self.surfaces().value(self.points(p)).sum(axis=-1)

    def gradient(self, p: Array) -> Array:
        return np.moveaxis(self.surfaces().gradient(self.points(p)), -1, 1).reshape(p.shape)


@dataclass(frozen=True)
class Embedded(Objective):
    """A surface over the first two of five coordinates; the other three do nothing."""

    surface: Objective

    @property
    def coordinates(self) -> int:
        return 5

    def value(self, p: Array) -> Array:
        return self.surface.value(p[:2])

    def gradient(self, p: Array) -> Array:
        return np.concatenate([self.surface.gradient(p[:2]), np.zeros_like(p[2:])])


def lively(name: str, **settings: Any) -> Optimizer:
    """The rule at a rate that goes some way on the surfaces here."""
    rates = {"adadelta": 50.0, "gradient_descent": 1e-2, "momentum": 1e-3, "nesterov": 1e-3, "qhm": 1e-2, "sam": 1e-2, "bfgs": 0.5}
    return OPTIMIZERS[name](lr=rates.get(name, 0.03), **settings)


def in_pairs(rows: Array) -> Array:
    """Rows (steps, 2n) as those of n runs of two coordinates, (steps, 2, n)."""
    assert rows.ndim == 2
    return rows.reshape(len(rows), 2, -1)


FIVE = Quadratic((1.0, 3.0, 0.2, 20.0, 7.0))


@over_elementwise_rules
def test_a_rule_on_five_coordinates_takes_the_paths_of_five_runs_on_one(name: str):
    start = np.array([1.0, -2.0, 0.5, 0.1, -0.7])
    together = run(lively(name), FIVE, start, 40, Warmup(steps=5, then=Cosine()))
    assert together.path.shape == (41, 5)
    assert np.abs(together.path[-1] - start).min() > 1e-3
    for i, c in enumerate(FIVE.curvatures):
        alone = run(lively(name), Quadratic((c,)), start[i : i + 1], 40, Warmup(steps=5, then=Cosine()))
        np.testing.assert_allclose(together.path[:, i], alone.path[:, 0], rtol=1e-12)
        for state, rows in alone.states.items():
            np.testing.assert_allclose(together.states[state][:, i], rows[:, 0], rtol=1e-10, atol=1e-300)


@over_elementwise_rules
@pytest.mark.parametrize(
    "surfaces", [lambda: Bowl(kappa=np.geomspace(1, 50, 1000), angle=np.linspace(0, 180, 1000)), TwoWells], ids=["quadratic", "wells"]
)
def test_a_rule_on_two_thousand_coordinates_takes_the_paths_of_a_thousand_runs_on_two(name: str, surfaces: Callable[[], Landscape]):
    starts = np.random.default_rng(7).uniform(-1.5, 1.5, (2, 1000))
    together = run(lively(name), Pairs(surfaces, 1000), starts.ravel(), 20, Cosine())
    pairs = run(lively(name), surfaces(), starts, 20, Cosine())
    np.testing.assert_allclose(in_pairs(together.path), pairs.path, rtol=1e-12)
    np.testing.assert_allclose(together.loss, pairs.loss.sum(axis=1), rtol=1e-9)
    assert set(together.states) == set(pairs.states)
    for state, rows in pairs.states.items():
        np.testing.assert_allclose(in_pairs(together.states[state]), rows, rtol=1e-11, atol=1e-300)


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if name != "newton"])
def test_a_rule_takes_the_path_of_two_coordinates_beside_others_that_do_nothing(name: str):
    start = np.array([-1.2, 1.0, 3.0, 0.0, -2.0])
    if "weight_decay" in {*vars(lively(name))}:
        rule = lively(name, weight_decay=0.0)
    else:
        rule = lively(name)
    wide, flat = run(rule, Embedded(Rosenbrock()), start, 30), run(rule, Rosenbrock(), start[:2], 30)
    np.testing.assert_allclose(wide.path[:, :2], flat.path, rtol=1e-11)
    np.testing.assert_array_equal(wide.loss, Rosenbrock().value(wide.path[:, :2].T))
    assert (wide.path[:, 2:] == start[2:]).all() or name == "yogi"  # its means start at 1e-6


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if name != "newton"])
def test_a_batch_of_five_coordinates_is_its_runs(name: str):
    rates, starts = lively(name).lr * np.geomspace(0.3, 2, 4)[:, None], np.random.default_rng(1).normal(size=(5, 3))
    cls: Any = OPTIMIZERS[name]
    batch = run(cls(lr=rates), FIVE, starts, 12)
    assert batch.path.shape == (13, 5, 4, 3)
    assert {rows.shape for rows in batch.states.values()} == {(12, 5, 4, 3)}
    for i, j in np.ndindex(4, 3):
        alone = run(cls(lr=float(rates[i, 0])), FIVE, starts[:, j], 12)
        np.testing.assert_allclose(batch.path[..., i, j], alone.path, rtol=1e-11)


def test_bfgs_goes_straight_to_the_minimum_of_five_coordinates():
    t = run(OPTIMIZERS["bfgs"](lr=1.0), FIVE, np.ones(5), 60)
    assert t.loss[-1] < 1e-20


def test_what_a_sweep_keeps_is_what_run_gives_on_five_coordinates(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("runs.blocks.BLOCK", 4)
    rule, starts = Adam(lr=np.geomspace(1e-3, 10, 6)[:, None]), np.random.default_rng(2).normal(size=(5, 3))
    t = run(rule, FIVE, starts, 25, Cosine())
    for measure, expected in [("best_loss", t.loss.min(axis=0)), ("final_loss", t.loss[-1])]:
        np.testing.assert_allclose(sweep(rule, FIVE, starts, 25, schedule=Cosine(), measure=measure), expected, rtol=1e-12)
    gone = sweep(GradientDescent(lr=np.array([0.01, 1.0])), FIVE, np.ones(5), 30, measure="diverged_at")
    np.testing.assert_array_equal(gone, [np.inf, run(GradientDescent(lr=1.0), FIVE, np.ones(5), 30).diverged_at])


def test_a_run_diverges_by_any_of_its_coordinates():
    t = run(GradientDescent(lr=0.5), FIVE, np.ones(5), 60)  # |1 − 0.5·20| = 9 a step along the fourth coordinate, |1 − 0.5·7| = 2.5 along the fifth
    assert (t.ended, t.stopped_at) == (End.DIVERGED, 7)
    assert np.abs(t.path[7]).argmax() == 3
    assert np.abs(t.path[6]).max() <= BOUND < np.abs(t.path[7]).max()


def test_norms_are_taken_over_all_coordinates():
    t = run(OPTIMIZERS["momentum"](lr=0.01), FIVE, np.ones(5), 10)
    np.testing.assert_allclose(gradient_norm(t, FIVE), np.linalg.norm(t.path * FIVE.curvatures, axis=1), rtol=1e-14)
    np.testing.assert_allclose(sizes(OPTIMIZERS["momentum"](), t)["v"], np.linalg.norm(t.states["v"], axis=1), rtol=1e-14)


@pytest.mark.parametrize(("n", "runs"), [(5, None), (5, 3), (2000, None), (2000, 3)])
def test_noise_is_one_number_a_coordinate_or_one_a_coordinate_and_run(n: int, runs: int | None):
    quiet = Quadratic(tuple(np.linspace(1, 2, n)))
    noisy, shape = NoisyObjective(quiet, 0.7, 5, runs), (n,) if runs is None else (n, runs)
    p = np.zeros(shape)
    for t in (1, 137):
        np.testing.assert_array_equal(noisy.at(t).gradient(p), 0.7 * np.random.default_rng((5, t)).standard_normal(shape))
    found: Trajectory = run(GradientDescent(lr=0.01), noisy, p, 3)
    for k in range(3):
        np.testing.assert_array_equal(found.states["g"][k], noisy.at(k + 1).gradient(found.path[k]))
    np.testing.assert_array_equal(found.loss, quiet.value(np.moveaxis(found.path, 1, 0)))


def test_on_a_landscape_noise_is_the_same_whether_it_is_taken_for_a_map_or_for_any_objective():
    start, rule = (1.0, -0.5), Adam(lr=0.05)
    with_map, without = Noisy(TwoWells(), 0.5, 3), NoisyObjective(TwoWells(), 0.5, 3)
    np.testing.assert_array_equal(run(rule, with_map, start, 100).path, run(rule, without, start, 100).path)
    assert with_map.minima().tolist() == TwoWells().minima().tolist()
    assert not hasattr(without, "minima")


@pytest.mark.parametrize("start", [1.0, np.ones(4), np.ones((2, 5)), []], ids=repr)
@pytest.mark.parametrize("how", [run, sweep])
def test_a_start_has_as_many_coordinates_as_the_objective(how: Any, start: Any):
    with pytest.raises(InputError, match=re.escape(f"start has shape {np.shape(start)}: allowed is (5,) for one run or (5, *batch).")):
        how(GradientDescent(), FIVE, start, 1)


@pytest.mark.parametrize("how", [run, sweep])
def test_a_rule_of_two_coordinates_says_so(how: Any):
    with pytest.raises(InputError, match=re.escape("Newton is written for 2 coordinates, and Quadratic has 5.")):
        how(Newton(), FIVE, np.ones(5), 1)


def test_a_rule_that_needs_second_derivatives_says_so():
    with pytest.raises(InputError, match="Quadratic has no second derivatives, and a step of this rule needs them"):
        run(Newton(), Quadratic((1.0, 2.0)), np.ones(2), 1)


def test_what_needs_a_map_says_so():
    for measure in ("steps_to_tolerance", "distance"):
        with pytest.raises(InputError, match=f"measure = '{measure}' needs a landscape, and Quadratic is none"):
            sweep(GradientDescent(), FIVE, np.ones(5), 1, measure=measure)
    wants: list[Callable[[Any], Any]] = [lambda surface: basin(GradientDescent(), surface, 3, 1), Noisy]
    for ask in wants:
        with pytest.raises(InputError, match=re.escape(f"surface = {FIVE!r}: allowed is an instance of Landscape.")):
            ask(FIVE)
    t, no_map = run(GradientDescent(), FIVE, np.ones(5), 1), cast(Landscape, FIVE)
    asked: dict[str, Callable[[], Any]] = {
        "verdicts": lambda: verdict(t, no_map),
        "distance": lambda: distance(t, no_map),
        "stability_limit": lambda: stability_limit(GradientDescent(), no_map, (1.0, 1.0)),
        "suggested_rate": lambda: suggested_rate(GradientDescent(), no_map),
        "tuned": lambda: tuned(GradientDescent(), no_map, (1.0, 1.0), 5, Cosine()),
    }
    for name, ask in asked.items():
        with pytest.raises(InputError, match=f"^{name} needs a landscape, and Quadratic is none"):
            ask()
    with pytest.raises(InputError, match="surface = 'bowl': allowed is an instance of Objective"):
        NoisyObjective("bowl")  # pyright: ignore[reportArgumentType]

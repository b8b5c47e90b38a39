"""Sweeps: the same numbers as `run`, whoever works on which block."""

from __future__ import annotations

import re
import tracemalloc
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from core import Array, InputError
from landscapes import LANDSCAPES, Landscape
from optimizers import OPTIMIZERS, Optimizer
from optimizers.schedules import SCHEDULES, Schedule
from runs import BOUND, End, MEASURES, Noisy, Trajectory, basin, run, sweep, tolerance
from runs.blocks import blocks
from runs.descent import Descent

Adam, GradientDescent, Momentum = (OPTIMIZERS[name] for name in ("adam", "gradient_descent", "momentum"))
Bowl, Rosenbrock, Saddle, TwoWells = (LANDSCAPES[name] for name in ("bowl", "rosenbrock", "saddle", "two_wells"))
Constant, Cosine, Warmup = (SCHEDULES[name] for name in ("constant", "cosine", "warmup"))

over_rules = pytest.mark.parametrize("cls", OPTIMIZERS.values(), ids=lambda cls: cls.__name__)
over_measures = pytest.mark.parametrize("measure", MEASURES)


def expected(t: Trajectory, surface: Landscape, measure: str, level: float | None = None) -> Array:
    """The measure read off a whole trajectory."""
    if measure == "best_loss":
        return t.loss.min(axis=0)
    if measure == "final_loss":
        return t.loss[-1]
    if measure == "steps_to_tolerance":
        low, high = np.reshape(np.transpose(surface.domain), (2, 2, *[1] * (t.path.ndim - 2)))
        inside = ((low <= t.path) & (t.path <= high)).all(axis=1)
        return from_then_on(t, inside & (np.abs(t.loss - surface.lowest) <= (tolerance(surface) if level is None else level)))
    if measure == "distance":
        return np.min([np.hypot(*(np.moveaxis(t.path[-1], 0, -1) - minimum).T).T for minimum in surface.minima().T], axis=0)
    return np.where(t.diverged_at < 0, np.inf, t.diverged_at)


def from_then_on(t: Trajectory, there: Array) -> Array:
    """The step from which on it is true, up to the last; inf where it is false there, or the run diverges or leaves the formula's domain."""
    rows = np.arange(1, len(there) + 1).reshape(-1, *[1] * (there.ndim - 1))
    since = np.where(there, 0, rows).max(axis=0)
    return np.where((since < len(there)) & (t.ended != End.DIVERGED) & (t.ended != End.OUTSIDE), since, np.inf)


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of four runs at most, so that small batches have many."""
    monkeypatch.setattr("runs.blocks.BLOCK", 4)


@over_measures
@over_rules
def test_a_sweep_is_what_run_gives(cls: type[Optimizer], measure: str, small_blocks: None):
    # Rates up to 1e300: some runs go far, and some to infinity in one step.
    rates = np.concatenate([cls().lr * np.geomspace(0.1, 30, 7), [1e4, 1e8, 1e300]])[:, None]
    starts = np.array([[-1.2, 0.5, 1.0], [1.0, 0.5, 1.0]])
    t = run(cls(lr=rates), Rosenbrock(), starts, 30)
    found = sweep(cls(lr=rates), Rosenbrock(), starts, 30, measure=measure)
    assert found.shape == (10, 3)
    np.testing.assert_allclose(found, expected(t, Rosenbrock(), measure), rtol=1e-10)


@over_measures
@pytest.mark.parametrize("surface", [Bowl(), TwoWells()], ids=str)
def test_it_is_what_run_gives_where_runs_arrive_and_where_they_leave(surface: Landscape, measure: str, small_blocks: None):
    rule = Momentum(lr=np.geomspace(1e-3, 5, 12), momentum=np.array([[0.0], [0.5], [0.9]]))
    t = run(rule, surface, (-0.8, 0.1), 200)
    assert 0 < (t.diverged_at >= 0).sum() < 36
    assert 0 < np.isfinite(expected(t, surface, "steps_to_tolerance", 1e-3)).sum() < 36
    found = sweep(rule, surface, (-0.8, 0.1), 200, measure=measure, tolerance=1e-3)
    np.testing.assert_allclose(found, expected(t, surface, measure, 1e-3), rtol=1e-10, atol=1e-15)


def test_a_run_that_comes_back_from_beyond_the_bound_has_diverged_all_the_same():
    # On a round bowl every coordinate is multiplied by 1 − lr in each step: by −1e7, then by 0.
    surface, rule, schedule = Bowl(kappa=1.0), GradientDescent(lr=1e7), SCHEDULES["step"](every=1, factor=1e-7)
    t = run(rule, surface, (1.0, 0.5), 3, schedule)
    assert t.diverged_at == 1
    for measure in MEASURES:
        np.testing.assert_array_equal(sweep(rule, surface, (1.0, 0.5), 3, schedule=schedule, measure=measure), expected(t, surface, measure))
    assert sweep(rule, surface, (1.0, 0.5), 3, schedule=schedule) == t.loss[0]


@pytest.mark.parametrize(
    "schedule",
    [*(cls() for cls in SCHEDULES.values()), Cosine(floor=np.linspace(0, 1, 5)), Warmup(steps=4, then=Cosine(floor=np.linspace(0, 1, 9)[:, None]))],
    ids=str,
)
def test_every_step_has_the_rate_of_its_schedule(schedule: Schedule, small_blocks: None):
    rule = Adam(lr=np.geomspace(1e-3, 1e-1, 9)[:, None], beta1=np.linspace(0, 0.9, 5))
    t = run(rule, Rosenbrock(), (-1.2, 1.0), 30, schedule)
    np.testing.assert_allclose(sweep(rule, Rosenbrock(), (-1.2, 1.0), 30, schedule=schedule, measure="final_loss"), t.loss[-1], rtol=1e-10)


@pytest.mark.parametrize("shape", [(), (0,), (1,), (7,), (1, 6), (3, 1, 5), (2, 3, 4)], ids=str)
def test_the_result_has_the_shape_of_the_batch(shape: tuple[int, ...], small_blocks: None):
    rates = np.linspace(1e-3, 1e-2, int(np.prod(shape))).reshape(shape)
    for rule, start in [(Adam(lr=rates), (-1.2, 1.0)), (Adam(), np.ones((2, *shape)) * rates)]:
        found = sweep(rule, Rosenbrock(), start, 5)
        assert isinstance(found, np.ndarray)
        assert found.shape == shape
        np.testing.assert_allclose(found, run(rule, Rosenbrock(), start, 5).loss.min(axis=0), rtol=1e-10)


@pytest.mark.parametrize("size", [(), (1,), (9,), (5, 9), (4, 5, 9), (9, 1), (1, 9)], ids=str)
def test_blocks_cover_every_run_once_and_are_not_too_large(size: tuple[int, ...]):
    seen = np.zeros(size, int)
    for box in blocks(tuple(slice(0, n) for n in size), 4):
        seen[box] += 1
        assert seen[box].size <= 4
    assert (seen == 1).all()


def test_a_block_of_a_block_is_a_block():
    box = (slice(0, 13), slice(0, 11))
    assert [part for larger in blocks(box, 50) for part in blocks(larger, 5)] == blocks(box, 5)


def test_a_column_of_rates_and_a_row_of_momenta_stay_what_they_are():
    rule = Adam(lr=np.ones((8, 1)), beta1=np.zeros((1, 6)), beta2=np.zeros(6), eps=np.ones((8, 6)))
    descent = Descent(rule, Rosenbrock(), np.ones((2, 1, 6)), 1, Warmup(then=Cosine(floor=np.ones((8, 1)))))
    part: Any = descent.part((slice(2, 5), slice(1, 3)))
    shapes = [np.shape(value) for value in vars(part.optimizer).values()]
    assert shapes == [(3, 1), (1, 2), (2,), (3, 2), ()]
    assert part.start.shape == (2, 1, 2)
    assert part.schedule.then.floor.shape == (3, 1)
    assert part.shape == (3, 2)


def test_a_part_of_many_surfaces_has_its_part_of_their_parameters():
    surface = Noisy(Bowl(kappa=np.arange(1.0, 9.0)[:, None], angle=np.zeros((8, 6))), 0.5)
    part: Any = Descent(Adam(lr=np.ones(6)), surface, np.ones(2), 1, Constant()).part((slice(2, 5), slice(1, 3)))
    assert part.surface.surface.kappa.tolist() == [[3.0], [4.0], [5.0]]
    assert part.surface.surface.angle.shape == (3, 2)
    assert part.surface.sigma == 0.5
    assert part.shape == (3, 2)


@over_measures
@pytest.mark.parametrize("noise", [None, 0.5], ids=["quiet", "noisy"])
def test_many_surfaces_are_cut_into_blocks_like_many_rates(noise: float | None, measure: str, small_blocks: None):
    """Seven bowls and five rates, 35 runs, in blocks of four at most; alone, each is a block."""
    kappa, lr = np.geomspace(2, 60, 7), np.geomspace(1e-3, 0.1, 5)

    def surface(kappa: Any) -> Landscape:
        return Bowl(kappa=kappa) if noise is None else Noisy(Bowl(kappa=kappa), noise, 2)

    found = sweep(Momentum(lr=lr), surface(kappa[:, None]), (0.8, 0.1), 60, measure=measure, tolerance=1e-2)
    assert found.shape == (7, 5)
    for i, j in np.ndindex(7, 5):
        alone = sweep(Momentum(lr=float(lr[j])), surface(float(kappa[i])), (0.8, 0.1), 60, measure=measure, tolerance=1e-2)
        np.testing.assert_allclose(found[i, j], alone, rtol=1e-10)


@pytest.mark.parametrize("kind", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_an_executor_changes_no_bit_of_many_surfaces(kind: Any):
    surface, rule = Rosenbrock(b=np.geomspace(1, 100, 160)[:, None]), Adam(lr=np.geomspace(1e-3, 1, 160))
    with kind(2) as executor:
        found = sweep(rule, surface, (-1.2, 1.0), 10, executor=executor)
    assert found.tobytes() == sweep(rule, surface, (-1.2, 1.0), 10).tobytes()
    np.testing.assert_allclose(found[80, 40], sweep(Adam(lr=float(rule.lr[40])), Rosenbrock(b=float(surface.b[80, 0])), (-1.2, 1.0), 10), rtol=1e-10)


def grid(n: int = 24, **settings: Any) -> Optimizer:
    return Adam(lr=np.geomspace(1e-3, 1, n)[:, None], beta1=np.linspace(0, 0.99, n)[None, :], **settings)


@pytest.mark.parametrize("threads", [2, 3, 8])
def test_the_number_of_threads_changes_no_bit(threads: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("runs.blocks.BLOCK", 40)
    alone = sweep(grid(), TwoWells(), (1.7, 1.0), 50, threads=1)
    for _ in range(3):
        assert sweep(grid(), TwoWells(), (1.7, 1.0), 50, threads=threads).tobytes() == alone.tobytes()


@pytest.mark.parametrize("kind", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_an_executor_changes_no_bit(kind: Any):
    with kind(2) as executor:
        found = sweep(grid(160), TwoWells(), (1.7, 1.0), 10, executor=executor)
    assert found.tobytes() == sweep(grid(160), TwoWells(), (1.7, 1.0), 10).tobytes()


class Counting(ThreadPoolExecutor):
    """An executor that counts its tasks."""

    tasks = 0

    def submit(self, *args: Any, **kwargs: Any) -> Future:
        self.tasks += 1
        return super().submit(*args, **kwargs)


def test_an_executor_gets_few_large_tasks(small_blocks: None):
    with Counting(2) as executor:
        sweep(grid(40), Bowl(), (1.0, 1.0), 2, executor=executor)
    assert 32 <= executor.tasks <= 64 * 2


def test_overflow_is_no_error_in_a_thread_either(small_blocks: None):
    found = sweep(GradientDescent(lr=np.full(16, 1e300)), Rosenbrock(), (-1.2, 1.0), 5, measure="diverged_at", threads=2)
    assert (found == 1).all()


def test_a_sweep_holds_its_result_and_little_else():
    rule = Adam(lr=np.geomspace(1e-3, 1, 200)[:, None], beta1=np.linspace(0, 0.99, 200))
    tracemalloc.start()
    try:
        sweep(rule, Rosenbrock(), (-1.2, 1.0), 20, threads=2)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 20e6  # the trajectories would be 26 MB, with the states 100 MB


@pytest.mark.parametrize("rates", [np.full(30, 0.01), np.geomspace(1e-3, 1e-2, 6)[:, None] * np.ones(30)], ids=["30", "6 × 30"])
def test_noise_that_each_run_has_of_its_own_is_not_cut(rates: Array, small_blocks: None):
    surface, rule = Noisy(Bowl(), sigma=1.0, seed=3, runs=30), GradientDescent(lr=rates)
    found = sweep(rule, surface, (1.0, 1.0), 20, measure="final_loss")
    np.testing.assert_allclose(found, run(rule, surface, (1.0, 1.0), 20).loss[-1], rtol=1e-10)


def test_an_unknown_measure_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=re.escape("measure = 'loss': allowed is best_loss, final_loss, steps_to_tolerance, distance, diverged_at.")):
        sweep(Adam(), Bowl(), (1, 1), 1, measure="loss")


@pytest.mark.parametrize("measure", ["steps_to_tolerance", "distance"])
def test_where_there_is_no_minimum_nothing_is_measured_from_it(measure: str):
    with pytest.raises(ValueError, match=f"measure = '{measure}': Saddle has no minimum"):
        sweep(Adam(), Saddle(), (1, 1), 1, measure=measure)
    assert np.isfinite(sweep(Adam(), Saddle(), (1, 1), 1))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("optimizer = .*: allowed is an instance of Optimizer", {"optimizer": Adam}),
        ("surface = 'bowl': allowed is an instance of Objective", {"surface": "bowl"}),
        ("schedule = .*: allowed is an instance of Schedule", {"schedule": Cosine}),
        ("steps = 0: allowed is a whole number in", {"steps": 0}),
        ("steps = 2.0: allowed is a whole number in", {"steps": 2.0}),
        ("start has shape", {"start": (1.0, 2.0, 3.0)}),
        ("start = nan", {"start": (1.0, np.nan)}),
        ("start = 1e[+]07", {"start": (10 * BOUND, 0)}),
        ("These batch shapes do not go together", {"optimizer": Adam(lr=np.ones(3), beta1=np.zeros(4))}),
        ("tolerance = -1: allowed is", {"tolerance": -1}),
        ("tolerance = nan: allowed is", {"tolerance": np.nan}),
        ("threads = None: allowed is a whole number in", {"threads": None}),
        ("threads = 0: allowed is a whole number in", {"threads": 0}),
        ("threads = 1.5: allowed is a whole number in", {"threads": 1.5}),
    ],
)
def test_what_run_refuses_a_sweep_refuses_too(name: str, change: dict[str, Any]):
    arguments: dict[str, Any] = {"optimizer": Adam(), "surface": Bowl(), "start": (1.0, 1.0), "steps": 1}
    with pytest.raises(InputError, match=name):
        sweep(**arguments | change)


def test_an_error_in_a_worker_arrives(small_blocks: None):
    @dataclass(frozen=True)
    class Torn(Bowl):
        def gradient(self, p: Array) -> Array:
            raise ArithmeticError("torn")

    with pytest.raises(ArithmeticError, match="torn"):
        sweep(grid(4), Torn(), (1.0, 1.0), 3, threads=2)


def test_basins_of_the_bowl_are_one():
    assert (basin(GradientDescent(lr=0.05), Bowl(), 7, 400) == 0).all()


def test_a_basin_says_which_minimum_each_start_reaches():
    found = basin(GradientDescent(lr=0.01), TwoWells(), 9, 1000)
    surface, (x, y) = TwoWells(), np.meshgrid(np.linspace(-2, 2, 9), np.linspace(-2, 2, 9))
    ends = run(GradientDescent(lr=0.01), surface, np.array([x, y]), 1000).path[-1]
    np.testing.assert_allclose(surface.minima()[:, found], ends, atol=1e-3)
    # The deep well, at x < 0, is the lowest and so number 0; rows run along y, columns along x.
    assert found[4].tolist() == [0, 0, 0, 0, 0, 1, 1, 1, 1]


def test_a_start_that_reaches_no_minimum_is_minus_one():
    assert (basin(GradientDescent(lr=1e-9), TwoWells(), 4, 5) == -1).all()  # under way
    assert (basin(GradientDescent(lr=0.5), Bowl(), 4, 40) == -1).all()  # diverged
    assert (basin(GradientDescent(lr=0.1), Saddle(), 3, 5) == -1).all()  # there is none


def test_a_run_that_leaves_the_minimum_it_started_at_has_not_reached_it():
    found = basin(GradientDescent(lr=1e300), Bowl(kappa=1.0), 1001, 3)
    assert found[500, 500] == 0  # exactly there the gradient is zero
    assert (np.delete(found.ravel(), 500 * 1001 + 500) == -1).all()


@pytest.mark.parametrize("compiled", [pytest.param(True, marks=pytest.mark.slow), False])
def test_a_run_that_goes_below_f_star_or_leaves_the_map_has_not_reached_it(compiled: bool):
    """x³ − 3x + y² has its minimum −2 at x = 1, and falls below it to the left of x = −2."""
    surface, rule = LANDSCAPES["custom"]("x^3 - 3x + y^2", reach=2.5), GradientDescent(lr=0.01)  # one kernel for both widths
    starts = np.array([[-0.9, -1.1], [0.0, 0.0]])
    t = run(rule, surface, starts, 300)
    assert t.loss[:, 1].min() < -12
    inside, outside = sweep(rule, surface, starts, 300, measure="steps_to_tolerance", tolerance=1e-3, compiled=compiled)
    assert np.isfinite(inside)
    assert outside == np.inf
    # Where it passes −2, still on the map, it is within 1 of it: it has not reached what it passes.
    assert ((np.abs(t.loss[:, 1] + 2) <= 1) & (t.path[:, 0, 1] >= -2.5)).any()
    assert sweep(rule, surface, starts, 300, measure="steps_to_tolerance", tolerance=1.0, compiled=compiled)[1] == np.inf
    narrow = LANDSCAPES["custom"]("x^3 - 3x + y^2", reach=1.3)
    assert sweep(rule, narrow, starts, 300, measure="steps_to_tolerance", tolerance=1.0, compiled=compiled)[1] == np.inf


@pytest.mark.slow
@pytest.mark.parametrize("compiled", [True, False])
def test_a_basin_with_a_tolerance_of_its_own_and_the_nearest_well(compiled: bool):
    surface, rule = TwoWells(), GradientDescent(lr=0.01)
    strict, loose = (basin(rule, surface, 9, 40, tolerance=level, compiled=compiled) for level in (1e-9, 0.1))
    assert (strict == -1).sum() > (loose == -1).sum()
    np.testing.assert_array_equal(loose[strict >= 0], strict[strict >= 0])
    lion, mesh = OPTIMIZERS["lion"](lr=0.3), np.array(np.meshgrid(*[np.linspace(-2, 2, 9)] * 2))  # it goes to and fro by its rate
    assert (basin(lion, surface, 9, 60, compiled=compiled) == -1).all()
    ends = run(lion, surface, mesh, 60).path[-1]
    away = np.hypot(*(surface.minima()[:, :, None, None] - ends[:, None]))
    wanted = np.where((np.abs(ends) <= 2).all(axis=0), away.argmin(axis=0), -1)
    np.testing.assert_array_equal(basin(lion, surface, 9, 60, nearest=True, compiled=compiled), wanted)
    assert {0, 1} <= set(np.unique(wanted))


@pytest.mark.parametrize("threads", [1, 3])
def test_a_basin_does_not_depend_on_who_works_on_it(threads: int, small_blocks: None):
    many = basin(Momentum(lr=0.01), TwoWells(), 12, 60, threads=threads, schedule=Cosine())
    with ThreadPoolExecutor(2) as executor:
        assert (basin(Momentum(lr=0.01), TwoWells(), 12, 60, schedule=Cosine(), executor=executor) == many).all()


@pytest.mark.parametrize("n", [0, -1, 2.0, True, "3"], ids=repr)
def test_the_mesh_has_a_whole_number_of_points(n: Any):
    with pytest.raises(ValueError, match=re.escape(f"n = {n!r}: allowed is a whole number in [1, ∞).")):
        basin(Adam(), Bowl(), n, 1)

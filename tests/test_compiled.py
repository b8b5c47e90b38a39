"""Compiled sweeps: the numbers that `run` gives, for every rule and every surface, and NumPy where there can be no kernel."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest

from core import Array, Number
from landscapes import LANDSCAPES, Landscape, Objective
from optimizers import OPTIMIZERS, Optimizer
from optimizers.schedules import SCHEDULES, Schedule
from runs import End, Noisy, Swept, basin, run, swept, tolerance
from runs.compiled import cache, kernels
from runs.compiled.kernels import trace
from runs.descent import Descent
from tests.kernels import in_python
from tests.samples import one_in
from tests.test_coordinates import FIVE
from tests.test_sweep import from_then_on

pytestmark = pytest.mark.slow

Adam, GradientDescent, Momentum, Nesterov = (OPTIMIZERS[name] for name in ("adam", "gradient_descent", "momentum", "nesterov"))
Bowl, Himmelblau, Rosenbrock, TwoWells = (LANDSCAPES[name] for name in ("bowl", "himmelblau", "rosenbrock", "two_wells"))
Constant, Cosine, Warmup = (SCHEDULES[name] for name in ("constant", "cosine", "warmup"))
ROOT = Path(__file__).parent.parent
RATES = np.array([[0.3], [1.0], [2.0], [30.0]])  # of a rule's own
STEPS = 30


def agrees(rule: Optimizer, surface: Landscape, start: Any, steps: int = STEPS, schedule: Schedule | None = None) -> Swept:
    """The compiled sweep, all of whose numbers are those of `run`."""
    t = run(rule, surface, start, steps, schedule)
    found = swept(rule, surface, start, steps, schedule=schedule, compiled=True)
    assert found.because == ""
    assert found.compiled
    for name, wanted in {"best_loss": t.loss.min(axis=0), "final_loss": t.loss[-1], "end": t.path[-1]}.items():
        np.testing.assert_allclose(getattr(found, name), wanted, rtol=1e-10, atol=1e-14, err_msg=name)
    np.testing.assert_array_equal(found.ended, t.ended)
    np.testing.assert_array_equal(found.stopped_at, t.stopped_at)
    np.testing.assert_array_equal(found.diverged_at, np.where(t.diverged_at < 0, np.inf, t.diverged_at))
    if surface.lowest is None:
        assert found.steps_to_tolerance is None
        assert found.distance is None
    else:
        low, high = np.reshape(np.transpose(surface.domain), (2, 2, *[1] * (t.path.ndim - 2)))
        near = (np.abs(t.loss - surface.lowest) <= tolerance(surface)) & ((low <= t.path) & (t.path <= high)).all(axis=1)
        np.testing.assert_array_equal(found.steps_to_tolerance, from_then_on(t, near))
    return found


def descent(rule: Optimizer, surface: Landscape, schedule: Schedule | None = None) -> Descent:
    return Descent(rule, surface, np.array([1.0, 0.5]), 5, schedule or Constant())


def beside(start: tuple[float, float]) -> Array:
    """Starts around this one; shape (2, 5)."""
    return np.array(start)[:, None] + 0.1 * np.array([[0, 1, 2, -1, -3], [0, -2, 1, 3, -1]])


STEADY = [cls for cls in LANDSCAPES.values() if cls.at is Landscape.at]  # the others are swept in NumPy

# Each rule with a surface on which the last bit of a sine does not grow into another path.
PAIRS = list(zip(OPTIMIZERS.values(), islice(cycle(STEADY), 3, 3 + len(OPTIMIZERS)), strict=True))


def test_the_pairs_have_every_rule_and_every_surface():
    assert {rule for rule, _ in PAIRS} == set(OPTIMIZERS.values())
    assert {surface for _, surface in PAIRS} == set(STEADY)


@pytest.mark.parametrize(("rule", "surface"), one_in(3, PAIRS), ids=lambda cls: cls.__name__)
def test_each_rule_and_each_surface_is_compiled_to_what_run_gives(rule: type[Optimizer], surface: type[Landscape]):
    agrees(rule(lr=rule().lr * RATES), surface(), beside(surface().start))


@pytest.fixture
def as_python(monkeypatch: pytest.MonkeyPatch) -> None:
    in_python(monkeypatch)


@pytest.mark.parametrize("cls", OPTIMIZERS.values(), ids=lambda cls: cls.__name__)
def test_the_text_of_every_rule_on_every_surface_gives_what_run_gives(cls: type[Optimizer], as_python: None):
    for surface in (surface() for surface in STEADY):
        agrees(cls(lr=cls().lr * RATES), surface, beside(surface.start)[:, :2])


@pytest.mark.parametrize(
    "schedule",
    [*(cls() for cls in SCHEDULES.values()), Cosine(floor=np.linspace(0, 1, 5)), Warmup(steps=np.arange(0, 15, 5)[:, None], then=Cosine(floor=0.1))],
    ids=str,
)
def test_every_schedule_enters_as_an_array(schedule: Schedule):
    """One kernel for all whose parameters are numbers, one for the others."""
    agrees(Adam(lr=np.geomspace(1e-3, 1e-1, 3)[:, None], beta1=np.linspace(0, 0.9, 5)), Rosenbrock(), (-1.2, 1.0), schedule=schedule)


@pytest.mark.parametrize("runs", [None, 5], ids=["one draw for all", "a draw for each run"])
def test_noise_enters_as_an_array(runs: int | None):
    noisy = Noisy(Himmelblau(), sigma=3.0, seed=4, runs=runs)
    found = agrees(Nesterov(lr=0.003 * RATES), noisy, beside((1.0, 4.2)))
    quiet = swept(Nesterov(lr=0.003 * RATES), Himmelblau(), beside((1.0, 4.2)), STEPS, compiled=False)
    assert (found.end != quiet.end).all()


def test_a_kernel_belongs_to_what_is_swept_and_to_no_value():
    """The same function for other numbers in the same places, and for another batch; another where something else is swept."""
    rule, surface = Adam(lr=np.array([0.1, 0.2])), Rosenbrock()
    same = [descent(rule, surface), descent(Adam(lr=np.ones((3, 1)), beta1=0.5, eps=1e-4), Rosenbrock(b=3.0)), descent(rule, surface, Cosine())]
    texts = {trace(d).text for d in same}
    assert len(texts) == 1
    for other in [descent(Adam(beta2=np.array([0.9])), surface), descent(rule, Rosenbrock(b=np.ones(2))), descent(rule, Noisy(surface, 0.1))]:
        assert trace(other).text not in texts


@pytest.mark.parametrize(
    "formula", ["if(x < 1, x^2, max(y, -y)^1.5) + x^4 y^-2", "log(x) + sqrt(y) x^y", "e^-x + atan(x y) + min(x, y, 1) + abs(x)^3"]
)
def test_a_typed_formula_is_compiled_gaps_and_kinks_included(formula: str):
    agrees(GradientDescent(lr=0.03 * RATES), LANDSCAPES["custom"](formula), beside((1.0, 1.4)))


def test_runs_that_overflow_and_runs_that_have_no_step_end_as_in_run():
    bowl = agrees(GradientDescent(lr=np.array([1e-3, 1.0, 1e4, 1e8, 1e155, 1e300])), Bowl(), np.array([[1.0], [0.5]]), 60)
    assert (bowl.ended == End.DIVERGED).sum() == 5
    newton, starts = OPTIMIZERS["newton"](lr=np.array([[0.5], [1.0]])), np.array([[0.0, 1.0, 0.3], [0.0, 0.0, 0.1]])
    saddle = agrees(newton, LANDSCAPES["monkey_saddle"](), starts)
    assert (saddle.ended[:, 0] == End.NO_STEP).all()  # it starts where its Hessian is zero
    ahead = agrees(Nesterov(lr=np.array([[0.5], [1e200]])), LANDSCAPES["custom"]("log(x) + y^2"), np.array([[0.4, -1.0], [1.0, 0.0]]))
    assert ahead.ended[0].tolist() == [End.OUTSIDE, End.OUTSIDE]
    assert ahead.stopped_at[:, 1].tolist() == [0, 0]


@pytest.mark.parametrize("steps", [1, 2, 3, 12])
def test_few_steps_are_steps_too(steps: int):
    agrees(Adam(lr=0.01 * RATES), Rosenbrock(), beside((-1.2, 1.0)), steps)
    rule = Momentum(lr=np.array([0.01]))
    np.testing.assert_array_equal(basin(rule, TwoWells(), 9, steps, compiled=True), basin(rule, TwoWells(), 9, steps, compiled=False))


@pytest.mark.parametrize("shape", [(), (0,), (1,), (2, 3, 4), (300,)], ids=str)
def test_batches_of_any_shape(shape: tuple[int, ...]):
    found = agrees(Adam(lr=np.linspace(1e-3, 1e-2, int(np.prod(shape))).reshape(shape)), Rosenbrock(), (-1.2, 1.0))
    assert found.best_loss.shape == shape
    assert found.end.shape == (2, *shape)


def test_objectives_of_five_coordinates_are_compiled():
    found = swept(Adam(lr=0.1 * RATES), FIVE, np.ones(5), 20, compiled=True)
    t = run(Adam(lr=0.1 * RATES), FIVE, np.ones(5), 20)
    assert found.compiled
    np.testing.assert_allclose(found.end, t.path[-1], rtol=1e-10)


def test_neither_threads_nor_blocks_nor_processes_change_a_bit(monkeypatch: pytest.MonkeyPatch):
    rule = Adam(lr=np.geomspace(1e-3, 1, 40)[:, None], beta1=np.linspace(0, 0.99, 40))
    alone = swept(rule, Rosenbrock(), (-1.2, 1.0), 50, compiled=True)
    monkeypatch.setattr("runs.blocks.BLOCK", 70)
    with ProcessPoolExecutor(1, get_context("spawn")) as executor:
        several: list[dict[str, Any]] = [{}, {"threads": 3}, {"executor": executor}]
        for options in several:
            found = swept(rule, Rosenbrock(), (-1.2, 1.0), 50, compiled=True, **options)
            assert found.compiled
            for name in ("best_loss", "steps_to_tolerance", "distance", "end"):
                assert getattr(found, name).tobytes() == getattr(alone, name).tobytes()


def test_a_basin_is_the_same_and_so_is_that_of_runs_that_came_to_rest_early():
    rule = Momentum(lr=np.array([0.003, 0.01, 0.3]))
    found = basin(rule, TwoWells(), 20, 150, compiled=True)
    np.testing.assert_array_equal(found, basin(rule, TwoWells(), 20, 150, compiled=False))
    assert set(np.unique(found)) == {-1, 0, 1}


@dataclass(frozen=True)
class Restart(Momentum):
    """Forgets its velocity every tenth step."""

    def step(self, surface: Objective, p: Array, state: Array, t: int, lr: Number) -> tuple[Array, Array]:
        return super().step(surface, p, state if t % 10 else 0 * state, t, lr)


@dataclass(frozen=True)
class Drifting(Bowl):
    """Moves to the right from step to step."""

    def at(self, t: int) -> Objective:
        return Bowl(kappa=float(t))


@pytest.mark.parametrize(
    ("rule", "surface", "why"),
    [(Restart(), Bowl(), "is true"), (Adam(), Drifting(), "another one at each step")],
    ids=["a rule that asks", "a surface that moves"],
)
def test_what_cannot_be_traced_falls_back_and_says_why(rule: Optimizer, surface: Landscape, why: str):
    found = swept(rule, surface, (1.0, 0.5), 30, compiled=True)
    assert not found.compiled
    assert why in found.because
    np.testing.assert_allclose(found.final_loss, run(rule, surface, (1.0, 0.5), 30).loss[-1], rtol=1e-12)


def test_without_numba_everything_works_in_numpy(monkeypatch: pytest.MonkeyPatch):
    """Whether it is not there, or is there and cannot be loaded."""
    monkeypatch.setattr("runs.compiled.kernels.find_spec", lambda name: None)
    found = swept(Adam(), Rosenbrock(), (-1.2, 1.0), 5, compiled=True)
    assert (found.compiled, found.because) == (False, "Numba is not installed")
    script = """
import sys
sys.modules["numba"] = None
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from runs import basin, sweep, swept
rule, surface = OPTIMIZERS["adam"](), LANDSCAPES["two_wells"]()
found = swept(rule, surface, (1.0, 1.0), 9, compiled=True)
assert not found.compiled, found
assert found.because, found
assert sweep(rule, surface, (1.0, 1.0), 9) == sweep(rule, surface, (1.0, 1.0), 9, compiled=False) == found.best_loss
basin(rule, surface, 3, 9, compiled=True)"""
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT)


def test_a_first_answer_does_not_wait_and_a_later_one_is_compiled(monkeypatch: pytest.MonkeyPatch):
    """The compiler is held up until the first sweep has been answered."""
    go, made = Event(), kernels.kernel_of

    def held_up(text: str) -> Any:
        assert go.wait(60)
        return made(text)

    monkeypatch.setattr("runs.compiled.kernels.kernel_of", held_up)
    rule = OPTIMIZERS["rmsprop"](lr=np.geomspace(1e-3, 1, 250)[:, None], decay=np.linspace(0, 0.99, 400))
    first = swept(rule, Bowl(), (1.0, 0.5), 10)
    assert not first.compiled
    assert first.because == "it is being compiled"
    go.set()
    assert swept(rule, Bowl(), (1.0, 0.5), 2, compiled=True).compiled
    assert swept(rule, Bowl(), (1.0, 0.5), 10).compiled


def test_few_runs_and_steps_are_not_worth_a_kernel():
    found = swept(OPTIMIZERS["rmsprop"](eps=np.array([1e-3])), Bowl(), (1.0, 0.5), 10)
    assert not found.compiled
    assert "too few" in found.because


TRIFLE = """
from numba import njit

@njit("float64(float64)", cache=True)
def kernel(x):
    return 2 * x
"""


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], Any]]:
    """What a start of the program with this folder makes of a trifle of a kernel."""

    def start(folder: Path) -> Any:
        monkeypatch.setenv(cache.FOLDER, str(folder))
        cache.folder.cache_clear()
        kernel: Any = cache.kernel_of(TRIFLE)
        assert kernel(21.0) == 42.0
        return kernel

    yield start
    cache.folder.cache_clear()


def test_kernels_are_kept_in_a_private_folder_and_a_second_start_compiles_nothing(started: Callable[[Path], Any], tmp_path: Path):
    folder = tmp_path / "a" / "kernels"
    assert not started(folder).stats.cache_hits
    assert folder.stat().st_mode & 0o777 == 0o700
    kept = {path: path.stat().st_mtime_ns for path in folder.rglob("*.nb?")}
    assert len(kept) == 2  # Numba's index and its machine code
    assert sum(started(folder).stats.cache_hits.values()) == 1
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.nb?")} == kept


@pytest.mark.parametrize("trouble", ["others may look", "a link", "a file", "read-only", "damaged"])
def test_a_folder_that_is_of_no_use_is_survived(trouble: str, started: Callable[[Path], Any], tmp_path: Path):
    folder = tmp_path / "kernels"
    if trouble == "a file":
        folder.write_text("")
    elif trouble == "read-only":
        folder = Path("/proc/kernels")  # where nobody can write, not even root
    elif trouble == "a link":
        (tmp_path / "elsewhere").mkdir(mode=0o700)
        folder.symlink_to(tmp_path / "elsewhere")
    elif trouble == "others may look":
        folder.mkdir(mode=0o755)
    else:
        started(folder)
        for path in folder.rglob("*.nb?"):
            path.write_bytes(b"damaged")
    started(folder)
    assert (cache.folder() == folder) == (trouble == "damaged")
    if trouble in ("others may look", "a link"):
        assert list(folder.iterdir()) == []
    if trouble == "damaged":  # it is made anew by the next start
        started(folder)
        assert sum(started(folder).stats.cache_hits.values()) == 1


def test_only_so_many_kernels_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cache, "MOST", 3)
    for i in range(5):
        path = cache.written(tmp_path, f"kernel_{i}", f"# {i}")
        os.utime(path, (i, i))
    assert sorted(path.stem for path in tmp_path.glob("*.py")) == ["kernel_2", "kernel_3", "kernel_4"]

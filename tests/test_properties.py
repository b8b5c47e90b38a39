"""What a rule's path keeps when the surface is turned, mirrored, moved or scaled, and what it does not; over the whole catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from core import Array, Number, parameters
from landscapes import LANDSCAPES, Landscape
from optimizers import OPTIMIZERS, Optimizer
from optimizers.schedules import SCHEDULES, Schedule
from runs import run

Bowl, Rosenbrock, Saddle, TwoWells = (LANDSCAPES[name] for name in ("bowl", "rosenbrock", "saddle", "two_wells"))

# Rules that see vectors, not coordinates; the others notice how the axes lie.
TURNING = {"gradient_descent", "momentum", "sutskever", "nesterov", "qhm", "sam", "newton"}
COORDINATEWISE = {
    "rprop",
    "adagrad",
    "rmsprop",
    "adadelta",
    "adam",
    "adamax",
    "adamw",
    "adam_uncorrected",
    "nadam",
    "amsgrad",
    "yogi",
    "radam",
    "adabelief",
    "lion",
    "adan",
}
COORDINATEWISE |= {"bfgs"}  # by the 1-norm that limits its first step, and by nothing else

# What f → c·f does to the path: nothing; the same as lr → c·lr; or neither, because the rule compares gradients with a number.
SCALE_FREE = {
    "newton",
    "rprop",
    "adagrad",
    "rmsprop",
    "adadelta",
    "adam",
    "adamax",
    "adamw",
    "nadam",
    "amsgrad",
    "adabelief",
    "lion",
    "adan",
    "adam_uncorrected",
}
SCALING_THE_RATE = {"gradient_descent", "momentum", "sutskever", "nesterov", "qhm", "sam"}
SCALE_BOUND = {"bfgs", "radam", "yogi"}

# Rates at which twenty steps go some way on the surfaces here; where none stands the default does.
RATES = dict.fromkeys(["adam", "adamw", "adam_uncorrected", "amsgrad", "nadam", "radam", "adamax", "adabelief", "yogi", "adan"], 0.05)
RATES |= dict.fromkeys(["adagrad", "rmsprop", "lion", "qhm"], 0.02) | {"adadelta": 50.0, "newton": 0.5}
STEPS = 20

over_rules = pytest.mark.parametrize("name", OPTIMIZERS)
over_surfaces = pytest.mark.parametrize("surface", [Bowl(), TwoWells()], ids=lambda surface: type(surface).__name__)


def lively(name: str, **settings: float) -> Optimizer:
    """The rule at a rate that shows what it does, without the weight decay that ties it to the origin."""
    cls = OPTIMIZERS[name]
    settings = {"lr": RATES.get(name, cls().lr), "weight_decay": 0.0} | settings
    return cls(**{key: value for key, value in settings.items() if key in parameters(cls)})


@dataclass(frozen=True)
class Moved(Landscape):
    """A surface turned or mirrored by an orthogonal matrix, then shifted; its values times a factor and raised."""

    surface: Landscape
    matrix: tuple[tuple[float, float], tuple[float, float]] = ((1.0, 0.0), (0.0, 1.0))
    shift: tuple[float, float] = (0.0, 0.0)
    factor: float = 1.0
    raised: float = 0.0

    def there(self, p: Array) -> Array:
        """Where the points of the surface p come to lie."""
        return np.tensordot(np.array(self.matrix), p, 1) + np.reshape(self.shift, (2, *[1] * (np.ndim(p) - 1)))

    def back(self, p: Array) -> Array:
        """Where they came from."""
        return np.tensordot(np.array(self.matrix).T, p - np.reshape(self.shift, (2, *[1] * (np.ndim(p) - 1))), 1)

    def value(self, p: Array) -> Array:
        return self.factor * self.surface.value(self.back(p)) + self.raised

    def gradient(self, p: Array) -> Array:
        return self.factor * np.tensordot(np.array(self.matrix), self.surface.gradient(self.back(p)), 1)

    def hessian(self, p: Array) -> Array:
        a = np.array(self.matrix)
        return self.factor * np.einsum("ia,jb,ab...->ij...", a, a, self.surface.hessian(self.back(p)))

    def stationary(self) -> list:
        return [((float(x), float(y)), kind) for p, kind in self.surface.stationary() for x, y in [self.there(np.array(p))]]


def turn(degrees: float) -> Any:
    a = np.radians(degrees)
    return (float(np.cos(a)), -float(np.sin(a))), (float(np.sin(a)), float(np.cos(a)))


SWAP, MIRROR = ((0.0, 1.0), (1.0, 0.0)), ((1.0, 0.0), (0.0, -1.0))


def difference(rule: Optimizer, surface: Landscape, start: Any, moved: Moved) -> float:
    """How far the moved run strays from the run moved, as a part of the way that the run went."""
    path = run(rule, surface, start, STEPS).path
    there = run(rule, moved, moved.there(np.array(start)), STEPS).path
    assert np.isfinite(path).all()
    return float(np.abs(there - moved.there(path.T).T).max() / np.abs(path - path[0]).max())


def test_every_rule_says_what_it_keeps():
    assert set(OPTIMIZERS) <= TURNING | COORDINATEWISE
    assert set(OPTIMIZERS) <= SCALE_FREE | SCALING_THE_RATE | SCALE_BOUND
    assert not TURNING & COORDINATEWISE
    assert len(SCALE_FREE | SCALING_THE_RATE | SCALE_BOUND) == len(SCALE_FREE) + len(SCALING_THE_RATE) + len(SCALE_BOUND)


@over_surfaces
@pytest.mark.parametrize("degrees", [17.0, 90.0, 180.0, 250.0])
@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if name in TURNING])
def test_turning_the_surface_turns_the_path_of_a_rule_without_axes(name: str, degrees: float, surface: Landscape):
    assert difference(lively(name), surface, surface.start, Moved(surface, turn(degrees))) < 1e-9


@over_surfaces
@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if name not in TURNING])
def test_turning_the_surface_changes_the_path_of_a_rule_with_axes(name: str, surface: Landscape):
    assert difference(lively(name), surface, surface.start, Moved(surface, turn(17.0))) > 1e-3


def test_a_gentle_start_leaves_bfgs_without_axes():
    surface, start = Bowl(), (-0.015, 0.01)  # ‖∇f‖₁ < 1 however it is turned
    assert np.abs(surface.gradient(np.array(start))).sum() < 1 / np.sqrt(2)
    assert difference(OPTIMIZERS["bfgs"](lr=0.5), surface, start, Moved(surface, turn(17.0))) < 1e-9


def test_a_bowl_has_an_angle_of_its_own():
    p = np.random.default_rng(2).normal(size=(2, 5))
    bowl = Bowl(kappa=20.0, angle=70.0)
    turned = Moved(Bowl(kappa=20.0, angle=30.0), turn(40.0))
    for what in ("value", "gradient", "hessian"):
        np.testing.assert_allclose(getattr(turned, what)(p), getattr(bowl, what)(p), rtol=1e-12)


@over_rules
@over_surfaces
def test_swapping_the_coordinates_swaps_them_in_the_path(name: str, surface: Landscape):
    assert difference(lively(name), surface, surface.start, Moved(surface, SWAP)) < 1e-9


@over_rules
@over_surfaces
def test_a_mirrored_surface_has_the_mirrored_path(name: str, surface: Landscape):
    # Optax's Yogi starts its mean gradient at +1e-6 instead of 0, which every mirror shows.
    assert difference(lively(name), surface, surface.start, Moved(surface, MIRROR)) < (1e-4 if name == "yogi" else 1e-9)


@over_rules
@over_surfaces
def test_shifting_the_surface_shifts_the_path(name: str, surface: Landscape):
    assert difference(lively(name), surface, surface.start, Moved(surface, shift=(0.5, -2.0))) < 1e-8


@over_rules
def test_raising_the_surface_changes_nothing(name: str):
    path, raised = (run(lively(name), surface, (-1.5, 2.0), STEPS).path for surface in (TwoWells(), Moved(TwoWells(), raised=7.0)))
    np.testing.assert_array_equal(raised, path)


@over_rules
def test_a_ridge_is_never_left_without_noise(name: str):
    path = run(lively(name), Saddle(), (1.0, 0.0), STEPS).path
    assert np.ptp(path[:, 0]) > 0
    assert (path[:, 1] == 0).all() or name == "yogi"  # as above: its 1e-6 is enough to leave it


def scaled(name: str, factor: float, **settings: float) -> float:
    """How far the run on f times the factor strays from the run on f, as a part of the way."""
    rule = lively(name, **settings)
    return difference(rule, TwoWells(), TwoWells.start, Moved(TwoWells(), factor=factor))


@pytest.mark.parametrize("factor", [1e-3, 1e3])
@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if name in SCALE_FREE])
def test_scaling_the_surface_leaves_the_path_of_a_rule_that_scales(name: str, factor: float):
    assert scaled(name, factor, eps=1e-20) < 1e-7


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if name in SCALING_THE_RATE])
def test_scaling_the_surface_is_scaling_the_rate_of_a_rule_that_does_not(name: str):
    cls, surface = OPTIMIZERS[name], TwoWells()
    path = run(cls(lr=4e-3), surface, surface.start, STEPS).path
    np.testing.assert_allclose(run(cls(lr=1e-3), Moved(surface, factor=4.0), surface.start, STEPS).path, path, rtol=1e-9)


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if name not in SCALE_FREE])
def test_scaling_the_surface_changes_the_path_of_a_rule_that_does_not_scale(name: str):
    assert scaled(name, 0.1, eps=1e-20) > 1e-3


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if name in SCALE_BOUND])
def test_scaling_the_surface_is_not_scaling_the_rate_of_a_rule_that_compares_it_with_a_number(name: str):
    surface, lr = TwoWells(), lively(name).lr
    path = run(lively(name, lr=0.1 * lr), surface, surface.start, STEPS).path
    there = run(lively(name), Moved(surface, factor=0.1), surface.start, STEPS).path
    assert np.abs(there - path).max() > 1e-3 * np.abs(path - path[0]).max()


@dataclass(frozen=True)
class Part(Schedule):
    """The same part of the peak rate at every step."""

    part: Number

    def __call__(self, k: Number, total: int) -> Array:
        return np.full(np.shape(k), self.part)


# Every schedule that can be made to stand still, with what makes it.
STILL: dict[str, dict[str, float]] = {
    "constant": {},
    "linear": {"floor": 1.0},
    "cosine": {"floor": 1.0},
    "polynomial": {"floor": 1.0},
    "cosine_restarts": {"floor": 1.0},
    "step": {"factor": 1.0},
    "exponential": {"rate": 1.0},
    "one_cycle": {"first": 1.0, "last": 1.0},
    "cyclic": {"low": 1.0},
    "warmup_stable_decay": {"rise": 0.0, "floor": 1.0},
    "time_decay": {"decline": 0.0},
    "warmup": {"steps": 0},
}


@pytest.mark.parametrize("schedule", STILL)
@pytest.mark.parametrize("total", [1, 2, 41])
def test_a_schedule_that_stands_still_is_one_exactly(schedule: str, total: int):
    assert (SCHEDULES[schedule](**STILL[schedule])(np.arange(total), total) == 1).all()


@over_rules
def test_a_schedule_that_stands_still_is_no_schedule(name: str):
    alone = run(lively(name), TwoWells(), TwoWells.start, STEPS)
    for schedule, settings in STILL.items():
        t = run(lively(name), TwoWells(), TwoWells.start, STEPS, SCHEDULES[schedule](**settings))
        np.testing.assert_array_equal(t.path, alone.path)


@over_rules
@pytest.mark.parametrize("part", [0.25, 0.3])
def test_a_part_of_the_rate_at_every_step_is_that_part_of_the_rate(name: str, part: float):
    rule = lively(name)
    t = run(rule, TwoWells(), TwoWells.start, STEPS, Part(part))
    less = run(lively(name, lr=rule.lr * part), TwoWells(), TwoWells.start, STEPS)
    np.testing.assert_array_equal(t.path, less.path)
    np.testing.assert_array_equal(t.lr, less.lr)


@pytest.mark.parametrize("cls", LANDSCAPES.values(), ids=lambda cls: cls.__name__)
@pytest.mark.parametrize("batch", [(), (3,), (2, 3)], ids=str)
def test_a_surface_leaves_its_points_untouched(cls: type[Landscape], batch: tuple[int, ...]):
    (left, right), (bottom, top) = cls().domain
    u = np.random.default_rng(4).uniform(size=(2, *batch))
    p = np.stack([left + (right - left) * u[0], bottom + (top - bottom) * u[1]])
    p.flags.writeable = False
    for what in ("value", "gradient", "hessian"):
        first, second = (getattr(cls(), what)(p) for _ in range(2))
        np.testing.assert_array_equal(first, second)
        assert not np.shares_memory(first, p)

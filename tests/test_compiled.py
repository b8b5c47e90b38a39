"""Compiled sweeps: the numbers that `run` gives, for every rule and every surface, and NumPy where there can be no kernel."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core import Array
from landscapes import LANDSCAPES, Landscape
from optimizers import OPTIMIZERS, Optimizer
from optimizers.schedules import Schedule
from runs import Swept, run, swept, tolerance

Adam, GradientDescent, Momentum, Nesterov = (OPTIMIZERS[name] for name in ("adam", "gradient_descent", "momentum", "nesterov"))
Bowl, Himmelblau, Rosenbrock, TwoWells = (LANDSCAPES[name] for name in ("bowl", "himmelblau", "rosenbrock", "two_wells"))
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
        np.testing.assert_array_equal(found.steps_to_tolerance, np.where(near.any(axis=0), near.argmax(axis=0), np.inf))
    return found


def beside(start: tuple[float, float]) -> Array:
    """Starts around this one; shape (2, 5)."""
    return np.array(start)[:, None] + 0.1 * np.array([[0, 1, 2, -1, -3], [0, -2, 1, 3, -1]])


@pytest.mark.parametrize("cls", OPTIMIZERS.values(), ids=lambda cls: cls.__name__)
def test_each_rule_is_compiled_to_what_run_gives(cls: type[Optimizer]):
    agrees(cls(lr=cls().lr * RATES), Rosenbrock(), beside(Rosenbrock.start))


@pytest.mark.parametrize("cls", LANDSCAPES.values(), ids=lambda cls: cls.__name__)
def test_each_surface_is_compiled_to_what_run_gives(cls: type[Landscape]):
    agrees(Momentum(lr=0.002 * RATES), cls(), beside(cls().start))

"""Rates that the page finds: the tuned one makes no lane worse, the suggested one is close to the best."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest

from benchmarks.suggestions import CLOSE, Judged, judged, pairs
from core import parameters
from landscapes import LANDSCAPES, Landscape
from links.race import LANES, RULES
from optimizers import OPTIMIZERS, Optimizer
from optimizers.schedules import SCHEDULES
from runs import Noisy, Trajectory, Tuning, run, stability_limit, suggested_rate, tuned
from runs.scan import scan

Constant, Cosine = SCHEDULES["constant"], SCHEDULES["cosine"]
Bowl, Custom, McCormick, TwoWells = (LANDSCAPES[name] for name in ("bowl", "custom", "mccormick", "two_wells"))
GradientDescent, Momentum = OPTIMIZERS["gradient_descent"], OPTIMIZERS["momentum"]
WITH_MINIMA = [cls() for cls in LANDSCAPES.values() if cls().lowest is not None]
SIXTY = np.geomspace(1e-5, 10, 60)

over_surfaces = pytest.mark.parametrize("surface", WITH_MINIMA, ids=lambda surface: type(surface).__name__)


def stays(trajectory: Trajectory, surface: Landscape) -> bool:
    """Whether every point of the path is in the domain."""
    low, high = np.array(surface.domain).T
    return bool(((low <= trajectory.path) & (trajectory.path <= high)).all())


def before_and_after(rule: Optimizer, surface: Landscape, start: tuple[float, float], steps: int = 200) -> list[Trajectory]:
    """The run at the rule's own rate, and at the rate that tuning gives it."""
    lr: Any = tuned(rule, surface, start, steps, Constant()).lr
    return [run(each, surface, start, steps, Constant()) for each in (rule, replace(rule, lr=lr))]


@pytest.mark.parametrize("surface", [TwoWells(), Noisy(TwoWells(), 2.0, 3)], ids=["plain", "noisy"])
@pytest.mark.parametrize("cls", OPTIMIZERS.values(), ids=lambda cls: cls.__name__)
def test_a_scan_makes_the_runs_that_run_makes(cls: type[Optimizer], surface: Landscape):
    rates = np.array([1e-3, 0.1, 1e3])
    one, other = scan(cls(), rates, surface, (1.7, 1.0), 50, Cosine()), run(cls(lr=rates), surface, (1.7, 1.0), 50, Cosine())
    for name in ("path", "loss", "lr", "stopped_at"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


# Tuning makes no lane worse.


@pytest.mark.slow
@over_surfaces
def test_a_tuned_run_stays_on_the_map_and_ends_no_higher_than_before(surface: Landscape):
    for cls in OPTIMIZERS.values():
        before, after = before_and_after(cls(), surface, surface.start, 80)
        assert stays(after, surface)
        assert surface.listed == "found" or after.loss[-1] >= (surface.lowest or 0.0) - 1e-12
        if stays(before, surface):
            assert after.loss[-1] <= before.loss[-1] + 1e-12


@pytest.mark.parametrize(
    ("name", "rule"), [*product(["rosenbrock", "two_wells", "mccormick", "ackley"], ["gradient_descent", "momentum", "nesterov", "adam"])]
)
def test_tuning_a_suggested_rate_makes_it_no_worse(name: str, rule: str):
    surface, cls = LANDSCAPES[name](), OPTIMIZERS[rule]
    before, after = before_and_after(cls(lr=suggested_rate(cls(), surface)), surface, surface.start)
    assert stays(after, surface)
    assert after.loss[-1] <= before.loss[-1] + 1e-12


def test_tuning_leaves_gradient_descent_below_the_limit_at_the_well_it_ends_in():
    """At 0.28 it would jump about both wells and end by chance below the first."""
    rate = tuned(GradientDescent(), TwoWells(), TwoWells.start, 200, Constant()).lr
    end = run(GradientDescent(lr=rate), TwoWells(), TwoWells.start, 200).path[-1]
    assert rate < stability_limit(GradientDescent(), TwoWells(), tuple(end))["minimum"]


def test_a_schedule_that_ends_small_may_begin_beyond_the_limit():
    """Only the last rate decides whether a run can come to rest."""
    limit = stability_limit(GradientDescent(), TwoWells(), (-0.9, 0.0))["minimum"]
    assert tuned(GradientDescent(), TwoWells(), TwoWells.start, 200, Cosine()).lr > limit


@pytest.mark.parametrize("surface", [TwoWells(), Noisy(TwoWells(), 2.0, 3)], ids=["plain", "noisy"])
def test_no_rate_of_sixty_that_stays_on_the_map_ends_lower_than_the_tuned_one(surface: Landscape):
    rate = tuned(Momentum(), surface, (1.7, 1.0), 80, Constant()).lr
    ends = [run(Momentum(lr=float(f"{lr:.3g}")), surface, (1.7, 1.0), 80) for lr in SIXTY if lr < 0.12]
    best = min(t.loss[-1] for t in ends if stays(t, surface))
    assert run(Momentum(lr=rate), surface, (1.7, 1.0), 80).loss[-1] <= best + 1e-12


@pytest.mark.parametrize("name", ["momentum", "adam", "newton", "lion"])
def test_a_lane_that_has_the_best_rate_keeps_it_and_is_told_so(name: str):
    rule: Any = OPTIMIZERS[name]()
    rate = tuned(rule, TwoWells(), (1.7, 1.0), 100, Constant()).lr
    assert tuned(replace(rule, lr=rate), TwoWells(), (1.7, 1.0), 100, Constant()) == Tuning(rate, "none better")


def test_a_rate_of_ones_own_that_ends_lower_than_all_others_is_kept():
    runs = [(run(GradientDescent(lr=lr), Bowl(), Bowl.start, 20).loss[-1], float(lr)) for lr in np.linspace(0.09, 0.1, 400)]
    best = min(runs)[1]
    assert tuned(GradientDescent(lr=best), Bowl(), Bowl.start, 20, Constant()) == Tuning(best, "none better")


def test_where_every_rate_leaves_the_map_the_lane_keeps_what_it_had():
    steep = Custom(text="1e9 x + y^2")
    assert tuned(GradientDescent(lr=0.5), steep, steep.start, 100, Constant()) == Tuning(0.5, "none stays")


def test_where_there_is_no_minimum_the_tuned_run_gets_low_on_the_map():
    surface = LANDSCAPES["saddle"]()
    for name in ("gradient_descent", "momentum", "adam"):
        rule = OPTIMIZERS[name](lr=suggested_rate(OPTIMIZERS[name](), surface))
        _, after = before_and_after(rule, surface, surface.start)
        assert stays(after, surface)
        assert after.loss[-1] < -1


@pytest.mark.parametrize("name", ["gradient_descent", "momentum", "adam"])
def test_a_start_beside_the_map_is_no_reason_to_go_where_there_is_no_bottom(name: str):
    """McCormick falls without end to the lower left of its domain."""
    start = (-2.5, -2.0)
    assert start[0] < McCormick.domain[0][0]
    _, after = before_and_after(OPTIMIZERS[name](), McCormick(), start)
    assert (after.path >= (-2.5, -3.0)).all()
    assert (after.path <= (4.0, 4.0)).all()
    assert after.loss[-1] >= McCormick().lowest


def test_on_a_surface_whose_lowest_minimum_was_not_found_an_end_below_it_counts():
    surface = Custom(text="3x - x^3 + y^2")
    before, after = before_and_after(GradientDescent(lr=1e-5), surface, (1.5, 0.5))
    assert surface.lowest == pytest.approx(-2)
    assert stays(after, surface)
    assert after.loss[-1] < min(surface.lowest, before.loss[-1])


# A suggested rate is close to the best.


@pytest.fixture(scope="module")
def found() -> dict[tuple[str, str], Judged]:
    """Every rule with a minimum before it, from the surface's own start."""
    return {(surface, rule): judged(OPTIMIZERS[rule](), LANDSCAPES[surface]()) for surface, rule in pairs()}


@pytest.mark.thorough
@pytest.mark.slow
def test_ninety_five_in_a_hundred_suggested_rates_end_within_a_hundredth_of_the_drop_of_the_best(found: dict[tuple[str, str], Judged]):
    assert len(found) == len(WITH_MINIMA) * len(OPTIMIZERS)
    assert np.mean([one.missed <= CLOSE for one in found.values()]) >= 0.95


@pytest.mark.slow
def test_where_the_others_could_end_lower_they_would_jump_about_or_leap_over_half_the_map(found: dict[tuple[str, str], Judged]):
    assert all(one.missed <= CLOSE or "" not in one.why for one in found.values())


@pytest.mark.slow
def test_no_suggested_rate_leaves_the_map(found: dict[tuple[str, str], Judged]):
    assert [pair for pair, one in found.items() if not one.stays] == [("reddi", "newton")]  # which has no curvature to divide by


@pytest.mark.slow
def test_every_suggested_rate_is_on_its_slider_in_three_digits(found: dict[tuple[str, str], Judged]):
    for (_, rule), one in found.items():
        allowed = parameters(OPTIMIZERS[rule])["lr"]
        assert allowed.low <= one.rate <= allowed.high
        assert one.rate == float(f"{one.rate:.3g}")


@pytest.mark.parametrize("name", ["bowl", "rosenbrock", "himmelblau", "beale"])
def test_what_diverges_is_not_next_to_a_suggested_rate(name: str):
    """Where it can be had: the stops on both sides stay on the map too."""
    surface = LANDSCAPES[name]()
    for key in ("gradient_descent", "momentum", "nesterov", "adam", "rmsprop", "adamw"):
        cls = OPTIMIZERS[key]
        stops = parameters(cls)["lr"].stops()
        at = stops.index(suggested_rate(cls(), surface))
        assert all(stays(run(cls(lr=lr), surface, surface.start, 200), surface) for lr in stops[at - 1 : at + 2])


def test_the_opening_shows_who_stays_in_the_nearer_well_and_who_passes_it():
    lowest, nearer = TwoWells().minima().T
    ends = {}
    for name in RULES[:LANES]:
        cls = OPTIMIZERS[name]
        ends[name] = run(cls(lr=suggested_rate(cls(), TwoWells())), TwoWells(), TwoWells.start, 200).path[-1]
    for name, well in {"gradient_descent": nearer, "rmsprop": nearer, "momentum": lowest, "adam": lowest}.items():
        assert np.hypot(*(ends[name] - well)) < 0.05

"""What theory says on a map of runs holds for the runs, and every map worth seeing shows what its sentence says."""

from __future__ import annotations

import re

import numpy as np
import pytest

from core import Array
from core.contour import zeros
from core.scale import place
from landscapes import LANDSCAPES
from landscapes.two_wells import TwoWells
from links import Flat
from links.axes import axes_of
from links.basins import of_rule, parts, rules_of, swept
from links.explorations import EXPLORATIONS, Exploration, exploration_of
from links.explore import EXPLORE
from optimizers import OPTIMIZERS
from player.messages.basins import joined
from player.messages.theory import theory
from runs import run
from runs.basin import Fate
from runs.cells import Outcome
from runs.departure import departed
from runs.hovering import hovers
from runs.linear import LINEAR, Regime, beyond, curvatures, matrix, radius, regime, speed
from runs.minimum import tolerance
from tests.explored import cells_of, map_of, rows_of, settings

KAPPA = 20.0
HESSIAN = np.diag([1.0, KAPPA])
ROWS = list(range(10, 190, 20))  # of a map


def rule_of(name: str, **values):
    return next(cls for cls in OPTIMIZERS.values() if cls.__name__ == name)(**values)


# Quadratics.


@pytest.mark.parametrize("name", LINEAR)
def test_a_rule_is_unstable_where_its_largest_eigenvalue_leaves_the_unit_circle(name: str):
    rates = np.geomspace(1e-3, 10, 400)
    for momentum in (0.0, 0.3, 0.9, 0.99):
        rule = rule_of(name, lr=rates, **({} if name == "GradientDescent" else {"momentum": momentum}))
        over, rate = beyond(rule, HESSIAN[..., None]), speed(rule, HESSIAN[..., None])
        assert over is not None
        assert rate is not None
        clear = np.abs(over) > 1e-9
        np.testing.assert_array_equal(over[clear] > 0, rate[clear] > 1)


@pytest.mark.parametrize("name", LINEAR)
def test_the_eigenvalues_are_those_of_the_matrix(name: str):
    rng = np.random.default_rng(3)
    momentum = {} if name == "GradientDescent" else {"momentum": rng.uniform(0, 0.99, 50)}
    step = matrix(rule_of(name, lr=rng.uniform(0.001, 0.2, 50), **momentum), np.full(50, KAPPA))
    numbers = np.abs(np.linalg.eigvals(np.moveaxis(step, -1, 0))).max(axis=1)
    np.testing.assert_allclose(radius(step), numbers, rtol=1e-6)


def test_momentum_comes_down_as_the_matrix_says_in_every_regime():
    """The five regimes of the (η, μ) plane, with the boundary between two of them: μ = (1 − √(ηλ))²."""
    curvature = np.array(1.0)
    critical = (1 - np.sqrt(0.25)) ** 2
    settings_of = {
        Regime.MONOTONE: (0.25, critical - 0.1),
        Regime.CRITICAL: (0.25, critical),
        Regime.RIPPLES: (0.25, critical + 0.1),
        Regime.OSCILLATION: (2.2, 0.15),
        Regime.DIVERGENCE: (2.31, 0.15),
    }
    for wanted, (lr, momentum) in settings_of.items():
        found = regime(rule_of("Momentum", lr=lr, momentum=momentum), curvature)
        assert found is not None
        assert Regime(int(found)) == wanted


def test_curvatures_are_the_eigenvalues_of_the_hessian():
    hessian = np.array([[3.0, 1.0], [1.0, 2.0]])
    np.testing.assert_allclose(curvatures(hessian), np.linalg.eigvalsh(hessian), rtol=1e-12)


def test_the_zeros_of_a_plane_are_its_line():
    y, x = np.mgrid[0:6, 0:9]
    segments = zeros(2.0 * x - y - 3.3)
    ends = segments.reshape(-1, 2)
    np.testing.assert_allclose(2 * ends[:, 0] - ends[:, 1], 3.3, atol=1e-12)
    assert np.hypot(*(segments[:, 2:] - segments[:, :2]).T).sum() == pytest.approx(np.hypot(5, 2.5), rel=1e-9)


# Maps.


def edge_of(link: str) -> tuple[Array, dict]:
    """The edge that is drawn, as points on the axes' scales in cells of a map of 200, and all that theory says."""
    flat = settings(link)
    drawn = theory(flat, cells_of(flat, 20))
    assert drawn is not None
    return on_cells(drawn["lines"][0], flat), drawn


def on_cells(line: dict, flat: Flat) -> Array:
    """The ends of a line's segments on the axes' scales, in cells of a map of 200; shape (n, 2)."""
    ends = line["segments"].reshape(-1, 2)
    low, high = np.transpose([[place(a.low, a.scale), place(a.high, a.scale)] for a in axes_of(flat)])
    at = np.stack([place(ends[:, k], a.scale) for k, a in enumerate(axes_of(flat))], axis=1)
    return 200 * (at - low) / (high - low)


@pytest.mark.parametrize("rule", ["gradient_descent&ay=surface.kappa", "momentum", "nesterov", "qhm&1.nu=0.9"])
def test_on_the_bowl_runs_end_above_their_start_from_the_edge_on_to_a_cell(rule: str):
    link = f"1.rule={rule}&steps=1000&surface.angle=0&x=-1.0&y=1.0&" + ("ay.low=12&ay.high=100" if "kappa" in rule else "ay.high=0.9")
    edge, _drawn = edge_of(link)
    flat = settings(link)
    found = rows_of(flat, ROWS)
    kappas = axes_of(flat)[1].values(200) if "kappa" in rule else np.full(200, flat["surface.kappa"])
    for row, final in zip(ROWS, found.final, strict=True):
        start = 0.5 * (1 + kappas[row])
        above = final > start
        first = int(above.argmax())
        assert above[first:].all()
        near = edge[np.abs(edge[:, 1] - row - 0.5) < 2]
        assert np.abs(near[:, 0] - first).min() <= 1.5, f"row {row}: cell {first}, edge {near[:, 0]}"


def test_the_cross_is_at_the_best_setting_of_heavy_ball():
    _edge, drawn = edge_of("")
    (best,) = drawn["points"]
    root = np.sqrt(KAPPA)
    assert best["x"] == pytest.approx((2 / (1 + root)) ** 2, rel=1e-3)
    assert best["y"] == pytest.approx(((root - 1) / (root + 1)) ** 2, rel=2e-3)
    assert "exact for this surface" in drawn["note"]
    assert "the thin line leave 1e6 within 200 steps" in drawn["note"]
    assert f"each step leaves {(root - 1) / (root + 1):.3g}" in drawn["note"]


def test_elsewhere_the_edge_is_that_of_the_minimum_that_the_runs_reach():
    _edge, drawn = edge_of("surface=two_wells&1.rule=gradient_descent&ay=1.warmup&x=1.2&y=0.1")
    assert "at the minimum (0.905, 0)" in drawn["note"]
    segments = drawn["lines"][0]["segments"].reshape(-1, 2)
    np.testing.assert_allclose(segments[:, 0], 2 / np.linalg.eigvalsh(TwoWells().hessian(drawn["minimum"]))[-1], rtol=1e-4)


@pytest.mark.parametrize(("steps", "times"), [(100, 1.08), (200, 1.04), (500, 1.015)])
def test_gradient_descent_has_left_so_far_beyond_the_edge(steps: int, times: float):
    """From (−1, 1) on the bowl with κ = 20: the rate over the edge at which |1 − ηκ|^steps is 1e6."""
    rate = np.linspace(1, 1.2, 20001) * 2 / KAPPA
    gone = departed(rule_of("GradientDescent", lr=rate), HESSIAN[..., None], np.array([[-1.0], [1.0]]), steps)
    assert gone is not None
    assert rate[(gone > 0).argmax()] * KAPPA / 2 == pytest.approx(times, abs=0.006)


@pytest.mark.parametrize("rule", ["gradient_descent", "momentum", "nesterov", "qhm"])
def test_runs_have_left_from_the_thin_line_on_to_a_cell(rule: str):
    flat = settings(f"1.rule={rule}&ax.low=0.05&ax.high=0.5&" + ("ay=surface.kappa&ay.low=5" if rule == "gradient_descent" else "ay.high=0.9"))
    drawn = theory(flat, cells_of(flat, 20))
    assert drawn is not None
    thin, diverged = on_cells(drawn["lines"][1], flat), rows_of(flat, ROWS).outcome == Outcome.DIVERGED
    rows = [(row, ends) for row, ends in zip(ROWS, diverged, strict=True) if ends.any() and not ends.all()]
    assert len(rows) >= 4
    for row, ends in rows:
        near, first = thin[np.abs(thin[:, 1] - row - 0.5) < 2], int(ends.argmax())
        assert np.abs(near[:, 0] - first).min() <= 1.5, f"row {row}: cell {first}, line {near[:, 0]}"


@pytest.mark.parametrize("more", ["1.schedule=cosine", "1.warmup=20", "noise=0.1", "ay=1.warmup", "surface=two_wells"])
def test_the_thin_line_is_for_a_constant_rate_on_a_quadratic(more: str):
    _edge, drawn = edge_of(f"1.rule=gradient_descent&{more}" + ("" if "ay" in more else "&ay=x"))
    assert len(drawn["lines"]) == 1
    assert "1e6" not in drawn["note"]


@pytest.mark.parametrize(("rule", "own"), [("Adam", {"beta1": 0.0}), ("Adam", {"beta1": 0.5}), ("Adam", {"beta1": 0.9}), ("RMSprop", {})])
def test_far_beyond_its_own_edge_a_run_hovers_above_the_tolerance_and_far_below_it_comes_to_rest(rule: str, own: dict):
    """An approximation: at four times the rate and at a quarter of it, in the last half of 8 000 steps on the bowl, from near its minimum."""
    bowl = LANDSCAPES["bowl"]()
    at_one = hovers(rule_of(rule, lr=1.0, **own), bowl.hessian(np.zeros(2)), tolerance(bowl))
    assert at_one is not None
    rates = np.array([4.0, 0.25]) / 10.0**at_one
    above, below = run(rule_of(rule, lr=rates, **own), bowl, np.array(bowl.start) / 20, 8000).loss[4000:].mean(axis=0) / tolerance(bowl)
    assert above > 4
    assert below < 1


def test_adams_edge_is_drawn_and_said():
    edge, drawn = edge_of("1.rule=adam&ay=1.beta2")
    assert np.ptp(edge[:, 0]) < 1e-6  # it does not hang on β₂
    assert drawn["note"].startswith("The line: Adam's own edge of stability, an approximation")


@pytest.mark.parametrize("link", ["1.rule=adamw&ay=1.beta2", "surface=saddle", "ax=x&ay=y"])
def test_where_theory_has_no_line_none_is_drawn(link: str):
    sent = map_of(f"{link}&measure=final", 20)
    assert sent["theory"] is None
    assert sent["note"] == ""


def test_what_theory_says_can_be_left_out():
    sent = map_of("hide=theory&measure=final", 20)
    assert (sent["theory"], sent["regimes"], sent["note"]) == (None, None, "")


# Maps worth seeing.

over_explorations = pytest.mark.parametrize("each", EXPLORATIONS, ids=lambda each: each.name)


@over_explorations
def test_its_link_is_as_the_address_bar_has_it(each: Exploration):
    flat, complaints = EXPLORE.read_link(each.query, "en")
    assert complaints == []
    assert EXPLORE.short(flat, "en") == {"v": "1"} | each.link
    assert exploration_of(flat) == each
    assert exploration_of(flat | {"steps": 70}) is None


def found(name: str) -> list[float]:
    """The numbers that the sentence has to have, from the runs."""
    each = next(each for each in EXPLORATIONS if each.name == name)
    flat = settings(each.query)
    if name == "basins":
        fates = {
            rule: joined([swept(of_rule(flat, rule), 200, rows, compiled=False) for rows in parts(200, flat["steps"])]) for rule in rules_of(flat)
        }
        best = [100 * float(np.isin(each.minimum, (0, 1)).mean()) for each in fates.values()]  # two of the six minima are the lowest
        return [100, *best, 100 * float((fates["newton"].fate == Fate.AT_REST).mean())]
    cells, (x, y) = cells_of(flat, 200), (axis.values(200) for axis in axes_of(flat))
    diverged = cells.outcome == Outcome.DIVERGED
    if name == "momentum":
        j, i = np.unravel_index(np.where(cells.outcome <= Outcome.REACHED, cells.final, np.inf).argmin(), (200, 200))
        drawn = theory(flat, cells)
        assert drawn is not None
        (best,) = drawn["points"]
        return [60, x[i], y[j], best["x"], best["y"]]
    if name == "adam":
        share = (cells.outcome == Outcome.REACHED).mean(axis=1)
        most, some, none = (int(np.abs(y - beta2).argmin()) for beta2 in (0.999, 0.953, 0.5))
        assert share[none] == 0
        return [flat["steps"], 100 * share[most], 100, flat["ax.low"], flat["ax.high"], y[most], 100 * share[some], y[some], y[none]]
    if name == "fractal":
        return [dimension(diverged)]
    none, twenty = (diverged[np.flatnonzero(y == steps)[0]] for steps in (0, 20))
    return [float(x[none.argmax()]), 20, float(x[twenty.argmax()])]


def dimension(inside: Array) -> float:
    """The box dimension of the edge of a set of cells, from boxes of 1 to 8 cells."""
    edge = (inside[1:, :-1] != inside[:-1, :-1]) | (inside[:-1, 1:] != inside[:-1, :-1])
    n = len(edge) // 8 * 8
    sizes = [1, 2, 4, 8]
    counts = [edge[:n, :n].reshape(n // s, s, n // s, s).any(axis=(1, 3)).sum() for s in sizes]
    return float(-np.polyfit(np.log(sizes), np.log(counts), 1)[0])


@pytest.mark.slow
@over_explorations
def test_its_sentence_says_what_is_to_be_seen(each: Exploration):
    assert [float(f"{number:.{digits(text)}g}") for number, text in zip(found(each.name), texts(each), strict=True)] == [
        float(text) for text in texts(each)
    ]


def texts(each: Exploration) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", each.said.sentence)


def digits(text: str) -> int:
    """Significant digits of a number as it is written."""
    return len(text.replace(".", "").lstrip("0")) if "." in text else max(len(text), 1)


def test_the_edge_of_a_quadratic_is_a_line():
    assert dimension(cells_of(settings(""), 200).outcome == Outcome.DIVERGED) < 1.1

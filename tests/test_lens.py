"""The curvature lens: what the browser is sent of a run, what it makes of that, and what a person sees."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import expect

from core.number import fixed
from links.display import display_of
from optimizers import OPTIMIZERS
from optimizers.schedules.constant import Constant
from player.messages.lens import lens, limit
from runs.race import Lane, descent
from tests.blank_page import Call
from tests.conftest import RaceAt
from tests.race_page import eventually, flat_of, race_of

LIMITS = {"gradient_descent": 2.0, "momentum": 3.8, "nesterov": 3.8 / 2.8, "adam": None, "newton": None}


@pytest.mark.parametrize("rule", list(LIMITS))
def test_a_rules_own_limit_is_shown_where_theory_gives_one(rule: str):
    own = limit(Lane(OPTIMIZERS[rule](), Constant()))
    assert own is None if LIMITS[rule] is None else own == pytest.approx(LIMITS[rule])


def test_the_numbers_are_those_of_the_surface_along_the_path():
    race = race_of({"surface": "rosenbrock", "lanes": 2})
    sent, lane = lens(race, 2), race.lanes[1]
    path = descent(lane, race.descended(lane), race.start, race.steps).path.T
    hessians = race.surface.hessian(path)
    assert sent["hessian"].shape == (3, race.steps + 1)
    np.testing.assert_allclose(sent["hessian"], [hessians[0, 0], hessians[0, 1], hessians[1, 1]], rtol=1e-6)
    np.testing.assert_allclose(sent["slope"], race.surface.gradient(path), rtol=1e-6, atol=1e-6)
    assert {sent["hessian"].dtype, sent["slope"].dtype} == {np.dtype(np.float32)}


@pytest.mark.parametrize(
    ("link", "lanes"),
    [
        ({"lens": "1"}, [1, 2, 3, 4]),
        ({}, []),
        ({"lens": "1", "view": "3d"}, []),
        ({"lens": "1", "overlay": "1"}, [1]),
        ({"lens": "1", "overlay": "1", "inspect": "3"}, [3]),
    ],
)
def test_on_one_large_map_one_lane_is_seen_through_it_and_in_3d_none(link: dict[str, str], lanes: list[int]):
    display = display_of(flat_of(link))
    assert [i for i in range(1, 5) if display.through_lens(i)] == lanes


def test_the_browsers_eigenvalues_and_newtons_step_are_numpys(call: Call):
    rng = np.random.default_rng(1)
    matrices = [[a, b, d] for a, b, d in rng.normal(size=(20, 3))] + [[2, 0, 5], [5, 0, 2], [1, 0, 1], [-2, 0, 2], [1, 1, 1]]
    slopes = rng.normal(size=(len(matrices), 2)).tolist()
    script = "({ eigen, newtonStep }, all, slopes) => all.map((each, i) => ({ ...eigen(...each), newton: newtonStep(each, slopes[i]) }))"
    for (a, b, d), g, found in zip(matrices, slopes, call("base/eigen.js", script, matrices, slopes), strict=True):
        hessian, axes = np.array([[a, b], [b, d]]), np.array(found["vectors"]).T
        np.testing.assert_allclose(found["values"], np.linalg.eigvalsh(hessian), atol=1e-12)
        np.testing.assert_allclose(hessian @ axes, axes * found["values"], atol=1e-12)
        if abs(a * d - b * b) > 1e-12:
            np.testing.assert_allclose(found["newton"], -np.linalg.solve(hessian, g), rtol=1e-9)


def test_the_condition_number_is_none_of_a_saddle_and_infinite_where_a_direction_is_flat(call: Call):
    told = call("base/eigen.js", "({ condition }) => [[1, 50], [0, 2], [-2, 2], [-2, -1], [0, 0]].map((each) => String(condition(each)))")
    assert told == ["50", "Infinity", "NaN", "NaN", "NaN"]


LEGEND = """({ looked, legend }, lens, path, step) => {
  const seen = looked(lens, path, step);
  return seen && legend(seen, lens).map(([sign, text]) => text);
}"""


def test_the_legend_has_the_rates_that_are_stable_along_each_axis(call: Call):
    words = {"out": "out", "newton": "Newton", "limit": "of gradient descent"}
    bowl = {"hessian": [[1, 1], [0, 0], [50, 50]], "slope": [[1, 0], [1, 0]], "edge": 3.8, "own": True, "words": words}
    path = [[0, 1], [0, 1]]
    rates = [f"η < {fixed(3.8 / curvature)}" for curvature in (1, 50)]
    assert call("drawing/lens.js", LEGEND, bowl, path, 1.7) == [f"λ₁ 1.00 · {rates[0]}", f"λ₂ 50.0 · {rates[1]}", "κ 50.0", "Newton"]
    saddle = bowl | {"hessian": [[2, 2], [0, 0], [-2, -2]], "edge": 2.0, "own": False}
    assert call("drawing/lens.js", LEGEND, saddle, path, 0) == ["λ₁ −2.00 · out", "λ₂ 2.00 · η < 1.00", "Newton", "of gradient descent"]
    flat = bowl | {"hessian": [[0, 0], [0, 0], [0, 0]]}
    assert call("drawing/lens.js", LEGEND, flat, path, 0) is None


@pytest.mark.parametrize(
    ("points", "taken", "corner"),
    [
        ([0, 0, 10, 10], [], [1, 1]),
        ([100, 100], [], [0, 0]),
        ([0, 100], [], [1, 0]),
        ([0, 100], [[1, 0]], [1, 1]),
    ],
)
def test_the_legend_stands_in_the_corner_that_is_farthest_from_the_path(call: Call, points: list[int], taken: list[list[int]], corner: list[int]):
    script = "({ farthestCorner }, points, taken) => farthestCorner(points, { x: 0, y: 0, width: 110, height: 100 }, taken)"
    assert call("drawing/lens.js", script, points, taken) == corner


def test_the_switch_shows_it_and_the_link_keeps_it(race_at: RaceAt):
    race = race_at("at=20&lanes=2")
    page = race.page
    before = race.trails()
    page.locator(".st-key-view_menu button").first.click()
    page.get_by_text("Curvature lens", exact=True).click()
    page.wait_for_url("**lens=1**")
    race.idle()
    eventually(race.trails, lambda after: all(a != b for a, b in zip(before, after, strict=True)))
    assert any("λ₁" in text for text in race.written())
    page.go_back()
    page.wait_for_function("!location.search.includes('lens')")
    eventually(race.written, lambda texts: not any("λ₁" in text for text in texts))


def test_in_3d_the_switch_says_that_it_is_for_maps(race_at: RaceAt):
    race = race_at("view=3d&lanes=1&at=20")
    page = race.page
    page.locator(".st-key-view_menu button").first.click()
    expect(page.get_by_text("Curvature lens (on maps, not in 3-D)")).to_be_visible()
    expect(page.locator(".st-key-lens input")).to_be_disabled()
    assert race.query()["view"] == "3d"

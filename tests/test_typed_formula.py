"""A formula typed on the page: it becomes the surface, or the page says what is wrong with it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from landscapes import LANDSCAPES
from links.entries import race_of, suggested, surface_of
from links.race import RACE
from tests.app_page import flat_of, opened, panels, ran, warnings
from tests.test_race_settings import exact
from views.race import live


def typed(page: AppTest, formula: str) -> AppTest:
    page.text_input(key="typed.text").set_value(formula)
    return ran(page)


def test_a_typed_formula_is_the_surface():
    page = opened(surface="custom")
    assert page.text_input(key="typed.text").value == LANDSCAPES["custom"]().text
    before = panels(page)
    flat = flat_of(typed(page, "x^2 + 3y^2"))
    assert flat["surface.text"] == "x^2 + 3y^2"
    assert surface_of(flat).lowest == 0
    assert all(one != other for one, other in zip(before, panels(page), strict=True))
    assert page.query_params["surface.text"] == "x^2 + 3y^2"
    assert flat["1.lr"] == suggested(flat, 1)
    assert any("found by a search" in part.proto.body for part in page.get("html"))


def test_a_formula_that_cannot_be_read_is_said_and_the_last_good_one_stays():
    page = typed(opened(surface="custom"), "x^2 + 3y^2")
    before = panels(page)
    typed(page, "x^2 + 3y^)")
    assert flat_of(page)["surface.text"] == "x^2 + 3y^2"
    assert page.text_input(key="typed.text").value == "x^2 + 3y^)"
    (sentence,) = warnings(page)
    assert "character 10" in sentence
    assert "x^2 + 3y^2" in sentence
    assert [code.value for code in page.code] == ["x^2 + 3y^)\n         ^"]
    assert panels(page) == before
    page.session_state["2.momentum"] = 0.5
    ran(page)
    assert page.text_input(key="typed.text").value == "x^2 + 3y^)"
    assert warnings(page)
    typed(page, "x^2 + 5y^2")
    assert flat_of(page)["surface.text"] == "x^2 + 5y^2"
    assert not warnings(page)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["x+9^(9^(9x/x))", "x+exp(exp(exp(exp(3y/y))))", "x+(1/7)^(10^(7x/x))", "sqrt(2^(10^(6x/x))+1)x", "x/(y-y)", "x^2/e + (e*x)^2 + e^x/e"]
)
def test_a_text_that_stopped_the_server_or_ended_the_page_is_a_surface(text: str):
    page = opened(**{"surface": "custom", "surface.text": text})
    assert flat_of(page)["surface.text"] == text
    assert len(live.packed("1", {"surface": "custom", "surface.text": text})) > 1000


HIDDEN = {"surface": "custom", "surface.text": "x^2/100+y^2/100-2exp(-400((x-1.3)^2+(y-2.35)^2))", "surface.reach": "50", "x": "1.32", "y": "2.33"}


def test_a_lane_that_passes_below_every_minimum_found_gives_all_lanes_another_one_and_the_page_says_so():
    here, away = HIDDEN | {"lanes": "2", "1.lr": "1e-7", "2.lr": "1e-4"}, HIDDEN | {"x": "20", "y": "20"}
    for link in (here, here | {"2.rule": "gradient_descent"}, away, here):  # whatever was opened before
        page = opened(**link)
        race = race_of(flat_of(page))
        said_of = [caption.value for caption in page.caption if "f*" in caption.value]
        if link is away:
            assert (race.surface.lowest, race.deeper, said_of) == (0.0, 0, [])
        else:
            assert race.surface.lowest == pytest.approx(-1.9279, abs=1e-4)
            assert said_of == [
                f"Lane {race.deeper} passed below f* = 0, the lowest that the search had found: for all lanes f* is now −1.93, at (1.3, 2.35)."
            ]


def test_where_a_lane_falls_below_f_star_out_of_the_map_the_page_says_that_there_is_no_minimum():
    page = opened(
        **{"surface": "custom", "surface.text": "x^3-3x+y^2", "x": "-1.2", "y": "0", "lanes": "1", "1.rule": "gradient_descent", "1.lr": "0.01"}
    )
    assert race_of(flat_of(page)).surface.lowest == -2
    assert "Lane 1 passes below f* = −2, and the way down from there leads to no minimum on this map." in [caption.value for caption in page.caption]


def test_where_the_search_found_no_minimum_the_page_says_so():
    page = opened(**{"surface": "custom", "surface.text": "x y"})
    assert "The search found no minimum on this map." in [caption.value for caption in page.caption]


def test_a_refused_formula_is_forgotten_with_its_surface():
    page = typed(opened(surface="custom"), "x^")
    page.selectbox(key="surface").set_value("bowl")
    ran(page)
    assert not page.code
    page.selectbox(key="surface").set_value("custom")
    ran(page)
    assert page.text_input(key="typed.text").value == LANDSCAPES["custom"]().text
    assert not page.code


def test_a_start_that_nobody_chose_follows_the_formula_and_the_map():
    page = opened(surface="custom")
    page.select_slider(key="surface.reach").set_value(9.0)
    flat = flat_of(ran(page))
    assert (flat["x"], flat["y"]) == (6.0, 4.5)
    flat = flat_of(typed(page, "log(-x) + y^2"))
    assert (flat["x"], flat["y"]) == surface_of(flat).start
    assert flat["x"] < 0
    brief = RACE.short(flat, "en")
    assert brief.keys() == {"v", "surface", "surface.text", "surface.reach"}
    assert exact(RACE.read(brief, "en")[0]) == exact(flat)
    page.number_input(key="x").set_value(-1.0)
    ran(page)
    assert flat_of(typed(page, "x^2 + y^2"))["x"] == -1


@pytest.mark.slow
@pytest.mark.parametrize("formula", ["3", "sqrt(-1 - x^2)", "1/x", "log(x)", "exp(exp(exp(x)))", "tan(pi/2)*x", "x+y", "abs(x)+abs(y)", "10^90*x"])
def test_formulas_with_gaps_and_plains_do_no_harm_to_the_page(formula: str):
    page = opened(**{"surface": "custom", "surface.text": formula, "surface.reach": "50"})
    assert flat_of(page)["surface.text"] == formula
    assert len(panels(page)) == 4

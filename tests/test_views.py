"""The page without a browser: every entry of every catalogue renders, and settings keep what they are told."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from core import parameters, texts
from landscapes import LANDSCAPES
from links.entries import race_of, suggested
from links.lanes import MOST_LANES, lanes_of
from links.race import MENU, RACE
from locales import LANGUAGES, said, speaking
from optimizers import OPTIMIZERS
from optimizers.schedules import SCHEDULES
from player import messages
from runs import run
from tests.app_page import blank, drawn, flat_of, lane_of, opened, panels, ran, sliders, warnings
from tests.test_player import unpacked
from views.language import preferred

# The page renders.


def test_it_opens_with_four_lanes_and_no_complaint():
    page = opened()
    flat = flat_of(page)
    assert [flat[f"{i}.rule"] for i in range(1, flat["lanes"] + 1)] == ["gradient_descent", "momentum", "rmsprop", "adam"]
    assert len(panels(page)) == 4
    assert page.session_state["visit"].memories["race"].complaints == []
    assert dict(page.query_params) == {}


@pytest.mark.parametrize(
    ("locale", "language"), [("en-US", "en"), ("ko-KR", "ko"), ("ko", "ko"), ("KO-kr", "ko"), ("fr-FR", "en"), ("korean", "en"), (None, "en")]
)
def test_the_browsers_language_is_preferred_where_the_page_speaks_it(monkeypatch: pytest.MonkeyPatch, locale: str | None, language: str):
    monkeypatch.setattr("views.language.st", SimpleNamespace(context=SimpleNamespace(locale=locale)))
    assert preferred() == language


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("surface", LANDSCAPES)
def test_every_surface_renders(surface: str, language: str):
    page = opened(surface=surface, lang=language)
    assert flat_of(page)["surface"] == surface
    assert len(panels(page)) == 4


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", OPTIMIZERS)
def test_every_rule_renders_with_a_slider_for_each_of_its_hyperparameters(rule: str, language: str):
    page = opened(**{"lanes": "1", "1.rule": rule, "lang": language})
    assert flat_of(page)["1.rule"] == rule
    assert {f"1.{name}" for name in parameters(OPTIMIZERS[rule])} <= sliders(page)


@pytest.mark.parametrize("schedule", MENU)
@pytest.mark.parametrize("warmup", ["0", "15"])
def test_every_schedule_renders_with_and_without_warm_up(schedule: str, warmup: str):
    page = opened(**{"lanes": "1", "1.schedule": schedule, "1.warmup": warmup})
    assert {f"1.schedule.{name}" for name in parameters(SCHEDULES[schedule])} <= sliders(page)


@pytest.mark.parametrize("lanes", range(1, MOST_LANES + 1))
def test_every_number_of_lanes_renders(lanes: int):
    page = opened(lanes=str(lanes))
    assert len(panels(page)) == lanes
    assert page.button(key="add").disabled == (lanes == MOST_LANES)
    assert page.button(key="remove1").disabled == (lanes == 1)


@pytest.mark.slow
@pytest.mark.parametrize("surface", LANDSCAPES)
def test_every_surface_can_be_chosen_on_the_page(surface: str):
    page = opened(surface=next(name for name in LANDSCAPES if name != surface))
    page.selectbox(key="surface").set_value(surface)
    flat = flat_of(ran(page))
    assert (flat["x"], flat["y"]) == LANDSCAPES[surface]().start
    assert {f"surface.{name}" for name in [*texts(LANDSCAPES[surface]), *parameters(LANDSCAPES[surface])]} == {
        key for key in flat if key.startswith("surface.")
    }


def test_a_change_in_one_lane_sends_the_others_the_same_bytes():
    page = opened()
    before = panels(page)
    page.session_state["2.momentum"] = 0.5
    after = panels(ran(page))
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False, True, True]


# The rate is suggested, followed and kept.


def test_a_suggested_rate_follows_its_rule_and_its_surface():
    page = opened()
    first = flat_of(page)
    page.selectbox(key="surface").set_value("rosenbrock")
    second = flat_of(ran(page))
    page.session_state["1.rule"] = "adam"
    third = flat_of(ran(page))
    rates = [flat["1.lr"] for flat in (first, second, third)]
    assert rates == [suggested(flat, 1) for flat in (first, second, third)]
    assert len(set(rates)) == 3
    assert third["2.lr"] == second["2.lr"]


def test_a_rate_set_by_hand_stays_when_the_rule_and_the_surface_change():
    page = opened()
    page.session_state["1.lr"] = 0.002
    ran(page)
    page.selectbox(key="surface").set_value("rosenbrock")
    ran(page)
    page.session_state["1.rule"] = "adam"
    flat = flat_of(ran(page))
    assert flat["1.lr"] == 0.002 != suggested(flat, 1)
    assert flat["2.lr"] == suggested(flat, 2)


def test_the_suggested_rate_can_be_taken_again_and_then_follows():
    page = opened(**{"1.lr": "0.0021"})
    assert not page.button(key="suggest1").disabled
    page.button(key="suggest1").click()
    flat = flat_of(ran(page))
    assert flat["1.lr"] == suggested(flat, 1)
    assert page.button(key="suggest1").disabled
    page.selectbox(key="surface").set_value("bowl")
    flat = flat_of(ran(page))
    assert flat["1.lr"] == suggested(flat, 1)


def test_a_rule_chosen_anew_brings_its_own_hyperparameters():
    page = opened(**{"2.momentum": "0.35"})
    page.session_state["2.rule"] = "nesterov"
    assert flat_of(ran(page))["2.momentum"] == OPTIMIZERS["nesterov"]().momentum


# Warm-up.


def warned(page: AppTest) -> list[str]:
    return [text.value for text in page.caption if "⚠" in text.value]


def test_a_warm_up_that_takes_the_whole_run_is_said():
    page = opened(**{"lanes": "2", "1.warmup": "500", "2.warmup": "150", "1.schedule": "cosine"})
    said = ":orange[⚠] Warm-up of {} steps in a run of {}: the rate climbs to {} % of its peak, and the schedule never begins."
    assert warned(page) == [said.format(500, 200, 40)]
    race = race_of(flat_of(page))
    lane = race.lanes[0]
    assert run(lane.rule, race.surface, race.start, race.steps, lane.schedule).lr.max() == pytest.approx(0.4 * lane.rule.lr)
    (slider,) = [json.loads(part.proto.json) for part in page.get("bidi_component") if '"name":"1.warmup"' in part.proto.json.replace(": ", ":")]
    assert slider["aside"]["at"] == [[stop, "whole run"] for stop in slider["stops"] if stop >= 200]  # while it is dragged
    page.number_input(key="steps").set_value(150)
    assert warned(ran(page)) == [said.format(500, 150, 30), said.format(150, 150, 100)]
    page.number_input(key="steps").set_value(510)
    assert warned(ran(page)) == []
    assert warned(opened(**{"1.warmup": "199"})) == []


# Lanes come and go.


def test_a_lane_is_duplicated_beside_itself_and_keeps_its_settings():
    page = opened(**{"2.lr": "0.0123", "2.momentum": "0.77", "2.schedule": "cosine", "2.warmup": "7"})
    before = lanes_of(flat_of(page))
    page.button(key="duplicate2").click()
    after = lanes_of(flat_of(ran(page)))
    assert after == [before[0], before[1], before[1] | {"look": 5}, before[2], before[3]]


def test_a_lane_that_is_removed_leaves_the_others_as_they_were():
    page = opened(**{"3.lr": "0.0123", "4.beta1": "0.5"})
    before = lanes_of(flat_of(page))
    page.button(key="remove2").click()
    after = lanes_of(flat_of(ran(page)))
    assert after == [before[0], before[2], before[3]]


def test_lanes_can_be_added_up_to_eight_and_the_first_ones_stay():
    page = opened(**{"1.lr": "0.0123"})
    for lanes in range(5, MOST_LANES + 1):
        before = lanes_of(flat_of(page))
        page.button(key="add").click()
        flat = flat_of(ran(page))
        assert flat["lanes"] == lanes
        assert lanes_of(flat)[: lanes - 1] == before
    assert page.button(key="add").disabled


def test_reset_returns_to_the_opening():
    page = opened(**{"lanes": "2", "surface": "bowl", "1.rule": "adam", "x": "0.5", "zoom": "3", "lr": "abc"})
    page.button(key="reset_button").click()
    flat = flat_of(ran(page))
    assert flat == RACE.read({}, "en")[0]
    assert page.session_state["visit"].memories["race"].complaints == []


# A link on the page.


def test_the_last_of_several_values_is_shown_and_said():
    page = opened(**{"1.lr": ["0.1", "0.2"], "embed": "maybe"})
    assert flat_of(page)["1.lr"] == 0.2
    assert len(warnings(page)[0].split("⚠")) == 3
    assert page.query_params["1.lr"] == "0.2"


@pytest.mark.parametrize(
    "link",
    [{"x": "1e300"}, {"zoom": "1e6", "zoom.x": "1e300"}, {"zoom.y": "-1e300"},
     {"x": "-1e6", "y": "1e6"}, {"zoom": "1e6"}, {"zoom": "0.01"}, {"1.lr": "1e300"}, {"1.eps": "1e-300"},
     {"surface": "bowl", "surface.kappa": "1e300"}, {"surface": "rosenbrock", "surface.b": "1e300"}, {"surface": "bowl", "surface.angle": "1e300"},
     {"1.schedule": "exponential", "1.schedule.rate": "1e-300"}, {"4.weight_decay": "1e300"}, {"surface": "saddle", "x": "0", "y": "0"},
     {"surface": "ackley", "x": "0", "y": "0"}, {"surface": "ripples", "surface.waves": "1e300"},
     {"surface": "rastrigin", "surface.amplitude": "1e300"}],
    ids=str,
)  # fmt: skip
def test_extreme_values_do_no_harm_to_the_page(link: dict[str, str]):
    opened(**link)


def test_junk_and_markup_in_a_link_stand_on_the_page_as_they_are():
    page = opened(lr="abc", x="<img src=x>", steps="$\\infty$")
    sentences = "".join(warnings(page))
    assert sentences.count("⚠") == 3
    assert "&lt;img src=x&gt;" in sentences
    assert "$\\infty$" in sentences
    page.button(key="dismiss").click()
    assert not warnings(ran(page))


# A visit that the server has forgotten.


def resumed(page: AppTest, change: Callable[[AppTest], object]) -> AppTest:
    """A new server's page, whose first message is a change on this one, which is still open in the browser."""
    change(page)
    states = page._tree.get_widget_states()
    fresh = blank(**page.query_params)
    fresh._run(states)
    return drawn(fresh)


def test_the_first_message_of_a_forgotten_visit_is_heard_as_the_change_that_it_is():
    link = {"surface": "bowl", "1.lr": "0.0123", "at": "50"}
    page = resumed(opened(**link), lambda page: page.selectbox(key="surface").set_value("rosenbrock"))
    assert (flat_of(page)["surface"], flat_of(page)["1.lr"]) == ("rosenbrock", 0.0123)
    assert dict(page.query_params) == {"v": "1", "surface": "rosenbrock", "1.lr": "0.0123"}
    assert page.selectbox(key="surface").value == "rosenbrock"
    page = resumed(opened(**link), lambda page: page.number_input(key="steps").set_value(120))
    assert (flat_of(page)["surface"], flat_of(page)["steps"], page.query_params["steps"]) == ("bowl", 120, "120")
    page = resumed(opened(**link), lambda page: page.button(key="remove2").click())
    assert (flat_of(page)["lanes"], page.query_params["lanes"]) == (3, "3")


# How the race is looked at.


def test_the_views_switches_and_the_charts_are_in_the_link_and_come_back():
    page = opened()
    page.toggle(key="overlay").set_value(True)
    page.toggle(key="field").set_value(True)
    page = ran(page)
    assert {key: page.query_params[key] for key in ("overlay", "field")} == {"overlay": "1", "field": "1"}
    assert flat_of(page) == flat_of(opened(overlay="1", field="1"))
    link = {"overlay": "1", "field": "1", "curve.left": "distance", "curve.right": "inner.v_hat"}
    again = opened(**link)
    assert RACE.short(flat_of(again), "en") == {"v": "1", **link}
    assert RACE.read(RACE.write(flat_of(again)), "en") == (flat_of(again), [])


def test_on_one_large_map_every_lane_sends_the_same_run():
    plain, large = opened(), opened(overlay="1")
    for page in (plain, large):  # on a phone the one map is the browser's own choice
        names = [part.proto.component_name for part in page.get("bidi_component")]
        assert sum(name.endswith("overlay") for name in names) == 1
    assert panels(plain) == panels(large)


def test_an_unknown_quantity_is_complained_of():
    page = opened(**{"curve.left": "beauty"})
    assert flat_of(page)["curve.left"] == "gap"
    assert said(page.session_state["visit"].memories["race"].complaints[0]).startswith("curve.left=beauty was ignored")


# For the classroom.


def test_what_a_link_leaves_out_is_kept_in_one_order_and_unknown_parts_are_named():
    page = opened(hide="bar, top,menus", present="1", predict="1")
    flat = flat_of(page)
    assert (flat["hide"], flat["present"], flat["predict"]) == ("top,bar", 1, 1)
    assert RACE.write(flat)["hide"] == "top,bar"
    (complaint,) = page.session_state["visit"].memories["race"].complaints
    assert "hide=menus" in str(complaint)
    assert "top, surface, noise" in str(complaint)
    assert RACE.short(flat, "en") == {"v": "1", "present": "1", "hide": "top,bar", "predict": "1"}


# Words.


def test_in_korean_rules_have_their_korean_names():
    page = opened(lang="ko", **{"lanes": "3", "2.rule": "momentum", "3.rule": "adam"})
    assert [lane_of(page, i)["title"] for i in (1, 2, 3)] == ["경사 하강법", "모멘텀", "Adam"]
    assert lane_of(page, 1)["spoken"].startswith("레인 1: 경사 하강법")
    with speaking("ko"):
        menu = {title for _family, rules in unpacked(messages.rules())["rules"] for _name, title, _year in rules}
    assert {"경사 하강법", "모멘텀", "네스테로프", "뉴턴", "편향 보정 없는 Adam", "RMSprop"} <= menu


def test_the_spoken_summary_names_the_warm_up():
    page = opened(**{"lanes": "2", "1.warmup": "20", "1.schedule": "cosine"})
    assert ", Cosine, warm-up 20. Starts at" in lane_of(page, 1)["spoken"]
    assert "warm-up" not in lane_of(page, 2)["spoken"]

"""The page without a browser: every entry of every catalogue renders, and settings keep what they are told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import urlopen

import numpy as np
import pytest
from starlette.requests import Request
from starlette.types import Message
from streamlit.testing.v1 import AppTest

from core import parameters, texts
from landscapes import LANDSCAPES
from links import Flat
from links.entries import proposed, race_of, surface_of
from links.lanes import MOST_LANES, lanes_of, with_lanes
from links.race import MENU, RACE, RULES, SPEEDS, VIEWS
from locales import LANGUAGES, said
from optimizers import OPTIMIZERS
from optimizers.schedules import SCHEDULES
from runs import Noisy, predicted_spread, run
from runs.race import MANY
from tests.app_page import blank, drawn, opened, ran
from tests.race_page import eventually
from tests.test_player import unpacked
from views.race import live


def flat_of(page: AppTest) -> Flat:
    return dict(page.session_state["visit"].memories["race"].settings)


def panels(page: AppTest) -> list[bytes]:
    """What each lane's panel was sent."""
    return [part.proto.bytes for part in page.get("bidi_component") if "panel" in part.proto.component_name]


def sliders(page: AppTest) -> set[str]:
    """The settings that have a slider, Streamlit's or one whose lane follows the hand."""
    live = [json.loads(part.proto.json)["name"] for part in page.get("bidi_component") if part.proto.component_name.endswith("slider")]
    return {*live, *(str(slider.key) for slider in page.select_slider)}


def warnings(page: AppTest) -> list[str]:
    """The page's sentences on what was ignored."""
    return [part.proto.body for part in page.get("html") if "dl-warned" in part.proto.body and "<style>" not in part.proto.body]


# The page renders.


def test_it_opens_with_four_lanes_and_no_complaint():
    page = opened()
    flat = flat_of(page)
    assert [flat[f"{i}.rule"] for i in range(1, flat["lanes"] + 1)] == ["gradient_descent", "momentum", "rmsprop", "adam"]
    assert len(panels(page)) == 4
    assert page.session_state["visit"].memories["race"].complaints == []
    assert dict(page.query_params) == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("surface", LANDSCAPES)
def test_every_surface_renders(surface: str, language: str):
    page = opened(surface=surface, lang=language)
    assert flat_of(page)["surface"] == surface
    assert len(panels(page)) == 4


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


# The rate is proposed, followed and kept.


def test_a_proposed_rate_follows_its_rule_and_its_surface():
    page = opened()
    first = flat_of(page)
    page.selectbox(key="surface").set_value("rosenbrock")
    second = flat_of(ran(page))
    page.selectbox(key="1.rule").set_value("adam")
    third = flat_of(ran(page))
    rates = [flat["1.lr"] for flat in (first, second, third)]
    assert rates == [proposed(flat, 1) for flat in (first, second, third)]
    assert len(set(rates)) == 3
    assert third["2.lr"] == second["2.lr"]


def test_a_rate_set_by_hand_stays_when_the_rule_and_the_surface_change():
    page = opened()
    page.session_state["1.lr"] = 0.002
    ran(page)
    page.selectbox(key="surface").set_value("rosenbrock")
    ran(page)
    page.selectbox(key="1.rule").set_value("adam")
    flat = flat_of(ran(page))
    assert flat["1.lr"] == 0.002 != proposed(flat, 1)
    assert flat["2.lr"] == proposed(flat, 2)


def test_the_proposed_rate_can_be_taken_again_and_then_follows():
    page = opened(**{"1.lr": "0.0021"})
    assert not page.button(key="propose1").disabled
    page.button(key="propose1").click()
    flat = flat_of(ran(page))
    assert flat["1.lr"] == proposed(flat, 1)
    assert page.button(key="propose1").disabled
    page.selectbox(key="surface").set_value("bowl")
    flat = flat_of(ran(page))
    assert flat["1.lr"] == proposed(flat, 1)


def test_a_rule_chosen_anew_brings_its_own_hyperparameters():
    page = opened(**{"2.momentum": "0.35"})
    page.selectbox(key="2.rule").set_value("nesterov")
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


# A typed formula.


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
    assert flat["1.lr"] == proposed(flat, 1)
    assert "found by a search" in page.selectbox(key="surface").help


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


def test_a_wrong_formula_in_a_link_is_named_and_the_usual_one_used():
    flat, (complaint,) = RACE.read({"surface": "custom", "surface.text": "x +* y"}, "en")
    assert flat["surface.text"] == LANDSCAPES["custom"]().text
    assert said(complaint) == (
        "surface.text=x +* y was ignored: formula, character 4: “*” is not expected here. x^2/2 + y^2 + sin(3x) cos(2y) is used instead."
    )


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


@pytest.mark.parametrize("formula", ["3", "sqrt(-1 - x^2)", "1/x", "log(x)", "exp(exp(exp(x)))", "tan(pi/2)*x", "x+y", "abs(x)+abs(y)", "10^90*x"])
def test_formulas_with_gaps_and_plains_do_no_harm_to_the_page(formula: str):
    page = opened(**{"surface": "custom", "surface.text": formula, "surface.reach": "50"})
    assert flat_of(page)["surface.text"] == formula
    assert len(panels(page)) == 4


# The link.


def random_link(rng: np.random.Generator, surface: str, rules: list[str], schedules: list[str]) -> dict[str, Any]:
    """Every setting, with full-length values that the library accepts, also beyond what the sliders offer."""

    def some(of: type, prefix: str) -> dict[str, Any]:
        link = {}
        for name, allowed in parameters(of).items():
            value = rng.choice([allowed.low, allowed.high, allowed.low + rng.random() * (allowed.high - allowed.low)])
            if allowed.log:
                value = float(np.exp(rng.uniform(np.log(allowed.low) - 3, np.log(allowed.high)))) if allowed.accepts(allowed.low * 0.01) else value
            link[prefix + name] = int(value) if allowed.whole else float(value)
        return link

    link: dict[str, Any] = {"surface": surface, **some(LANDSCAPES[surface], "surface.")}
    link |= {"lang": str(rng.choice(list(LANGUAGES))), "x": rng.normal() * 10.0 ** rng.integers(-9, 5), "y": rng.normal(), "lanes": len(rules)}
    link |= {"steps": int(rng.integers(10, 1001)), "speed": float(rng.choice(SPEEDS)), "loop": int(rng.integers(2))}
    link |= {"noise": float(rng.choice([0.0, rng.exponential()])), "seed": int(rng.integers(1_000_000)), "many": int(rng.integers(2))}
    link |= {"view": str(rng.choice(list(VIEWS)))}
    link |= {"zoom": float(np.exp(rng.uniform(-4, 10))), "zoom.x": rng.normal(), "zoom.y": rng.normal()}
    for i, (rule, schedule) in enumerate(zip(rules, schedules, strict=True), start=1):
        link |= {f"{i}.rule": rule, **some(OPTIMIZERS[rule], f"{i}."), f"{i}.schedule": schedule, f"{i}.warmup": int(rng.integers(0, 501))}
        link |= some(SCHEDULES[schedule], f"{i}.schedule.")
    return link


def exact(flat: Flat) -> dict[str, str]:
    """The settings to the last digit, with their types."""
    return {key: repr(value) for key, value in flat.items()}


FULL_RACES = [list(OPTIMIZERS)[first : first + MOST_LANES] for first in range(0, len(OPTIMIZERS), MOST_LANES)]


@pytest.mark.parametrize("rules", FULL_RACES, ids=",".join)
@pytest.mark.parametrize("turn", range(len(MENU)))
def test_a_link_keeps_every_value_to_the_last_digit(rules: list[str], turn: int):
    """Every rule under every schedule, as many in each link as there are lanes; one surface after another."""
    number = turn * len(FULL_RACES) + FULL_RACES.index(rules)
    schedules = [list(MENU)[(turn + i) % len(MENU)] for i in range(len(rules))]
    link = random_link(np.random.default_rng(number), list(LANDSCAPES)[number % len(LANDSCAPES)], rules, schedules)
    flat, complaints = RACE.read(link, "en")
    assert complaints == []
    assert {key: flat[key] for key in link} == link
    written = RACE.write(flat)
    assert written["v"] == RACE.version
    assert written.keys() == {"v", *flat}
    assert exact(RACE.read(written, "ko")[0]) == exact(flat)
    assert RACE.read(written, "en")[1] == []
    brief = RACE.short(flat, "en")
    assert exact(RACE.read(brief, "en")[0]) == exact(flat)
    assert len(brief) <= len(written)


def test_the_opening_has_the_shortest_address():
    assert RACE.short(RACE.read({}, "en")[0], "en") == {}
    assert RACE.short(RACE.read({"lanes": "5"}, "en")[0], "en") == {"v": "1", "lanes": "5"}
    assert RACE.short(RACE.read({"1.rule": "adam"}, "ko")[0], "ko") == {"v": "1", "1.rule": "adam"}


def test_the_opening_after_a_changed_default_still_reads_a_full_link_as_it_was(monkeypatch: pytest.MonkeyPatch):
    flat = RACE.read({}, "en")[0]
    link = RACE.write(flat)
    monkeypatch.setattr("links.race.SURFACE", "bowl")
    monkeypatch.setattr("links.race.RULES", RULES[::-1])
    monkeypatch.setattr("links.race.LANES", 2)
    assert RACE.read(link, "ko")[0] == flat


def test_the_steps_place_in_a_link_is_read_and_not_written():
    flat, complaints = RACE.read({"at": "37"}, "en")
    assert (flat["at"], complaints) == (37, [])
    assert "at" not in RACE.write(flat)
    assert RACE.read({"at": "201"}, "en")[1] != []


FULL = RACE.read({"lanes": "1", "surface": "bowl", "1.rule": "adamw", "1.schedule": "step"}, "en")[0]


@pytest.mark.parametrize("junk", ["abc", "", "nan", "inf", "-inf", "1e999", "-1e999", "<b>1</b>"])
@pytest.mark.parametrize("key", [key for key in FULL if key != "hide"])  # a list, of which nothing may stand
def test_junk_is_ignored_with_a_sentence_that_names_it(key: str, junk: str):
    flat, complaints = RACE.read(RACE.write(FULL) | {key: junk}, "en")
    usual = RACE.read({name: text for name, text in RACE.write(FULL).items() if name != key}, "en")[0]
    assert flat[key] == usual[key]
    sentence = said(complaints[0])
    assert complaints[0].values["name"] == key
    assert f"{key}={junk} " in sentence
    assert "allowed is" in sentence
    assert str(complaints[0].values["allowed"]) in sentence
    used = complaints[0].values["used"]
    assert used == flat[key] if isinstance(flat[key], str) else float(str(used).replace("−", "-")) == pytest.approx(flat[key], rel=1e-5)


@pytest.mark.parametrize(
    ("key", "junk"),
    [
        ("1.lr", "-1"), ("1.lr", "0"), ("1.beta1", "1"), ("1.beta2", "-0.1"), ("1.eps", "0"), ("1.weight_decay", "-1"), ("1.warmup", "1.5"),
        ("1.warmup", "-1"), ("1.schedule.every", "0"), ("1.schedule", "warmup"), ("1.rule", "Adam"), ("surface", "_"), ("surface.kappa", "0.5"),
        ("steps", "9"), ("steps", "1001"), ("steps", "100.5"), ("lanes", "0"), ("lanes", "9"), ("lanes", "10000"), ("speed", "3"), ("loop", "2"),
        ("loop", "-1"), ("noise", "-1"), ("seed", "-1"), ("seed", "1.5"), ("many", "2"), ("lang", "fr"), ("at", "-1"), ("at", "0.5"), ("zoom", "0"),
        ("view", "4d"),
    ],
)  # fmt: skip
def test_a_value_without_meaning_is_ignored_with_a_sentence(key: str, junk: str):
    flat, complaints = RACE.read(RACE.write(FULL) | {key: junk}, "en")
    assert complaints[0].values["name"] == key
    assert str(flat[key]) != junk


def test_a_start_too_far_away_to_run_from_is_ignored_with_a_sentence():
    for key in ("x", "y"):
        flat, complaints = RACE.read({key: "1e300"}, "en")
        assert [error.values["name"] for error in complaints] == [key]
        assert (flat["x"], flat["y"]) == LANDSCAPES[flat["surface"]]().start


def test_unknown_settings_are_named_and_many_are_counted():
    _, few = RACE.read({"lr": "abc", "5.lr": "0.1", "utm": "x"}, "en")
    assert [(error.values["name"], error.values["value"]) for error in few] == [("lr", "abc"), ("5.lr", "0.1"), ("utm", "x")]
    _, many = RACE.read({f"k{i}": "1" for i in range(1000)}, "en")
    assert len(many) == 6
    assert "995" in said(many[-1])


def test_another_version_is_said_and_the_rest_is_read():
    flat, complaints = RACE.read({"v": "9", "steps": "50"}, "en")
    assert flat["steps"] == 50
    assert ["v=9" in said(error) for error in complaints] == [True]


def test_a_long_value_is_cut_short_in_the_sentence():
    _, complaints = RACE.read({"steps": "9" * 5000, "k" * 5000: "v" * 5000}, "en")
    assert len(complaints) == 2
    assert all(len(said(error)) < 250 for error in complaints)


def complaints_of(query: str) -> list[str]:
    return [said(error) for error in RACE.read_link(query, "en")[1]]


def test_what_streamlit_reads_of_an_embedded_page_is_no_setting():
    assert complaints_of("embed=true&embed_options=light_theme&embed_options=show_padding") == []
    assert complaints_of("EMBED=false&embed_options=Dark_Theme") == []


def test_junk_in_what_streamlit_reads_gets_the_sentence():
    assert complaints_of("embed=maybe&embedded=1") == [
        "embedded=1 was ignored: this page has no such setting.",
        "embed=maybe was ignored: allowed is any of true, false.",
    ]
    (sentence,) = complaints_of("embed=true&embed_options=dark_theme&embed_options=%3Cb%3E")
    assert sentence.startswith("embed_options=<b> was ignored: allowed is any of show_toolbar, show_padding")
    assert len(complaints_of("&".join(["embed=maybe"] * 900))) == 4


def test_a_key_that_stands_in_a_link_several_times_is_named():
    flat, _ = RACE.read_link("1.lr=0.1&1.lr=0.2&steps=50", "en")
    assert (flat["1.lr"], flat["steps"]) == (0.2, 50)
    assert complaints_of("1.lr=0.1&1.lr=0.2&steps=50") == ["1.lr stands in the link 2 times; the last one is read."]
    assert len(complaints_of("&".join(f"k{i}=1&k{i}=2" for i in range(400)))) == 11
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
    page = resumed(opened(**link), lambda page: page.slider(key="slid").set_value(300))
    assert (flat_of(page)["steps"], len(panels(page))) == (300, 4)


# Lanes in the table of settings.


def test_lanes_out_of_a_table_and_into_it_again_are_the_same_table():
    flat = RACE.read(random_link(np.random.default_rng(5), "bowl", ["adam", "momentum", "adam"], ["step", "cosine", "constant"]), "en")[0]
    lanes = lanes_of(flat)
    assert [lane["rule"] for lane in lanes] == ["adam", "momentum", "adam"]
    assert with_lanes(flat, lanes) == flat
    fewer = with_lanes(flat, lanes[1:])
    assert fewer["lanes"] == 2
    assert lanes_of(fewer) == lanes[1:]
    assert {key: value for key, value in fewer.items() if not key[0].isdigit() and key != "lanes"} == {
        key: value for key, value in flat.items() if not key[0].isdigit() and key != "lanes"
    }


# Noise.


def lane_of(page: AppTest, i: int) -> dict[str, Any]:
    return unpacked(panels(page)[i - 1])["lane"]


def caption(page: AppTest) -> str:
    (bar,) = [part.proto for part in page.get("bidi_component") if "transport" in part.proto.component_name]
    return json.loads(bar.json)["note"]


def test_noise_and_its_seed_are_in_the_link_and_every_lane_has_the_same():
    page = opened(noise="0.7", seed="3", **{"2.rule": "gradient_descent"})
    one, twin = lane_of(page, 1), lane_of(page, 2)
    np.testing.assert_array_equal(one["path"], twin["path"])
    expected = run(OPTIMIZERS["gradient_descent"](lr=flat_of(page)["1.lr"]), Noisy(LANDSCAPES["two_wells"](), 0.7, 3), (1.7, 1.0), 200)
    np.testing.assert_array_equal(one["loss"], expected.loss)
    np.testing.assert_array_equal(one["path"], expected.path.T.astype(np.float32))
    assert "σ = 0.7, seed 3" in caption(page)
    assert one["many"] is None


def test_the_proposed_rates_and_the_map_know_nothing_of_noise():
    quiet, noisy = opened(), opened(noise="2", seed="1")
    assert {key: value for key, value in flat_of(noisy).items() if key not in ("noise", "seed")} == {
        key: value for key, value in flat_of(quiet).items() if key not in ("noise", "seed")
    }
    stages = [[part.proto.bytes for part in page.get("bidi_component") if "stage" in part.proto.component_name] for page in (quiet, noisy)]
    assert [sorted(unpacked(sent)) for sent in stages[0]] == [["language", "settings"], ["surface"]]
    assert stages[0][1] == stages[1][1]
    assert "σ" not in caption(quiet)


def test_noise_is_set_on_the_page_and_stays_with_another_surface():
    page = opened()
    assert page.toggle(key="many").disabled
    page.select_slider(key="noise").set_value(0.5)
    page.number_input(key="seed").set_value(8)
    ran(page)
    page.toggle(key="many").set_value(True)
    page.selectbox(key="surface").set_value("bowl")
    flat = flat_of(ran(page))
    assert (flat["noise"], flat["seed"], flat["many"]) == (0.5, 8, 1)
    assert {key: page.query_params[key] for key in ("noise", "seed", "many")} == {"noise": "0.5", "seed": "8", "many": "1"}
    assert lane_of(page, 1)["many"]["count"] == MANY


def test_many_runs_are_sent_with_their_mean_their_band_and_what_theory_predicts():
    page = opened(surface="bowl", noise="1", many="1", seed="4", steps="300")
    many = lane_of(page, 1)["many"]
    rule, bowl = OPTIMIZERS["gradient_descent"](lr=flat_of(page)["1.lr"]), LANDSCAPES["bowl"]()
    start = np.repeat(np.array([bowl.start]).T, MANY, axis=1)
    expected = run(rule, Noisy(bowl, 1.0, 4, MANY), start, 300)
    points = np.reshape(many["points"], (2, 301, MANY))
    np.testing.assert_array_equal(points, expected.path.swapaxes(0, 1).astype(np.float32))
    np.testing.assert_allclose(many["loss"]["mean"], expected.loss.mean(axis=1), rtol=1e-12)
    for name, row in (("low", 3), ("high", 26)):
        np.testing.assert_array_equal(many["loss"][name], np.sort(expected.loss, axis=1)[:, row])
    spread = predicted_spread(rule, bowl, 1.0)
    assert spread is not None
    assert many["predicted"]["loss"] == pytest.approx(spread.excess)
    axes = np.array(many["predicted"]["axes"]) / 2
    np.testing.assert_allclose(axes.T @ axes, spread.covariance, rtol=1e-12)
    assert lane_of(page, 2)["many"]["predicted"]
    assert lane_of(page, 4)["many"]["predicted"] is None


@pytest.mark.parametrize("change", [{"1.schedule": "cosine"}, {"1.warmup": "20"}, {"1.lr": "1"}], ids=str)
def test_nothing_is_predicted_for_a_rate_that_moves_or_is_too_large(change: dict[str, str]):
    assert lane_of(opened(surface="bowl", noise="1", many="1", lanes="1", **change), 1)["many"]["predicted"] is None


def test_many_runs_without_noise_would_be_one():
    assert lane_of(opened(many="1"), 1)["many"] is None


def test_the_mean_of_runs_of_which_some_diverge_is_not_finite():
    many = lane_of(opened(surface="rosenbrock", noise="100", many="1", lanes="1", **{"1.lr": "0.0025"}), 1)["many"]
    mean, low, high = (np.array(many["loss"][name]) for name in ("mean", "low", "high"))
    assert np.isfinite(mean[0])
    assert (mean[-1], high[-1]) == (np.inf, np.inf), "eleven of thirty"
    assert np.isfinite(low).all()
    assert (low <= high).all()


@pytest.mark.parametrize("noise", ["1e300", "1e-300", "1e9"])
@pytest.mark.parametrize("surface", LANDSCAPES)
def test_extreme_noise_does_no_harm_to_the_page(surface: str, noise: str):
    opened(surface=surface, noise=noise, many="1", steps="30")


def got(address: str) -> tuple[Mapping[str, str], bytes]:
    with urlopen(address) as answer:
        return answer.headers, answer.read()


def test_a_dragged_setting_brings_the_bytes_that_the_page_would(server: str):
    link = RACE.write(flat_of(opened(lang="ko"))) | {"1.lr": "0.05"}
    headers, dragged = eventually(lambda: got(f"{server}/lane/1?{urlencode(link)}"), lambda answer: answer[1] != b"")  # a busy machine has no time
    assert headers["Cache-Control"] == "no-store"
    assert dragged == panels(opened(**link))[0]


@pytest.mark.parametrize("lane", ["5", "0", "-1", "01", "1.0", "one", "¹", "9" * 5000], ids=lambda lane: lane[:4])
def test_a_lane_that_is_not_there_cannot_be_dragged(server: str, lane: str):
    with pytest.raises(HTTPError, match="404") as refused:
        eventually(lambda: got(f"{server}/lane/{quote(lane)}?lanes=4"), lambda _answer: False)
    refused.value.close()


def lanes_asked(count: int, monkeypatch: pytest.MonkeyPatch, waited: float) -> list[int]:
    """The answers to so many requests for a lane, each of which says that it waited so many seconds for others."""

    def slow(_message: Any, _i: int, _link: Any) -> tuple[bytes, float]:
        return b"lane", -waited

    async def ask() -> list[int]:
        async def stay() -> Message:
            await asyncio.sleep(60)
            return {"type": "http.disconnect"}

        scope = {"type": "http", "path_params": {"i": 1}, "query_string": b"", "headers": []}
        return [(await live.answer(Request(scope, stay))).status_code for _ in range(count)]

    monkeypatch.setattr(live, "timed", slow)
    monkeypatch.setattr(live, "rested", 0.0)
    with ThreadPoolExecutor(1) as elsewhere:  # a thread with a browser has a loop of its own
        return elsewhere.submit(asyncio.run, ask()).result()


def test_a_busy_server_leaves_dragged_lanes_aside_for_a_while(monkeypatch: pytest.MonkeyPatch):
    assert lanes_asked(3, monkeypatch, waited=10) == [200, 204, 204]
    monkeypatch.setattr(live, "REST", 0.0)
    assert lanes_asked(3, monkeypatch, waited=10) == [200, 200, 200]


def test_a_lane_that_is_much_work_by_itself_is_no_sign_of_a_busy_server(monkeypatch: pytest.MonkeyPatch):
    assert lanes_asked(3, monkeypatch, waited=-10) == [200, 200, 200]


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


def test_on_one_large_map_every_lane_still_sends_its_own_run():
    plain, large = opened(), opened(overlay="1")
    names = [part.proto.component_name for part in large.get("bidi_component")]
    assert sum(name.endswith("overlay") for name in names) == 1
    assert not any(part.proto.component_name.endswith("overlay") for part in plain.get("bidi_component"))
    for i in range(1, 5):
        before, after = lane_of(plain, i), lane_of(large, i)
        assert (before["overlay"], after["overlay"]) == (0, 1)
        np.testing.assert_array_equal(before["path"], after["path"])
        assert before["loss"] == pytest.approx(after["loss"])


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
    menu = page.selectbox(key="1.rule")
    assert {"경사 하강법", "모멘텀", "네스테로프", "뉴턴", "편향 보정 없는 Adam", "RMSprop"} <= set(menu.options)


def test_the_spoken_summary_names_the_warm_up():
    page = opened(**{"lanes": "2", "1.warmup": "20", "1.schedule": "cosine"})
    assert ", Cosine, warm-up 20. Starts at" in lane_of(page, 1)["spoken"]
    assert "warm-up" not in lane_of(page, 2)["spoken"]

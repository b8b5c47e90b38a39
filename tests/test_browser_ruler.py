"""The rulers behind the sliders, as a person sees them: they come when the hand rests, and change nothing."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route, expect

from core import parameters
from core.number import short
from optimizers.gradient_descent import GradientDescent
from runs.race import descent
from tests.conftest import RaceAt
from tests.race_page import RacePage, eventually, flat_of, race_of

THERE = ".dl-ruler-there"
BOXES = """[...document.querySelectorAll('.dl-panel, .dl-slider, .dl-slider-rail, .dl-slider input, .dl-curves, .dl-bar, .stSelectbox')].map((e) => {
  const { x, y, width, height } = e.getBoundingClientRect();
  return [x, y, width, height];
})"""


def asked_for(page: Page) -> list[str]:
    """The settings whose rulers are asked for from now on."""
    found: list[str] = []

    def look(request: Request) -> None:
        if "/ruler/" in request.url:
            found.append(request.url.partition("/ruler/")[2].partition("?")[0])

    page.on("request", look)
    return found


def of(page: Page, setting: str) -> Any:
    """A slider's ruler, once it is there."""
    return page.locator(f".st-key-{setting.replace('.', '-')} {THERE}")


def state_of(race: RacePage) -> tuple[Any, ...]:
    return race.query(), race.page.evaluate("history.length"), race.trails(), race.readouts(), race.page.evaluate(BOXES)


def test_rulers_come_and_move_and_change_nothing(page: Page):
    held: list[Route] = []
    page.route("**/ruler/*", lambda route: route.continue_() if held and before else held.append(route))
    before: tuple[Any, ...] = ()
    race = RacePage(page, "at=60&lanes=2&surface=bowl")
    eventually(lambda: race.frames() or len(held))  # what is asked for is heard of while the page is looked at
    before = state_of(race)
    expect(page.locator(THERE)).to_have_count(0)
    assert len(held) == 1, "one at a time"
    held[0].continue_()
    expect(page.locator(THERE)).to_have_count(3)  # a rate in each lane, and a momentum
    assert state_of(race) == before


def test_a_ruler_is_drawn_as_wide_as_its_slider_and_the_thumb_stands_on_it(race_at: RaceAt):
    race = race_at("at=60&lanes=1&surface=bowl")
    page = race.page
    expect(of(page, "1.lr")).to_be_visible()
    stops, value = parameters(GradientDescent)["lr"].stops(), flat_of({"surface": "bowl", "lanes": "1"})["1.lr"]
    box = of(page, "1.lr").bounding_box()
    tick = page.locator(".st-key-1-lr .dl-ruler-tick").bounding_box()
    rail = page.locator(".st-key-1-lr .dl-slider-rail").bounding_box()
    assert tick
    assert rail
    assert box == rail
    thumb = stops.index(value) / (len(stops) - 1)
    assert tick["x"] + tick["width"] / 2 == pytest.approx(rail["x"] + thumb * rail["width"], abs=1)
    assert of(page, "1.lr").locator("[data-fate=diverged]").count() == 1
    page.set_viewport_size({"width": 700, "height": 900})
    eventually(lambda: of(page, "1.lr").bounding_box(), lambda now: now == page.locator(".st-key-1-lr .dl-slider-rail").bounding_box() != rail)


def test_what_is_read_under_the_hand_is_where_that_run_ends_and_nothing_is_asked_for_before_it_rests(race_at: RaceAt):
    race = race_at("at=200&lanes=1&surface=bowl&1.rule=momentum")
    page = race.page
    for setting in ("1.lr", "1.momentum"):
        expect(of(page, setting)).to_be_visible()
    asked = asked_for(page)
    aside = page.locator(".st-key-1-lr .dl-slider-aside")
    expect(aside).to_have_text(" · suggested")
    box = race.slider("1.lr").bounding_box()
    assert box
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + box["height"] / 2, steps=3)
    value = race.slider("1.lr").get_attribute("aria-valuetext")
    assert value
    moved = race_of({"lanes": "1", "surface": "bowl", "1.rule": "momentum", "1.lr": value.replace("−", "-")})
    end = descent(moved.lanes[0], moved.descended(moved.lanes[0]), moved.start, moved.steps).loss[-1]
    expect(aside).to_have_text(f" · ends at f − f* = {short(end)}")
    eventually(lambda: race.said(1, "rate"), lambda rate: rate == value)  # the lane has followed
    expect(of(page, "1.momentum")).to_have_count(0)  # which was drawn for another rate
    expect(of(page, "1.lr")).to_be_visible()
    assert asked == []
    page.mouse.up()
    expect(aside).to_have_text(" · set by hand")
    expect(of(page, "1.momentum")).to_be_visible()
    assert set(asked) == {"1.momentum"}, "the rate's own still holds"


def test_a_ruler_that_is_known_is_not_asked_for_again(race_at: RaceAt):
    race = race_at("at=60&lanes=1&surface=bowl&1.rule=momentum&1.lr=0.05")
    page = race.page
    expect(of(page, "1.momentum")).to_be_visible()
    expect(of(page, "1.lr")).to_be_visible()
    asked = asked_for(page)
    race.nudge("1.lr")
    expect(of(page, "1.momentum")).to_be_visible()
    before = list(asked)
    assert set(before) == {"1.momentum"}
    race.nudge("1.lr", "ArrowLeft")
    expect(of(page, "1.momentum")).to_be_visible()
    assert asked == before


def test_a_busy_server_is_asked_again_later(page: Page):
    answers: list[Route] = []

    def busy(route: Route) -> None:
        answers.append(route)
        if len(answers) == 1:
            route.fulfill(status=204)
        else:
            route.continue_()

    page.route("**/ruler/*", busy)
    RacePage(page, "at=60&lanes=1&surface=bowl")
    expect(page.locator(THERE)).to_have_count(1)
    assert len(answers) == 2


def test_sliders_that_are_not_to_be_seen_have_no_rulers_and_none_gives_away_what_is_to_be_predicted(page: Page):
    asked = asked_for(page)
    race = RacePage(page, "at=60&lanes=1&surface=bowl&hide=controls")
    race.stop_time()
    page.clock.run_for(5000)
    page.clock.resume()
    race.frames()
    assert asked == []
    expect(page.locator(THERE)).to_have_count(0)
    race.go("lanes=1&surface=bowl&predict=1")
    page.mouse.click(*race.on_screen(1, (0.5, -0.5)))
    reveal = page.locator(".dl-reveal")
    expect(reveal).to_be_visible()
    page.clock.run_for(5000)
    race.frames()
    assert asked == []
    reveal.click()
    expect(of(page, "1.lr")).to_be_visible()


WORDS = {"en": "Ends lowest at 0.09. From 0.112 on it diverges. Stability limit 0.1.", "ko": "안정 한계는 0.1입니다."}


@pytest.mark.parametrize("lang", WORDS)
def test_what_is_seen_is_said_in_both_languages(race_at: RaceAt, lang: str):
    race = race_at(f"at=60&lanes=1&surface=bowl&lang={lang}")
    expect(of(race.page, "1.lr")).to_be_visible()
    slider = race.slider("1.lr")
    eventually(lambda: slider.get_attribute("aria-description") or "", lambda said: said.endswith(WORDS[lang]))
    assert lang == "ko" or "Behind the slider" in (slider.get_attribute("title") or "")
    label = race.page.locator(".st-key-1-lr .dl-ruler-label")
    expect(label).to_have_css("opacity", "0")
    slider.focus()
    expect(label).to_have_css("opacity", "1")

"""Fingers on sliders: a swipe up or down scrolls the page, a drag along the slider moves it, a tap sets it."""

from __future__ import annotations

import pytest

from tests.conftest import RaceAt
from tests.fingers import PHONE, SCROLLED, drag, swipe
from tests.race_page import RacePage, eventually


@pytest.fixture(params=["1.lr", "surface.kappa"], ids=["live", "Streamlit's"])
def touched(race_at: RaceAt, request: pytest.FixtureRequest) -> tuple[RacePage, str]:
    """A race on a phone, and the setting of one of its sliders."""
    race = race_at("at=60&surface=bowl&surface.kappa=30&1.lr=0.05&lanes=2", **PHONE)
    if request.param != "1.lr":
        race.page.locator(".st-key-shape_menu button").tap()
        race.slider(request.param).wait_for()
    return race, request.param


def place(race: RacePage, key: str, part: float, block: str = "center") -> tuple[float, float]:
    """The middle of a slider's rail, so far along it; the page is scrolled so that it stands there."""
    rail = race.slider(key) if key == "1.lr" else race.page.locator(f".st-key-{key.replace('.', '-')} [role=group] > div").first
    rail.evaluate("(rail, block) => rail.scrollIntoView({ block })", block)
    race.frames()
    box = rail.bounding_box()
    assert box
    return box["x"] + part * box["width"], box["y"] + box["height"] / 2


def text(race: RacePage, key: str) -> str | None:
    return race.slider(key).get_attribute("aria-valuetext")


def test_a_swipe_up_or_down_that_begins_on_a_slider_scrolls_the_page_and_sets_nothing(touched: tuple[RacePage, str]):
    race, key = touched
    page, before, link = race.page, text(race, key), race.query()
    for way, block in [(-1, "center"), (1, "start")]:
        x, y = place(race, key, 0.3, block)
        top = page.evaluate(SCROLLED)
        swipe(page, (x, y), way * 200)
        if key == "1.lr":  # the other one is in a menu
            eventually(lambda: page.evaluate(SCROLLED), lambda now, top=top: abs(now - top) > 60)
        race.idle()
        race.frames()
        assert text(race, key) == before
    page.locator(".st-key-steps input").fill("190")
    page.locator(".st-key-steps input").press("Enter")  # a change that would bring what the swipe had set
    eventually(race.query, lambda query: query == link | {"steps": "190"})


def test_a_drag_along_a_slider_moves_it(touched: tuple[RacePage, str]):
    race, key = touched
    x, y = place(race, key, 0.3)
    to, _ = place(race, key, 0.8)
    drag(race.page, [(x + (to - x) * k / 10, y + k % 2) for k in range(11)])
    far = float(eventually(lambda: race.query()[key], lambda now: float(now) not in (0.05, 30)))
    assert {"1.lr": 0.3, "surface.kappa": 100}[key] < far < {"1.lr": 2, "surface.kappa": 600}[key]


def test_a_tap_on_a_slider_sets_it(touched: tuple[RacePage, str]):
    race, key = touched
    race.page.touchscreen.tap(*place(race, key, 0.8))
    far = float(eventually(lambda: race.query()[key], lambda now: float(now) not in (0.05, 30)))
    assert {"1.lr": 0.3, "surface.kappa": 100}[key] < far < {"1.lr": 2, "surface.kappa": 600}[key]


def test_the_page_goes_no_further_to_the_side_than_its_window(race_at: RaceAt):
    """What a lane of the strip says to screen readers alone stood beside the window, where the page could be pushed to."""
    main = race_at("at=60", **PHONE).page.locator(".stMain")
    eventually(lambda: main.evaluate("(page) => page.scrollWidth - page.clientWidth"), lambda beyond: beyond <= 1)

"""What is done by hand where it is shown: numbers are typed, the start is dragged, maps are zoomed by the wheel, changes are undone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from core import parameters
from optimizers.momentum import Momentum
from tests.conftest import NewPage
from tests.race_page import RacePage, eventually

LINK = "at=60&lanes=2&surface=bowl&1.rule=momentum"


def number(race: RacePage, key: str) -> Locator:
    """The number at the end of a slider's line."""
    return race.page.locator(f".st-key-{key.replace('.', '-')} .dl-slider-value")


def entry(race: RacePage) -> Locator:
    return race.page.locator(".dl-slider-entry")


def entries(page: Page) -> int:
    """How many entries the browser's history has."""
    return page.evaluate("history.length")


def test_a_number_is_typed_where_it_is_shown(page: Page):
    race = RacePage(page, LINK)
    before = entries(page)
    high = parameters(Momentum)["lr"].high
    number(race, "1.lr").click()
    expect(entry(race)).to_be_focused()
    entry(race).fill("0.012345")
    page.keyboard.press("Enter")
    eventually(lambda: race.query().get("1.lr"), lambda rate: rate == "0.012345")
    race.idle()
    expect(number(race, "1.lr")).to_have_text("≈ 0.0123")
    expect(number(race, "1.lr")).to_be_focused()
    assert entries(page) == before + 1
    number(race, "1.lr").press("Enter")  # the slider's own end is not the library's
    entry(race).fill(str(2 * high))
    number(race, "2.lr").click()  # leaving it keeps it too
    eventually(lambda: race.query().get("1.lr"), lambda rate: float(rate) == 2 * high)
    page.keyboard.press("Escape")
    expect(entry(race)).to_have_count(0)
    race.idle()
    expect(race.slider("1.lr")).to_have_js_property("value", race.slider("1.lr").get_attribute("max") or "")
    assert entries(page) == before + 2


def test_escape_leaves_a_number_as_it_was_and_nothing_else(page: Page):
    race = RacePage(page, LINK + "&present=0")
    before, link, said = entries(page), race.query(), number(race, "1.lr").inner_text()
    number(race, "1.lr").click()
    entry(race).fill("3")
    page.keyboard.press("Escape")
    expect(entry(race)).to_have_count(0)
    expect(number(race, "1.lr")).to_have_text(said)
    expect(number(race, "1.lr")).to_be_focused()
    race.idle()
    assert (entries(page), race.query()) == (before, link)


@pytest.mark.parametrize(
    ("locale", "typed", "sentence"),
    [
        ("en-US", "-1", "Learning rate η = −1 was ignored: allowed is (0, ∞); 0.05 stays in use."),
        ("en-US", "0,05", "Learning rate η = 0,05 was ignored: allowed is (0, ∞); 0.05 stays in use."),
        ("en-US", " ", "Learning rate η: no number was typed; 0.05 stays in use."),
        ("ko-KR", "-1", "학습률 η = −1 값을 무시했습니다. 허용되는 값은 (0, ∞)입니다. 0.05 값을 그대로 씁니다."),
    ],
    ids=["beyond", "a comma", "empty", "Korean"],
)
def test_a_number_that_cannot_be_is_said_to_be_none(new_page: NewPage, locale: str, typed: str, sentence: str):
    page = new_page(locale=locale)
    race = RacePage(page, LINK + "&1.lr=0.05")
    before, link, runs = entries(page), race.query(), race.readouts()
    number(race, "1.lr").click()
    entry(race).fill(typed)
    page.keyboard.press("Enter")
    expect(page.locator(".dl-said")).to_have_text(sentence)
    expect(entry(race)).to_be_focused()  # what was typed stays, to be mended
    expect(entry(race)).to_have_value(typed)
    page.keyboard.press("Tab")
    expect(entry(race)).to_have_count(0)
    expect(number(race, "1.lr")).to_have_text("0.05")
    race.idle()
    assert (entries(page), race.query(), race.readouts()) == (before, link, runs)


def test_a_whole_number_is_said_to_be_needed(page: Page):
    race = RacePage(page, LINK)
    race.more(1)
    number(race, "1.warmup").click()
    entry(race).fill("2.5")
    page.keyboard.press("Enter")
    expect(page.locator(".dl-said")).to_have_text("Warm-up w = 2.5 was ignored: allowed is 0, 1, … 1000000000; 0 stays in use.")
    entry(race).fill("17")
    page.keyboard.press("Enter")
    eventually(lambda: race.query().get("1.warmup"), lambda steps: steps == "17")


def test_a_number_is_named_with_its_lane(page: Page):
    RacePage(page, LINK)
    for name in ["Lane 1: Learning rate η, type a value", "Lane 2: Learning rate η, type a value", "Lane 1: Momentum μ, type a value"]:
        expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()

"""What is said of a run that is over, as a person opens it, tries it and closes it."""

from __future__ import annotations

from urllib.request import urlopen

import pytest
from playwright.sync_api import Locator, expect

from locales import speaking
from player import messages
from tests.conftest import RaceAt
from tests.race_page import RacePage, eventually, race_of

ZIGZAG = {
    "surface": "bowl", "surface.kappa": "50", "surface.angle": "0", "x": "-1.8", "y": "0.4", "steps": "500", "lanes": "2",
    "1.rule": "gradient_descent", "1.lr": "0.039", "2.rule": "momentum", "2.lr": "0.01",
}  # fmt: skip


def link(**more: str) -> str:
    return "&".join(f"{key}={value}" for key, value in (ZIGZAG | more).items())


def badge(race: RacePage, i: int = 1) -> Locator:
    return race.panel(i).locator(".dl-verdict")


def opened(race: RacePage, i: int = 1) -> Locator:
    expect(badge(race, i)).to_have_attribute("data-tells", "")
    badge(race, i).click()
    box = race.panel(i).locator(".dl-account")
    expect(box).to_be_visible()
    return box


@pytest.mark.parametrize("language", ["en", "ko"])
def test_at_its_end_a_run_says_what_happened_and_why(race_at: RaceAt, language: str):
    race = race_at(link(at="500", lang=language))
    with speaking(language):
        said = messages.account(race_of(ZIGZAG), 1)
    box = opened(race)
    expect(box.locator("p")).to_have_text([" ".join(said["said"]), said["suggestion"]["text"]])
    assert " ".join(said["said"]) in race.panel(1).locator(".dl-summary").inner_text()


def test_before_its_end_a_badge_opens_nothing(race_at: RaceAt):
    race = race_at(link(at="500"))
    opened(race)
    race.page.keyboard.press("Escape")
    race.press("ArrowLeft")
    eventually(race.step, lambda now: now == 499)
    race.frames()
    expect(badge(race)).to_have_attribute("aria-disabled", "true")
    expect(badge(race)).to_have_attribute("tabindex", "-1")
    badge(race).click(force=True)
    expect(race.panel(1).locator(".dl-account")).to_be_hidden()


def test_the_keyboard_opens_it_and_escape_closes_it_and_gives_the_focus_back(race_at: RaceAt):
    race = race_at(link(at="500", present="1"))
    page = race.page
    expect(badge(race)).to_have_attribute("data-tells", "")
    badge(race).focus()
    page.keyboard.press("Enter")
    box = race.panel(1).locator(".dl-account")
    expect(box).to_be_visible()
    expect(badge(race)).to_have_attribute("aria-expanded", "true")
    box.locator(".dl-try").focus()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(badge(race)).to_be_focused()
    assert page.evaluate("document.documentElement.dataset.present") == "1"  # Escape has closed this alone


def test_what_is_suggested_is_set_in_one_step_and_back_takes_it_back(race_at: RaceAt):
    race = race_at(link(at="500"))
    before = race.query()
    opened(race).locator(".dl-try").click()
    expect(race.panel(1).locator(".dl-title")).to_have_text("Momentum (1)")
    after = eventually(race.query, lambda now: now != before)
    assert {key: value for key, value in after.items() if not key.startswith("1.")} == {k: v for k, v in before.items() if not k.startswith("1.")}
    assert (after["1.rule"], after["1.lr"]) == ("momentum", "0.01")
    expect(badge(race)).to_have_text("f* reached at step 128")
    race.page.go_back()
    expect(badge(race)).to_have_text("f* reached at step 159")
    assert eventually(race.query, lambda now: now == before) == before


def test_opening_and_closing_it_leaves_the_link_as_it_was(race_at: RaceAt):
    race = race_at(link(at="500"))
    before = race.query()
    opened(race).locator(".dl-shut").click()
    expect(race.panel(1).locator(".dl-account")).to_be_hidden()
    race.idle()
    assert race.query() == before


def test_verdicts_that_are_left_out_tell_nothing(race_at: RaceAt):
    race = race_at(link(at="500", hide="verdicts"))
    expect(badge(race)).to_have_attribute("data-tells", "")
    expect(badge(race)).to_be_hidden()
    expect(race.panel(1).locator(".dl-account")).to_be_hidden()
    assert "zigzag" not in race.panel(1).locator(".dl-summary").inner_text()


def test_on_one_large_map_it_opens_in_the_lane(race_at: RaceAt):
    race = race_at(link(at="500", overlay="1"))
    box = opened(race)
    panel, its = race.panel(1).bounding_box(), box.bounding_box()
    assert panel
    assert its
    assert its["height"] > 30
    assert panel["y"] <= its["y"]
    assert its["y"] + its["height"] <= panel["y"] + panel["height"] + 1


def test_a_lane_that_is_not_there_has_no_account(server: str):
    with urlopen(f"{server}/account/1?{link()}") as answer:
        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "no-store"
    with pytest.raises(OSError, match="404"):
        urlopen(f"{server}/account/3?{link()}")

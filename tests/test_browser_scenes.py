"""The menu of scenes, and the keys that turn from one to the next."""

from __future__ import annotations

from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

from links.race import RACE
from links.scenes import SCENES
from tests.conftest import RaceAt
from tests.race_page import RacePage, eventually, flat_of

FIRST, SECOND, THIRD = SCENES[:3]


def link_of(number: int, **kept: object) -> dict[str, str]:
    """What the address bar says at this scene, from 1 on."""
    return RACE.short(SCENES[number - 1].settings(flat_of(kept)), "en")


def sentence(page: Page) -> Locator:
    return page.locator(".st-key-headline_scene > :first-child p")


def choose(race: RacePage, name: str) -> None:
    """Choose from the menu, which is opened where it is not."""
    menu = race.page.get_by_test_id("stPopoverBody")
    if not menu.is_visible():
        race.page.get_by_test_id("stPopoverButton").filter(has_text="Scenes", visible=True).click()
    menu.get_by_role("button", name=name, exact=True).click()


def test_a_scene_is_chosen_its_sentence_stands_until_it_is_no_longer_true_and_back_brings_it_again(race_at: RaceAt):
    race = race_at("at=60&lanes=2&noise=0.3&lang=en")
    page = race.page
    expect(sentence(page)).to_have_count(0)
    choose(race, FIRST.title)
    eventually(race.query, lambda query: query == link_of(1))
    expect(sentence(page)).to_have_text(FIRST.sentence)
    eventually(race.step, lambda step: 0 < step < 60)  # it is seen from its beginning
    race.ready(4)
    race.nudge("2.lr")
    expect(sentence(page)).to_have_count(0)
    page.go_back()
    expect(sentence(page)).to_have_text(FIRST.sentence)
    choose(race, "Next")
    expect(sentence(page)).to_have_text(SECOND.sentence)
    eventually(race.query, lambda query: query == link_of(2))
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()  # one click is enough for the scene after that
    choose(race, "Next")
    expect(sentence(page)).to_have_text(THIRD.sentence)
    choose(race, FIRST.title)
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    choose(race, SECOND.title)
    expect(sentence(page)).to_have_text(SECOND.sentence)
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    choose(race, "Previous")
    expect(sentence(page)).to_have_text(FIRST.sentence)


def test_page_down_and_up_turn_from_scene_to_scene_while_presenting_and_the_arrows_stay_the_clocks(page: Page):
    race = RacePage(page, "at=60&present=1&hide=noise&lanes=2")
    race.press("PageDown")
    expect(sentence(page)).to_have_text(FIRST.sentence)
    eventually(race.query, lambda query: query == link_of(1, present=1, hide="noise"))
    race.press("PageDown", "PageDown")  # the second does not wait for the first
    expect(sentence(page)).to_have_text(THIRD.sentence)
    race.press(*["PageDown"] * 6)  # nor do many
    expect(sentence(page)).to_have_text(SCENES[8].sentence)
    race.press(*["PageUp"] * 6)
    expect(sentence(page)).to_have_text(THIRD.sentence)
    race.press("PageUp")
    expect(sentence(page)).to_have_text(SECOND.sentence)
    race.ready(4)
    race.press("Home", "ArrowRight")
    eventually(race.step, lambda step: step == 1)
    expect(sentence(page)).to_have_text(SECOND.sentence)


def test_the_pages_of_a_talk_do_not_begin_again(race_at: RaceAt):
    last = SCENES[-1]
    race = race_at(urlencode(last.given | {"at": 5, "present": 1}))
    page = race.page
    race.press("PageDown")
    expect(page.locator(".dl-said")).to_have_text(f"This is the last of {len(SCENES)} scenes.")
    expect(sentence(page)).to_have_text(last.sentence)
    assert race.step() == 5
    race.press("PageUp")
    expect(sentence(page)).to_have_text(SCENES[-2].sentence)


def test_on_a_desk_the_keys_scroll(race_at: RaceAt):
    race = race_at("at=60")
    race.press("PageDown")
    race.press("ArrowRight")
    eventually(race.step, lambda step: step == 61)
    race.idle()
    assert race.query() == {}


def test_what_is_to_be_predicted_is_not_said_before(race_at: RaceAt):
    race = race_at(urlencode(FIRST.given | {"predict": 1}))
    page = race.page
    expect(sentence(page)).to_be_hidden()
    for i in range(1, 5):
        page.mouse.click(*race.on_screen(i, (0.5, -0.5)))
    page.locator(".dl-reveal").click()
    expect(sentence(page)).to_have_text(FIRST.sentence)
    expect(sentence(page)).to_be_visible()

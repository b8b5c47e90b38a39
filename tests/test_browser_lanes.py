"""Lanes: as many as there are to be, each with its own rule, colour and menu."""

from __future__ import annotations

from urllib.parse import urlencode

from playwright.sync_api import expect

from optimizers import OPTIMIZERS
from tests.conftest import RaceAt
from tests.race_page import eventually


def test_lanes_are_added_duplicated_and_removed(race_at: RaceAt):
    race = race_at("at=60&3.lr=0.0123")
    page = race.page

    def told() -> list[str]:
        """The readouts without the rate, for which narrow panels have no room."""
        return [text.partition("\nη")[0] for text in race.readouts()]

    readouts = told()
    page.locator(".st-key-add button").click()
    race.ready(5)
    race.titled("Gradient descent", "Momentum", "RMSprop", "Adam", "Nesterov")
    eventually(lambda: told()[:4], lambda now: now == readouts)
    race.more(3)
    page.locator(".st-key-duplicate3 button").click()
    race.ready(6)
    race.titled("Gradient descent", "Momentum", "RMSprop (1)", "RMSprop (2)", "Adam", "Nesterov")
    eventually(lambda: told()[3], lambda now: now == readouts[2])
    page.keyboard.press("Escape")
    race.more(1)
    page.locator(".st-key-remove1 button").click()
    race.ready(5)
    race.titled("Momentum", "RMSprop (1)", "RMSprop (2)", "Adam", "Nesterov")
    eventually(lambda: told()[:2], lambda now: now == readouts[1:3])
    assert set(race.steps()) == {60}
    page.keyboard.press("Escape")
    page.locator(".st-key-reset_button button").filter(visible=True).click()
    race.ready(4)
    race.titled("Gradient descent", "Momentum", "RMSprop", "Adam")
    eventually(race.query, lambda query: query == {})
    eventually(race.playing)


def test_a_single_lane_cannot_be_removed(race_at: RaceAt):
    race = race_at("at=60&lanes=1")
    race.more(1)
    expect(race.page.locator(".st-key-remove1 button")).to_be_disabled()
    expect(race.page.locator(".st-key-duplicate1 button")).to_be_enabled()


def test_eight_lanes_stand_in_two_rows_and_are_the_most(race_at: RaceAt):
    race = race_at("at=60&lanes=8")
    page = race.page
    boxes = [race.panel(i).bounding_box() for i in range(1, 9)]
    tops = [round(box["y"]) for box in boxes if box]
    assert len(set(tops[:4])) == len(set(tops[4:])) == 1
    assert tops[4] > tops[0]
    assert [round(box["x"]) for box in boxes[:4] if box] == [round(box["x"]) for box in boxes[4:] if box]
    expect(page.locator(".st-key-add button")).to_be_disabled()
    race.more(8)
    expect(page.locator(".st-key-duplicate8 button")).to_be_disabled()


def test_the_same_rule_stands_in_several_lanes_with_different_settings(race_at: RaceAt):
    link = {"1.rule": "adam", "2.rule": "adam", "3.rule": "adam", "4.rule": "adam", "2.beta1": "0", "3.beta1": "0.5", "4.beta1": "0.99"}
    race = race_at(f"at=60&{urlencode(link)}")
    assert [race.said(i, "title") for i in range(1, 5)] == ["Adam · β₁ 0.9", "Adam · β₁ 0", "Adam · β₁ 0.5", "Adam · β₁ 0.99"]
    assert len(set(race.readouts())) == 4


def test_a_lane_keeps_its_colour_when_others_come_and_go(race_at: RaceAt):
    race = race_at("at=60")
    page = race.page
    colours = [race.panel(i).locator(".dl-title").evaluate("(title) => getComputedStyle(title).color") for i in (1, 2, 3, 4)]
    race.more(1)
    page.get_by_role("button", name="Remove this lane").click()
    expect(page.locator(".dl-panel")).to_have_count(3)
    for i in (1, 2, 3):
        expect(race.panel(i).locator(".dl-title")).to_have_css("color", colours[i])
    page.locator(".st-key-add button").click()
    expect(race.panel(4).locator(".dl-title")).to_have_css("color", colours[0])


def test_a_lanes_menu_closes_once_it_has_duplicated_the_lane(race_at: RaceAt):
    race = race_at("at=60")
    page = race.page
    race.more(1)
    page.get_by_role("button", name="Duplicate this lane").click()
    race.ready(5)
    expect(page.get_by_role("button", name="Duplicate this lane").filter(visible=True)).to_have_count(0)


def test_a_lane_shows_the_rules_formula_one_click_away(race_at: RaceAt):
    race = race_at("at=60&lanes=1&1.rule=adam")
    race.popover(1, 1).click()
    body = race.page.get_by_test_id("stPopoverBody")
    expect(body.locator(".katex").first).to_be_visible()
    expect(body).to_contain_text(OPTIMIZERS["adam"].reference)
    assert set(race.steps()) == {60}

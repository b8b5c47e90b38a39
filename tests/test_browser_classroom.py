"""The page in a classroom: presentation mode, what a link leaves out, predict-then-reveal, keys, fingers, and those who hear the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from links.race import PARTS
from tests.conftest import NewPage, RaceAt
from tests.fingers import PHONE, SCROLLED, pinch, swipe
from tests.race_page import RacePage, eventually

PLACES = {
    "top": ".st-key-top",
    "surface": ".st-key-surface",
    "noise": ".st-key-noise_menu",
    "controls": ".st-key-1-lr",
    "titles": ".dl-title",
    "verdicts": ".dl-verdict",
    "readout": ".dl-readout",
    "curves": ".dl-curves",
    "bar": ".dl-bar",
}


def shown(page: Page, part: str) -> bool:
    return page.locator(PLACES[part]).first.is_visible()


def test_presentation_mode_comes_and_goes_with_a_key_and_the_clock_stays(race_at: RaceAt):
    race = race_at("at=60&lanes=1")
    page = race.page
    size = race.panel(1).locator(".dl-title").evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)")
    race.press("p")
    eventually(lambda: (shown(page, "top"), shown(page, "controls"), shown(page, "curves")), lambda now: now == (False, False, True))
    eventually(race.query, lambda query: query.get("present") == "1")
    race.idle()
    assert set(race.steps()) == {60}
    eventually(lambda: race.panel(1).locator(".dl-title").evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)"), lambda now: now >= 1.5 * size)
    race.press("Escape")
    eventually(race.query, lambda query: "present" not in query)
    eventually(lambda: shown(page, "top"))
    assert set(race.steps()) == {60}


def test_playing_goes_on_while_the_mode_changes(page: Page):
    race = RacePage(page, "speed=0.25&present=1&lanes=1")
    eventually(race.step, lambda step: step >= 3)
    before = race.step()
    race.press("p")
    eventually(race.query, lambda query: "present" not in query)
    assert race.playing()
    assert race.step() >= before


def test_a_link_leaves_out_what_it_says_and_nothing_else(race_at: RaceAt, subtests: pytest.Subtests):
    race = race_at("at=200&lanes=1")
    for part in PLACES:
        with subtests.test(part=part):
            race.go(f"at=200&hide={part}&lanes=1")
            gone = {part} | ({"surface", "noise"} if part == "top" else set())
            eventually(lambda: {name for name in PLACES if not shown(race.page, name)}, lambda now, gone=gone: now == gone)


def test_a_player_without_its_bar_has_its_keys(race_at: RaceAt):
    race = race_at("at=10&hide=bar&lanes=1")
    race.press("ArrowRight")
    eventually(race.step, lambda step: step == 11)


def test_a_teacher_makes_a_link_on_the_page(race_at: RaceAt):
    race = race_at("at=60&lanes=1")
    race.press("h")
    page, dialog = race.page, race.page.get_by_role("dialog", name="For the classroom")
    expect(dialog).to_be_visible()
    dialog.get_by_label("The curves").check()
    dialog.get_by_label("The top row").check()
    eventually(race.query, lambda query: query.get("hide") == "top,curves")
    race.idle()
    dialog.get_by_label("The top row").uncheck()
    eventually(race.query, lambda query: query.get("hide") == "curves")
    assert len(dialog.locator("fieldset input").all()) == len(PARTS)
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()
    eventually(lambda: not shown(page, "curves"))


def test_the_keys_are_listed(race_at: RaceAt):
    race = race_at("at=60&lanes=1")
    race.press("?")
    page, dialog = race.page, race.page.get_by_role("dialog", name="Keys")
    expect(dialog).to_contain_text("Presentation mode")
    page.keyboard.press("ArrowRight")  # a dialog keeps the keys to itself
    assert race.step() == 60
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.locator(".dl-help").click()
    expect(dialog).to_be_visible()


def test_the_runs_wait_for_everybodys_guess(race_at: RaceAt):
    race = race_at("predict=1&lanes=2&steps=20&speed=8")
    page = race.page
    race.press(" ", "ArrowRight", "End")
    assert set(race.steps()) == {0}
    assert not shown(page, "curves")
    for i in (1, 2):
        expect(page.locator(".dl-reveal")).to_be_hidden()
        page.mouse.click(*race.on_screen(i, (0.5, -0.5)))
    assert "x" not in race.query()
    page.locator(".dl-reveal").click()
    eventually(race.step, lambda step: step == 20)
    for i in (1, 2):
        expect(race.panel(i).locator(".dl-missed")).to_contain_text("of the map's width")
    page.locator(".dl-again").click()
    eventually(lambda: set(race.steps()), lambda steps: steps == {0})
    expect(page.locator(".dl-predict-text")).to_contain_text("0 of 2")


def test_a_guess_can_be_made_with_the_keys_and_another_race_clears_it(race_at: RaceAt):
    race = race_at("predict=1&lanes=1&steps=20")
    page = race.page
    before = race.trails()
    page.locator(".dl-map").focus()
    for key in ["Shift+ArrowLeft", "ArrowUp", "Enter"]:
        page.keyboard.press(key)
    expect(page.locator(".dl-reveal")).to_be_visible()
    assert race.trails() != before
    race.nudge("1.lr")
    expect(page.locator(".dl-reveal")).to_be_hidden()
    expect(page.locator(".dl-predict-text")).to_contain_text("0 of 1")


def test_a_lane_is_said_in_words_unless_it_is_to_be_guessed(race_at: RaceAt):
    race = race_at("at=60&lanes=2")
    summary = race.panel(2).locator(".dl-summary")
    expect(summary).to_have_text(
        "Lane 2: Momentum, Learning rate η 0.0355, Momentum μ 0.9, Constant. Starts at (1.7, 1), f = 3.89. "
        "After 200 steps at (−0.936, 4.68e−6), f = −2.06, f − f* = 2.17e−9; f* reached at step 137."
    )
    assert race.panel(2).get_attribute("aria-describedby") == summary.get_attribute("id")
    race.go("predict=1&lanes=2")
    expect(race.panel(2).locator(".dl-summary")).to_have_text("")


def test_one_finger_on_a_map_scrolls_the_page_and_two_zoom_all_maps_until_a_double_tap(new_page: NewPage):
    page = new_page(**PHONE)
    race = RacePage(page, "at=60&lanes=2")
    home = race.ranges()
    swipe(page, race.on_screen(1, (0, 0)), -200)
    assert eventually(lambda: page.evaluate(SCROLLED), lambda top: top > 100)
    assert "x" not in race.query()
    page.evaluate("document.querySelector('.stMain').scrollTo(0, 0)")
    point = race.on_screen(1, (0.5, 0.5))
    pinch(page, point, 60, 120)
    eventually(lambda: race.query().get("zoom"))
    (x0, x1), _ = race.settled()
    assert x1 - x0 == pytest.approx((home[0][0][1] - home[0][0][0]) / 2, rel=0.05)
    assert race.on_screen(1, (0.5, 0.5)) == pytest.approx(point, abs=2)
    race.idle()
    race.stop_time()
    for _ in range(2):
        page.touchscreen.tap(*point)
    page.clock.resume()
    eventually(race.ranges, lambda now: now == home)
    assert "x" not in race.query()


def test_on_a_touch_screen_the_bars_targets_are_large(race_at: RaceAt, subtests: pytest.Subtests):
    page = race_at("at=60&lanes=1", **PHONE).page
    for width in (360, 390):
        with subtests.test(width=width):
            page.set_viewport_size({"width": width, "height": 780})
            eventually(lambda: page.evaluate("innerWidth"), lambda now, width=width: now == width)
            for target in page.locator(".dl-bar button:visible, .dl-bar select:visible").all():
                box = target.bounding_box()
                assert box
                assert min(box["width"], box["height"]) >= 43.5
                assert box["x"] + box["width"] <= width
            bar = page.locator(".dl-bar").bounding_box()
            assert bar
            assert bar["height"] < 115


def test_nothing_moves_by_itself_for_those_who_want_no_motion(page: Page):
    page.emulate_media(reduced_motion="reduce")
    race = RacePage(page, "lanes=1")
    assert not race.playing()
    moving = "[...document.querySelectorAll('*')].filter((e) => getComputedStyle(e).transitionDuration.split(', ').some((t) => t !== '0s')).length"
    eventually(lambda: page.evaluate(moving), lambda count: count == 0)
    race.play.click()
    eventually(race.playing)

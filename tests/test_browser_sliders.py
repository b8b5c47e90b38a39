"""A lane's sliders: what they change, what they say, and how the page follows the hand."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from core.number import setting, short
from links.entries import suggested
from player import ADDRESS
from tests.conftest import RaceAt
from tests.race_page import RacePage, eventually, flat_of
from tests.race_page import go as follow
from tests.samples import one_in


def test_a_slider_changes_its_lane_and_only_its_lane(race_at: RaceAt):
    race = race_at("at=60&zoom=2&zoom.x=-0.5&zoom.y=0.2")
    trails, readouts, ranges = race.trails(), race.readouts(), race.ranges()
    rate = race.nudge("2.lr", times=4)
    eventually(lambda: race.said(2, "rate"), lambda text: float(text) == float(rate))
    race.idle()
    assert [a == b for a, b in zip(trails, race.trails(), strict=True)] == [True, False, True, True]
    assert [a == b for a, b in zip(readouts, race.readouts(), strict=True)] == [True, False, True, True]
    assert race.ranges() == ranges
    assert set(race.steps()) == {60}
    assert not race.playing()


def test_a_slider_moved_while_the_race_runs_does_not_stop_it(race_at: RaceAt):
    race = race_at("steps=1000&lanes=3")
    race.press("Space")
    first = race.step()
    race.nudge("3.decay", "ArrowLeft")
    eventually(lambda: "3.decay" in race.query())
    race.idle()
    assert race.playing()
    eventually(race.step, lambda step: step > first)


def test_a_rate_is_suggested_then_set_by_hand_then_kept_until_the_suggestion_is_wanted_again(race_at: RaceAt):
    race = race_at("at=60")
    page = race.page
    lane = page.locator(".st-key-1-lr")

    def shows(whose: str, value: float) -> None:
        expect(lane).to_contain_text(whose)
        expect(race.slider("1.lr")).to_have_attribute("aria-valuetext", setting(value))
        expect(race.panel(1).locator(".dl-rate")).to_have_text(short(value))

    shows("suggested", suggested(flat_of(), 1))
    own = float(race.nudge("1.lr", "ArrowLeft", times=3))
    shows("set by hand", own)
    race.choose("surface", "Bowl")
    eventually(lambda: race.query().get("surface"), lambda name: name == "bowl")
    shows("set by hand", own)
    race.choose("1.rule", "Adam")
    expect(race.panel(1).locator(".dl-title")).to_have_text(re.compile(r"Adam · η "))
    shows("set by hand", own)
    race.idle()
    race.more(1)
    suggestion = suggested(flat_of({"surface": "bowl", "1.rule": "adam"}), 1)
    use = page.locator(".st-key-suggest1 button")
    expect(use).to_contain_text(setting(suggestion))
    use.click()
    shows("suggested", suggestion)
    page.keyboard.press("Escape")
    race.choose("surface", "Rosenbrock")
    shows("suggested", suggested(flat_of({"surface": "rosenbrock", "1.rule": "adam"}), 1))


def test_a_live_slider_says_whether_its_rate_is_the_suggested_one(race_at: RaceAt):
    race = race_at("at=60&lanes=1")
    keyboard, name = race.page.keyboard, race.page.locator(".st-key-1-lr .dl-slider-name")
    expect(name).to_have_text("Learning rate η · suggested")
    race.slider("1.lr").focus()
    keyboard.press("ArrowLeft")
    expect(name).to_have_text("Learning rate η · set by hand")
    keyboard.press("ArrowRight")
    expect(name).to_have_text("Learning rate η · suggested")


def test_gradient_descents_lane_says_when_its_rate_is_beyond_the_stability_limit(race_at: RaceAt):
    race = race_at("at=60&surface=bowl&surface.kappa=20&1.lr=0.1&lanes=1")
    hint = race.panel(1).locator(".dl-hint")
    expect(hint).to_be_empty()
    race.nudge("1.lr")
    expect(hint).to_contain_text("stability limit")
    expect(hint).to_contain_text("0.1")
    race.nudge("1.lr", "ArrowLeft", times=2)
    expect(hint).to_be_empty()


def test_a_run_that_was_tried_and_not_kept_is_over_once_the_page_is_drawn(race_at: RaceAt):
    """A link that comes with the change in one run of the page's script takes it back before the page has sent anything new for the lane."""
    race = race_at("at=60&1.lr=0.01&lanes=1")
    kept = {"1.lr": "0.01"}
    race.page.evaluate(f"async () => (await import('/{ADDRESS}/player/stage/live.js')).tryOut([1], {{ '1.lr': 0.004 }})")
    eventually(lambda: race.missing(kept), lambda now: "1.lr" in now)
    race.page.evaluate(f"async () => (await import('/{ADDRESS}/player/stage/live.js')).stopTrying()")
    follow(race.page, "/?1.lr=0.01&lanes=1&at=0")
    eventually(lambda: race.missing(kept), lambda now: "1.lr" not in now, seconds=20)


@pytest.mark.parametrize("pause", one_in(3, [30, 0, 80]))
def test_changes_in_quick_succession_all_count(race_at: RaceAt, pause: int):
    race = race_at("at=60&1.lr=0.01&lanes=1")
    page = race.page
    stops = [0.01, 0.009, 0.008, 0.0071, 0.0063, 0.0056, 0.005, 0.0045, 0.004]
    for step in range(0, 8, 2):
        race.slider("1.lr").focus()
        for _ in range(2):
            page.keyboard.press("ArrowLeft")
            page.wait_for_timeout(pause)
        wanted = stops[step + 2]
        eventually(lambda: float(race.query().get("1.lr", 0)), lambda lr, wanted=wanted: lr == wanted)
        race.idle()
        expect(race.slider("1.lr")).to_have_attribute("aria-valuetext", short(wanted))
        eventually(lambda: race.said(1, "rate"), lambda text, wanted=wanted: text == short(wanted))


def test_the_path_follows_the_hand_and_the_link_waits_until_it_lets_go(race_at: RaceAt):
    race = race_at("at=200&1.lr=0.01&lanes=1")
    page = race.page
    box = race.slider("1.lr").bounding_box()
    assert box
    at = lambda part: (box["x"] + 6 + part * (box["width"] - 12), box["y"] + box["height"] / 2)  # noqa: E731
    page.mouse.move(*at(0.5))  # the middle of 1e-5 … 10
    page.mouse.down()
    eventually(lambda: race.said(1, "rate"), lambda text: text == "0.01")
    page.mouse.move(*at(0.25))
    followed = eventually(lambda: race.said(1, "rate"), lambda text: text != "0.01")
    assert 2e-4 < (rate := float(followed.replace("−", "-"))) < 5e-4
    assert race.query()["1.lr"] == "0.01"
    shown = race.trails()[0]
    page.mouse.up()
    eventually(lambda: race.query().get("1.lr"), lambda lr: lr != "0.01")
    race.idle()
    assert float(race.query()["1.lr"]) == pytest.approx(rate)
    eventually(lambda: race.trails()[0], lambda trail: trail == shown)


@pytest.mark.parametrize("answer", [lambda _route: None, lambda route: route.fulfill(status=204)], ids=["never", "no time for it"])
def test_what_is_late_when_the_slider_is_let_go_is_dropped(race_at: RaceAt, answer: Callable[[Route], None]):
    race = race_at("at=200&1.lr=0.01&lanes=1")
    page = race.page
    box = race.slider("1.lr").bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    page.route("**/lane/*", answer)
    page.mouse.move(box["x"] + 0.5 * box["width"], y)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.4 * box["width"], y)
    page.mouse.up()
    let_go = eventually(lambda: race.said(1, "rate"), lambda text: text != "0.01")
    race.idle()
    page.unroute("**/lane/*")
    page.mouse.down()
    page.mouse.move(box["x"] + 0.3 * box["width"], y)
    eventually(lambda: race.said(1, "rate"), lambda text: text != let_go)  # the lane follows the hand again
    page.mouse.up()


def test_a_key_that_is_held_is_one_entry_of_the_history(page: Page):
    race = RacePage(page, "at=60&1.lr=0.01&lanes=1")
    length = page.evaluate("history.length")
    race.slider("1.lr").focus()
    race.stop_time()
    page.keyboard.down("ArrowLeft")
    page.clock.run_for(500)  # as long as keyboards wait before they repeat a key
    for _ in range(4):
        page.keyboard.down("ArrowLeft")
    assert race.query().get("1.lr") == "0.01"
    page.keyboard.up("ArrowLeft")
    page.clock.resume()
    eventually(lambda: race.query().get("1.lr"), lambda lr: lr == "0.0056")
    race.idle()
    assert page.evaluate("history.length") == length + 1

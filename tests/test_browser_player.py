"""What a person sees move: the trails, the one clock, its keys."""

from __future__ import annotations

import json

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from player import ADDRESS
from tests.conftest import RaceAt
from tests.race_page import RacePage, eventually


def test_it_opens_with_four_lanes_already_playing(page: Page):
    race = RacePage(page, "")
    assert [race.said(i, "title") for i in range(1, 5)] == ["Gradient descent", "Momentum", "RMSprop", "Adam"]
    assert race.playing()
    first = race.step()
    eventually(race.step, lambda step: step > first)
    expect(page).to_have_title("Descent Lab")


def test_playing_moves_every_trail_and_pausing_stops_them(race_at: RaceAt):
    race = race_at("at=0")
    still = race.trails()
    race.play.click()
    eventually(race.trails, lambda now: all(a != b for a, b in zip(still, now, strict=True)))
    race.play.click()
    expect(race.play).to_have_attribute("data-state", "play")
    paused, readouts = race.trails(), race.readouts()
    race.frames(20)
    assert race.trails() == paused
    assert race.readouts() == readouts


def test_all_panels_show_the_bars_step_while_it_plays(race_at: RaceAt):
    race = race_at("at=0")
    race.press("Space")
    seen = set()
    while len(seen) < 5:
        steps = race.steps()
        assert len(steps) == 6
        assert len(set(steps)) == 1
        seen.add(steps[0])


# Thirty steps, of which five are drawn at a time.
ONWARD = """async () => {
    for (let k = 1; k <= 30; k++) {
        document.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
        if (k % 5 === 0) await new Promise(requestAnimationFrame);
    }
}"""


@pytest.mark.parametrize("link", ["lanes=1", "lanes=1&view=3d", "lanes=2&overlay=1"])
def test_a_trail_drawn_step_by_step_is_the_one_drawn_at_once(race_at: RaceAt, link: str):
    race = race_at(f"at=0&noise=0.3&{link}")
    race.frames(20)
    canvas = race.page.locator(".dl-trail").filter(visible=True).first
    keep = "(c) => { const { data } = c.getContext('2d').getImageData(0, 0, c.width, c.height); window.before = data; return data.some((v) => v); }"
    differ = """(c) => {
        const { data } = c.getContext('2d').getImageData(0, 0, c.width, c.height);
        const gaps = data.map((v, i) => Math.abs(v * data[i | 3] - window.before[i] * window.before[i | 3]) / 255);
        return [Math.max(...new Set(gaps)), gaps.filter((gap) => gap > 8).length / gaps.length];
    }"""
    race.page.evaluate(ONWARD)
    assert canvas.evaluate(keep)
    race.press("ArrowRight", "ArrowLeft")  # what was too far is drawn anew
    race.frames()
    most, part = canvas.evaluate(differ)
    assert most <= 160, "no more than the smoothing of edges"
    assert part < 0.0005, "and of few"


def test_a_new_number_leaves_the_layout_of_the_rest_as_it_is(browser: Browser, race_at: RaceAt):
    race = race_at("inspect=2")
    race.press("Space")
    eventually(race.playing)
    race.frames(60)

    def partial_layouts() -> list[bool]:
        """Whether each layout in the next sixty frames was of a part of the page alone."""
        browser.start_tracing(page=race.page, categories=["devtools.timeline"])
        race.frames(60)
        events = json.loads(browser.stop_tracing())["traceEvents"]
        return [event["args"]["beginData"]["partialLayout"] for event in events if event["name"] == "Layout" and "beginData" in event["args"]]

    eventually(partial_layouts, lambda layouts: len(layouts) > 3 and np.mean(layouts) > 0.8)  # once what comes late has come


def test_the_keys_and_the_buttons_move_the_clock(race_at: RaceAt):
    race = race_at("at=60&lanes=1")
    page = race.page
    for act, step in [
        (lambda: race.press("ArrowRight"), 61),
        (lambda: race.press("ArrowLeft", "ArrowLeft"), 59),
        (lambda: race.press("End"), 200),
        (lambda: race.press("ArrowRight"), 200),
        (lambda: race.press("Home"), 0),
        (lambda: race.press("ArrowLeft"), 0),
        (lambda: page.locator(".dl-forward").click(), 1),
        (lambda: page.locator(".dl-back").click(), 0),
        (lambda: page.locator(".dl-scrub").fill("123"), 123),
    ]:
        act()
        eventually(race.steps, lambda steps, step=step: set(steps) == {step})
        assert not race.playing()
    race.press("Space")
    eventually(race.playing)
    race.press("Space")
    eventually(race.playing, lambda playing: not playing)
    race.press("End")
    page.locator(".dl-restart").click()
    eventually(race.playing)
    eventually(race.step, lambda step: step < 200)


@pytest.mark.parametrize(
    ("control", "keys"),
    [
        (".st-key-1-lr input[type=range]", ["ArrowRight", "Home", "End"]),
        (".st-key-surface input", ["ArrowLeft", "Home", "Space"]),
        (".st-key-x input", ["ArrowLeft", "Home", "End"]),
        (".dl-speed", ["ArrowLeft", "Home"]),
    ],
    ids=["slider", "menu", "number", "speed"],
)
def test_keys_are_left_to_the_control_that_has_the_focus(race_at: RaceAt, control: str, keys: list[str]):
    race = race_at("at=60&lanes=1")
    page = race.page
    page.locator(control).focus()
    for key in keys:
        page.keyboard.press(key)
    race.frames()
    assert set(race.steps()) == {60}
    assert not race.playing()


def test_space_on_a_focused_button_presses_the_button_once(race_at: RaceAt):
    race = race_at("at=60&lanes=1")
    race.play.focus()
    race.page.keyboard.press("Space")
    eventually(race.playing)


def test_speed_is_steps_of_the_clock_the_race_ends_at_its_last_step_and_the_loop_begins_it_again(page: Page):
    race = RacePage(page, "at=0&steps=400&lanes=1")
    race.stop_time()
    for speed, steps in [("0.25", 10), ("1", 40), ("8", 320)]:
        page.locator(".dl-speed").select_option(speed)
        race.press("Home", "Space")
        page.clock.run_for(2_000)
        race.press("Space")
        page.clock.run_for(20)
        assert race.step() == pytest.approx(steps, abs=3)
        assert len(set(race.steps())) == 1
    race.press("Space")
    page.clock.run_for(2_000)
    assert (race.step(), race.playing()) == (400, False)
    page.locator(".dl-loop").click()
    race.press("Space")
    page.clock.run_for(3_000)  # it takes two and a half seconds, and rests for one and a half
    assert (race.step(), race.playing()) == (400, True)
    page.clock.run_for(1_200)
    assert race.step() < 400
    assert race.playing()


# Keeps every speed that the clock has had, frame by frame.
WATCH_SPEED = """async (clock) => {
  const { clock: now } = await import(clock);
  const had = (window.speeds = [now.speed]);
  const look = () => { if (now.speed !== had.at(-1)) had.push(now.speed); requestAnimationFrame(look); };
  look();
}"""


def test_what_the_page_answers_to_a_speed_that_is_no_longer_set_changes_nothing(race_at: RaceAt):
    race = race_at("at=60&lanes=1")
    page = race.page
    page.evaluate(WATCH_SPEED, f"/{ADDRESS}/player/stage/clock.js")
    wanted = [1.0, 0.25, 0.5, 2.0, 4.0, 8.0, 0.25]
    for speed in wanted[1:]:
        page.locator(".dl-speed").select_option(f"{speed:g}")
        page.wait_for_timeout(80)  # nothing is waited for: the answers are to come in between
    eventually(race.query, lambda query: query.get("speed") == "0.25")
    race.idle()
    race.frames()
    assert page.evaluate("window.speeds") == wanted


def test_speed_and_loop_are_in_the_address(race_at: RaceAt):
    race = race_at("at=60&lanes=1")
    page = race.page
    page.locator(".dl-speed").select_option("4")
    eventually(race.query, lambda query: query == {"v": "1", "lanes": "1", "speed": "4.0"})
    race.idle()
    page.locator(".dl-loop").click()
    eventually(race.query, lambda query: query == {"v": "1", "lanes": "1", "speed": "4.0", "loop": "1"})
    page.reload()
    race.ready(1)
    expect(page.locator(".dl-speed")).to_have_value("4")
    expect(page.locator(".dl-loop")).to_have_attribute("aria-pressed", "true")


def test_space_plays_and_pauses_while_a_slider_has_the_focus(race_at: RaceAt):
    race = race_at("at=60&lanes=1")
    page = race.page
    race.slider("1.lr").focus()
    page.keyboard.press("Space")
    eventually(race.playing)
    page.keyboard.press("Space")
    eventually(lambda: not race.playing())
    assert "1.lr" not in race.query()

"""What is done by hand where it is shown: numbers are typed, the start is dragged, maps are zoomed by the wheel, changes are undone."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from core import parameters
from optimizers.momentum import Momentum
from tests import fingers
from tests.conftest import RaceAt
from tests.fingers import SCROLLED
from tests.race_page import RacePage, eventually, flat_of

LINK = "at=60&lanes=2&surface=bowl&1.rule=momentum"


def number(race: RacePage, key: str) -> Locator:
    """The number at the end of a slider's line."""
    return race.page.locator(f".st-key-{key.replace('.', '-')} .dl-slider-value")


def entry(race: RacePage) -> Locator:
    return race.page.locator(".dl-slider-entry")


def entries(page: Page) -> int:
    """How many entries the browser's history has."""
    return page.evaluate("history.length")


def test_a_number_is_typed_where_it_is_shown(race_at: RaceAt):
    race = race_at(LINK)
    page = race.page
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
    eventually(lambda: race.slider("1.lr").evaluate("(range) => range.value === range.max"))
    assert entries(page) == before + 2


def test_escape_leaves_a_number_as_it_was_and_nothing_else(race_at: RaceAt):
    race = race_at(LINK + "&present=0")
    page = race.page
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
    ("lang", "typed", "sentence"),
    [
        ("en", "-1", "Learning rate η = −1 was ignored: allowed is (0, ∞); 0.05 stays in use."),
        ("en", "0,05", "Learning rate η = 0,05 was ignored: allowed is (0, ∞); 0.05 stays in use."),
        ("en", " ", "Learning rate η: no number was typed; 0.05 stays in use."),
        ("ko", "-1", "학습률 η = −1 값을 무시했습니다. 허용되는 값은 (0, ∞)입니다. 0.05 값을 그대로 씁니다."),
    ],
    ids=["beyond", "a comma", "empty", "Korean"],
)
def test_a_number_that_cannot_be_is_said_to_be_none(race_at: RaceAt, lang: str, typed: str, sentence: str):
    race = race_at(f"{LINK}&1.lr=0.05&lang={lang}")
    page = race.page
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


def test_escape_leaves_a_number_first_and_its_menu_then(race_at: RaceAt):
    race = race_at(LINK)
    race.more(1)
    menu = race.page.get_by_test_id("stPopoverBody")
    number(race, "1.warmup").click()
    expect(entry(race)).to_be_focused()
    race.page.keyboard.press("Escape")
    expect(entry(race)).to_have_count(0)
    race.frames()
    expect(menu).to_be_visible()
    expect(number(race, "1.warmup")).to_be_focused()
    race.page.keyboard.press("Escape")
    expect(menu).to_have_count(0)


def test_a_whole_number_is_said_to_be_needed(race_at: RaceAt):
    race = race_at(LINK)
    page = race.page
    race.more(1)
    number(race, "1.warmup").click()
    entry(race).fill("2.5")
    page.keyboard.press("Enter")
    expect(page.locator(".dl-said")).to_have_text("Warm-up w = 2.5 was ignored: allowed is 0, 1, … 1000000000; 0 stays in use.")
    entry(race).fill("17")
    page.keyboard.press("Enter")
    eventually(lambda: race.query().get("1.warmup"), lambda steps: steps == "17")


def test_a_number_is_named_with_its_lane(race_at: RaceAt):
    page = race_at(LINK).page
    for name in ["Lane 1: Learning rate η, type a value", "Lane 2: Learning rate η, type a value", "Lane 1: Momentum μ, type a value"]:
        expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()


MAPS = ".dl-map:has(.main-svg)"


def ring(race: RacePage, where: str = MAPS) -> tuple[float, float]:
    """Where the first such map shows the start, from the window's corner."""
    start = start_of(race)
    script = """(map, [x, y]) => {
      const { left, top } = map.getBoundingClientRect();
      const { xaxis, yaxis } = map._fullLayout;
      return [left + xaxis._offset + xaxis.l2p(x), top + yaxis._offset + yaxis.l2p(y)];
    }"""
    x, y = race.page.locator(where).first.evaluate(script, start)
    return x, y


def start_of(race: RacePage) -> tuple[float, float]:
    """The start, as the link has it."""
    flat = flat_of(race.query())
    return flat["x"], flat["y"]


def cursor(race: RacePage) -> str:
    return race.page.locator(".dl-map .nsewdrag").first.evaluate("(part) => getComputedStyle(part).cursor")


@pytest.mark.parametrize("more", ["", "&overlay=1"], ids=["a panel each", "one map"])
def test_the_start_is_dragged_and_every_lane_follows(race_at: RaceAt, more: str):
    race = race_at(LINK + "&2.rule=adam" + more)
    page = race.page
    before, link, shown, view, start = entries(page), race.query(), race.readouts(), race.ranges(), start_of(race)
    x, y = ring(race)
    page.mouse.move(x + 40, y)
    assert cursor(race) == "crosshair"
    page.mouse.move(x + 8, y)  # beside its middle
    assert cursor(race) == "grab"
    page.mouse.down()
    page.mouse.move(x + 48, y - 30, steps=4)
    eventually(race.readouts, lambda now: all(one != other for one, other in zip(now, shown, strict=True)))
    assert cursor(race) == "grabbing"
    assert (entries(page), race.query()) == (before, link)
    page.mouse.up()
    eventually(race.query, lambda now: now != link)
    race.idle()
    race.frames()
    assert ring(race) == pytest.approx((x + 40, y - 30), abs=1.5)  # it keeps its place under the hand
    assert start_of(race)[0] > start[0]
    assert start_of(race)[1] > start[1]
    assert entries(page) == before + 1
    assert race.ranges() == view, "no box was drawn"


def test_escape_puts_a_dragged_start_back(race_at: RaceAt):
    race = race_at(LINK)
    page = race.page
    before, link, shown = entries(page), race.query(), race.readouts()
    x, y = ring(race)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 30, steps=4)
    eventually(race.readouts, lambda now: all(one != other for one, other in zip(now, shown, strict=True)))
    page.keyboard.press("Escape")
    eventually(race.readouts, lambda now: now == shown)
    page.mouse.move(x + 90, y + 30, steps=2)
    page.mouse.up()
    race.nudge("1.lr")
    assert race.query() == link | {"1.lr": race.query()["1.lr"]}
    assert entries(page) == before + 1


def test_a_finger_drags_the_start(race_at: RaceAt):
    race = race_at("at=60&lanes=2&surface=bowl", **fingers.PHONE)
    page = race.page
    x, y = ring(race)
    top = page.evaluate(SCROLLED)
    fingers.drag(page, [(x + 15 + 4 * k, y - 10 - 6 * k) for k in range(11)])
    eventually(race.query, lambda now: "x" in now)
    race.idle()
    race.frames()
    assert ring(race) == pytest.approx((x + 40, y - 60), abs=1.5)
    assert page.evaluate(SCROLLED) == top


def test_a_click_beside_the_start_sets_it_and_a_guess_moves_nothing(race_at: RaceAt):
    race = race_at(LINK + "&predict=1")
    page = race.page
    link = race.query()
    x, y = ring(race)
    page.mouse.move(x, y)
    assert cursor(race) == "crosshair"
    page.mouse.down()
    page.mouse.up()
    expect(page.locator(".dl-predict-text")).to_contain_text("1 of 2")
    assert race.query() == link


def test_ctrl_and_the_wheel_zoom_all_maps_about_the_pointer(race_at: RaceAt):
    race = race_at(LINK)
    page = race.page
    before, home = entries(page), race.settled()
    point = 0.5, 1.0
    x, y = race.on_screen(1, point)
    page.mouse.move(x, y)
    page.mouse.wheel(0, -100)  # the page's own
    page.keyboard.down("Control")
    for _ in range(3):
        page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    eventually(lambda: "zoom" in race.query())
    (x0, x1), (y0, y1) = race.settled()
    for (low, high), (left, right), at in [((x0, x1), home[0], point[0]), ((y0, y1), home[1], point[1])]:
        assert high - low == pytest.approx((right - left) / np.exp(0.75), rel=0.01)  # three notches of a quarter
        assert (at - low) / (high - low) == pytest.approx((at - left) / (right - left), abs=0.01)
    assert entries(page) == before + 1
    assert page.locator(".dl-trail").first.evaluate("(trail) => trail.style.transform") == ""


def test_undo_and_redo_walk_the_changes_of_the_visit(page: Page):
    race = RacePage(page, LINK)
    links = [race.query()]
    for key in ["1.lr", "2.lr", "1.momentum"]:
        race.nudge(key)
        links.append(race.query())
    race.press("Control+z")
    eventually(race.query, lambda now: now == links[2])
    race.idle()
    race.press("Control+z", "Control+z")  # faster than the browser goes back
    eventually(race.query, lambda now: now == links[0])
    race.idle()
    race.press("Control+z")
    expect(page.locator(".dl-said")).to_have_text("There is no change to undo.")
    assert race.query() == links[0]
    race.press("Control+Shift+z", "Control+y")
    eventually(race.query, lambda now: now == links[2])
    race.idle()
    page.go_back()
    eventually(race.query, lambda now: now == links[1])
    race.idle()
    race.nudge("2.lr", "ArrowLeft")  # what was undone is gone
    now = race.query()
    race.press("Control+Shift+z")
    expect(page.locator(".dl-said")).to_have_text("There is no change to do again.")
    race.press(*["Control+z"] * 6)
    eventually(race.query, lambda now: now == links[0])
    race.idle()
    race.press("Control+Shift+z", "Control+Shift+z")
    eventually(race.query, lambda then: then == now)


def test_undo_in_a_field_is_the_fields_own(race_at: RaceAt):
    race = race_at(LINK)
    page = race.page
    race.nudge("1.lr")
    link = race.query()
    number(race, "1.lr").click()
    page.keyboard.type("123")
    page.keyboard.press("Control+z")
    page.keyboard.press("Escape")
    race.nudge("2.lr")
    assert race.query() == link | {"2.lr": race.query()["2.lr"]}
    race.press("?")
    expect(page.locator(".dl-keys")).to_contain_text("Undo the last change")


# What is said once is gone before a busy machine has opened the page: these look at it from the first on.
FOR_EVER = "const later = window.setTimeout; window.setTimeout = (act, time, ...more) => (time === 8000 ? 0 : later(act, time, ...more));"
SEEN = """window.seen = []; new MutationObserver(() => {
  const note = document.querySelector(".dl-first");
  if (note && !window.seen.length) window.seen.push(getComputedStyle(note).animationName);
}).observe(document, { childList: true, subtree: true });"""


ONE = "at=60&lanes=1"


def test_what_a_click_does_is_said_once(page: Page):
    page.add_init_script(FOR_EVER)
    race = RacePage(page, LINK)
    first = page.locator(".dl-first")
    expect(first).to_have_text("Click a map to move the start; draw a box to zoom")
    assert race.panel(1).locator(".dl-first").count() == 1
    within = """(note) => {
      const [own, map] = [note, note.parentElement].map((each) => each.getBoundingClientRect());
      return [own.left - map.left, map.right - own.right];
    }"""
    for width in (1440, 800):  # also where the map's width changes once it is said
        page.set_viewport_size({"width": width, "height": 900})
        race.frames()
        assert min(first.evaluate(within)) >= 0
    x, y = race.on_screen(2, (1, 1))
    page.mouse.click(x, y)
    expect(first).to_have_count(0)
    race.idle()
    RacePage(page, ONE)
    expect(first).to_have_count(0)


def test_what_is_said_once_is_said_in_korean_too(page: Page):
    page.add_init_script(FOR_EVER)
    RacePage(page, f"{ONE}&lang=ko")
    expect(page.locator(".dl-first")).to_have_text("지도를 클릭하면 출발점이 옮겨지고, 상자를 그리면 확대됩니다")


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_what_is_said_once_goes_by_itself_and_without_motion_for_those_who_want_none(page: Page, motion: Literal["no-preference", "reduce"]):
    page.emulate_media(reduced_motion=motion)
    page.add_init_script(SEEN)
    RacePage(page, ONE)
    assert page.evaluate("window.seen") == ["dl-first" if motion == "no-preference" else "none"]
    expect(page.locator(".dl-first")).to_have_count(0)


@pytest.mark.parametrize("more", ["present=1", "predict=1", "hide=controls"])
def test_it_is_not_said_before_a_class(page: Page, more: str):
    RacePage(page, f"{ONE}&{more}")
    expect(page.locator(".dl-first")).to_have_count(0)
    assert page.evaluate("localStorage.getItem('descent-lab.first')") is None

"""The stage: maps take the free room, everything that belongs together is in view, and nothing lies over anything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from optimizers import OPTIMIZERS
from optimizers.base import FAMILIES
from tests.conftest import RaceAt
from tests.fingers import PHONE
from tests.race_page import RacePage, eventually
from tests.samples import one_in

SCREENS = [(1280, 720), (1366, 768), (1440, 900), (1920, 1080), (3840, 2160)]
PRESENTED = [(1280, 720), (1440, 900), (1920, 1080), (3840, 2160)]
TABLETS = [(720, 1100), (768, 1024), (820, 1180), (850, 1000)]

# The boxes of what has to be in view, and the names that have no room.
LOOK = """() => {
  const seen = (name) => [...document.querySelectorAll(name)].filter((e) => e.checkVisibility() && e.getBoundingClientRect().width);
  const box = (e) => { const { left, top, right, bottom } = e.getBoundingClientRect(); return [left, top, right, bottom]; };
  const boxes = (name) => seen(name).map(box);
  return {
    panels: boxes(".dl-panel"), curves: boxes(".dl-curves > div"), bar: boxes(".dl-bar"), controls: boxes('[class*="st-key-controls"]'),
    maps: boxes(".dl-map .nsewdrag"), sliders: boxes(".dl-slider").map(([left, , right]) => right - left),
    cut: seen(".dl-title").filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent),
    type: seen(".dl-readout").map((e) => parseFloat(getComputedStyle(e).fontSize)),
    window: [innerWidth, innerHeight], page: [document.documentElement.scrollWidth, document.documentElement.scrollHeight],
  };
}"""


def overlapping(boxes: list[list[float]]) -> list[tuple[list[float], list[float]]]:
    """Pairs of boxes that lie over each other by more than a pixel."""
    return [(a, b) for i, a in enumerate(boxes) for b in boxes[:i] if min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 1]


def is_whole(look: dict[str, Any]) -> bool:
    """Whether nothing has to be rolled into view, is covered or cut."""
    width, height = look["window"]
    foot = min([top for _, top, _, _ in look["bar"]], default=height)
    inside = [*look["panels"], *look["curves"], *look["controls"]]
    return (
        look["page"] == look["window"]
        and all(left >= 0 and top >= 0 and right <= width and bottom <= foot + 1 for left, top, right, bottom in inside)
        and overlapping(inside) == []
        and look["cut"] == []
    )


def takes_the_room(look: dict[str, Any], lanes: int) -> bool:
    """Whether the maps have a good part of the window, and no slider is longer than a hand needs."""
    width, height = look["window"]
    area = sum((right - left) * (bottom - top) for left, top, right, bottom in look["maps"]) / (width * height)
    longest = 421 * max(1, min(width / 2560, height / 1440))
    return area > {1: 0.25, 2: 0.22, 4: 0.17, 8: 0.18}[lanes] and max(look["sliders"], default=0) <= longest


def resized(race: RacePage, width: int, height: int, lanes: int, wanted: Callable[[dict[str, Any]], bool] = bool) -> None:
    """Wait until so many maps are in view, with all that belongs to them, in a window of this size, and look as wanted."""
    race.page.set_viewport_size({"width": width, "height": height})
    sizes = {"window": [width, height], "panels": lanes, "maps": lanes, "curves": 2}

    def stands(look: dict[str, Any]) -> bool:
        found = {name: look[name] if name == "window" else len(look[name]) for name in sizes}
        return found == sizes and is_whole(look) and wanted(look)

    eventually(lambda: race.page.evaluate(LOOK), stands)


@pytest.mark.parametrize("lanes", one_in(2, [1, 2, 4, 8]))
def test_maps_curves_and_bar_are_in_view_at_once(race_at: RaceAt, subtests: pytest.Subtests, lanes: int):
    race = race_at(f"at=60&lanes={lanes}")
    for width, height in SCREENS:
        with subtests.test(width=width, height=height):
            resized(race, width, height, lanes, lambda look: takes_the_room(look, lanes))


@pytest.mark.parametrize("lanes", one_in(2, [8, 1, 4]))
def test_a_presentation_is_the_same_stage_and_its_type_grows_with_the_window(race_at: RaceAt, subtests: pytest.Subtests, lanes: int):
    race = race_at(f"at=200&present=1&lanes={lanes}")
    part = 1 / (45 if lanes <= 4 else 60)  # many lanes leave no room for larger type
    for width, height in PRESENTED:
        with subtests.test(width=width, height=height):
            resized(race, width, height, lanes, lambda look, height=height: min(look["type"]) >= part * height)


@pytest.mark.parametrize("lanes", one_in(2, [4, 2]))
def test_on_a_tablet_everything_is_in_view_too(race_at: RaceAt, subtests: pytest.Subtests, lanes: int):
    race = race_at(f"at=60&lanes={lanes}")
    for width, height in TABLETS:
        with subtests.test(width=width, height=height):
            resized(race, width, height, lanes)


def test_the_inspector_stands_beside_its_map(race_at: RaceAt):
    race = race_at("at=60&inspect=4")
    page = race.page
    look = eventually(lambda: page.evaluate(LOOK), is_whole)
    inside = page.locator(".dl-inspector").bounding_box()
    assert inside
    assert inside["x"] >= max(right for _, _, right, _ in look["panels"])
    assert inside["y"] < 150
    page.locator(".dl-inspector-close").click()
    eventually(race.query, lambda query: "inspect" not in query)
    eventually(lambda: page.evaluate(LOOK), lambda look: is_whole(look) and len({top for _, top, _, _ in look["panels"]}) == 1)


# A lane's head.


def test_a_lanes_name_is_the_menu_of_rules_by_family_with_their_years(race_at: RaceAt):
    race = race_at("at=60&lanes=2")
    page = race.page
    menu = race.panel(1).locator(".dl-rule select")
    told = "(menu) => [...menu.querySelectorAll('optgroup')].map((group) => [group.label, ...[...group.children].map((o) => o.textContent)])"
    groups = menu.evaluate(told)
    assert [name for name, *_ in groups] == list(FAMILIES)
    assert "Adam (2014)" in groups[2]
    assert sum(len(rules) for _, *rules in groups) == len(OPTIMIZERS)
    menu.select_option("rmsprop")
    eventually(race.query, lambda query: query.get("1.rule") == "rmsprop")
    eventually(lambda: race.said(1, "title"), lambda title: title == "RMSprop")
    assert menu.input_value() == "rmsprop"
    page.go_back()
    eventually(lambda: race.said(1, "title"), lambda title: title == "Gradient descent")
    assert menu.input_value() == "gradient_descent"


def test_lanes_with_one_rule_are_named_by_what_differs_also_after_a_change(race_at: RaceAt):
    race = race_at("at=60&lanes=3&1.rule=adam&2.rule=adam&2.beta1=0.5&3.rule=momentum")
    race.titled("Adam · β₁ 0.9", "Adam · β₁ 0.5", "Momentum")
    race.nudge("2.beta1", times=2)
    race.titled("Adam · β₁ 0.9", f"Adam · β₁ {race.query()['2.beta1']}", "Momentum")
    race.nudge("1.lr")
    race.choose("2.rule", "Momentum")
    race.titled("Adam", "Momentum (1)", "Momentum (2)")


def test_folded_controls_open_over_their_lane_and_fold_again(race_at: RaceAt):
    race = race_at("at=60&lanes=8")
    page = race.page
    expect(race.slider("3.lr")).to_be_hidden()
    before = race.query()
    race.panel(3).locator(".dl-unfold").click()
    expect(race.slider("3.lr")).to_be_visible()
    expect(race.slider("2.lr")).to_be_hidden()
    rate = race.nudge("3.lr")
    expect(race.panel(3).locator(".dl-rate")).to_have_text(rate)
    page.keyboard.press("Escape")
    expect(race.slider("3.lr")).to_be_hidden()
    assert race.query() == before | {"3.lr": race.query()["3.lr"]}


def test_the_line_for_the_rest_says_how_it_is_set(race_at: RaceAt):
    race = race_at("at=60&lanes=1&1.rule=adam&1.schedule=cosine&1.warmup=20&1.eps=1e-4")
    line = race.popover(1, 0)
    expect(line).to_contain_text("β₂ 0.999, ε 1e−4, Cosine, warm-up 20")


# One map of all lanes.


def test_on_one_map_the_lanes_stand_beside_it(race_at: RaceAt):
    race = race_at("at=60&overlay=1")
    assert race.step() == 60
    look = eventually(lambda: race.page.evaluate(LOOK), lambda look: len(look["maps"]) == 1 and look["page"] == look["window"])
    (left, top, right, bottom) = look["maps"][0]
    assert (right - left) * (bottom - top) > 0.3 * 1440 * 900
    assert overlapping([*look["curves"], look["maps"][0]]) == []


def test_a_phone_shows_one_map_first_and_the_lanes_as_a_strip(race_at: RaceAt):
    race = race_at("at=60", **PHONE)
    look = eventually(lambda: race.page.evaluate(LOOK), lambda look: len(look["maps"]) == 1)
    left, _top, right, bottom = look["maps"][0]
    assert right - left > 0.75 * 390
    assert bottom < 844 / 2
    assert look["page"][0] == 390
    first, second = (race.panel(i).bounding_box() for i in (1, 2))
    assert first
    assert second
    assert first["y"] == second["y"]
    assert second["x"] > first["x"]
    expect(race.slider("1.lr")).to_be_in_viewport()

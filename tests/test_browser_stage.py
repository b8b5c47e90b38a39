"""The stage: maps take the free room, everything that belongs together is in view, and nothing lies over anything else."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from optimizers import OPTIMIZERS
from optimizers.base import FAMILIES
from tests.conftest import NewPage
from tests.race_page import RacePage, eventually

SCREENS = [(1280, 720), (1366, 768), (1440, 900), (1920, 1080), (3840, 2160)]

# The boxes of what has to be in view, and the names that have no room.
LOOK = """() => {
  const seen = (name) => [...document.querySelectorAll(name)].filter((e) => e.checkVisibility() && e.getBoundingClientRect().width);
  const box = (e) => { const { left, top, right, bottom } = e.getBoundingClientRect(); return [left, top, right, bottom]; };
  const boxes = (name) => seen(name).map(box);
  return {
    panels: boxes(".dl-panel"), curves: boxes(".dl-curves > div"), bar: boxes(".dl-bar"), controls: boxes('[class*="st-key-controls"]'),
    maps: boxes(".dl-map .nsewdrag"), sliders: boxes(".dl-slider").map(([left, , right]) => right - left),
    cut: seen(".dl-title").filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent),
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


@pytest.mark.parametrize("lanes", [1, 2, 4, 8])
@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_maps_curves_and_bar_are_in_view_at_once(new_page: NewPage, width: int, height: int, lanes: int):
    page = new_page(viewport=(width, height))
    RacePage(page, f"at=60&lanes={lanes}")
    look = eventually(lambda: page.evaluate(LOOK), is_whole)
    assert (len(look["panels"]), len(look["maps"]), len(look["curves"])) == (lanes, lanes, 2)
    grown = max(1, min(width / 2560, height / 1440))
    assert max(look["sliders"], default=0) <= 421 * grown
    area = sum((right - left) * (bottom - top) for left, top, right, bottom in look["maps"]) / (width * height)
    assert area > {1: 0.25, 2: 0.22, 4: 0.17, 8: 0.18}[lanes], "maps take the room"


@pytest.mark.parametrize("lanes", [1, 4, 8])
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_a_presentation_is_the_same_stage(new_page: NewPage, width: int, height: int, lanes: int):
    page = new_page(viewport=(width, height))
    RacePage(page, f"at=60&present=1&lanes={lanes}")
    look = eventually(lambda: page.evaluate(LOOK), is_whole)
    assert len(look["maps"]) == lanes


@pytest.mark.parametrize("lanes", [2, 4])
@pytest.mark.parametrize(("width", "height"), [(720, 1100), (768, 1024), (820, 1180), (850, 1000)])
def test_on_a_tablet_everything_is_in_view_too(new_page: NewPage, width: int, height: int, lanes: int):
    page = new_page(viewport=(width, height))
    RacePage(page, f"at=60&lanes={lanes}")
    look = eventually(lambda: page.evaluate(LOOK), is_whole)
    assert len(look["maps"]) == lanes


def test_the_inspector_stands_beside_its_map(page: Page):
    race = RacePage(page, "at=60&inspect=4")
    look = eventually(lambda: page.evaluate(LOOK), is_whole)
    inside = page.locator(".dl-inside").bounding_box()
    assert inside
    assert inside["x"] >= max(right for _, _, right, _ in look["panels"])
    assert inside["y"] < 150
    race.page.locator(".dl-inside-close").click()
    eventually(race.query, lambda query: "inspect" not in query)
    eventually(lambda: page.evaluate(LOOK), lambda look: is_whole(look) and len({top for _, top, _, _ in look["panels"]}) == 1)


# A lane's head.


def test_a_lanes_name_is_the_menu_of_rules_by_family_with_their_years(page: Page):
    race = RacePage(page, "at=60&lanes=2")
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


def test_lanes_with_one_rule_are_named_by_what_differs_also_after_a_change(page: Page):
    race = RacePage(page, "at=60&lanes=3&1.rule=adam&2.rule=adam&2.beta1=0.5&3.rule=momentum")
    titles = lambda: [race.said(i, "title") for i in (1, 2, 3)]  # noqa: E731
    assert titles() == ["Adam · β₁ 0.9", "Adam · β₁ 0.5", "Momentum"]
    race.nudge("2.beta1", times=2)
    now = race.query()["2.beta1"]
    eventually(titles, lambda said: said == ["Adam · β₁ 0.9", f"Adam · β₁ {now}", "Momentum"])
    race.nudge("1.lr")
    race.choose("2.rule", "Momentum")
    eventually(titles, lambda said: said == ["Adam", "Momentum (1)", "Momentum (2)"])


def test_folded_controls_open_over_their_lane_and_fold_again(page: Page):
    race = RacePage(page, "at=60&lanes=8")
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


def test_the_line_for_the_rest_says_how_it_is_set(page: Page):
    race = RacePage(page, "at=60&lanes=1&1.rule=adam&1.schedule=cosine&1.warmup=20&1.eps=1e-4")
    line = race.popover(1, 0)
    expect(line).to_contain_text("β₂ 0.999, ε 1e−4, Cosine, warm-up 20")


# One map of all lanes.


def test_on_one_map_the_lanes_stand_beside_it(page: Page):
    page.goto("/?at=60&overlay=1")
    race = RacePage.over(page, 4)
    assert race.step() == 60
    look = eventually(lambda: page.evaluate(LOOK), lambda look: len(look["maps"]) == 1 and look["page"] == look["window"])
    (left, top, right, bottom) = look["maps"][0]
    assert (right - left) * (bottom - top) > 0.3 * 1440 * 900
    assert overlapping([*look["curves"], look["maps"][0]]) == []


def test_a_phone_shows_one_map_first_and_the_lanes_as_a_strip(new_page: NewPage):
    page = new_page(viewport=(390, 844), has_touch=True)
    page.goto("/?at=60")
    race = RacePage.over(page, 4)
    look = eventually(lambda: page.evaluate(LOOK), lambda look: len(look["maps"]) == 1)
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

"""The Explore page in a browser: the map follows the hand, a cell's run stands beside it, and what is kept is in the link."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from links.explorations import EXPLORATIONS
from links.explore import VIEWS
from locales import translations
from player import ADDRESS
from tests.conftest import NewPage
from tests.explore_page import ExplorePage
from tests.race_page import RacePage, eventually, go, idle
from tests.test_browser_access import faultless
from views.explore.turns import TAB

LINK = "steps=100"
SHOWN = {  # of each view, once it shows something
    "map": ".dl-sweep .dl-summary",
    "paths": ".dl-paths .dl-summary",
    "basins": ".dl-basins .dl-summary",
    "rates": ".dl-rates-said",
    "best": ".dl-best tbody",
}
EMPTY = "(canvas) => !canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean)"


def test_the_map_follows_a_slider_before_it_is_let_go_and_the_link_after(open_page: NewPage):
    explored = ExplorePage(open_page(), LINK)
    page, before, address = explored.page, explored.summary(), explored.query()
    box = page.locator(".st-key-steps input[type=range]").bounding_box()
    assert box
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + box["height"] / 2, steps=4)
    eventually(explored.summary, lambda now: now != before)
    explored.fine()
    assert explored.query() == address
    shown, drawn = explored.summary(), explored.drawn()
    page.mouse.up()
    eventually(lambda: explored.query().get("steps"), lambda steps: steps not in (None, "100"))
    explored.ready()
    assert (explored.summary(), explored.drawn()) == (shown, drawn)


def test_a_cells_run_stands_beside_the_map_and_what_is_kept_goes_to_the_race(open_page: NewPage):
    explored = ExplorePage(open_page(), LINK)
    page = explored.page
    shown = "(store) => import(store).then(({ stage }) => [...stage.lanes.values()].map(({ run, rate }) => (run ?? { rate }).rate[0]))"
    rates = lambda: page.evaluate(shown, f"/{ADDRESS}/player/stage/store.js")  # noqa: E731  of the runs beside the map, first
    best = float((re.search(r"η ([\d.]+)", explored.summary()) or [0, 0])[1])
    eventually(rates, lambda now: now == [pytest.approx(best, rel=1e-2)])
    page.mouse.move(*explored.at(0.6, 0.5))
    lr, _momentum = explored.pointed()
    eventually(rates, lambda now: now == [pytest.approx(lr, rel=1e-3)])
    for at in (0.6, 0.5), (0.7, 0.4):
        page.mouse.click(*explored.at(*at))
        eventually(lambda: explored.query().get("kept", ""), lambda kept, count=1 + (at[0] > 0.6): len(kept.split(";")) == count and kept)
        explored.ready()
    cells = [[float(v) for v in cell.split(",")] for cell in explored.query()["kept"].split(";")]
    page.get_by_role("link", name="Open these in the race").click()
    race = RacePage.over(page, 2)
    query = race.query()
    assert [[float(query[f"{i}.lr"]), float(query[f"{i}.momentum"])] for i in (1, 2)] == cells
    page.go_back()
    explored.ready()
    page.mouse.click(*explored.at(0.7, 0.4))
    eventually(lambda: explored.query()["kept"], lambda kept: ";" not in kept)
    page.get_by_role("button", name="Let go of all").click()
    eventually(lambda: "kept" in explored.query(), lambda kept: not kept)


def test_the_keys_go_from_cell_to_cell_keep_one_zoom_and_come_back(open_page: NewPage):
    explored = ExplorePage(open_page(), LINK)
    page, reading = explored.page, explored.reading
    page.locator(".dl-sweep-map").focus()
    page.keyboard.press("ArrowRight")
    expect(reading).to_contain_text("η ")
    first = reading.text_content() or ""
    page.keyboard.press("Shift+ArrowUp")
    expect(reading).not_to_have_text(first)
    page.keyboard.press("Enter")
    eventually(lambda: "kept" in explored.query())
    assert explored.pointed() == pytest.approx([float(v) for v in explored.query()["kept"].split(",")], rel=1e-3)
    page.keyboard.press("+")
    eventually(explored.query, lambda now: {"ax.low", "ax.high", "ay.low", "ay.high"} <= now.keys())
    page.keyboard.press("Backspace")
    eventually(explored.query, lambda now: not {"ax.low", "ax.high"} & now.keys())
    explored.ready()


def test_the_wheel_zooms_about_the_pointer_and_home_shows_it_all_again(open_page: NewPage):
    explored = ExplorePage(open_page(), LINK)
    page, before = explored.page, explored.drawn()
    page.mouse.move(*explored.at(0.3, 0.6))
    pointed = explored.pointed()
    page.mouse.wheel(0, -200)
    eventually(lambda: "ax.low" in explored.query())
    explored.ready()
    assert explored.drawn() != before
    assert explored.pointed() == pytest.approx(pointed, rel=0.1)
    page.reload()
    explored.ready()
    assert "ax.low" in explored.query()
    page.locator(".dl-tools .dl-home").click()
    eventually(lambda: "ax.low" not in explored.query())
    explored.ready()
    page.mouse.move(5, 5)
    eventually(explored.drawn, lambda now: now == before)
    page.go_back()  # in the browser's history
    eventually(lambda: "ax.low" in explored.query())
    eventually(explored.drawn, lambda now: now != before)
    page.go_forward()
    eventually(lambda: "ax.low" not in explored.query())
    eventually(explored.drawn, lambda now: now == before)


def test_a_zoom_ends_where_double_precision_does_and_says_so(open_page: NewPage):
    explored = ExplorePage(open_page(), "ax.low=0.1&ax.high=0.1000000000001&steps=20")
    explored.page.locator(".dl-sweep-map").focus()
    note, least = explored.page.locator(".dl-sweep-note"), "Double precision ends here"
    eventually(lambda: explored.page.keyboard.press("+") or note.text_content() or "", lambda now: least in now)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_map_worth_seeing_says_what_it_shows(open_page: NewPage, language: str):
    explored = ExplorePage(open_page(), f"{LINK}&lang={language}")
    page, each = explored.page, next(each for each in EXPLORATIONS if each.name == "warm_up")
    words = translations(language).gettext
    page.locator("[class*=st-key-scenes_] button").filter(visible=True).first.click()
    page.get_by_role("button", name=words(each.said.title)).click()
    expect(page.locator(".st-key-said_of_map")).to_have_text(words(each.said.sentence))
    eventually(explored.query, lambda now: each.link.items() <= now.items())


def test_another_axis_brings_its_own_range_and_the_same_axis_twice_exchanges_both(open_page: NewPage):
    explored = ExplorePage(open_page(), f"{LINK}&ax.low=0.01")
    page = explored.page
    menu = page.locator(".st-key-ax input")
    menu.click()
    page.get_by_role("option", name="→ Condition κ").click()
    eventually(explored.query, lambda now: now.get("ax") == "surface.kappa" and "ax.low" not in now)
    explored.ready()
    page.locator(".st-key-ay input").click()
    page.get_by_role("option", name="↑ Condition κ").click()
    eventually(explored.query, lambda now: (now.get("ax"), now.get("ay")) == ("1.momentum", "surface.kappa"))
    explored.ready()


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious_on_a_view(open_page: NewPage, view: str):
    page = open_page()
    go(page, f"/explore?v=1&view={view}")
    expect(page.locator(SHOWN[view]).first).not_to_be_empty()
    expect(page.locator("[data-coming], tr[data-waiting]")).to_have_count(0, timeout=60_000)  # what has still to come is pale
    idle(page)
    faultless(page)


def test_what_has_still_to_come_is_said_and_asked_for_again_by_the_same_tab(open_page: NewPage):
    page, tabs = open_page(), []
    RacePage.shown(page, "at=60&lanes=1")

    def busy(route: Route) -> None:
        tabs.append(route.request.headers[TAB.lower()])
        route.fulfill(status=204)

    page.route("**/map/**", busy)
    go(page, "/explore?v=1&steps=123")
    expect(page.locator(".dl-sweep-map")).to_have_attribute("data-coming", "Working out the runs …")
    eventually(lambda: page.evaluate("1") and tabs, lambda now: len(now) > 1)
    assert len(set(tabs)) == 1
    page.unroute("**/map/**")
    expect(page.locator("[data-coming]")).to_have_count(0)


def test_it_fits_a_phone_the_map_first(open_page: NewPage):
    explored = ExplorePage(open_page(viewport=(390, 844)), LINK)
    wide = "[...document.querySelectorAll('.stMain, .dl-sweep')].filter((e) => e.scrollWidth > e.clientWidth + 1).length"
    eventually(lambda: explored.page.evaluate(wide), lambda count: count == 0)
    top, below, last = (explored.page.locator(name).bounding_box() for name in (".dl-sweep-map", ".st-key-beside", ".st-key-controls_explore"))
    assert top
    assert below
    assert last
    assert top["y"] + top["height"] <= below["y"] + 1
    assert below["y"] < last["y"]
    views = [view.bounding_box() for view in explored.page.locator(".st-key-top").get_by_role("radio").all()]
    assert [bool(box and box["x"] >= 0 and box["x"] + box["width"] <= 390) for box in views] == [True] * len(VIEWS)
    menus = [explored.page.locator(f".st-key-{name}").bounding_box() for name in ("ax", "ay", "measure")]
    assert len({round(box["y"]) for box in menus if box}) == 2  # rows


def test_going_from_view_to_view_changes_nothing_else_in_the_link(open_page: NewPage):
    explored = ExplorePage(open_page(), f"{LINK}&1.rule=adam&1.beta1=0.8&ax.low=0.02&kept=0.1,0.5&scrub=0.1")
    page, before = explored.page, explored.query()
    for name, view in [("Paths", "paths"), ("Rates", "rates"), ("Basins", "basins"), ("Paths", "paths"), ("Map", None)]:
        page.get_by_role("radio", name=name, exact=True).click()
        wanted = before if view is None else before | {"view": view}
        eventually(explored.query, lambda now, wanted=wanted: now == wanted)
        idle(page)
        assert explored.query() == wanted

"""One large map, the gradient field, and charts that can be chosen and read."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from core.number import fixed
from core.window import widened
from figures import LOOKS
from landscapes import LANDSCAPES
from links.race import RULES
from optimizers import OPTIMIZERS
from runs import distance, run, sizes
from runs.race import Race
from tests.conftest import NewPage, RaceAt
from tests.race_page import RacePage, eventually, race_of
from tests.test_browser_noise import SEEN
from tests.visitors import ColorScheme

LARGE = ".st-key-overlay_panel .dl-trail"


def place(page: Page, point: tuple[float, float]) -> tuple[float, float]:
    """Where the large map has a point, from the window's corner."""
    large = page.locator(".st-key-overlay_panel .dl-map")
    script = "(map, [x, y]) => [[map._fullLayout.xaxis, x], [map._fullLayout.yaxis, y]].map(([axis, v]) => axis._offset + axis.l2p(v))"
    x, y = large.evaluate(script, list(point))
    box = large.bounding_box()
    assert box
    return box["x"] + x, box["y"] + y


def switch(page: Page, title: str) -> None:
    """Turn a switch of the View menu."""
    page.locator(".st-key-view_menu").get_by_test_id("stPopoverButton").filter(visible=True).click()
    page.get_by_text(title, exact=True).click()
    page.keyboard.press("Escape")


def menu(page: Page, chart: str) -> Locator:
    return page.locator(f"div:has(> .dl-{chart}) > .dl-choose")


def over(page: Page, chart: str, step: int, total: int = 200) -> tuple[float, float]:
    """The place of a step on a chart, from the window's corner."""
    box = page.locator(f".dl-{chart}").bounding_box()
    assert box
    right = 128 if chart == "loss" else 12
    return box["x"] + 46 + step / total * (box["width"] - 46 - right), box["y"] + 90


def read(page: Page, chart: str, step: int) -> list[list[str]]:
    """What the chart says of a step: [name, value], row by row; the first is the step's."""
    page.mouse.move(*over(page, chart, step))
    values = page.locator(f"div:has(> .dl-{chart}) > .dl-values")
    expect(values).to_be_visible()
    rows = eventually(lambda: values.locator("div").all_inner_texts(), lambda texts: texts[0].split("\n")[-1] == str(step))
    return [row.split("\n") for row in rows]


def logs(race: Race, what) -> list[np.ndarray]:
    return [what(lane, run(lane.rule, race.descended(lane), race.start, race.steps, lane.schedule)) for lane in race.lanes]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_large_map_has_every_lanes_trail(race_at: RaceAt, scheme: ColorScheme):
    page = race_at("overlay=1&lanes=8&at=20&surface=himmelblau", color_scheme=scheme).page
    seen = page.locator(LARGE).evaluate(SEEN)
    for look in LOOKS:
        colour = getattr(look, scheme)
        assert seen.get(",".join(str(int(colour[k : k + 2], 16)) for k in (1, 3, 5)), 0) > 5, colour
    assert page.locator(".dl-head .dl-title").all_inner_texts() == [rule.title for rule in map(OPTIMIZERS.__getitem__, RULES)]
    assert page.locator(".dl-panel:not(.dl-large) .dl-map").filter(visible=True).count() == 0


def test_its_curves_and_the_bar_are_in_view_with_it(race_at: RaceAt):
    page = race_at("overlay=1&at=30").page
    curves, bar = page.locator(".dl-curves").bounding_box(), page.locator(".dl-bar").bounding_box()
    large = page.locator(".st-key-overlay_panel .dl-map").bounding_box()
    assert curves
    assert bar
    assert large
    assert curves["y"] + curves["height"] <= bar["y"] + 1
    assert large["height"] > 450
    expect(page.locator(".st-key-overlay_panel .cbfills")).to_be_visible()


def test_a_click_on_the_large_map_sets_the_start_and_the_pointer_reads_f(race_at: RaceAt):
    race = race_at("overlay=1&at=30")
    page = race.page
    x, y = place(page, (1.0, 0.5))
    page.mouse.move(x, y)
    expect(page.locator(".st-key-overlay_panel .dl-hover")).to_contain_text("f(")
    page.mouse.click(x, y)
    eventually(race.query, lambda query: float(query.get("x", 9)) == pytest.approx(1, abs=0.02) and float(query["y"]) == pytest.approx(0.5, abs=0.02))


def test_the_large_map_zooms_and_goes_home(race_at: RaceAt):
    race = race_at("overlay=1&at=30&field=1")
    page = race.page
    (x0, y0), (x1, y1) = place(page, (-1.4, -0.5)), place(page, (0, 0.5))
    page.mouse.move(x0, y0)
    page.mouse.down()
    page.mouse.move((x0 + x1) / 2, (y0 + y1) / 2, steps=3)
    page.mouse.move(x1, y1, steps=3)
    page.mouse.up()
    eventually(race.query, lambda query: float(query.get("zoom", 1)) == pytest.approx(4, rel=0.05))
    page.locator(".st-key-overlay_panel .dl-home").click()
    eventually(race.query, lambda query: "zoom" not in query)


def test_the_switch_moves_the_runs_and_leaves_nothing_behind(race_at: RaceAt):
    race = race_at("at=3")
    page = race.page
    count = "[document.querySelectorAll('canvas').length, document.querySelectorAll('.main-svg').length]"
    before = page.evaluate(count)
    for _ in range(2):
        switch(page, "One large map")
        expect(page.locator(".st-key-overlay_panel .main-svg").first).to_be_visible()
        expect(page.locator(".dl-map .main-svg:first-child")).to_have_count(1)
        eventually(race.query, lambda query: query.get("overlay") == "1")
        switch(page, "One large map")
        race.ready()
        eventually(race.query, lambda query: "overlay" not in query)
    eventually(lambda: page.evaluate(count), lambda now: now == before)
    still = race.trails()
    race.press("ArrowRight")
    eventually(race.trails, lambda now: all(a != b for a, b in zip(still, now, strict=True)))


def test_the_field_shows_where_the_gradient_points(race_at: RaceAt):
    race = race_at("at=30&surface=bowl")
    page = race.page
    trails = race.trails()
    assert page.locator(".dl-field").filter(visible=True).count() == 0
    switch(page, "Gradient field")
    expect(page.locator(".dl-field").filter(visible=True)).to_have_count(4)
    eventually(race.query, lambda query: query.get("field") == "1")
    assert race.trails() == trails, "the field lies under the trails, as a picture of its own"
    # The middle of the lower left cell has an arrow.
    (x0, x1), (y0, y1) = widened(LANDSCAPES["bowl"]().domain)
    x, y = race.pixel(1, (x0 + (x1 - x0) / 32, y0 + (y1 - y0) / 22))
    arrow = page.locator(".dl-field path").first
    assert arrow.evaluate("(path, [x, y]) => path.isPointInStroke(new DOMPoint(x, y))", [x, y])
    # It begins half an arrow before the middle and leads downhill.
    ends = "(path) => path.getAttribute('d').split('M')[1].split('L').map((point) => point.split(' ').map(Number))"
    (left, top), (right, bottom) = arrow.evaluate(ends)
    assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx((x, y), abs=0.6)
    downhill = -LANDSCAPES["bowl"]().gradient(np.array([x0 + (x1 - x0) / 32, y0 + (y1 - y0) / 22]))
    assert (right - left) / (top - bottom) == pytest.approx(downhill[0] / downhill[1], rel=0.02)


def test_a_charts_menu_changes_its_title_and_its_data(race_at: RaceAt):
    race = race_at("at=30&surface=rosenbrock")
    page = race.page
    setup = race_of({"surface": "rosenbrock"})
    loss = [losses[120] for losses in logs(setup, lambda lane, trajectory: trajectory.loss)]
    rows = read(page, "loss", 120)
    assert rows[0] == ["step", "120"]
    assert [value for _, value in rows[1:]] == [fixed(f) for f in sorted(loss, reverse=True)]
    menu(page, "loss").select_option(label="distance to the nearest minimum (log)")
    expect(page.locator(".dl-loss")).to_have_attribute("aria-label", "distance to the nearest minimum (log)")
    eventually(race.query, lambda query: query.get("curve.left") == "distance")
    race.idle()
    page.mouse.move(5, 5)
    away = [far[120] for far in logs(setup, lambda lane, trajectory: distance(trajectory, setup.surface))]
    rows = read(page, "loss", 120)
    assert [value for _, value in rows[1:]] == [fixed(d) for d in sorted(away, reverse=True)]


def test_an_inner_state_is_shown_of_the_lanes_that_have_it(race_at: RaceAt):
    race = race_at("at=30")
    page = race.page
    menu(page, "rates").select_option(label="‖v̂‖ (log)")
    title = "‖v̂‖ (log) · not in Gradient descent, Momentum, RMSprop"
    expect(page.locator(".dl-rates")).to_have_attribute("aria-label", title)
    eventually(race.query, lambda query: query.get("curve.right") == "inner.v_hat")
    race.idle()
    v_hat = logs(race_of(), lambda lane, trajectory: sizes(lane.rule, trajectory).get("v_hat"))[3]
    eventually(lambda: read(page, "rates", 80)[1:], lambda rows: rows == [["Adam", fixed(v_hat[80])]])


def test_a_click_on_a_chart_moves_the_clock_there_and_a_drag_scrubs(race_at: RaceAt):
    race = race_at("at=30")
    page = race.page
    page.mouse.click(*over(page, "loss", 120))
    eventually(race.steps, lambda steps: set(steps) == {120})
    page.mouse.move(*over(page, "rates", 40))
    page.mouse.down()
    page.mouse.move(*over(page, "rates", 100), steps=4)
    eventually(race.steps, lambda steps: set(steps) == {100})
    page.mouse.up()
    page.mouse.move(*over(page, "rates", 150))
    race.frames()
    assert set(race.steps()) == {100}


def test_what_is_read_never_leaves_its_chart(race_at: RaceAt):
    page = race_at("at=30&lanes=8", viewport=(390, 844)).page
    page.locator(".dl-loss").scroll_into_view_if_needed()
    for step in (0, 100, 101, 200):
        read(page, "loss", step)
        box = page.locator("div:has(> .dl-loss) > .dl-values").bounding_box()
        chart = page.locator(".dl-loss").bounding_box()
        assert box, step
        assert chart, step
        assert chart["x"] <= box["x"], step
        assert box["x"] + box["width"] <= chart["x"] + chart["width"] + 1, step
        assert chart["y"] <= box["y"], step
        assert box["y"] + box["height"] <= chart["y"] + chart["height"] + 1, step


def test_a_link_opens_the_large_map_with_its_field_and_charts(new_page: NewPage):
    page = new_page(viewport=(390, 844), locale="ko-KR", color_scheme="dark")
    RacePage(page, "overlay=1&field=1&curve.left=slope&curve.right=inner.m&at=30")
    expect(page.locator(".dl-large .dl-field")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert menu(page, "loss").input_value() == "slope"
    assert menu(page, "rates").input_value() == "inner.m"

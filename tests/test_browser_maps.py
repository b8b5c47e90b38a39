"""The maps under the pointer: where a point lies on them, a click, a zoom."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core.number import fixed
from core.window import magnified, widened
from figures import LOOKS, contour
from landscapes import LANDSCAPES
from tests.conftest import RaceAt
from tests.race_page import RacePage, eventually, race_of


def heads(race: RacePage) -> list[tuple[float, float]]:
    """The middle of what is drawn in each lane's colour, in pixels of its map; no lane may draw beside its map's corner."""
    script = """(canvas, colour) => {
        const map = canvas.parentElement.querySelector(".dl-map").getBoundingClientRect(), own = canvas.getBoundingClientRect();
        const [r, g, b] = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));
        const { data, width } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        let [n, x, y] = [0, 0, 0];
        for (let i = 0; i < data.length; i += 4) {
            if (Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b) > 12 || data[i + 3] < 250) continue;
            n += 1; x += (i / 4) % width + 0.5; y += Math.floor(i / 4 / width) + 0.5;
        }
        const scale = own.width / width;
        return [own.x - map.x + scale * x / n, own.y - map.y + scale * y / n];
    }"""
    race.frames()
    return [tuple(race.panel(i).locator(".dl-trail").evaluate(script, LOOKS[i - 1].light)) for i in (1, 2, 4)]  # symmetrical heads


def off(race: RacePage, point: tuple[float, float]) -> float:
    """How many pixels the heads lie beside this point at the most."""
    return float(np.abs(np.subtract(heads(race), [race.pixel(i, point) for i in (1, 2, 4)])).max())


def test_a_head_lies_where_the_maps_axes_place_its_point(race_at: RaceAt):
    race = race_at("at=0")
    for point in [(1.7, 1.0), (-1.25, 0.5)]:
        race.page.mouse.click(*race.on_screen(1, point))
        eventually(lambda: race.query().get("x"), lambda x, point=point: float(x or 1.7) == pytest.approx(point[0], abs=0.01))
        start = (float(race.query().get("x", 1.7)), float(race.query().get("y", 1.0)))
        eventually(lambda start=start: off(race, start), lambda pixels: pixels <= 1)
    race.drag(2, (-1.8, 0.0), (-0.6, 1.0))
    eventually(lambda: race.query().get("zoom"))
    race.settled()
    eventually(lambda: off(race, start), lambda pixels: pixels <= 1)


def test_a_click_on_any_panel_sets_the_start_of_all(race_at: RaceAt):
    race = race_at("at=0")
    page = race.page
    for i, point in [(1, (-1.5, -1.25)), (3, (0.5, 1.5))]:
        before = race.trails()
        page.mouse.click(*race.on_screen(i, point))
        fields = [page.locator(f".st-key-{axis} input") for axis in "xy"]
        start = eventually(
            lambda: [float(race.query().get(axis, 9)) for axis in "xy"], lambda now, point=point: now == pytest.approx(point, abs=0.01)
        )
        eventually(lambda fields=fields: [float(field.input_value()) for field in fields], lambda now, start=start: now == start)
        eventually(race.trails, lambda now, before=before: all(a != b for a, b in zip(before, now, strict=True)))
        f = fixed(float(race_of().surface.value(np.array(start))))
        eventually(lambda: [race.said(lane, "f") for lane in range(1, 5)], lambda now, f=f: now == [f] * 4)


def test_a_click_on_a_zoomed_map_gives_the_point_under_it(race_at: RaceAt):
    race = race_at("at=0&zoom=8&zoom.x=-0.9&zoom.y=0.1&lanes=1")
    race.page.mouse.click(*race.on_screen(1, (-0.85, 0.05)))
    eventually(lambda: race.query().get("x"))
    assert [float(race.query()[axis]) for axis in "xy"] == pytest.approx([-0.85, 0.05], abs=2e-3)


def test_a_box_drawn_on_one_map_zooms_all_and_the_button_brings_all_back(race_at: RaceAt):
    race = race_at("at=60")
    page = race.page
    home = race.ranges()
    assert home == [pytest.approx(np.array(widened(race_of().surface.domain)))] * 4
    race.drag(2, (-1.5, -0.5), (-0.5, 0.25))
    aspect = np.divide(*np.ptp(home[0], axis=1))
    assert float(eventually(lambda: race.query().get("zoom"))) > 1
    assert race.query().keys() == {"v", "zoom", "zoom.x", "zoom.y"}
    (x0, x1), (y0, y1) = race.settled()
    assert (x1 - x0) / (y1 - y0) == pytest.approx(aspect, rel=0.01)
    assert -1.75 < x0 <= -1.45
    assert -0.55 <= x1 < -0.25
    assert y0 <= -0.45
    assert y1 >= 0.2
    race.idle()
    page.locator(".dl-home").nth(3).click()
    eventually(race.query, lambda query: query == {})
    assert race.settled() == pytest.approx(np.array(home[0]))
    expect(page.locator(".dl-home").first).to_be_hidden()
    assert race.step() == 60


def test_a_zoom_in_the_link_is_what_every_map_shows(race_at: RaceAt):
    race = race_at("at=60&surface=rosenbrock&zoom=5&zoom.x=1&zoom.y=1")
    wanted = magnified(LANDSCAPES["rosenbrock"]().domain, 5, (1, 1))
    assert race.ranges() == [pytest.approx(np.array(wanted))] * 4


def test_the_maps_say_what_is_under_the_pointer(race_at: RaceAt):
    race = race_at("at=60")
    page = race.page
    surface = race_of().surface
    grid = contour(surface)["grid"]
    x, y = (grid[axis]["from"] + 30 * grid[axis]["step"] for axis in "xy")
    page.mouse.move(*race.on_screen(3, (x, y)))
    said = f"f({fixed(x)}, {fixed(y)}) = {fixed(float(surface.value(np.array([x, y]))))}"
    expect(race.panel(3).locator(".dl-hover")).to_have_text(said)
    page.mouse.move(0, 0)
    expect(race.panel(3).locator(".dl-hover")).to_have_text("")


@pytest.mark.console_errors
def test_maps_that_could_not_be_fetched_are_tried_again(page: Page):
    page.route("**/plotly.min.js", lambda route: route.abort(), times=1)
    RacePage(page, "at=60&lanes=1")

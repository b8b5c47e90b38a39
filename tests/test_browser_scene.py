"""The surfaces in 3-D as a person sees them: runs on them, all turned together, and nothing left behind when the maps come back."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Page, expect

import figures
from landscapes import LANDSCAPES
from tests.conftest import NewPage
from tests.race_page import RacePage, eventually

CAMERAS = "[...document.querySelectorAll('.dl-map')].map((map) => JSON.stringify(map._fullLayout.scene?.camera ?? null))"
# Where a canvas or a picture has a colour, on average, in CSS pixels; null where it has none.
CENTRE = """(canvas, near, ratio) => {
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    let [n, sx, sy] = [0, 0, 0];
    for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3] < 200 || [0, 1, 2].some((k) => Math.abs(data[i + k] - near[k]) > 25)) continue;
        n += 1;
        sx += (i / 4) % width + 0.5;
        sy += Math.floor(i / 4 / width) + 0.5;
    }
    return n ? [sx / n / ratio, sy / n / ratio] : null;
}"""
HEAD = f"(panel, near) => ({CENTRE})(panel.querySelector('.dl-trail'), near, devicePixelRatio)"
MARKED = f"""async (panel, place) => {{
    const map = panel.querySelector(".dl-map");
    const [x, y, z] = place.map((v) => [v]);
    const ground = {{ ...map.data[0], hidesurface: true, contours: {{}} }};
    const marker = {{ type: "scatter3d", mode: "markers", x, y, z, marker: {{ size: 8, color: "#ff0000", line: {{ width: 0 }} }} }};
    const figure = {{ data: [ground, marker], layout: map.layout }};
    const image = new Image();
    image.src = await Plotly.toImage(figure, {{ format: "png", width: map.clientWidth, height: map.clientHeight, scale: 2 }});
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), {{ width: image.width, height: image.height }});
    canvas.getContext("2d").drawImage(image, 0, 0);
    return ({CENTRE})(canvas, [255, 0, 0], 2);
}}"""
CONTEXTS = """(() => {
    const made = (window.made = []);
    const get = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...given) {
        const context = get.call(this, kind, ...given);
        if (kind.includes("webgl") && context && !made.includes(context)) made.push(context);
        return context;
    };
})()"""
COUNT = """(canvas, colour) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((v, i) => i % 4 === 0 && data[i + 3] === 255 && colour.every((c, k) => data[i + k] === c)).length;
}"""
LIVE = "made.filter((context) => !context.isContextLost()).length"
BLUE = (0, 114, 178)  # the first lane's, in light


class Scenes(RacePage):
    """The Race page in 3-D."""

    def ready(self, lanes: int = 4) -> None:
        super().ready(lanes)
        eventually(lambda: [camera != "null" for camera in self.cameras()], lambda found: found == [True] * lanes)
        eventually(lambda: self.seen(1, BLUE) or self.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches"))

    def cameras(self) -> list[str]:
        return self.page.evaluate(CAMERAS)

    def seen(self, i: int, colour: tuple[int, int, int]) -> list[float] | None:
        """The middle of what is drawn in this colour over panel i's surface."""
        self.frames()
        return self.panel(i).evaluate(HEAD, colour)

    def turn(self, i: int, dx: float) -> None:
        """Drag panel i's surface."""
        box = self.panel(i).locator(".dl-map").bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + dx, y, steps=4)
        self.page.mouse.up()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_link_opens_in_3_d_and_one_surface_turns_all(new_page: NewPage, scheme: str):
    race = Scenes(new_page(color_scheme=scheme), "view=3d&at=60&lanes=3")
    assert len(set(race.cameras())) == 1
    before, query = (race.trails(), race.cameras()), race.query()
    race.turn(2, 60)
    eventually(race.cameras, lambda now: len(set(now)) == 1 and now[0] != before[1][0])
    eventually(race.trails, lambda now: not set(now) & set(before[0]))
    assert race.query() == query, "a turn is no click"
    race.panel(3).locator(".dl-home").click()
    eventually(race.cameras, lambda now: now == before[1])
    eventually(race.trails, lambda now: now == before[0])
    expect(race.panel(3).locator(".dl-home")).to_be_hidden()


def test_the_head_is_where_plotly_draws_a_point_of_the_surface(page: Page):
    """What Plotly keeps to itself, its matrices, means what the scene takes it to mean."""
    x, y = 2.0, -1.0
    race = Scenes(page, f"view=3d&at=0&lanes=1&surface=bowl&x={x}&y={y}")
    surface = LANDSCAPES["bowl"]()
    drawn = figures.contour(surface)
    trace, grid = drawn["figure"]["data"][0], drawn["grid"]
    z = float(np.arcsinh((surface.value(np.array([x, y])) - grid["base"]) / grid["scale"])) + 0.012 * (trace["zmax"] - trace["zmin"])
    for dx in (0, 70):
        if dx:
            before = race.cameras()
            race.turn(1, dx)
            eventually(race.cameras, lambda now, before=before: now != before)
        places = lambda: (race.seen(1, BLUE), race.panel(1).evaluate(MARKED, [x, y, z]))  # noqa: E731
        eventually(places, lambda now: now[0] and np.allclose(*now, rtol=0, atol=1.5))


def test_a_click_on_the_surface_starts_there(page: Page):
    race = Scenes(page, "view=3d&at=0&lanes=1&surface=himmelblau")
    box = race.panel(1).locator(".dl-map").bounding_box()
    assert box
    point = box["width"] / 2 + 0.2 * box["height"], box["height"] * 0.4
    page.mouse.click(box["x"] + point[0], box["y"] + point[1])
    eventually(race.query, lambda query: {"x", "y"} <= query.keys())
    race.idle()

    def off() -> float:
        head = race.seen(1, BLUE)
        return np.hypot(head[0] - point[0], head[1] - point[1]) if head else np.inf

    eventually(off, lambda pixels: pixels < 5)  # it is drawn a little above the surface


def test_switching_ten_times_leaves_no_scene_behind(page: Page):
    page.add_init_script(CONTEXTS)
    race = RacePage(page, "at=60&lanes=2")
    trails, canvases = race.trails(), page.locator("canvas").count()
    page.locator(".st-key-view_menu").get_by_test_id("stPopoverButton").filter(visible=True).click()
    switch = page.locator(".st-key-view").get_by_role("radio")
    for _ in range(10):
        switch.filter(has_text="3-D").click()
        eventually(lambda: page.evaluate(LIVE), lambda count: count == 2)
        eventually(lambda: page.evaluate(CAMERAS), lambda cameras: "null" not in cameras)
        switch.filter(has_text="Map").click()
        eventually(lambda: page.evaluate(LIVE), lambda count: count == 0)
    race.ready(2)
    eventually(race.trails, lambda now: now == trails)
    assert page.locator("canvas").count() == canvases
    assert "view" not in race.query()


def test_without_webgl_there_is_the_map_and_a_sentence(page: Page):
    page.add_init_script("""(() => {
        const get = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...given) { return kind.includes("webgl") ? null : get.call(this, kind, ...given); };
    })()""")
    race = RacePage(page, "view=3d&at=60&lanes=2")
    assert "WebGL" in race.said(1, "hint")
    assert len(race.ranges()) == 2


def test_a_trail_begins_anew_at_the_start(new_page: NewPage):
    """In the first step nothing is left of where the run was before."""
    seen = []
    for keys in [[], ["End", "Home"]]:
        race = Scenes(new_page(), "view=3d&at=0&lanes=1&surface=bowl")
        race.stop_time()
        for key in keys:
            race.press(key)
            race.page.clock.run_for(100)
        race.press("Space")
        race.page.clock.run_for(40)
        assert race.step() == 0
        seen.append(race.page.locator(".dl-trail").evaluate(COUNT, BLUE))
    assert seen[1] == pytest.approx(seen[0], rel=0.2), "pixels of the lane's colour"

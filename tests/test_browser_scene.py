"""The surfaces in 3-D as a person sees them: runs on them, all turned together, and nothing left behind when the maps come back."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Locator, Page, expect

from links.entries import surface_of
from links.zoom import window_of
from player import ADDRESS
from tests import fingers
from tests.conftest import NewPage, RaceAt
from tests.race_page import RacePage, eventually, flat_of
from tests.samples import one_in

# Where a canvas has a colour, on average, in CSS pixels; null where it has none.
CENTRE = """(canvas, near) => {
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    let [n, sx, sy] = [0, 0, 0];
    for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3] < 200 || [0, 1, 2].some((k) => Math.abs(data[i + k] - near[k]) > 25)) continue;
        n += 1;
        sx += (i / 4) % width + 0.5;
        sy += Math.floor(i / 4 / width) + 0.5;
    }
    return n ? [sx / n / devicePixelRatio, sy / n / devicePixelRatio] : null;
}"""
HEAD = f"(panel, near) => ({CENTRE})(panel.querySelector('.dl-trail'), near)"
COUNT = """(canvas, colour) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((v, i) => i % 4 === 0 && data[i + 3] === 255 && colour.every((c, k) => data[i + k] === c)).length;
}"""
# Counts how often a picture of the surface is made.
DRAWN = """(() => {
    window.drawn = 0;
    const put = CanvasRenderingContext2D.prototype.putImageData;
    CanvasRenderingContext2D.prototype.putImageData = function (...given) {
        window.drawn += 1;
        return put.apply(this, given);
    };
})()"""
NO_WEBGL = """(() => {
    const get = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...given) { return kind.includes("webgl") ? null : get.call(this, kind, ...given); };
})()"""
# As when the page is opened.
UNTURNED = """async (player) => {
    const [{ setCamera }, { HOME }] = await Promise.all(["stage/look", "base/camera"].map((name) => import(`${player}/${name}.js`)));
    setCamera(HOME);
}"""
BLUE = (0, 114, 178)  # the first lane's, in light


class Scenes(RacePage):
    """The Race page in 3-D."""

    def ready(self, lanes: int = 4) -> None:
        super().ready(lanes)
        expect(self.scene).to_have_count(1 if self.overlaid() else lanes)
        self.rest()

    @property
    def scene(self) -> Locator:
        return self.page.locator(".dl-scene")

    def pictures(self) -> list[str]:
        """Each panel's surface, pixel by pixel."""
        self.frames()
        return self.scene.evaluate_all("(scenes) => scenes.map((scene) => scene.toDataURL())")

    def rest(self) -> list[str]:
        """The same, once they stay as they are: at rest they are drawn with more care than while they are turned."""
        seen: list[list[str]] = []

        def stands() -> bool:
            self.page.evaluate("new Promise((done) => setTimeout(done, 200))")  # longer than the player waits for the next move
            seen.append(self.pictures())
            return len(seen) > 1 and seen[-1] == seen[-2]

        eventually(stands)
        return seen[-1]

    def seen(self, i: int, colour: tuple[int, int, int]) -> list[float] | None:
        """The middle of what is drawn in this colour over panel i's surface."""
        self.frames()
        return self.panel(i).evaluate(HEAD, colour)

    def middle(self, i: int) -> tuple[float, float]:
        box = self.map(i).bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def turn(self, i: int, dx: float, dy: float = 0) -> None:
        """Drag panel i's surface."""
        x, y = self.middle(i)
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + dx, y + dy, steps=4)
        self.page.mouse.up()


def changed(before: list[str], now: list[str]) -> dict[int, tuple[int, tuple[int, int, int, int] | None]]:
    """The panels whose pictures are others now: how many points of each, and the box (left, top, right, bottom) that they lie in."""
    found = {}
    for panel, pair in enumerate(zip(before, now, strict=True), 1):
        if pair[0] != pair[1]:
            off = ImageChops.difference(*(Image.open(BytesIO(b64decode(url.split(",")[1]))).convert("RGBA") for url in pair))
            found[panel] = (int(np.any(np.array(off), axis=2).sum()), off.getbbox(alpha_only=False))
    return found


ScenesAt = Callable[..., Scenes]


@pytest.fixture
def scenes_at(open_page: NewPage) -> ScenesAt:
    """As `race_at`, for a link in 3-D."""

    def at(link: str, **kind: Any) -> Scenes:
        scenes = Scenes.shown(open_page(**kind), link)
        scenes.page.evaluate(UNTURNED, f"/{ADDRESS}/player")
        scenes.rest()
        return scenes

    return at


@pytest.mark.parametrize("scheme", one_in(2, ["dark", "light"]))
def test_a_link_opens_in_3_d_and_one_surface_turns_all(scenes_at: ScenesAt, scheme: str):
    race = scenes_at("view=3d&at=60&lanes=3", color_scheme=scheme)
    race.idle()
    before, trails, query = race.rest(), race.trails(), race.query()
    assert len(set(before)) == 1, "all show the same"
    race.turn(2, 60, 20)
    turned = race.rest()
    assert len(set(turned)) == 1
    assert turned != before
    assert not set(race.trails()) & set(trails)
    assert race.query() == query, "a turn is no click"
    race.panel(3).locator(".dl-home").click()
    eventually(race.rest, lambda now: now == before)
    eventually(lambda: changed(trails, race.trails()), lambda panels: not panels)
    expect(race.panel(3).locator(".dl-home")).to_be_hidden()


def test_eight_surfaces_are_drawn_as_one(page: Page):
    """Once as they are turned, and once with more care when they have come to rest."""
    race = Scenes(page, "view=3d&at=60&lanes=8")
    before = race.rest()
    page.evaluate(DRAWN)
    race.scene.first.focus()
    page.keyboard.press("ArrowLeft")
    now = race.rest()
    assert now != before
    assert len(set(now)) == 1
    assert page.evaluate("drawn") == 2


def test_a_click_on_the_surface_starts_there(scenes_at: ScenesAt):
    race = scenes_at("view=3d&at=0&lanes=1&surface=himmelblau")
    page = race.page
    race.turn(1, -40, 15)
    race.rest()
    x, y = race.middle(1)
    box = race.panel(1).locator(".dl-map").bounding_box()
    assert box
    point = (x - box["x"], y - box["y"])
    page.mouse.click(x, y)
    eventually(race.query, lambda query: {"x", "y"} <= query.keys())
    race.idle()

    def off() -> float:
        head = race.seen(1, BLUE)
        return np.hypot(head[0] - point[0], head[1] - point[1]) if head else np.inf

    eventually(off, lambda pixels: pixels < 5)  # it is drawn a little above the surface


def test_a_click_beside_the_surface_starts_nothing_and_a_double_click_turns_back(scenes_at: ScenesAt):
    race = scenes_at("view=3d&at=0&lanes=1")
    page = race.page
    before, query = race.rest(), race.query()
    box = race.panel(1).locator(".dl-map").bounding_box()
    assert box
    page.mouse.click(box["x"] + 3, box["y"] + 3)
    race.turn(1, 80)
    assert race.rest() != before
    page.mouse.dblclick(*race.middle(1))
    eventually(race.rest, lambda now: now == before)
    race.idle()
    assert race.query() == query


def test_the_arrows_turn_the_surface_that_has_the_focus_and_else_are_the_clocks(scenes_at: ScenesAt):
    race = scenes_at("view=3d&at=60&lanes=2")
    page = race.page
    before = race.rest()
    page.locator(".st-key-headline").click()  # beside it
    race.turn(1, 50)
    turned = race.rest()
    assert turned != before
    page.keyboard.press("ArrowLeft")
    eventually(race.step, lambda step: step == 59)
    assert race.rest() == turned, "what was turned by the mouse has not taken the keys"
    race.scene.first.focus()
    for key in ("ArrowLeft", "ArrowUp", "ArrowDown", "+"):
        page.keyboard.press(key)
        now = race.rest()
        assert now != turned, key
        turned = now
    assert race.step() == 59
    assert "arrow keys" in (race.scene.first.get_attribute("aria-label") or "")


def test_the_wheel_scrolls_the_page_and_with_ctrl_zooms(scenes_at: ScenesAt):
    race = scenes_at("view=3d&at=60&lanes=8")
    page = race.page
    before = race.rest()
    page.mouse.move(*race.middle(1))
    page.mouse.wheel(0, 100)
    eventually(lambda: page.evaluate(fingers.SCROLLED), lambda down: down > 0)
    assert race.rest() == before
    page.mouse.move(*race.middle(1))
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    assert race.rest() != before
    expect(race.panel(1).locator(".dl-home")).to_be_visible()


def test_heights_are_f_or_its_logarithm_and_the_link_keeps_it(scenes_at: ScenesAt):
    race = scenes_at("view=3d&at=60&lanes=1")
    usual, menu = race.rest(), race.page.locator(".st-key-view_menu").get_by_test_id("stPopoverButton").filter(visible=True)
    choice = race.page.locator(".st-key-height").get_by_role("radio")
    menu.click()
    choice.filter(has_text="log").click()
    eventually(race.query, lambda query: query.get("height") == "log")
    logarithm = eventually(race.rest, lambda now: now != usual)
    for link, heights in [("view=3d&at=60&lanes=1", usual), ("view=3d&at=60&lanes=1&height=log", logarithm)]:
        race.go(link)
        eventually(race.rest, lambda now, heights=heights: now == heights)
    menu.click()
    choice.first.click()
    eventually(race.rest, lambda now: now == usual)
    assert "height" not in race.query()


def test_a_part_of_the_surface_is_shown_in_3_d_and_clicked(scenes_at: ScenesAt):
    link = {"view": "3d", "at": "0", "lanes": "1", "surface": "himmelblau", "zoom": "4", "zoom.x": "3", "zoom.y": "2"}
    race = scenes_at("&".join(f"{key}={value}" for key, value in link.items()))
    race.page.mouse.click(*race.middle(1))
    query = eventually(race.query, lambda query: {"x", "y"} <= query.keys())
    flat = flat_of(link)
    (x0, x1), (y0, y1) = window_of(flat) or surface_of(flat).domain
    assert x0 < float(query["x"]) < x1
    assert y0 < float(query["y"]) < y1


def test_one_large_surface_has_the_runs_of_all_lanes(race_at: RaceAt):
    race = Scenes.over(race_at("view=3d&at=60&lanes=4&overlay=1").page)
    expect(race.scene.filter(visible=True)).to_have_count(1)
    colours = [BLUE, (213, 94, 0), (0, 158, 115), (204, 121, 167)]
    trail = race.page.locator(".dl-trail").filter(visible=True)
    eventually(lambda: [trail.evaluate(CENTRE, colour) is not None for colour in colours[:2]], all)


def test_switching_four_times_leaves_no_scene_behind_and_takes_no_webgl(page: Page):
    page.add_init_script(NO_WEBGL)
    race = RacePage(page, "at=60&lanes=2")
    trails, canvases = race.trails(), page.locator("canvas").count()
    page.locator(".st-key-view_menu").get_by_test_id("stPopoverButton").filter(visible=True).click()
    switch = page.locator(".st-key-view").get_by_role("radio")
    for _ in range(4):
        switch.filter(has_text="3-D").click()
        expect(page.locator(".dl-scene")).to_have_count(2)
        switch.filter(has_text="Map").click()
        expect(page.locator(".dl-scene")).to_have_count(0)
    race.ready(2)
    eventually(race.trails, lambda now: now == trails)
    assert page.locator("canvas").count() == canvases
    eventually(race.query, lambda now: "view" not in now)


def test_a_finger_across_turns_and_one_down_scrolls(scenes_at: ScenesAt):
    race = scenes_at("view=3d&at=60&lanes=2", **fingers.PHONE)
    page = race.page
    before, query = race.rest(), race.query()
    x, y = race.middle(1)
    fingers.swipe(page, (x, y), -200)
    assert page.evaluate(fingers.SCROLLED) > 0
    assert race.rest() == before
    page.evaluate("document.querySelector('.stMain').scrollTo(0, 0)")
    x, y = race.middle(1)
    fingers.drag(page, [(x + 12 * k, y) for k in range(9)])
    turned = race.rest()
    assert turned != before
    fingers.pinch(page, (x, y), 60, 120)
    assert race.rest() != turned
    assert race.query() == query


def test_a_trail_begins_anew_at_the_start(page: Page):
    """In the first step nothing is left of where the run was before."""
    race = Scenes(page, "view=3d&at=0&lanes=1&surface=bowl")
    race.stop_time()
    seen = []
    for keys in [[], ["Space", "End", "Home"]]:
        for key in keys:
            race.press(key)
            page.clock.run_for(100)
        race.press("Space")
        page.clock.run_for(40)
        assert race.step() == 0
        seen.append(page.locator(".dl-trail").evaluate(COUNT, BLUE))
    assert seen[1] == pytest.approx(seen[0], rel=0.5), "pixels of the lane's colour: a part of a step more or less, and not a whole run"

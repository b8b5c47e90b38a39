"""What a person sees move: the trails, the one clock, its keys, the maps."""

from __future__ import annotations

import json

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from core.number import fixed, short
from core.window import magnified, widened
from figures import LOOKS, contour
from landscapes import LANDSCAPES
from player.messages.words import verdict_in_words
from runs import gradient_norm, run, verdict, verdicts
from tests.race_page import RacePage, eventually, race_of

SAID = """
    window.texts = new Set();
    const { fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) { window.texts.add(text); return fillText.call(this, text, ...rest); };
"""


def test_it_opens_with_four_lanes_already_playing(page: Page):
    race = RacePage(page, "")
    assert [race.said(i, "title") for i in range(1, 5)] == ["Gradient descent", "Momentum", "RMSprop", "Adam"]
    assert race.playing()
    first = race.step()
    eventually(race.step, lambda step: step > first)
    expect(page).to_have_title("Descent Lab")


def test_playing_moves_every_trail_and_pausing_stops_them(page: Page):
    race = RacePage(page, "at=0")
    still = race.trails()
    race.play.click()
    eventually(race.trails, lambda now: all(a != b for a, b in zip(still, now, strict=True)))
    race.play.click()
    expect(race.play).to_have_attribute("data-state", "play")
    paused, readouts = race.trails(), race.readouts()
    race.frames(20)
    assert race.trails() == paused
    assert race.readouts() == readouts


def test_all_panels_show_the_bars_step_while_it_plays(page: Page):
    race = RacePage(page, "")
    seen = set()
    while len(seen) < 5:
        steps = race.steps()
        assert len(steps) == 6
        assert len(set(steps)) == 1
        seen.add(steps[0])


@pytest.mark.parametrize("link", ["view=2d", "view=3d", "overlay=1&lanes=2"])
def test_a_trail_drawn_step_by_step_is_the_one_drawn_at_once(page: Page, link: str):
    page.goto(f"/?at=0&noise=0.3&{link}")
    expect(page.locator(".js-plotly-plot, .dl-scene").first).to_be_visible()
    race = RacePage.over(page)
    race.frames(20)
    canvas = page.locator(".dl-trail").filter(visible=True).first
    keep = "(c) => { const { data } = c.getContext('2d').getImageData(0, 0, c.width, c.height); window.before = data; return data.some((v) => v); }"
    differ = """(c) => {
        const { data } = c.getContext('2d').getImageData(0, 0, c.width, c.height);
        const gaps = data.map((v, i) => Math.abs(v * data[i | 3] - window.before[i] * window.before[i | 3]) / 255);
        return [Math.max(...new Set(gaps)), gaps.filter((gap) => gap > 8).length / gaps.length];
    }"""
    for _ in range(30):
        race.press("ArrowRight")
    race.frames()
    assert canvas.evaluate(keep)
    race.press("ArrowRight", "ArrowLeft")  # what was too far is drawn anew
    race.frames()
    most, part = canvas.evaluate(differ)
    assert most <= 160, "no more than the smoothing of edges"
    assert part < 0.0005, "and of few"


def test_a_new_number_leaves_the_layout_of_the_rest_as_it_is(browser: Browser, page: Page):
    race = RacePage(page, "inspect=2")
    assert race.playing()
    race.frames(60)
    browser.start_tracing(page=page, categories=["devtools.timeline"])
    race.frames(60)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    layouts = [event["args"]["beginData"]["partialLayout"] for event in events if event["name"] == "Layout" and "beginData" in event["args"]]
    assert len(layouts) > 3
    assert np.mean(layouts) > 0.8


def test_the_keys_and_the_buttons_move_the_clock(page: Page):
    race = RacePage(page, "at=60&lanes=1")
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
def test_keys_are_left_to_the_control_that_has_the_focus(page: Page, control: str, keys: list[str]):
    race = RacePage(page, "at=60&lanes=1")
    page.locator(control).focus()
    for key in keys:
        page.keyboard.press(key)
    race.frames()
    assert set(race.steps()) == {60}
    assert not race.playing()


def test_space_on_a_focused_button_presses_the_button_once(page: Page):
    race = RacePage(page, "at=60&lanes=1")
    race.play.focus()
    page.keyboard.press("Space")
    eventually(race.playing)


def test_speed_is_steps_of_the_clock(page: Page):
    race = RacePage(page, "at=0&steps=1000&lanes=2")
    race.stop_time()
    for speed, steps in [("0.25", 10), ("1", 40), ("8", 320)]:
        page.locator(".dl-speed").select_option(speed)
        race.press("Home", "Space")
        page.clock.run_for(2_000)
        race.press("Space")
        page.clock.run_for(20)
        assert race.step() == pytest.approx(steps, abs=3)
        assert len(set(race.steps())) == 1


def test_speed_and_loop_are_in_the_address(page: Page):
    race = RacePage(page, "at=60")
    page.locator(".dl-speed").select_option("4")
    eventually(race.query, lambda query: query == {"v": "1", "speed": "4.0"})
    race.idle()
    page.locator(".dl-loop").click()
    eventually(race.query, lambda query: query == {"v": "1", "speed": "4.0", "loop": "1"})
    page.reload()
    race.ready()
    expect(page.locator(".dl-speed")).to_have_value("4")
    expect(page.locator(".dl-loop")).to_have_attribute("aria-pressed", "true")


def test_the_race_ends_at_its_last_step_and_the_loop_begins_it_again(page: Page):
    race = RacePage(page, "at=0&steps=20&lanes=1")
    race.stop_time()
    race.press("Space")
    page.clock.run_for(2_000)
    assert (race.step(), race.playing()) == (20, False)
    page.locator(".dl-loop").click()
    race.press("Space")
    page.clock.run_for(2_000)
    assert (race.step(), race.playing()) == (20, True)
    page.clock.run_for(1_000)
    assert race.step() < 20
    assert race.playing()


@pytest.mark.parametrize("surface", ["rosenbrock", "saddle", "ackley", "goldstein_price", "custom"])
def test_the_numbers_are_those_of_the_core(page: Page, surface: str):
    shown = RacePage(page, f"at=37&surface={surface}&4.schedule=cosine&2.warmup=50")
    race = race_of({"surface": surface, "4.schedule": "cosine", "2.warmup": "50"})
    for i, lane in enumerate(race.lanes, start=1):
        result = run(lane.rule, race.surface, race.start, race.steps, lane.schedule)
        texts = [shown.said(i, name) for name in ("step", "f", "slope", "rate")]
        assert texts == ["37", fixed(result.loss[37]), fixed(gradient_norm(result, race.surface)[37]), short(result.lr[37])]


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


def test_a_head_lies_where_the_maps_axes_place_its_point(page: Page):
    race = RacePage(page, "at=0")
    for point in [(1.7, 1.0), (-1.25, 0.5)]:
        page.mouse.click(*race.on_screen(1, point))
        eventually(lambda: race.query().get("x"), lambda x, point=point: float(x or 1.7) == pytest.approx(point[0], abs=0.01))
        start = (float(race.query().get("x", 1.7)), float(race.query().get("y", 1.0)))
        eventually(lambda start=start: off(race, start), lambda pixels: pixels <= 1)
    race.drag(2, (-1.8, 0.0), (-0.6, 1.0))
    eventually(lambda: race.query().get("zoom"))
    race.settled()
    eventually(lambda: off(race, start), lambda pixels: pixels <= 1)


def test_a_click_on_any_panel_sets_the_start_of_all(page: Page):
    race = RacePage(page, "at=0")
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


def test_a_click_on_a_zoomed_map_gives_the_point_under_it(page: Page):
    race = RacePage(page, "at=0&zoom=8&zoom.x=-0.9&zoom.y=0.1&lanes=1")
    page.mouse.click(*race.on_screen(1, (-0.85, 0.05)))
    eventually(lambda: race.query().get("x"))
    assert [float(race.query()[axis]) for axis in "xy"] == pytest.approx([-0.85, 0.05], abs=2e-3)


def test_a_box_drawn_on_one_map_zooms_all_and_the_button_brings_all_back(page: Page):
    race = RacePage(page, "at=60")
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


def test_a_zoom_in_the_link_is_what_every_map_shows(page: Page):
    race = RacePage(page, "at=60&surface=rosenbrock&zoom=5&zoom.x=1&zoom.y=1")
    wanted = magnified(LANDSCAPES["rosenbrock"]().domain, 5, (1, 1))
    assert race.ranges() == [pytest.approx(np.array(wanted))] * 4


def test_the_maps_say_what_is_under_the_pointer(page: Page):
    race = RacePage(page, "at=60")
    surface = race_of().surface
    grid = contour(surface)["grid"]
    x, y = (grid[axis]["from"] + 30 * grid[axis]["step"] for axis in "xy")
    page.mouse.move(*race.on_screen(3, (x, y)))
    said = f"f({fixed(x)}, {fixed(y)}) = {fixed(float(surface.value(np.array([x, y]))))}"
    expect(race.panel(3).locator(".dl-hover")).to_have_text(said)
    page.mouse.move(0, 0)
    expect(race.panel(3).locator(".dl-hover")).to_have_text("")


def test_a_lane_says_how_it_ended_from_that_step_on(page: Page):
    race = race_of()
    shown = RacePage(page, "at=200")
    kinds = []
    for i, lane in enumerate(race.lanes, start=1):
        said = verdicts(run(lane.rule, race.surface, race.start, race.steps, lane.schedule), race.surface)
        *earlier, ended = said
        kinds += [v.kind for v in said]
        before = next((verdict_in_words(v) for v in earlier if v.step <= ended.step - 1 <= v.until), "")
        for step, text in [(ended.step, verdict_in_words(ended)), (ended.step - 1, before)]:
            page.locator(".dl-scrub").fill(str(step))
            expect(shown.panel(i).locator(".dl-verdict")).to_have_text(text)
    assert {"local minimum", "reached", "restless, local"} <= set(kinds)


def test_a_lane_that_rests_on_the_saddle_says_so(page: Page):
    race = RacePage(page, "at=200&surface=saddle&x=1&y=0&lanes=1")
    assert race.said(1, "verdict") == "at a saddle point"


def test_a_diverging_lane_says_at_which_step_and_its_trail_leaves_the_picture(page: Page):
    link = {"surface": "bowl", "1.lr": "0.2"}
    race = race_of(link)
    result = run(race.lanes[0].rule, race.surface, race.start, race.steps)
    assert result.diverged_at > 1
    shown = RacePage(page, f"at={result.diverged_at - 1}&surface=bowl&1.lr=0.2")
    assert shown.said(1, "verdict") == "left the map at step 1"
    shown.press("ArrowRight")
    expect(shown.panel(1).locator(".dl-verdict")).to_have_text(f"diverged at step {result.diverged_at}")
    assert [shown.said(i, "verdict") for i in range(2, 5)].count("") == 3
    script = """(canvas) => {
        const { l, r, t, b, w, h } = canvas.parentElement.querySelector(".dl-map")._fullLayout._size;
        const { data, width, height } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        const drawn = (x, y, w, h) => {
            for (let j = Math.round(y); j < y + h; j++) for (let i = Math.round(x); i < x + w; i++) if (data[4 * (j * width + i) + 3]) return true;
            return false;
        };
        const edges = [[l, t, w, 2], [l, t + h - 2, w, 2], [l, t, 2, h], [l + w - 2, t, 2, h]];
        const outside = [[0, 0, width, t - 1], [0, 0, l - 1, height], [0, t + h + 1, width, b - 1], [l + w + 1, 0, r - 1, height]];
        return [edges.some((box) => drawn(...box)), outside.some((box) => drawn(...box))];
    }"""
    at_edge, outside = shown.panel(1).locator(".dl-trail").evaluate(script)
    assert at_edge
    assert not outside
    at_edge, _ = shown.panel(2).locator(".dl-trail").evaluate(script)
    assert not at_edge


PAINTED = """([canvas, box, sign]) => {
    const [x, y, w, h] = box.map((v) => Math.round(v * devicePixelRatio));
    const { data } = canvas.getContext("2d").getImageData(x, y, w, h);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 200 && sign.every((c, k) => Math.abs(data[i + k] - c) < 30)) count += 1;
    return count;
}"""


def painted(race: RacePage, i: int, box: tuple[float, float, float, float]) -> int:
    """Pixels of lane i's own colour in a box [left, top, width, height] of its canvas."""
    race.frames()
    colour = LOOKS[i - 1].light.lstrip("#")
    canvas = race.panel(i).locator(".dl-trail").element_handle()
    return race.page.evaluate(PAINTED, [canvas, list(box), [int(colour[k : k + 2], 16) for k in (0, 2, 4)]])


def test_a_run_that_has_left_the_map_is_seen_at_its_edge_and_said(page: Page):
    link = {"surface": "saddle", "1.lr": "0.04", "lanes": "1"}
    trajectory, surface = ran(link, 1)
    left = verdict(trajectory, surface)
    assert left.kind == "left the map"
    race = RacePage(page, "&".join(f"{key}={value}" for key, value in link.items()) + f"&at={left.step + 40}", lanes=1)
    expect(race.panel(1).locator(".dl-verdict")).to_have_text(f"left the map at step {left.step}")
    x, top = race.pixel(1, (float(trajectory.path[left.step + 40, 0]), 2.0))
    edge = (x - 6, top, 12, 12)  # where the arrow is: an arrow's height from the edge, and wider than the trail
    away = painted(race, 1, edge)
    page.locator(".dl-scrub").fill(str(left.step - 10))
    expect(race.panel(1).locator(".dl-verdict")).to_have_text("")
    assert painted(race, 1, edge) < 10 < away


ARROWS = """
    window.arrows = 0; // of the shapes on a lane's canvas the arrow alone is closed, beside a round marker on a saddle
    const { closePath } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.closePath = function () {
        if (this.canvas.classList.contains("dl-trail")) window.arrows += 1;
        return closePath.call(this);
    };
"""


def test_in_3d_a_run_that_has_left_the_surface_is_seen_at_its_edge(page: Page):
    page.add_init_script(ARROWS)
    race = RacePage(page, "surface=saddle&1.lr=0.04&lanes=1&view=3d&at=60")
    page.locator(".dl-scrub").fill("70")
    eventually(race.step, lambda step: step == 70)
    race.frames()
    assert page.evaluate("arrows") == 0
    page.locator(".dl-scrub").fill("150")
    eventually(lambda: page.evaluate("arrows"))


@pytest.mark.parametrize(
    ("link", "title"),
    [("", "f − f* (log)"), ("surface=saddle", "f (symmetric log: there is no minimum)")],
)
def test_the_curve_says_what_its_axis_is(page: Page, link: str, title: str):
    page.add_init_script(SAID)
    RacePage(page, f"at=60&{link}")
    eventually(lambda: page.evaluate("[...texts]"), lambda texts: title in texts and "‖∇f‖ (log)" in texts)
    others = {"f − f* (log)", "f (symmetric log: there is no minimum)"} - {title}
    assert others.isdisjoint(page.evaluate("[...texts]"))
    assert {"Gradient descent", "Momentum", "RMSprop", "Adam"} <= set(page.evaluate("[...texts]")), "names stand beside the lines"


def test_space_plays_and_pauses_while_a_slider_has_the_focus(page: Page):
    race = RacePage(page, "at=60&lanes=1")
    race.slider("1.lr").focus()
    page.keyboard.press("Space")
    eventually(race.playing)
    page.keyboard.press("Space")
    eventually(lambda: not race.playing())
    assert "1.lr" not in race.query()


def test_a_verdict_holds_while_it_is_true_and_no_longer(page: Page):
    spans = [v for v in verdicts(*ran({"surface": "bowl"}, 3)) if v.kind == "reached"]
    inside, after = spans[0].step, spans[-1].until + 1
    race = RacePage(page, f"surface=bowl&at={inside}")
    expect(race.panel(3).locator(".dl-verdict")).to_have_text(f"f* reached at step {inside}")
    page.locator(".dl-scrub").fill(str(after))
    eventually(race.step, lambda step: step == after)
    expect(race.panel(3).locator(".dl-verdict")).not_to_have_text(f"f* reached at step {inside}")


def ran(link: dict[str, str], i: int):
    """Lane i's run, and its surface."""
    race = race_of(link)
    lane = race.lanes[i - 1]
    return run(lane.rule, race.surface, race.start, race.steps, lane.schedule), race.surface


@pytest.mark.console_errors
def test_maps_that_could_not_be_fetched_are_tried_again(page: Page):
    page.route("**/plotly.min.js", lambda route: route.abort(), times=1)
    RacePage(page)

"""What is seen and said of a run: its numbers, its curve, how it ended, and where it has left the map."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from core.number import fixed, short
from figures import LOOKS
from player.messages.words import verdict_in_words
from runs import gradient_norm, run, verdict, verdicts
from tests.conftest import RaceAt
from tests.race_page import RacePage, eventually, race_of
from tests.samples import one_in


def ran(link: dict[str, str], i: int):
    """Lane i's run, and its surface."""
    race = race_of(link)
    lane = race.lanes[i - 1]
    return run(lane.rule, race.surface, race.start, race.steps, lane.schedule), race.surface


@pytest.mark.parametrize("surface", one_in(4, ["rosenbrock", "saddle", "ackley", "goldstein_price", "custom"]))
def test_the_numbers_are_those_of_the_core(race_at: RaceAt, surface: str):
    shown = race_at(f"at=37&surface={surface}&4.schedule=cosine&2.warmup=50")
    race = race_of({"surface": surface, "4.schedule": "cosine", "2.warmup": "50"})
    for i, lane in enumerate(race.lanes, start=1):
        result = run(lane.rule, race.surface, race.start, race.steps, lane.schedule)
        texts = [shown.said(i, name) for name in ("step", "f", "slope", "rate")]
        assert texts == ["37", fixed(result.loss[37]), fixed(gradient_norm(result, race.surface)[37]), short(result.lr[37])]


@pytest.mark.parametrize(
    ("link", "title"),
    [("", "f − f* (log)"), ("surface=saddle", "f (symmetric log: there is no minimum)")],
)
def test_the_curve_says_what_its_axis_is(race_at: RaceAt, link: str, title: str):
    race = race_at(f"at=60&{link}")
    texts = eventually(race.written, lambda texts: {title, "‖∇f‖ (log)"} <= texts)
    others = {"f − f* (log)", "f (symmetric log: there is no minimum)"} - {title}
    assert others.isdisjoint(texts)
    assert {"Gradient descent", "Momentum", "RMSprop", "Adam"} <= texts, "names stand beside the lines"


def test_a_lane_says_how_it_ended_from_that_step_on(race_at: RaceAt):
    race = race_of()
    shown = race_at("at=200")
    kinds = []
    for i, lane in enumerate(race.lanes, start=1):
        said = verdicts(run(lane.rule, race.surface, race.start, race.steps, lane.schedule), race.surface)
        *earlier, ended = said
        kinds += [v.kind for v in said]
        before = next((verdict_in_words(v) for v in earlier if v.step <= ended.step - 1 <= v.until), "")
        for step, text in [(ended.step, verdict_in_words(ended)), (ended.step - 1, before)]:
            shown.page.locator(".dl-scrub").fill(str(step))
            expect(shown.panel(i).locator(".dl-verdict")).to_have_text(text)
    assert {"local minimum", "reached", "restless, local"} <= set(kinds)


def test_a_verdict_holds_while_it_is_true_and_no_longer(race_at: RaceAt):
    spans = [v for v in verdicts(*ran({"surface": "bowl"}, 3)) if v.kind == "reached"]
    inside, after = spans[0].step, spans[-1].until + 1
    race = race_at(f"surface=bowl&at={inside}")
    expect(race.panel(3).locator(".dl-verdict")).to_have_text(f"f* reached at step {inside}")
    race.page.locator(".dl-scrub").fill(str(after))
    eventually(race.step, lambda step: step == after)
    expect(race.panel(3).locator(".dl-verdict")).not_to_have_text(f"f* reached at step {inside}")


def test_a_lane_that_rests_on_the_saddle_says_so(race_at: RaceAt):
    race = race_at("at=200&surface=saddle&x=1&y=0&lanes=1")
    assert race.said(1, "verdict") == "at a saddle point"


def test_a_diverging_lane_says_at_which_step_and_its_trail_leaves_the_picture(race_at: RaceAt):
    link = {"surface": "bowl", "1.lr": "0.2"}
    race = race_of(link)
    result = run(race.lanes[0].rule, race.surface, race.start, race.steps)
    assert result.diverged_at > 1
    shown = race_at(f"at={result.diverged_at - 1}&surface=bowl&1.lr=0.2")
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


def test_a_run_that_has_left_the_map_is_seen_at_its_edge_and_said(race_at: RaceAt):
    link = {"surface": "saddle", "1.lr": "0.04", "lanes": "1"}
    trajectory, surface = ran(link, 1)
    left = verdict(trajectory, surface)
    assert left.kind == "left the map"
    race = race_at("&".join(f"{key}={value}" for key, value in link.items()) + f"&at={left.step + 40}", lanes=1)
    expect(race.panel(1).locator(".dl-verdict")).to_have_text(f"left the map at step {left.step}")
    x, top = race.pixel(1, (float(trajectory.path[left.step + 40, 0]), 2.0))
    edge = (x - 6, top, 12, 12)  # where the arrow is: an arrow's height from the edge, and wider than the trail
    away = painted(race, 1, edge)
    race.page.locator(".dl-scrub").fill(str(left.step - 10))
    expect(race.panel(1).locator(".dl-verdict")).to_have_text("")
    assert painted(race, 1, edge) < 10 < away


ARROWS = """() => {
    window.arrows = 0; // of the shapes on a lane's canvas the arrow alone is closed, beside a round marker on a saddle
    const { closePath } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.closePath = function () {
        if (this.canvas.classList.contains("dl-trail")) window.arrows += 1;
        return closePath.call(this);
    };
}"""


def test_in_3d_a_run_that_has_left_the_surface_is_seen_at_its_edge(race_at: RaceAt):
    race = race_at("surface=saddle&1.lr=0.04&lanes=1&view=3d&at=60")
    page = race.page
    page.evaluate(ARROWS)
    page.locator(".dl-scrub").fill("70")
    eventually(race.step, lambda step: step == 70)
    race.frames()
    assert page.evaluate("arrows") == 0
    page.locator(".dl-scrub").fill("150")
    eventually(lambda: page.evaluate("arrows"))

"""Noise as a person sees it: the same for every lane, said on the page, and many runs at once."""

from __future__ import annotations

from urllib.parse import urlencode

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core.number import fixed
from figures import LOOKS
from runs import run
from tests.conftest import RaceAt
from tests.race_page import RacePage, eventually, race_of
from tests.visitors import ColorScheme

TWINS = {"surface": "bowl", "lanes": "2", "2.rule": "gradient_descent", "2.look": "1"}  # two lanes that nothing tells apart
SEEN = """(canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const seen = {};
    for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255) {
        const colour = [...data.slice(i, i + 3)].join();
        seen[colour] = (seen[colour] ?? 0) + 1;
    }
    return seen;
}"""


def test_two_lanes_that_are_the_same_take_the_same_noisy_path(race_at: RaceAt, page: Page):
    noisy = TWINS | {"at": "60", "noise": "1", "seed": "5"}
    quiet = race_at(urlencode(TWINS | {"at": "60"})).trails()
    race = race_at(urlencode(noisy))
    one, twin = race.trails()
    assert one == twin
    assert one not in quiet
    setup = race_of(TWINS | {"noise": "1", "seed": "5"})
    lane = setup.lanes[0]
    loss = run(lane.rule, setup.descended(lane), setup.start, setup.steps, lane.schedule).loss
    assert {race.said(i, "f") for i in (1, 2)} == {fixed(loss[60])}
    assert one not in race_at(urlencode(noisy | {"seed": "6"})).trails()
    assert RacePage(page, urlencode(noisy)).trails() == [one, twin], "a link repeats it"


def test_noise_is_set_in_its_menu_which_stays_open_and_says_so(race_at: RaceAt):
    race = race_at(urlencode(TWINS | {"at": "60"}))
    page = race.page
    button = page.locator(".st-key-noise_menu").get_by_test_id("stPopoverButton").filter(visible=True)
    expect(button.get_by_role("paragraph")).to_have_text("Noise")
    button.click()
    assert race.nudge("noise", times=9) == "0.2"
    expect(button.get_by_role("paragraph")).to_have_text("Noise σ 0.2")
    page.get_by_text("Many runs", exact=True).click()
    eventually(race.query, lambda query: query.get("many") == "1")
    assert race.query()["noise"] == "0.2"
    race.idle()
    expect(page.get_by_text("Many runs", exact=True)).to_be_visible()


def test_many_runs_are_a_cloud_on_the_map_and_a_band_on_the_curves(race_at: RaceAt):
    link = TWINS | {"2.rule": "adam", "2.look": "2", "noise": "1", "at": "150"}
    alone = race_at(urlencode(link))
    page = alone.page
    curve = "document.querySelector('.dl-loss').toDataURL()"
    before, trails = page.evaluate(curve), alone.trails()
    assert not any("mean of" in text for text in eventually(alone.written))
    race = race_at(urlencode(link | {"many": "1"}))
    eventually(lambda: page.evaluate(curve), lambda now: now != before)
    eventually(race.trails, lambda now: all(a != b for a, b in zip(now, trails, strict=True)))
    title = "f − f* (log) · mean of 30 runs, band 10–90 % · thin dashes: predicted mean"
    expect(page.locator(".dl-loss")).to_have_attribute("aria-label", title)
    eventually(race.written, lambda texts: title in texts)
    for i in (1, 2):
        colour = ",".join(str(int(LOOKS[i - 1].light[k : k + 2], 16)) for k in (1, 3, 5))
        # Thirty dots of 2.25 pixels' radius; the trail stands back and is not in the full colour.
        assert 100 < race.panel(i).locator(".dl-trail").evaluate(SEEN)[colour] < 2000
    still = race.trails()
    race.press("ArrowRight")
    eventually(race.trails, lambda now: all(a != b for a, b in zip(still, now, strict=True)))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_cloud_is_where_the_runs_are(race_at: RaceAt, scheme: ColorScheme):
    link = {"surface": "bowl", "lanes": "1", "1.rule": "adam", "noise": "2", "many": "1", "at": "90"}
    race = race_at(urlencode(link), color_scheme=scheme)
    setup = race_of(link)
    lane = setup.lanes[0]
    points = run(lane.rule, setup.descended(lane, 30), np.repeat(np.array([setup.start]).T, 30, axis=1), setup.steps).path[90].T
    colour = [int(getattr(LOOKS[0], scheme)[k : k + 2], 16) for k in (1, 3, 5)]
    script = "(canvas, [x, y]) => [...canvas.getContext('2d').getImageData(x * devicePixelRatio, y * devicePixelRatio, 1, 1).data].slice(0, 3)"
    inside = 0
    for point in points:
        x, y = race.pixel(1, tuple(point))
        inside += race.panel(1).locator(".dl-trail").evaluate(script, [x, y]) == colour
    assert inside == len(points)


def test_a_cloud_that_diverges_leaves_the_picture_and_the_page_lives_on(race_at: RaceAt):
    race = race_at("surface=bowl&lanes=2&1.lr=0.2&noise=1&many=1&at=200")
    page = race.page
    assert race.said(1, "verdict").startswith("diverged at step")
    expect(page.locator(".dl-loss")).to_have_attribute("aria-label", "f − f* (log) · mean of 30 runs, band 10–90 % · thin dashes: predicted mean")
    race.press("ArrowLeft")
    eventually(race.step, lambda step: step == 199)


def test_on_a_small_phone_the_curves_title_keeps_the_parts_that_fit(race_at: RaceAt):
    race = race_at(urlencode(TWINS | {"noise": "1", "many": "1", "at": "60"}), viewport=(320, 640))
    eventually(race.written, lambda texts: "f − f* (log) · mean of 30 runs, band 10–90 %" in texts)


def test_four_lanes_with_noise_are_in_view_on_one_screen(race_at: RaceAt):
    page = race_at("at=60&surface=bowl&noise=0.015&many=1").page
    top = page.locator(".st-key-top").bounding_box()
    curves, bar = page.locator(".dl-curves").bounding_box(), page.locator(".dl-bar").bounding_box()
    assert top
    assert curves
    assert bar
    assert top["height"] < 80, "one row"
    assert curves["y"] + curves["height"] <= bar["y"] + 1

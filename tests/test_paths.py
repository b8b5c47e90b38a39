"""One setting at all its values: its runs, its place in a link, and the slider that goes through them."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core.number import setting
from links import Flat
from links.axes import axes_of
from links.entries import lane_of, surface_of
from links.explore import EXPLORE
from links.paths import chosen, chosen_race, pathed, values_of, what_is_pathed
from links.race import RACE
from locales import said
from player.messages.paths import moved_through, paths
from runs import Noisy, run
from runs.cells import Outcome
from tests.conftest import NewPage
from tests.explored import settings
from tests.race_page import eventually, go, idle
from tests.test_player import unpacked

LINKS = [
    "",
    "surface=himmelblau&1.rule=adam&ax=1.beta2&ay=1.lr&1.schedule=cosine",
    "1.rule=gradient_descent&ax=1.warmup&noise=0.3",
    "surface=rosenbrock&ax=x&1.rule=newton&1.lr=1",
    "ax=surface.kappa&1.rule=bfgs",
    "ax=noise&seed=3",
    "surface=custom&surface.text=log(x)%2By^2&1.rule=rmsprop",
]


def sent(flat: Flat) -> dict[str, Any]:
    """The runs as the browser unpacks them."""
    return unpacked(moved_through(flat, pathed(flat)))["paths"]


@pytest.mark.parametrize("link", LINKS)
def test_each_path_is_the_run_with_the_setting_at_its_value(link: str):
    flat = settings(f"{link}&steps=40")
    x, _y = axes_of(flat)
    values, found = values_of(x), pathed(flat)
    for k in (0, len(values) // 2, len(values) - 1):
        own: Flat = flat | {x.key: int(values[k]) if x.allowed.whole else float(values[k])} | {"1.quiet": 0}
        surface, lane = surface_of(own), lane_of(own, 1)
        alone = run(lane.rule, Noisy(surface, own["noise"], own["seed"]), (own["x"], own["y"]), own["steps"], lane.schedule)
        np.testing.assert_allclose(found.loss[k], alone.loss, rtol=1e-7, atol=1e-12)
        np.testing.assert_allclose(found.points[k].T, alone.path, rtol=1e-5, atol=1e-5)


def test_what_hangs_on_neither_setting_nor_range_is_the_same_runs():
    flat = settings("ay.low=0.2&measure=final&scrub=0.01")
    assert what_is_pathed(flat) == what_is_pathed(settings("1.lr=0.3&kept=0.01,0.3"))
    assert what_is_pathed(flat) != what_is_pathed(settings("1.momentum=0.5"))
    assert what_is_pathed(flat) != what_is_pathed(settings("ax.high=0.1"))


def test_a_run_that_has_no_measure_is_shown_by_its_sign():
    for measure in ("steps", "final", "distance"):
        message = sent(settings(f"measure={measure}"))
        outcome, there = np.asarray(message["outcomes"]), np.isfinite(message["measured"])
        assert set(outcome[~there]) == {which for which, _share in message["shares"]}
        assert Outcome.DIVERGED in outcome[~there]
        assert not there[np.asarray(message["leaves"]) == 1].any()


# The link.


def test_the_run_at_first_is_that_of_the_setting_and_another_stands_in_the_link():
    flat = settings("1.rule=adam&ax=1.beta2")
    values = values_of(axes_of(flat)[0])
    assert chosen(flat) == np.abs(np.log((1 - values) / (1 - flat["1.beta2"]))).argmin()
    assert "scrub" not in EXPLORE.short(flat, "en")
    other = settings("1.rule=adam&ax=1.beta2&view=paths&scrub=0.5")
    assert EXPLORE.short(other, "en").items() >= {"1.rule": "adam", "ax": "1.beta2", "view": "paths", "scrub": "0.5"}.items()
    assert EXPLORE.read(EXPLORE.short(other, "en"), "en") == (other, [])
    race = RACE.read(chosen_race(other, "en"), "en")[0]
    assert race["lanes"] == 1
    assert race["1.beta2"] == values[chosen(other)] == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("scrub", ["1e9", "0", "nan", "x", "inf"])
def test_a_value_off_the_axis_is_ignored_with_a_sentence(scrub: str):
    flat, (complaint,) = EXPLORE.read_link(f"view=paths&scrub={scrub}", "en")
    assert flat["scrub"] == ""
    assert said(complaint) == f"scrub={scrub} was ignored: allowed is [{flat['ax.low']:.6g}, {flat['ax.high']:.6g}]."


# The page.


def shown(page: Page, link: str) -> None:
    """The view with its paths at these settings."""
    go(page, f"/explore?view=paths&{link}")
    expect(page.locator(".dl-paths .dl-summary")).not_to_be_empty()
    idle(page)


def scrub(page: Page) -> float:
    """The value that the address bar has."""
    return float(page.evaluate("new URLSearchParams(location.search).get('scrub')") or "nan")


def test_a_drag_goes_through_all_runs_in_step_with_the_hand_and_asks_for_nothing(open_page: NewPage):
    page = open_page()
    shown(page, "steps=60")
    values = values_of(axes_of(settings("steps=60"))[0])
    slider, value = page.locator(".dl-through-range"), page.locator(".dl-through-value")
    box = slider.bounding_box()
    assert box
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "?" in request.url else None)
    page.evaluate("""() => { window.seen = new Set();
        const look = () => { seen.add(document.querySelector(".dl-through-value").textContent); window.looking = requestAnimationFrame(look); };
        look(); }""")
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, y)
    page.mouse.down()
    page.mouse.move(box["x"] + 12, y, steps=12)
    page.mouse.move(box["x"] + box["width"] - 1, y, steps=25)
    expect(value).to_have_text(f"η {setting(float(values[-1]))}")
    assert asked == []
    assert page.evaluate("cancelAnimationFrame(window.looking), seen.size") > 25
    expect(page.locator(".dl-through-said")).to_have_text("diverged")
    page.mouse.up()
    eventually(lambda: scrub(page), lambda kept: kept == values[-1])
    slider.press("Home")
    expect(value).to_have_text(f"η {setting(float(values[0]))}")
    slider.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", f"η {setting(float(values[1]))}: not there yet")
    eventually(lambda: scrub(page), lambda kept: kept == values[1])
    idle(page)
    page.go_back()
    expect(value).to_have_text(f"η {setting(float(values[-1]))}")
    expect(page.get_by_role("link", name="Open in the race")).to_have_attribute("href", re.compile(re.escape(f"1.lr={float(values[-1])!r}")))


def test_the_values_are_zoomed_by_wheel_box_and_keys_and_there_is_a_way_back(open_page: NewPage):
    page = open_page()
    shown(page, "steps=60&scrub=0.02")
    chart, slider = page.locator(".dl-path-measure"), page.locator(".dl-through-range")
    of_link = "['ax.low', 'ax.high'].map((key) => Number(new URLSearchParams(location.search).get(key) ?? 'NaN'))"
    ends = lambda: page.evaluate(of_link)  # noqa: E731
    box = chart.bounding_box()
    assert box
    left, top, wide = box["x"], box["y"] + box["height"] / 2, box["width"]
    page.mouse.move(left + 0.6 * wide, top)
    page.mouse.wheel(0, -200)
    low, high = eventually(ends, lambda now: now[0] < now[1])
    page.mouse.down()
    page.mouse.move(left + 0.4 * wide, top, steps=4)
    page.mouse.up()
    eventually(ends, lambda now: low < now[0] < now[1] < high)
    slider.press("Backspace")
    eventually(ends, lambda now: now == [low, high])
    slider.press("+")
    eventually(ends, lambda now: low < now[0] < now[1] < high)
    slider.press("0")
    eventually(ends, lambda now: bool(np.isnan(now).all()))
    expect(page.locator(".dl-through .dl-home")).to_be_hidden()
    assert scrub(page) == 0.02
    shown(page, "steps=20&ax.low=0.1&ax.high=0.1000000000001")
    said = page.locator(".dl-through-said")
    eventually(lambda: slider.press("+") or said.text_content() or "", lambda text: text.startswith("Double precision ends here"))


def test_a_picture_says_what_it_is_of_and_no_value_of_what_is_moved_through():
    kappa = paths(settings("ax=1.lr&ay=surface.kappa"))["note"]
    assert kappa == ["Bowl, κ = 20, θ = 30, start (−1.8, −0.4), 200 steps", "Momentum"]
    assert paths(settings("ax=surface.kappa"))["note"][0] == "Bowl, start (−1.8, −0.4), 200 steps"

"""Basins in a browser: maps side by side, a start under the pointer, a click, keys, a zoom, and a picture."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conftest import NewPage
from tests.race_page import eventually, go, idle

LINK = "view=basins&surface=himmelblau&steps=60&rules=gradient_descent,momentum"


def at(page: Page, link: str = LINK) -> Page:
    """The maps of a link, all of them there."""
    go(page, f"/explore?{link}")
    expect(page.locator(".dl-basin")).to_have_count(len(dict(parse_qsl(link))["rules"].split(",")))
    expect(page.locator(".dl-basin .dl-summary", has_text=re.compile("."))).to_have_count(page.locator(".dl-basin").count())
    idle(page)
    return page


def query(page: Page) -> dict[str, str]:
    return dict(parse_qsl(page.evaluate("location.search.slice(1)")))


def spot(basin: Locator, x: float, y: float) -> tuple[float, float]:
    """Where a start lies on the screen, on a map from −5 to 5 each way, whose margins are 30, 8, 3 and 18 pixels."""
    box = basin.locator(".dl-sweep-map").bounding_box()
    assert box
    return box["x"] + 30 + (x + 5) / 10 * (box["width"] - 38), box["y"] + 3 + (5 - y) / 10 * (box["height"] - 21)


def start_of(basin: Locator) -> list[float]:
    """The start that is read below a map."""
    found = re.match(r"\((.*), (.*)\) →", basin.locator(".dl-basin-reading").inner_text().replace("−", "-"))
    assert found
    return [float(v) for v in found.groups()]


def test_a_start_is_read_on_all_maps_and_a_click_begins_there(open_page: NewPage):
    page = at(open_page())
    gradient, momentum = page.locator(".dl-basin").all()
    page.mouse.move(*spot(momentum, -2, 3))
    eventually(lambda: start_of(gradient), lambda now: now == pytest.approx([-2, 3], abs=0.15))
    assert start_of(momentum) == start_of(gradient)
    assert "→ C · f" in gradient.locator(".dl-basin-reading").inner_text()
    page.mouse.click(*spot(momentum, -2, -2))
    eventually(lambda: query(page).get("x"))
    assert [float(query(page)[axis]) for axis in "xy"] == pytest.approx([-2, -2], abs=0.15)
    expect(page.locator(".dl-play")).to_have_attribute("data-state", "pause")  # it plays
    page.keyboard.press("End")


def test_keys_walk_over_the_starts_and_zoom(open_page: NewPage):
    page = at(open_page())
    basin = page.locator(".dl-basin").first
    basin.locator(".dl-sweep-map").focus()
    page.keyboard.press("ArrowRight")
    first = eventually(lambda: start_of(basin), lambda now: abs(now[0]) < 0.5)
    page.keyboard.press("Shift+ArrowRight")
    eventually(lambda: start_of(basin)[0], lambda x: x > first[0])
    page.keyboard.press("Enter")
    eventually(lambda: float(query(page).get("x", 9)), lambda x: x == pytest.approx(start_of(basin)[0], abs=0.01))
    page.keyboard.press("+")
    x0, x1, y0, y1 = (float(v) for v in eventually(lambda: query(page).get("starts", "")).split(","))
    assert (x1 - x0, y1 - y0) == pytest.approx((10 / 1.5, 10 / 1.5), abs=0.001)
    page.keyboard.press("0")
    eventually(lambda: "starts" not in query(page))
    page.keyboard.press("Escape")


def test_the_shares_follow_a_slider_and_sum_to_the_whole(open_page: NewPage):
    page = at(open_page())
    shares = page.locator(".dl-basin").nth(1).locator(".dl-basin-shares")
    before = shares.inner_text()
    slider = page.locator(".st-key-1-lr input[type=range]")
    slider.focus()
    slider.press("ArrowRight")
    eventually(shares.inner_text, lambda now: now != before)
    text = shares.inner_text()
    parts = [float(v) for v in re.findall(r"([\d.]+) %", text)]
    assert sum(parts) == pytest.approx(100, abs=0.001 + 0.05 * len(parts) + 0.05 * text.count("<"))  # each is rounded to 0.1
    eventually(lambda: "1.lr" in query(page))


def test_rules_come_and_go_and_a_picture_has_all(open_page: NewPage, tmp_path: Path):
    page = at(open_page())
    ground = page.locator("[data-tag]").first.evaluate("(tag) => getComputedStyle(tag).backgroundColor")
    assert not ground.endswith((", 0)", "/ 0)"))  # a tag stands out from its field
    page.get_by_label("Remove Gradient descent").click()
    expect(page.locator(".dl-basin")).to_have_count(1)
    expect(page.locator(".dl-basin-title")).to_have_text("Momentum")
    eventually(lambda: query(page).get("rules"), lambda rules: rules == "momentum")
    with page.expect_download() as download:
        page.locator(".dl-basins .dl-picture").click()
    assert download.value.suggested_filename == "basins_himmelblau_momentum.png"
    download.value.save_as(tmp_path / "picture.png")
    assert (tmp_path / "picture.png").read_bytes().startswith(b"\x89PNG")

"""The loss on a plane in a browser: the map comes with its paths and numbers, the path is walked along, and all of it stands in the link."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core.number import fixed
from links.planes import laid, trained_for
from links.trained import read, training
from player.messages.train import waiting
from runs.slices import Traced
from tests.conftest import NewPage
from tests.fingers import PHONE
from tests.race_page import eventually, go
from tests.test_browser_access import faultless

LINK = "v=1&show=plane&lanes=2&steps=100&hidden=8"
PLANE = ".dl-train-plane"


def at(page: Page, link: str = LINK) -> Page:
    """The page at a link, with all of its plane."""
    go(page, f"/train?{link}")
    wanted = "3d" if "view=3d" in link else "2d"
    expect(page.locator(f"{PLANE} {'.dl-scene' if wanted == '3d' else '.main-svg'}").first).to_be_visible()
    return fine(page)


def fine(page: Page) -> Page:
    expect(page.locator(PLANE)).to_have_attribute("data-state", "fine")
    return page


def rows(page: Page) -> list[list[str]]:
    """What the table beside the map says."""
    return page.locator(f"{PLANE} tbody tr").evaluate_all("(all) => all.map((row) => [...row.cells].map((cell) => cell.textContent))")


def traced(link: str = LINK) -> list[Traced]:
    flat = read(dict(parse_qsl(link)))
    keys = trained_for(flat)
    return list(laid(keys, [training(key).run().path for key in keys], flat["plane"], flat["plane.seed"]).paths)


def both(path: Traced, k: int) -> list[str]:
    """The two losses at the k-th point."""
    return [fixed(float(path.true[k])), fixed(float(path.shown[k]))]


def test_it_says_the_true_loss_beside_that_on_the_plane_and_is_walked_along(open_page: NewPage):
    page = at(open_page())
    (path,) = traced()
    eventually(lambda: [row[1:] for row in rows(page)], lambda now: now == [both(path, 0), both(path, -1), both(path, -1)])
    expect(page.locator(f"{PLANE} caption")).to_have_text(f"Gradient descent: the plane holds {fixed(100 * path.share)} % of its path's variance")
    slider = page.locator(".dl-plane-range")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    k = len(path.true) - 4
    assert rows(page)[1] == [f"Step {k if k < 50 else k + 1} of 100", *both(path, k)]
    expect(slider).to_have_attribute("aria-valuetext", re.compile(f"True loss {re.escape(both(path, k)[0])}, On the plane"))
    eventually(lambda: page.evaluate("location.search"), lambda query: f"moment={round(k / 99, 3)}" in query)
    page.locator(".dl-train-scroll tbody tr:nth-child(2) button").click()
    expect(page.locator(f"{PLANE} caption")).to_contain_text("Momentum")
    fine(page)
    (other,) = traced(f"{LINK}&lane=2")
    eventually(lambda: rows(page)[1][1:], lambda now: now == both(other, k))
    with page.expect_download() as saved:
        page.locator(".dl-train-job .dl-picture").click()
    assert saved.value.suggested_filename == "train_digits_8_plane.png"


def test_a_click_on_the_map_looks_at_the_nearest_point_of_the_path(open_page: NewPage):
    page = at(open_page(), f"{LINK}&lane=2")
    (path,) = traced(f"{LINK}&lane=2")
    now = page.locator(".dl-plane-now")
    expect(now).to_have_text("Step 100 of 100")
    x, y = page.evaluate(
        """async ([store, x, y]) => {
          const map = document.querySelector(".dl-train-plane .dl-map"), { left, top } = map.getBoundingClientRect();
          const { xaxis, yaxis } = map._fullLayout;
          return [left + xaxis._offset + xaxis.l2p(x), top + yaxis._offset + yaxis.l2p(y)];
        }""",
        ["", *map(float, path.places[:, 20])],
    )
    page.mouse.click(x, y)
    near = int(np.argmin(np.hypot(*(path.places - path.places[:, 20:21]))))
    expect(now).to_have_text(f"Step {near} of 100")
    eventually(lambda: page.evaluate("location.search"), lambda query: f"moment={round(near / 99, 3)}" in query)


def test_all_paths_have_a_row_each_and_the_scene_is_in_the_link(open_page: NewPage):
    page = at(open_page(), f"{LINK}&plane=all&view=3d&moment=0")
    paths = traced(f"{LINK}&plane=all")
    wanted = [[f"{fixed(100 * path.share)} %", *both(path, 0)] for path in paths]
    eventually(lambda: [row[1:] for row in rows(page)], lambda now: now == wanted)
    assert [row[0] for row in rows(page)] == ["Gradient descent", "Momentum"]
    page.get_by_text("Random", exact=True).click()
    eventually(lambda: page.evaluate("location.search"), lambda query: "plane=random" in query and "view=3d" in query and "moment=0.0" in query)
    fine(page)
    page.go_back()
    eventually(lambda: page.evaluate("location.search"), lambda query: "plane=all" in query)
    eventually(lambda: [row[1:] for row in rows(page)], lambda now: now == wanted)
    page.get_by_text("Curves", exact=True).click()
    expect(page.locator(".dl-train-curves")).to_be_visible()
    expect(page.locator(PLANE)).to_be_hidden()


def test_what_goes_wrong_is_said_and_tried_again(open_page: NewPage):
    page = open_page()
    page.route("**/plane?*", lambda route: route.fulfill(body=waiting(0, "The process was ended.")))
    go(page, f"/train?{LINK}&seed=3")
    retry = page.locator(".dl-plane-retry")
    expect(page.locator(".dl-plane-said")).to_have_text("The process was ended.")
    expect(retry).to_have_text("Try again")
    page.unroute("**/plane?*")
    retry.click()
    fine(page)
    expect(retry).to_be_hidden()


@pytest.mark.parametrize("kind", [{}, PHONE])
def test_axe_finds_nothing_serious_and_it_fits(open_page: NewPage, kind: dict[str, object]):
    page = at(open_page(**kind), f"{LINK}&lang=ko")  # pyright: ignore[reportArgumentType]
    eventually(lambda: page.evaluate("document.querySelector('.stMain').scrollWidth <= innerWidth"))
    faultless(page)
    go(page, f"/train?v=1&lanes=2&steps=100&hidden=8&hide={'' if kind else 'curves'}")
    expect(page.locator(PLANE)).to_be_hidden()
    expect(page.locator(".dl-train")).to_have_attribute("data-state", "over")
    faultless(page)


def test_a_link_leaves_it_out(open_page: NewPage):
    page = open_page()
    go(page, f"/train?{LINK}&hide=curves")
    expect(page.locator(".dl-train-scroll")).to_be_visible()
    expect(page.locator(PLANE)).to_be_hidden()

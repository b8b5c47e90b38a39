"""What the server's own side does to the page: addresses below a base path, frames on other sites, the order of files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from player import ADDRESS
from serving.headers import EMBED
from tests.conftest import NewPage, Serving, free_port
from tests.race_page import RacePage, eventually


@contextmanager
def opened(browser: Browser, **options) -> Iterator[tuple[Page, list[str]]]:
    """A page of its own, and what it writes to its console as an error."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, **options)
    page, errors = context.new_page(), []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page, errors
    context.close()


def test_the_page_works_below_a_base_path(serving: Serving, browser: Browser, tmp_path: Path):
    with (
        serving(free_port(), tmp_path / "log", base="/lab") as address,
        opened(browser, base_url=f"{address}/", permissions=["clipboard-read", "clipboard-write"]) as (page, errors),
    ):
        page.goto("?at=60&1.lr=0.01&lanes=1")
        race = RacePage.over(page, 1)
        expect(page.locator(".dl-map .main-svg:first-child")).to_have_count(1)
        assert page.locator(".dl-bar").evaluate("(bar) => getComputedStyle(bar).position") != "static"  # the style sheets came
        with page.expect_response(re.compile(r"/lane/1\?")) as lane:  # a dragged slider's
            page.mouse.move(*on_rail(race, 0.3))
            page.mouse.down()
            page.mouse.move(*on_rail(race, 0.4))
        assert lane.value.url.startswith(f"{address}/lane/1?")
        assert lane.value.ok
        page.mouse.up()
        eventually(lambda: race.query()["1.lr"], lambda lr: lr != "0.01")
        race.idle()
        page.locator(".dl-link").click()
        copied = eventually(lambda: page.evaluate("navigator.clipboard.readText()"))
        assert copied.startswith(f"{address}/?v=1&")
        page.get_by_role("link", name="Catalogue").click()
        expect(page.locator(".st-key-card-rosenbrock")).to_be_visible()
        assert page.evaluate("location.pathname") == "/lab/catalogue"
        page.locator(".st-key-card-rosenbrock").get_by_role("link", name="Open in the race").click()
        RacePage.over(page, 4)
        assert page.evaluate("location.pathname") == "/lab/"
        page.goto("catalogue")
        expect(page.locator(".st-key-card-rosenbrock")).to_be_visible()
        page.goto(copied)
        RacePage.over(page, 1)
        assert errors == []


def on_rail(race: RacePage, part: float) -> tuple[float, float]:
    box = race.slider("1.lr").bounding_box()
    assert box
    return box["x"] + part * box["width"], box["y"] + box["height"] / 2


@pytest.fixture(scope="module")
def course() -> Iterator[tuple[str, list[str]]]:
    """The origin of another site, whose only page frames the address in the list."""
    framed: list[str] = []

    class Course(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            if self.path == "/":
                self.wfile.write(f'<link rel="icon" href="data:,"><iframe src="{framed[-1]}/?lanes=1" width="1200" height="800"></iframe>'.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Course) as site:
        Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{site.server_port}", framed
        site.shutdown()


def test_another_site_cannot_frame_the_page(browser: Browser, server: str, course: tuple[str, list[str]]):
    origin, framed = course
    framed.append(server)
    with opened(browser) as (page, errors):
        page.goto(origin)
        eventually(lambda: errors)
        assert "frame-ancestors 'self'" in errors[0]
        assert page.frame_locator("iframe").locator("#root").count() == 0


def test_a_site_that_the_setting_names_frames_the_page(serving: Serving, browser: Browser, tmp_path: Path, course: tuple[str, list[str]]):
    origin, framed = course
    environment = {EMBED: f"https://lms.example.edu {origin}"}
    with serving(free_port(), tmp_path / "log", environment=environment) as address, opened(browser) as (page, errors):
        framed.append(address)
        page.goto(origin)
        expect(page.frame_locator("iframe").locator(".dl-map .main-svg:first-child")).to_have_count(1)
        assert errors == []


def test_modules_come_with_the_first_page_and_once(new_page: NewPage):
    page = new_page(new=True)
    order: list[str] = []
    page.on("request", lambda request: order.append(request.url.partition(f"/{ADDRESS}/")[2]))
    page.on("websocket", lambda _socket: order.append("websocket"))
    RacePage(page, "at=60&lanes=2")
    modules = [name for name in order if name.startswith("player/") and name.endswith(".js")]
    assert [name for name, times in Counter(modules).items() if times > 1] == []
    assert set(order[order.index("websocket") :]).isdisjoint(modules)
    assert order.count("plotly/plotly.min.js") == 1

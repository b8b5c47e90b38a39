"""A page whose server was started anew: the first change after that is the one that counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from core.number import short
from optimizers import OPTIMIZERS
from tests.conftest import Serving, free_port
from tests.race_page import RacePage, eventually


class Restarted(NamedTuple):
    """A race page, and the server's power switch."""

    race: RacePage
    stop: Callable[[], None]
    start: Callable[[], None]

    def restart(self) -> None:
        self.stop()
        expect(self.app).not_to_have_attribute("data-test-connection-state", "CONNECTED")
        self.start()
        expect(self.app).to_have_attribute("data-test-connection-state", "CONNECTED")

    @property
    def app(self) -> Locator:
        return self.race.page.get_by_test_id("stApp")

    @property
    def page(self) -> Page:
        return self.race.page


@pytest.fixture
def restarted(serving: Serving, browser: Browser, tmp_path: Path) -> Iterator[Restarted]:
    """A page of a server that the test may stop and start."""
    port, log = free_port(), tmp_path / "log"
    with ExitStack() as running:
        context = browser.new_context(base_url=running.enter_context(serving(port, log)), viewport={"width": 1440, "height": 900})
        race = RacePage(context.new_page(), "at=200&v=1&1.lr=0.05&2.lr=0.05")

        def start() -> None:
            running.enter_context(serving(port, log))

        yield Restarted(race, running.close, start)
        context.close()


def held(race: RacePage, key: str, value: str) -> None:
    """The link says so, and still does when the page has come to rest."""
    eventually(lambda: race.query().get(key), lambda now: now == value)
    race.idle()
    assert race.query()[key] == value


def test_a_live_slider_moved_first(restarted: Restarted):
    race = restarted.race
    restarted.restart()
    race.slider("1.lr").focus()
    race.page.keyboard.press("ArrowRight")
    held(race, "1.lr", "0.056")
    assert race.slider("1.lr").get_attribute("aria-valuetext") == "0.056"
    eventually(lambda: race.said(1, "rate"), lambda text: text == short(0.056))
    assert race.query()["2.lr"] == "0.05"


def test_a_live_slider_moved_while_the_server_is_away(restarted: Restarted):
    race = restarted.race
    restarted.stop()
    expect(restarted.app).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    race.slider("1.lr").focus()
    race.page.keyboard.press("ArrowRight")
    restarted.start()
    held(race, "1.lr", "0.056")
    assert race.slider("1.lr").get_attribute("aria-valuetext") == "0.056"
    eventually(lambda: race.said(1, "rate"), lambda text: text == short(0.056))


def test_a_menu_chosen_first(restarted: Restarted):
    race = restarted.race
    restarted.restart()
    race.choose("2.rule", OPTIMIZERS["adagrad"].title)
    held(race, "2.rule", "adagrad")
    eventually(lambda: race.said(2, "title"), lambda title: title == OPTIMIZERS["adagrad"].title)
    expect(race.page.locator(".st-key-2-rule input")).to_have_value(OPTIMIZERS["adagrad"].title)
    restarted.restart()
    race.choose("surface", "Rosenbrock")
    held(race, "surface", "rosenbrock")


def test_a_number_typed_first(restarted: Restarted):
    race = restarted.race
    restarted.restart()
    field = race.page.locator(".st-key-steps input")
    field.fill("120")
    field.press("Enter")
    held(race, "steps", "120")
    expect(field).to_have_value("120")
    expect(race.page.locator(".dl-count")).to_contain_text("/ 120")


def test_a_map_clicked_first(restarted: Restarted):
    race = restarted.race
    restarted.restart()
    race.page.mouse.click(*race.on_screen(1, (0.3, -0.8)))
    x = eventually(lambda: race.query().get("x"))
    assert float(x) == pytest.approx(0.3, abs=0.02)
    race.idle()
    assert race.query()["x"] == x
    assert float(race.page.locator(".st-key-x input").input_value()) == pytest.approx(float(x), rel=1e-5)


@pytest.mark.parametrize(
    ("lang", "title", "sentence"),
    [
        ("en", "The server does not answer", "The page goes on by itself as soon as it does."),
        ("ko", "서버가 응답하지 않습니다", "서버가 다시 응답하면 페이지가 저절로 이어집니다."),
    ],
)
def test_the_lost_connection_is_said_in_the_pages_language(restarted: Restarted, lang: str, title: str, sentence: str):
    RacePage(restarted.page, f"at=60&lang={lang}")
    restarted.stop()
    dialog = restarted.page.get_by_role("dialog")
    expect(dialog.get_by_role("heading")).to_have_text(title)
    expect(dialog).to_contain_text(sentence)
    expect(dialog).not_to_contain_text("Streamlit")


def test_a_page_that_is_not_there_is_said_in_the_pages_words(restarted: Restarted):
    restarted.page.goto("/nothing")
    expect(restarted.page.get_by_role("dialog")).to_contain_text("This is the race instead.")


def test_a_link_that_streamlit_drops_is_said(restarted: Restarted):
    restarted.page.goto("/?" + "&".join(f"k{i}=1" for i in range(1100)))
    expect(restarted.page.locator(".dl-said")).to_have_text("The link was ignored: it has more than 1000 settings.")

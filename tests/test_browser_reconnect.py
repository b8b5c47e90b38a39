"""A page whose server was started anew: the first change after that is the one that counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from core.number import short
from optimizers import OPTIMIZERS
from tests.conftest import NewPage, Serving, free_port
from tests.race_page import RacePage, eventually


class Power:
    """A server of its own and its power switch."""

    def __init__(self, serving: Serving, log: Path) -> None:
        self.serving, self.port, self.log = serving, free_port(), log
        self.running = ExitStack()

    def on(self) -> str:
        """The address of the server, which runs now."""
        self.off()
        return self.running.enter_context(self.serving(self.port, self.log))

    def off(self) -> None:
        self.running.close()


class Restarted:
    """A race page of a server that the test may stop and start."""

    def __init__(self, race: RacePage, power: Power) -> None:
        self.race, self.page, self.power = race, race.page, power

    @property
    def app(self) -> Locator:
        return self.page.get_by_test_id("stApp")

    def stop(self) -> None:
        self.power.off()
        expect(self.app).not_to_have_attribute("data-test-connection-state", "CONNECTED")

    def start(self) -> None:
        self.power.on()
        expect(self.app).to_have_attribute("data-test-connection-state", "CONNECTED")
        expect(self.page.get_by_role("dialog")).to_have_count(0)  # it lies over all that could be clicked

    def restart(self) -> None:
        self.stop()
        self.start()


@pytest.fixture(scope="module")
def power(serving: Serving, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Power]:
    power = Power(serving, tmp_path_factory.mktemp("restarted") / "log")
    power.on()
    yield power
    power.off()


@pytest.fixture
def restarted(power: Power, new_page: NewPage) -> Iterator[Restarted]:
    race = RacePage(new_page(at=f"http://127.0.0.1:{power.port}"), "at=200&v=1&lanes=2&1.lr=0.05&2.lr=0.05")
    yield Restarted(race, power)
    power.on()


def held(race: RacePage, key: str, value: str) -> None:
    """The link says so, and still does when the page has come to rest."""
    eventually(lambda: race.query().get(key), lambda now: now == value)
    race.idle()
    assert race.query()[key] == value


@pytest.mark.console_errors
def test_a_live_slider_moved_a_menu_chosen_and_a_number_typed_first(restarted: Restarted):
    race = restarted.race
    restarted.restart()
    race.slider("1.lr").focus()
    race.page.keyboard.press("ArrowRight")
    held(race, "1.lr", "0.056")
    expect(race.slider("1.lr")).to_have_attribute("aria-valuetext", "0.056")
    eventually(lambda: race.said(1, "rate"), lambda text: text == short(0.056))
    assert race.query()["2.lr"] == "0.05"
    restarted.restart()
    race.choose("2.rule", OPTIMIZERS["adagrad"].title)
    held(race, "2.rule", "adagrad")
    eventually(lambda: race.said(2, "title"), lambda title: title == OPTIMIZERS["adagrad"].title)
    expect(race.panel(2).locator(".dl-rule select")).to_have_value("adagrad")
    restarted.restart()
    field = race.page.locator(".st-key-steps input")
    field.fill("120")
    field.press("Enter")
    held(race, "steps", "120")
    expect(field).to_have_value("120")
    expect(race.page.locator(".dl-count")).to_contain_text("/ 120")


@pytest.mark.console_errors
def test_a_live_slider_moved_and_a_rate_typed_while_the_server_is_away(restarted: Restarted):
    race = restarted.race
    value = race.page.locator(".st-key-2-lr .dl-slider-value")
    restarted.stop()
    race.slider("1.lr").focus()
    race.page.keyboard.press("ArrowRight")
    value.click()
    race.page.locator(".dl-slider-entry").fill("0.0123")
    race.page.keyboard.press("Enter")
    expect(value).to_have_text("0.0123")
    restarted.start()
    held(race, "1.lr", "0.056")
    held(race, "2.lr", "0.0123")
    expect(race.slider("1.lr")).to_have_attribute("aria-valuetext", "0.056")
    expect(value).to_have_text("0.0123")
    for lane, rate in ((1, 0.056), (2, 0.0123)):
        eventually(lambda lane=lane: race.said(lane, "rate"), lambda text, rate=rate: text == short(rate))


@pytest.mark.console_errors
def test_a_map_clicked_first(restarted: Restarted):
    race = restarted.race
    restarted.restart()
    race.page.mouse.click(*race.on_screen(1, (0.3, -0.8)))
    x = eventually(lambda: race.query().get("x"))
    assert float(x) == pytest.approx(0.3, abs=0.02)
    race.idle()
    assert race.query()["x"] == x
    eventually(lambda: race.values("x"), lambda shown: [float(each) for each in shown] == [pytest.approx(float(x), rel=1e-5)])


@pytest.mark.console_errors
def test_the_lost_connection_is_said_in_the_pages_language(power: Power, new_page: NewPage):
    said = {
        "en": ("The server does not answer", "The page goes on by itself as soon as it does."),
        "ko": ("서버가 응답하지 않습니다", "서버가 다시 응답하면 페이지가 저절로 이어집니다."),
    }
    pages = {lang: new_page(at=f"http://127.0.0.1:{power.port}") for lang in said}
    for lang, page in pages.items():
        RacePage(page, f"at=60&lanes=1&lang={lang}")
    power.off()
    for lang, (title, sentence) in said.items():
        dialog = pages[lang].get_by_role("dialog")
        expect(dialog.get_by_role("heading")).to_have_text(title)
        expect(dialog).to_contain_text(sentence)
        expect(dialog).not_to_contain_text("Streamlit")
    power.on()
    for page in pages.values():
        expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.console_errors  # Streamlit writes what it says there too
def test_a_page_that_is_not_there_is_said_in_the_pages_words(page: Page):
    page.goto("/nothing")
    expect(page.get_by_role("dialog")).to_contain_text("This is the race instead.")


def test_a_link_that_streamlit_drops_is_said(page: Page):
    page.goto("/?" + "&".join(f"k{i}=1" for i in range(1100)))
    expect(page.locator(".dl-said")).to_have_text("The link was ignored: it has more than 1000 settings.")

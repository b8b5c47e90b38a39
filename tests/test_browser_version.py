"""A page whose server is started anew with another version of the program: it says so, keeps what it shows, and takes nothing of that version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from player import ADDRESS, VERSION
from tests.conftest import NewPage, Serving, free_port
from tests.lesson_page import LessonPage
from tests.race_page import RacePage, eventually

NEWER = """
import pathlib
read = pathlib.Path.read_bytes
pathlib.Path.read_bytes = lambda path: read(path) + (b"// newer\\n" if path.name == "clock.js" else b"")
"""  # one of the browser's files is another one
RACE = "at=20&v=1&surface=himmelblau&steps=40&lanes=2&1.lr=0.05&2.lr=0.01"
SAID = {
    "en": ("A newer version of the program runs here now. To go on, reload the page: its link holds all settings.", "Reload"),
    "ko": ("이제 이 서버에서는 새 버전의 프로그램이 실행됩니다. 계속하려면 페이지를 새로 고치세요. 모든 설정은 링크에 담겨 있습니다.", "새로 고침"),
}


class Versions:
    """A server of its own that may be started anew with another version."""

    def __init__(self, serving: Serving, log: Path) -> None:
        self.serving, self.port, self.log = serving, free_port(), log
        self.running = ExitStack()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, before: str = "") -> None:
        """Start it, and end first what runs."""
        self.running.close()
        self.running.enter_context(self.serving(self.port, self.log, before=before))


class Asked:
    """The versions whose files a page has asked for, by the folder that they stand in, and the websockets that it has opened."""

    def __init__(self, page: Page) -> None:
        self.folders: set[str] = set()
        self.sockets: list[str] = []
        page.on("request", lambda sent: self.folders.add(sent.url.split("/assets/")[1].split("/")[0]) if "/assets/" in sent.url else None)
        page.on("websocket", lambda socket: self.sockets.append(socket.url))

    def forget(self) -> None:
        self.folders.clear()
        self.sockets.clear()


@pytest.fixture(scope="module")
def versions(serving: Serving, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Versions]:
    versions = Versions(serving, tmp_path_factory.mktemp("versions") / "log")
    yield versions
    versions.running.close()


def notice(page: Page, language: str = "en") -> Locator:
    """The notice, once it is there; the page has one."""
    said, button = SAID[language]
    alert = page.locator(".dl-renewed")
    expect(alert.locator("span")).to_have_text(said)
    expect(alert.get_by_role("button")).to_have_text(button)
    return alert


@pytest.mark.console_errors  # the browser writes there that the server is away, and then that it refuses
def test_pages_of_a_server_that_comes_back_with_another_version(versions: Versions, new_page: NewPage):
    versions.start()
    page, lesson = new_page(at=versions.address), LessonPage(new_page(at=versions.address, locale="ko-KR"), "lesson=zigzag&lang=ko")
    asked = Asked(page)
    race = RacePage(page, RACE)
    link, f = race.query(), race.said(1, "f")
    assert asked.folders == {ADDRESS.split("/")[1]}
    assert asked.sockets == [f"ws://127.0.0.1:{versions.port}/version/{VERSION}/_stcore/stream"]
    asked.forget()

    versions.running.close()
    expect(page.get_by_role("dialog")).to_contain_text("The server does not answer")
    versions.start(NEWER)
    alert = notice(page)
    expect(page.get_by_role("dialog")).to_have_count(0)
    race.slider("1.lr").focus()
    page.keyboard.press("ArrowRight")  # its lane would follow
    expect(page.locator(".dl-panel:visible")).to_have_count(2)
    assert (race.query(), race.said(1, "f")) == (link, f)
    page.locator(".dl-forward").click()  # nothing lies over it
    expect(page.locator(".dl-count")).to_have_text("21 / 40")
    assert (asked.folders, asked.sockets) == (set(), [])  # nothing of the new version has come into the old page

    following, title = lesson.page.locator(".dl-lesson-next"), lesson.page.locator(".dl-lesson-text h2")
    following.click()  # the page has this step already, and asks for the one after it
    button = notice(lesson.page, "ko").get_by_role("button")
    text = title.inner_text()
    following.click()
    expect(lesson.page.locator(".dl-lesson-said")).to_have_text(SAID["ko"][0])
    expect(title).to_have_text(text)
    button.click()
    expect(lesson.page.locator(".dl-renewed")).to_have_count(0)
    expect(title).to_have_text(text)
    following.click()
    expect(title).not_to_have_text(text)

    alert.get_by_role("button").click()
    expect(page.locator(".dl-renewed")).to_have_count(0)
    expect(page.locator(".dl-count")).to_have_text("40 / 40")  # the link says nothing of the clock, so that the race plays
    race.idle()
    assert race.query() == link
    (folder,) = asked.folders
    assert folder not in ADDRESS


@pytest.mark.thorough
@pytest.mark.console_errors
def test_a_page_goes_on_when_a_server_of_its_version_is_there_again(versions: Versions, new_page: NewPage):
    versions.start()
    race = RacePage(new_page(at=versions.address), RACE)
    versions.start(NEWER)
    notice(race.page)
    versions.start()
    expect(race.page.locator(".dl-renewed")).to_have_count(0)
    race.slider("1.lr").focus()
    race.page.keyboard.press("ArrowRight")
    eventually(lambda: race.query()["1.lr"], lambda rate: rate == "0.056")


def of_another_version(route: Route) -> None:
    """The document, as a server of another version would send it."""
    with urlopen(route.request.url) as answer:
        body = answer.read().decode().replace(VERSION, "0" * len(VERSION))
    route.fulfill(body=body, content_type="text/html; charset=utf-8")


@pytest.mark.console_errors
@pytest.mark.parametrize("language", ["en", pytest.param("ko", marks=pytest.mark.thorough)])
def test_a_document_of_one_version_on_a_server_of_another_says_so_before_anything_is_drawn(new_page: NewPage, language: str):
    page = new_page(locale={"en": "en-GB", "ko": "ko-KR"}[language])
    asked = Asked(page)
    page.route("**/explore", of_another_version)
    page.goto("/explore")
    notice(page, language)
    assert asked.sockets == []
    page.unroute_all()
    page.get_by_role("alert").get_by_role("button").click()
    expect(page.locator(".dl-bar")).to_be_visible()
    assert len(asked.sockets) == 1


@pytest.mark.console_errors
def test_a_script_that_another_version_does_not_have_is_said(new_page: NewPage):
    page = new_page()
    page.route("**/lessons?*", of_another_version)
    page.route(f"**/{ADDRESS}/lesson.js", lambda route: route.fulfill(status=404))
    page.goto("/lessons?lesson=zigzag&lang=ko")
    notice(page, "ko")


@pytest.mark.console_errors
def test_a_frame_tells_the_page_around_it(new_page: NewPage):
    """The notice stands where everything is reloaded."""
    page = new_page()
    page.goto("/lessons?lang=en")
    page.route("**/explore", of_another_version)
    page.evaluate("document.body.append(Object.assign(document.createElement('iframe'), { src: 'explore' }))")
    notice(page)
    expect(page.frame_locator("iframe").locator(".dl-renewed")).to_have_count(0)


@pytest.mark.thorough
@pytest.mark.console_errors
def test_it_can_be_reloaded_while_a_dialog_is_open(new_page: NewPage):
    race = RacePage(new_page(), RACE)
    page = race.page
    page.route("**/export/**", lambda route: route.fulfill(status=412, body="another"))
    page.locator(".dl-export").click()
    dialog = page.locator(".dl-export-dialog")
    expect(dialog).to_be_visible()
    page.evaluate("descentLab.renewed()")
    notice(page).get_by_role("button").click(trial=True)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    notice(page).get_by_role("button").click()
    expect(page.locator(".dl-renewed")).to_have_count(0)

"""Where the program itself fails, the browser gets a sentence and a way back, and the log the trace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from optimizers import OPTIMIZERS
from tests.conftest import NewPage, Serving, free_port
from tests.race_page import RacePage, eventually

BROKEN = """
from views.race import callbacks, lane, live, page

def fail(*_given):
    raise RuntimeError("broken for a test")

def unless(works, fails):
    return lambda *given: fail() if fails(given[-1]) else works(*given)

page.inspect = unless(page.inspect, bool)
lane.lane_controls = unless(lane.lane_controls, lambda flat: flat["2.rule"] == "adagrad")
callbacks.remove_lane = live.packed = fail
"""


class Failing(NamedTuple):
    address: str
    log: Path


@pytest.fixture(scope="module")
def failing(serving: Serving, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Failing]:
    """A program whose inspector, lanes with AdaGrad second, removal of lanes and dragged lanes fail."""
    log = tmp_path_factory.mktemp("failing") / "log"
    with serving(free_port(), log, before=BROKEN) as address:
        yield Failing(address, log)


@pytest.fixture
def page(new_page: NewPage, failing: Failing) -> Page:
    return new_page(at=failing.address)


def said_with_a_way_back(page: Page, sentence: str, back: str) -> None:
    expect(page.get_by_role("alert").filter(has_text=sentence).first).to_be_visible()
    text = page.content()
    assert not any(word in text for word in ("Traceback", "RuntimeError", "broken for a test", "page.py", "site-packages"))
    expect(page.get_by_test_id("stException")).to_have_count(0)
    page.get_by_role("link", name=back).first.click()
    RacePage.over(page, lanes=4)
    expect(page.get_by_text(sentence)).to_have_count(0)


ENGLISH = "Something failed in the program; the server's log says what.", "To the opening"


def test_a_page_that_fails_says_so_in_its_language(page: Page, failing: Failing):
    page.goto("/?inspect=1&lang=ko")
    said_with_a_way_back(page, "프로그램에 문제가 생겼습니다. 자세한 내용은 서버의 기록에 남아 있습니다.", "처음 화면으로")
    assert "lang=ko" in page.url
    assert "inspect" not in page.url
    assert "broken for a test" in failing.log.read_text()


def test_a_lane_that_fails_says_so_in_its_place_and_a_callback_does_too(page: Page):
    race = RacePage(page, "at=60&lanes=2")
    race.choose("2.rule", OPTIMIZERS["adagrad"].title)
    said_with_a_way_back(page, *ENGLISH)
    race.more(1)
    page.get_by_role("button", name="Remove this lane").click()
    said_with_a_way_back(page, *ENGLISH)


def test_a_dragged_lane_that_fails_says_no_more_than_that(failing: Failing):
    with pytest.raises(HTTPError, match="500") as answer:
        eventually(lambda: urlopen(f"{failing.address}/lane/1"), lambda _answer: False)
    assert answer.value.read() == b"The lane could not be worked out; the server's log says why."
    assert answer.value.headers["X-Content-Type-Options"] == "nosniff"
    answer.value.close()
    assert "broken for a test" in failing.log.read_text()

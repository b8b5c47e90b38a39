"""A second engine: the page opens, plays and answers in Firefox. Skipped, with the reason, where there is none: only Chromium is required."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from export.address import asked
from export.page import html
from tests import firefox as firefoxes
from tests.firefox import Firefox

RESULTS = Path(__file__).parent.parent / "test-results"
RATE = ".st-key-1-lr"


@pytest.fixture
def firefox(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Firefox]:
    """A fresh Firefox, whose picture stays in test-results/."""
    path = firefoxes.find()
    if path is None:
        pytest.skip("No Firefox is installed (FIREFOX_PATH names one elsewhere).")
    with firefoxes.started(path, tmp_path) as page:
        yield page
        RESULTS.mkdir(exist_ok=True)
        page.picture(RESULTS / f"{request.node.name}.png")


def test_a_file_plays_from_a_disk_in_firefox(firefox: Firefox, tmp_path: Path):
    file = tmp_path / "race.html"
    file.write_bytes(html(asked("lanes=4&at=5")[0]))
    firefox.open(file.as_uri())
    firefox.until("document.querySelectorAll('.dl-lane .dl-levels').length === 4")
    before = firefox.value("document.querySelector('.dl-trail').toDataURL()")
    firefox.press([firefox.place(".dl-play")])
    firefox.until(f"parseInt({text('.dl-step')}) > 15")
    assert firefox.value("document.querySelector('.dl-trail').toDataURL()") != before
    assert firefox.errors == []


def text(selector: str) -> str:
    return f"document.querySelector('{selector}').textContent"


def parameter(name: str) -> str:
    return f"new URLSearchParams(location.search).get('{name}')"


def test_the_page_in_firefox(firefox: Firefox, server: str):
    firefox.open(f"{server}/?at=5")
    firefox.until("document.querySelectorAll('.dl-map .main-svg:first-child').length === 4")
    firefox.until("[...document.querySelectorAll('.dl-step')].filter((step) => parseInt(step.textContent) === 5).length === 4")
    drawn = "document.querySelector('.dl-trail').toDataURL()"

    before = firefox.value(drawn)
    firefox.press([firefox.place(".dl-play")])
    firefox.until(f"parseInt({text('.dl-step')}) > 15")
    assert firefox.value(drawn) != before
    firefox.press([firefox.place(".dl-play")])

    before, rate = firefox.value(drawn), firefox.value(text(f"{RATE} .dl-slider-value"))
    path = [firefox.place(f"{RATE} input", across) for across in (0.6, 0.55, 0.4, 0.3)]
    held = firefox.press(path, held=f"{drawn} !== '{before}' && {text(f'{RATE} .dl-slider-value')}")  # the lane follows the hand
    assert held != rate
    assert firefox.until(parameter("1.lr"))

    firefox.press([firefox.place(".dl-map", 0.4, 0.3)])
    assert firefox.until(f"{parameter('x')} && {parameter('y')}")
    assert firefox.value("document.querySelectorAll('[data-testid=stException]').length") == 0
    # Streamlit tries WebAssembly, which the policy refuses, and does without; only Firefox calls that an error.
    assert [error for error in firefox.errors if "WebAssembly" not in error] == []

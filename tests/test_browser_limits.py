"""What a page does where the server has had too much from its network: it says so, and goes on by itself."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from threading import Event
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from serving.limits import LIMITS
from tests.conftest import NewPage, Serving, free_port
from tests.race_page import RacePage, SECONDS, eventually

SAID = "More is asked for from your network's address than this server gives to one."


@contextmanager
def flooded(address: str) -> Iterator[None]:
    """While the block lasts, and from the first refusal on, somebody else of the same network asks for this all the time."""
    over, refused = Event(), Event()

    def ask() -> None:
        while not over.wait(0.02):
            try:
                urlopen(address).close()
            except HTTPError as problem:
                if problem.code == 429:
                    refused.set()

    with ThreadPoolExecutor(1) as somebody:
        asking = somebody.submit(ask)
        try:
            assert refused.wait(SECONDS)
            yield
        finally:
            over.set()
        asking.result()


def number(text: str | None) -> float:
    """What the page writes with a minus sign of its own."""
    return float((text or "nan").replace("−", "-"))


@pytest.mark.console_errors  # a browser writes every 429 to its console
def test_what_is_refused_comes_later_by_itself_and_the_page_says_so(serving: Serving, new_page: NewPage, tmp_path: Path):
    with serving(free_port(), tmp_path / "log", environment={LIMITS: "0.02"}) as server:
        page = new_page(at=server)
        race = RacePage(page, "at=60&lanes=1")
        statuses: list[int] = []
        page.on("response", lambda answer: statuses.append(answer.status) if "/lane/1" in answer.url else None)
        box = race.slider("1.lr").bounding_box()
        assert box
        across, y = (box["x"] + box["width"] * part / 8 for part in cycle((2, 3))), box["y"] + box["height"] / 2
        page.mouse.move(box["x"] + box["width"] / 2, y)
        page.mouse.down()
        with flooded(f"{server}/lane/1"):
            eventually(lambda: page.mouse.move(next(across), y) or 429 in statuses)
        held = number(race.slider("1.lr").get_attribute("aria-valuetext"))
        eventually(lambda: number(race.said(1, "rate")) == held)
        page.mouse.up()
        for path, route, there in (
            ("explore", "map/first", ".dl-sweep .dl-summary:not(:empty)"),
            ("train?lanes=1&steps=20&v=1", "training?lanes=1&steps=1&seed=7", ".dl-train[data-state=over]"),
        ):
            with flooded(f"{server}/{route}"):
                page.goto(f"{server}/{path}")
                expect(page.locator(".dl-held")).to_be_visible()
                expect(page.locator(".dl-held")).to_contain_text(SAID)
            expect(page.locator(there)).to_be_attached()
            expect(page.locator(".dl-held")).to_be_empty()

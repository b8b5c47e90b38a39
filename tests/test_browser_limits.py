"""What a page does where the server has had too much from its network: it says so, and goes on by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.conftest import NewPage, Serving, free_port
from tests.race_page import RacePage, eventually

SAID = "More is asked for from your network's address than this server gives to one."
TIMES = 3  # that the server refuses each kind of request
BEFORE = f"""
from collections import Counter
from serving import limits
asked = Counter()
def wait(self, limit, address):
    asked[limit] += 1
    return float(limit is not limits.CONNECTIONS and asked[limit] <= {TIMES})
limits.Allowances.wait = wait
"""


def number(text: str | None) -> float:
    """What the page writes with a minus sign of its own."""
    return float((text or "nan").replace("−", "-"))


@pytest.mark.console_errors  # a browser writes every 429 to its console
def test_what_is_refused_comes_later_by_itself_and_the_page_says_so(serving: Serving, new_page: NewPage, tmp_path: Path):
    with serving(free_port(), tmp_path / "log", before=BEFORE) as server:
        page = new_page(at=server)
        race, held = RacePage(page, "at=60&lanes=1"), page.locator(".dl-held")
        statuses: list[int] = []
        page.on("response", lambda answer: statuses.append(answer.status) if "/lane/1" in answer.url else None)
        box = race.slider("1.lr").bounding_box()
        assert box
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 2)
        expect(held).to_be_visible()
        expect(held).to_contain_text(SAID)
        rate = number(race.slider("1.lr").get_attribute("aria-valuetext"))
        eventually(lambda: number(race.said(1, "rate")) == rate)
        assert statuses[: TIMES + 1] == [429] * TIMES + [200]
        page.mouse.up()
        for path, there in (("explore", ".dl-sweep .dl-summary:not(:empty)"), ("train?lanes=1&steps=20&v=1", ".dl-train[data-state=over]")):
            page.goto(f"{server}/{path}")
            expect(held).to_be_visible()
            expect(held).to_contain_text(SAID)
            expect(page.locator(there)).to_be_attached()
            expect(held).to_be_empty()

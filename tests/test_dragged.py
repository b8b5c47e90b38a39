"""A lane that follows the hand: what the server answers, and when it has no time."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import urlopen

import pytest
from starlette.requests import Request
from starlette.types import Message

from links.race import RACE
from tests.app_page import flat_of, opened, panels
from tests.elsewhere import finished
from tests.race_page import eventually
from views.race import live


def got(address: str) -> tuple[Mapping[str, str], bytes]:
    with urlopen(address) as answer:
        return answer.headers, answer.read()


def test_a_dragged_setting_brings_the_bytes_that_the_page_would(server: str):
    link = RACE.write(flat_of(opened(lang="ko"))) | {"1.lr": "0.05"}
    headers, dragged = eventually(lambda: got(f"{server}/lane/1?{urlencode(link)}"), lambda answer: answer[1] != b"")  # a busy machine has no time
    assert headers["Cache-Control"] == "no-store"
    assert dragged == panels(opened(**link))[0]


@pytest.mark.parametrize("lane", ["5", "0", "-1", "01", "1.0", "one", "¹", "9" * 5000], ids=lambda lane: lane[:4])
def test_a_lane_that_is_not_there_cannot_be_dragged(server: str, lane: str):
    with pytest.raises(HTTPError, match="404") as refused:
        eventually(lambda: got(f"{server}/lane/{quote(lane)}?lanes=4"), lambda _answer: False)
    refused.value.close()


def lanes_asked(count: int, monkeypatch: pytest.MonkeyPatch, waited: float) -> list[int]:
    """The answers to so many requests for a lane, each of which says that it waited so many seconds for others."""

    def slow(_message: Any, _i: int, _link: Any) -> tuple[bytes, float]:
        return b"lane", -waited

    async def ask() -> list[int]:
        async def stay() -> Message:
            await asyncio.sleep(60)
            return {"type": "http.disconnect"}

        scope = {"type": "http", "path_params": {"i": 1}, "query_string": b"", "headers": []}
        return [(await live.answer(Request(scope, stay))).status_code for _ in range(count)]

    monkeypatch.setattr(live, "timed", slow)
    monkeypatch.setattr(live, "rested", 0.0)
    return finished(ask())


def test_a_busy_server_leaves_dragged_lanes_aside_for_a_while(monkeypatch: pytest.MonkeyPatch):
    assert lanes_asked(3, monkeypatch, waited=10) == [200, 204, 204]
    monkeypatch.setattr(live, "REST", 0.0)
    assert lanes_asked(3, monkeypatch, waited=10) == [200, 200, 200]


def test_a_lane_that_is_much_work_by_itself_is_no_sign_of_a_busy_server(monkeypatch: pytest.MonkeyPatch):
    assert lanes_asked(3, monkeypatch, waited=-10) == [200, 200, 200]

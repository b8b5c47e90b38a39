"""The routes of a lecture hall's room, over real sockets: who may do what, what is told to whom, and how it is refused."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from rooms.register import GUESSES, OPENED
from tests.test_serving import asked

VALLEY = {"lesson": "zigzag", "step": "valley"}
HELPED = {"lesson": "zigzag", "step": "helped"}  # one of three is chosen there
FIRST, SECOND = "1" * 32, "2" * 32


class Hall:
    """A lecture hall at an address of its own, which a proxy on this computer would name."""

    number = 0

    def __init__(self, server: str) -> None:
        Hall.number += 1
        self.server, self.address = server, f"10.8.0.{Hall.number}"

    def post(self, path: str, **content: Any) -> tuple[int, Any]:
        return self.sent(f"{path}?{urlencode({'code': content['code']})}" if "code" in content else path, json.dumps(content).encode())

    def sent(self, path: str, body: bytes, origin: str = "") -> tuple[int, Any]:
        answer, said = asked(self.server, f"/room/{path}", "POST", body, Origin=origin or self.server, X_Forwarded_For=self.address)
        return answer.status, json.loads(said) if said and answer.headers.get_content_type() == "application/json" else None

    def state(self, secret: str | None = None, **query: str) -> tuple[int, Any]:
        headers = {"X_Forwarded_For": self.address} | ({"Room_Secret": secret} if secret is not None else {})
        answer, said = asked(self.server, f"/room/state?{urlencode(query)}", "GET", None, **headers)
        assert answer.headers["Cache-Control"] == "no-store"
        assert (answer.status == 429) == (answer.headers["Retry-After"] is not None)
        return answer.status, json.loads(said) if said else None

    def opened(self, place: dict[str, str]) -> tuple[dict[str, str], str]:
        """{code, era} and the secret of a new room."""
        status, room = self.post("open", **place)
        assert status == 200
        return room, room.pop("secret")


@pytest.fixture
def hall(server: str) -> Hall:
    return Hall(server)


def test_a_room_is_opened_entered_answered_shown_and_led_on(hall: Hall):
    room, secret = hall.opened(HELPED)
    status, told = hall.state(**room, who=FIRST)
    assert (status, told) == (200, {"since": "0", "era": room["era"], **HELPED, "revealed": False})
    assert hall.state(**room, who=FIRST, since="0") == (204, None)
    assert hall.post("tell", **room, **HELPED, who=FIRST, answer=1) == (204, None)
    assert hall.post("tell", **room, **HELPED, who=SECOND, answer=1) == (204, None)
    _status, watched = hall.state(secret, **room)
    assert {name: watched[name] for name in ("students", "answers", "kind")} == {"students": 2, "answers": 2, "kind": "choice"}
    assert "counts" not in watched
    assert hall.state(secret, **room, since=watched["since"]) == (204, None)
    assert hall.post("lead", **room, **HELPED, secret=secret, revealed=True) == (204, None)
    assert hall.state(secret, **room)[1]["counts"] == [0, 2, 0]
    assert hall.state(**room, who=FIRST, since="0")[1]["revealed"] is True
    assert hall.post("tell", **room, **HELPED, who=FIRST, answer=2)[1]["why"] == "shown"
    assert hall.post("lead", **room, **VALLEY, secret=secret) == (204, None)
    assert hall.state(**room, who=FIRST, since="1")[1] == {"since": "2", "era": room["era"], **VALLEY, "revealed": False}
    assert hall.post("tell", **room, **VALLEY, who=FIRST, answer=[[0.5, 0.25]]) == (204, None)
    assert hall.post("lead", **room, secret=secret, close=True) == (204, None)
    status, refused = hall.state(**room, who=FIRST, lang="ko")
    assert (status, refused["why"]) == (410, "gone")
    assert "끝났습니다" in refused["text"]


def test_a_forged_secret_leads_nothing_and_a_student_sees_no_answers(hall: Hall):
    room, secret = hall.opened(HELPED)
    for forged in ("", "0" * 32, FIRST):
        assert hall.post("lead", **room, **VALLEY, secret=forged)[0] == 403
        assert hall.state(forged, **room)[0] == 403
    hall.post("tell", **room, **HELPED, who=FIRST, answer=1)
    hall.post("lead", **room, **HELPED, secret=secret, revealed=True)
    assert set(hall.state(**room, who=FIRST)[1]) == {"since", "era", "lesson", "step", "revealed"}


def test_who_guesses_codes_is_asked_to_wait_and_the_class_goes_on(hall: Hall):
    room, secret = hall.opened(HELPED)
    assert hall.state(**room, who=FIRST)[0] == 200
    statuses = [hall.state(code="CCCC", who=SECOND)[0] for _guess in range(GUESSES[0] + 1)]
    assert statuses == [404] * GUESSES[0] + [429]
    assert hall.state(code=room["code"], who=SECOND)[0] == 429
    assert hall.state(**room, who=FIRST)[0] == 200
    assert hall.state(secret, **room)[0] == 200
    assert Hall(hall.server).state(code=room["code"], who=SECOND)[0] == 200


def test_who_opens_rooms_without_end_is_asked_to_wait(hall: Hall):
    statuses = []
    for _room in range(OPENED[0]):
        room, secret = hall.opened(VALLEY)
        statuses.append(hall.post("lead", **room, secret=secret, close=True)[0])
    assert statuses == [204] * OPENED[0]
    assert (hall.post("open", **VALLEY)[0], hall.post("open", **VALLEY)[1]["why"]) == (429, "often")


def test_a_room_of_an_earlier_start_is_gone(hall: Hall):
    room, secret = hall.opened(HELPED)
    before = room | {"era": "0" * 16}
    answers = [hall.state(**before, who=FIRST), hall.state(secret, **before), hall.post("tell", **before, **HELPED, who=FIRST, answer=1)]
    assert [(status, refused["why"]) for status, refused in answers] == [(410, "restarted")] * 3


def test_a_room_takes_nothing_but_what_it_asks_for(hall: Hall):
    room, _secret = hall.opened(HELPED)
    for answer in (3, -1, True, None, "1", [1], "I think it is momentum"):
        status, refused = hall.post("tell", **room, **HELPED, who=FIRST, answer=answer)
        assert (status, refused["why"]) == (400, "unreadable")
    assert hall.sent("tell", b'{"code": NaN}')[0] == 400
    assert hall.sent("tell", b"[" * 2000)[0] == 400
    assert hall.sent("tell", b"\xff")[0] == 400
    assert hall.sent("tell", b" " * 2001)[0] == 413
    assert hall.sent("open", b" " * 501)[0] == 413
    assert hall.sent("open", json.dumps(VALLEY).encode(), origin="https://elsewhere.example")[0] == 403
    for who in ("", "me", "1" * 33, "g" * 32):
        assert hall.state(**room, who=who)[0] == 400
    for place in ({}, {"lesson": "zigzag"}, {"lesson": "zigzag", "step": "nowhere"}, {"lesson": [], "step": {}}):
        assert hall.post("open", **place)[0] == 400


def test_the_short_link_leads_to_the_step_that_is_shown(hall: Hall):
    room, _secret = hall.opened(HELPED)
    typed = f"{room['code'][:2].lower()} {room['code'][2:]}"
    answer, _body = asked(hall.server, f"/lessons?{urlencode({'room': typed})}", Accept_Language="ko-KR")
    assert answer.status == 303
    target = urlsplit(answer.headers["Location"])
    assert (target.path, parse_qs(target.query)) == ("lessons", {**{k: [v] for k, v in HELPED.items()}, "lang": ["ko"], "room": [room["code"]]})
    answer, body = asked(hall.server, f"/{answer.headers['Location']}")
    assert answer.status == 200
    assert b"dl-complaint" not in body


def test_a_wrong_code_is_told_on_the_page_of_all_lessons(hall: Hall):
    answer, body = asked(hall.server, "/lessons?room=%3Cb%3EC", X_Forwarded_For=hall.address)
    assert answer.status == 404
    assert "There is no room BC." in body.decode()
    assert 'name="room"' in body.decode()

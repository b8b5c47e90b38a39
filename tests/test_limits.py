"""What one address may ask for, and whose turn it is, by clocks that the tests turn."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from app import app as whole_app
from serving.limits import (
    Allowances,
    CONNECTIONS,
    FILES,
    HELD,
    LANES,
    LESSONS,
    LIMITS,
    Limit,
    Limits,
    PAGES,
    ROOMS,
    ROUTES,
    SAID,
    SWEEPS,
    TRAININGS,
    times,
)
from serving.pages import ARRIVALS, BRIEF, HAND, LONGEST, MOST, Page, Pages, REST, SLOW, VISITS
from serving.reasons import REASONS
from serving.turns import Turns
from serving.visitors import LEAST, LESSON, Visitors, household
from tests.elsewhere import finished

CLASS, FLOODER = "192.0.2.1", "198.51.100.7"
STUDENTS = 300


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def allowances(clock: Clock, factor: float = 1.0) -> Allowances:
    return Allowances(Visitors(clock), factor, clock)


def asked(its: Allowances, limit: Limit, times: int, address: str = CLASS) -> int:
    """How many of so many requests at once are let through."""
    return sum(not its.wait(limit, address) for _request in range(times))


# What an address may


def test_a_class_of_300_behind_one_address_is_never_refused():
    clock = Clock()
    its = allowances(clock)
    with ExitStack() as open_pages:
        for _student in range(STUDENTS):  # all come at once, and reload
            assert its.wait(CONNECTIONS, CLASS) == its.wait(CONNECTIONS, CLASS) == 0
            open_pages.enter_context(its.visitors.present(CLASS))
        assert asked(its, SAID, 16 * STUDENTS) == 16 * STUDENTS
        for second in range(16):  # of dragging for 2 s and looking for 2 s, all at once
            clock.now += 1
            lanes = 20 * STUDENTS if second % 4 < 2 else 0
            assert asked(its, LANES, lanes) == lanes
            assert asked(its, SWEEPS, 10 * STUDENTS) == 10 * STUDENTS
            assert asked(its, TRAININGS, 5 * STUDENTS) == 5 * STUDENTS
            assert asked(its, SAID, 4 * STUDENTS) == 4 * STUDENTS
        for minute in range(10):
            clock.now += 60
            assert asked(its, CONNECTIONS, STUDENTS) == STUDENTS, minute


def test_a_room_of_300_that_turns_pages_is_never_refused():
    clock = Clock()
    its = allowances(clock)
    assert asked(its, LESSONS, 3 * STUDENTS) == 3 * STUDENTS  # the page and its first steps
    for _second in range(60):
        clock.now += 1
        assert asked(its, ROOMS, STUDENTS) == STUDENTS
        assert asked(its, LESSONS, STUDENTS // 10) == STUDENTS // 10


def test_lessons_hold_no_connection_and_count_as_open_pages_for_two_hours():
    clock = Clock()
    visitors = Visitors(clock)
    for _student in range(STUDENTS):
        visitors.read(CLASS)
    assert visitors.pages(CLASS) == STUDENTS
    clock.now += LESSON + 1
    assert visitors.pages(CLASS) == LEAST


def test_who_sends_without_end_has_what_their_open_pages_may():
    clock = Clock()
    its = allowances(clock)
    first = asked(its, LANES, 10_000, FLOODER)
    assert first == LEAST * (LANES.burst - 1) + 1
    clock.now += 5
    assert asked(its, LANES, 10_000, FLOODER) == LEAST * LANES.rate * 5
    assert its.wait(LANES, CLASS) == 0


def test_limits_can_be_turned_up_and_off(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    for said, factor in (("", 1), ("3", 3), ("off", float("inf")), (" OFF ", float("inf"))):
        monkeypatch.setenv(LIMITS, said)
        assert times() == factor
    assert asked(allowances(Clock(), times()), CONNECTIONS, 10_000) == 10_000
    assert capsys.readouterr().err == ""
    for said in ("on", "0", "-1", "nan", "3x"):
        monkeypatch.setenv(LIMITS, said)
        assert times() == 1
        assert f"{said!r} is neither `off` nor a number above 0" in capsys.readouterr().err


def test_every_limit_has_a_reason_and_every_route_of_the_program_that_works_a_limit():
    assert {limit.reason for limit in [*ROUTES.values(), CONNECTIONS]} <= set(REASONS)
    limited, open_to_all = set(ROUTES), {"network"}
    paths = {route.path.strip("/").partition("/")[0] for route in routes_of(whole_app)}
    assert paths - limited - open_to_all == set()


def routes_of(app: Any) -> list[Any]:
    """The program's own, below its middleware."""
    while hasattr(app, "app"):
        app = app.app
    return app._user_routes


def test_a_household_of_the_newer_addresses_is_one():
    assert household("2001:db8::1") == household("2001:db8::2:3") == "2001:db8::/64"
    assert household("2001:db8:0:1::1") != household("2001:db8::1")
    assert household("192.0.2.1") == "192.0.2.1"
    assert household("") == ""


# Refusals


class Visitor:
    """Somebody who asks for pages of a program that only answers "there"."""

    def __init__(self, clock: Clock) -> None:
        self.app = Limits(PlainTextResponse("there"), allowances(clock), held=0)

    def get(self, path: str, accept: str = "", kind: str = "http") -> tuple[int, dict[str, str], Any]:
        """The status, the headers and the content."""
        path, _mark, query = path.partition("?")
        headers = [(b"accept-language", accept.encode())]
        scope = {"type": kind, "method": "GET", "path": path, "query_string": query.encode(), "headers": headers, "client": (CLASS, 1)}
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        finished_here(self.app(scope, nobody, send))
        start, body = sent
        content = body["body"]
        told = {name.decode(): value.decode() for name, value in start["headers"]}
        return start["status"], told, json.loads(content) if told["content-type"] == "application/json" else content.decode()


async def nobody() -> Any:
    raise AssertionError("nothing is read")


def finished_here(work: Any) -> None:
    """Run what waits for nothing."""
    with pytest.raises(StopIteration):
        work.send(None)


def test_a_refusal_has_a_sentence_in_the_language_of_the_link_and_says_when_to_come_again():
    clock = Clock()
    visitor = Visitor(clock)
    statuses = Counter(visitor.get("/export/page?lang=en")[0] for _request in range(500))
    assert set(statuses) == {200, 429}
    status, headers, told = visitor.get("/export/page?lang=en")
    assert (status, headers["cache-control"]) == (429, "no-store")
    assert int(headers["retry-after"]) >= 1
    assert "network's address" in told
    korean = [visitor.get("/export/page?lang=ko"), visitor.get("/export/page", accept="ko-KR")]
    assert all("주소" in its for _status, _headers, its in korean)
    clock.now += int(headers["retry-after"])
    assert visitor.get("/export/page?lang=en")[0] == 200


def test_who_is_refused_waits_for_that_and_who_is_not_does_not(monkeypatch: pytest.MonkeyPatch):
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.extend([seconds] if seconds else [])

    monkeypatch.setattr("serving.limits.asyncio.sleep", sleep)
    visitor = Visitor(Clock())
    visitor.app.held = HELD
    statuses = [visitor.get("/_stcore/stream", kind="websocket")[0] for _connection in range(CONNECTIONS.burst + 3)]
    assert slept == [HELD] * statuses.count(429) == [HELD] * 3


def test_pages_and_files_are_refused_to_nobody_and_come_one_after_another_where_there_are_many(monkeypatch: pytest.MonkeyPatch):
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("serving.limits.asyncio.sleep", sleep)
    for path, limit in [("/explore", PAGES), ("/", PAGES), ("/nowhere", PAGES), ("/assets/player.js", FILES), ("/_stcore/health", FILES)]:
        visitor = Visitor(Clock())
        slept.clear()
        assert all(visitor.get(path)[0] == 200 for _request in range(limit.burst + 3))
        assert slept == pytest.approx([1 / limit.rate, 2 / limit.rate, 3 / limit.rate])


def test_a_class_of_50_that_comes_within_8_seconds_has_its_files_without_a_wait():
    clock = Clock()
    its = allowances(clock)
    for _student in range(50):
        clock.now += 8 / 50
        assert its.wait(PAGES, CLASS) == 0
        assert asked(its, FILES, 150) == 150


def test_a_new_connection_is_refused_with_an_answer_as_well():
    visitor = Visitor(Clock())
    statuses = [visitor.get("/_stcore/stream", kind="websocket")[0] for _connection in range(CONNECTIONS.burst + 1)]
    assert statuses == [200] * CONNECTIONS.burst + [429]


def test_a_refusal_of_a_room_has_the_form_that_its_page_reads():
    visitor = Visitor(Clock())
    for _poll in range(ROOMS.burst):
        visitor.get("/room/state")
    assert set(visitor.get("/room/state")[2]) == {"why", "text"}


# Turns


def order(most: int, pages: dict[str, int], *calls: tuple[str, str, int]) -> str:
    """The addresses in the order of their turns of a second each; each connection asks so many times, one after the other."""
    clock, given = Clock(), []
    turns = Turns(most, lambda address: pages.get(address, 1), clock=clock)

    async def ask(address: str, connection: str, times: int) -> None:
        for _time in range(times):
            async with turns.turn(address, connection):
                given.append(address)
                clock.now += 1
                await asyncio.sleep(0)

    async def together() -> None:
        await asyncio.gather(*(ask(*call) for call in calls))

    finished(together())
    assert turns.free == most
    return "".join(given)


def test_an_address_with_many_connections_has_every_other_turn():
    given = order(1, {}, *(("f", f"f{k}", 5) for k in range(20)), ("a", "a1", 5))
    assert given[:10].count("a") == 5


def test_an_address_has_turns_for_each_of_its_pages():
    given = order(1, {"c": 3}, *(("f", f"f{k}", 20) for k in range(4)), *(("c", f"c{k}", 20) for k in range(4)))
    assert 28 <= given[:40].count("c") <= 32


def test_within_an_address_the_connection_that_had_least_of_late_is_next():
    clock, given = Clock(), []
    turns = Turns(1, clock=clock)

    async def ask(connection: str, times: int) -> None:
        for _time in range(times):
            async with turns.turn(CLASS, connection):
                given.append(connection)
                clock.now += 1
                await asyncio.sleep(0)

    async def together() -> None:
        await asyncio.gather(*(ask(name, 10) for name in "abc"))

    finished(together())
    assert all(set(given[k : k + 3]) == set("abc") for k in range(0, 30, 3))


def test_a_turn_that_is_given_up_goes_to_the_next():
    turns = Turns(1)

    async def given_up() -> int:
        end = await turns.take(CLASS, 1)
        waiting = [asyncio.create_task(turns.take(CLASS, k)) for k in range(2, 5)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        await asyncio.sleep(0)
        end()
        end()
        waiting[1].cancel()  # just as it has its turn
        await asyncio.sleep(0)
        (await waiting[2])()
        return turns.free

    assert finished(given_up()) == 1


def test_who_has_rested_comes_before_who_asks_without_end():
    clock = Clock()
    turns = Turns(1, clock=clock)

    async def flooded() -> list[str]:
        given: list[str] = []

        async def ask(address: str, connection: int) -> None:
            async with turns.turn(address, connection):
                given.append(address)
                clock.now += 1
                await asyncio.sleep(0)

        await asyncio.gather(*(ask(FLOODER, k) for k in range(20)))
        given.clear()
        await asyncio.gather(*(ask(FLOODER, k) for k in range(5)), *(ask(CLASS, k) for k in range(5)))
        return given

    assert finished(flooded()) == [FLOODER] + [CLASS] * 5 + [FLOODER] * 4


# Pages


RERUN = BackMsg(rerun_script=ClientState(query_string="lanes=2")).SerializeToString()
BEAT = BackMsg(app_heartbeat=True).SerializeToString()


def ended(how: Any) -> dict[str, Any]:
    return {"type": "websocket.send", "bytes": ForwardMsg(script_finished=how).SerializeToString()}


async def nothing(_message: object) -> None:
    pass


def page_of(turns: Turns, *messages: bytes, before: Callable[[], object] = lambda: None) -> Page:
    """A page that sends this; `before` is called when it is asked for the next message."""
    left = iter(messages)

    async def hear() -> dict[str, Any]:
        before()
        return {"type": "websocket.receive", "bytes": next(left)}

    return Page(turns, None, CLASS, hear, nothing)


async def passed(task: asyncio.Task[Any]) -> bool:
    """Whether a task ends as soon as everything that is due has been done."""
    for _round in range(5):
        await asyncio.sleep(0)
    return task.done()


@contextmanager
def no_waiting() -> Iterator[list[float]]:
    """The running loop's clock goes on by what is slept, at once; a list with the seconds that were slept."""
    slept, loop, sleep = [], asyncio.get_running_loop(), asyncio.sleep
    at = loop.time()

    async def at_once(seconds: float) -> None:
        slept.extend([seconds] if seconds else [])
        await sleep(0)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loop, "time", lambda: at + sum(slept))
        patch.setattr(asyncio, "sleep", at_once)
        yield slept


def test_what_a_hand_sends_needs_no_turn():
    """A change every two seconds for as long as one likes, and a few at once; what comes after these waits, and nothing is lost."""

    async def calm() -> tuple[int, int]:
        with no_waiting() as slept:
            turns = Turns()
            await turns.take(FLOODER, 1)
            own = page_of(turns, *[RERUN] * 100, before=lambda: slept.append(HAND[1]))
            steady = len([await own.receive() for _rerun in range(100)])
            own = page_of(turns, *[RERUN] * (HAND[0] + 1))
            at_once = len([await own.receive() for _rerun in range(HAND[0])])
            last = asyncio.create_task(own.receive())
            assert not await passed(last)
            last.cancel()
        return steady, at_once

    assert finished(calm()) == (100, HAND[0])


def test_what_is_no_rerun_is_read_slowly_where_it_is_too_much():
    async def fast() -> tuple[list[int], float]:
        own = page_of(Turns(), *(bytes([k]) for k in range(HAND[0] + MOST)))
        with no_waiting() as slept:
            return [(await own.receive())["bytes"][0] for _message in range(HAND[0] + MOST)], sum(slept)

    heard, slept = finished(fast())
    assert heard == list(range(HAND[0] + MOST))
    assert slept == pytest.approx(MOST * SLOW)


def beyond(turns: Turns, *more: bytes) -> Page:
    """A page that has sent all that a hand sends at once, and then this."""
    own = page_of(turns, *more)
    for _message in range(HAND[0]):
        own.pace.spend("", own.silent)
    return own


def test_pages_that_send_more_have_their_reruns_one_after_another(monkeypatch: pytest.MonkeyPatch):
    async def two() -> list[bool]:
        turns = Turns()
        with no_waiting():
            first, second = beyond(turns, RERUN), beyond(turns, BEAT, RERUN)
            await first.receive()
            await second.receive()  # what is no rerun passes
            waiting = asyncio.create_task(second.receive())
            seen = [await passed(waiting)]
            await first.send(ended(ForwardMsg.FINISHED_EARLY_FOR_RERUN))
            seen.append(await passed(waiting))
            await first.send(ended(ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY))
        await waiting
        second.end()
        (await turns.take(FLOODER, 1))()
        return seen

    monkeypatch.setattr("serving.pages.REST", 0.0)
    assert finished(two()) == [False, False]


def test_a_page_alone_joins_what_it_asks_for_to_its_turn_and_none_rests_after_it():
    async def alone() -> bool:
        turns = Turns()
        with no_waiting():
            own = beyond(turns, *[RERUN] * 50)
            for _rerun in range(50):
                await own.receive()
        own.end()
        (await turns.take(FLOODER, 1))()
        return turns.taken()

    assert not finished(alone())


def test_to_wait_for_a_turn_is_no_silence(monkeypatch: pytest.MonkeyPatch):
    async def waits() -> float:
        turns = Turns()
        with no_waiting() as slept:
            own = beyond(turns, RERUN)
            end = await turns.take(FLOODER, 1)
            first = asyncio.create_task(own.receive())
            assert not await passed(first)
            slept.append(60.0)
            end()
            await first
            own.end()
        return own.silent

    monkeypatch.setattr("serving.pages.REST", 0.0)
    assert finished(waits()) == 0.0


def test_a_turn_ends_with_a_rerun_that_takes_too_long_and_the_next_comes_after_a_rest(monkeypatch: pytest.MonkeyPatch):
    async def long() -> list[float]:
        turns, loop, due = Turns(), asyncio.get_running_loop(), []

        def later(delay: float, act: Callable[[], None]) -> asyncio.TimerHandle:
            due.append((delay, act))
            return asyncio.TimerHandle(loop.time(), act, (), loop)

        monkeypatch.setattr(loop, "call_later", later)
        with no_waiting() as slept:
            own = beyond(turns, RERUN)
            await own.receive()
            slept.append(LONGEST)
            waiting = asyncio.create_task(turns.take(FLOODER, 1))
            assert not await passed(waiting)
            due[0][1]()
            assert not await passed(waiting)
            due[1][1]()
            assert await passed(waiting)
        monkeypatch.undo()
        return [delay for delay, _act in due]

    assert finished(long()) == pytest.approx([LONGEST, LONGEST * REST])


def test_a_page_that_sends_without_any_silence_is_sent_away_and_one_whose_key_is_held_down_is_not():
    async def sends(silence: float) -> tuple[int, list[str], int]:
        turns, said = Turns(), []

        async def say(message: MutableMapping[str, Any]) -> None:
            said.append(message["type"])

        with no_waiting() as slept:
            own = page_of(turns, *[RERUN] * 2 * MOST, before=lambda: slept.append(silence))
            own.say = say
            heard = 0
            while heard < 2 * MOST and (await own.receive())["type"] != "websocket.disconnect":
                heard += 1
                await own.send(ended(ForwardMsg.FINISHED_SUCCESSFULLY))
                own.end()
                await asyncio.sleep(0)
        return heard, said[heard:], own.endless

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("serving.pages.REST", 0.0)
        heard, said, _endless = finished(sends(0.0))
        assert (heard, said) == (HAND[0] + MOST, ["websocket.close"])
        heard, said, endless = finished(sends(1 / 30))  # thirty a second
        assert (heard, said) == (2 * MOST, [])
        assert endless < MOST


def test_only_a_few_pages_have_their_first_rerun_at_a_time():
    async def come() -> list[bool]:
        pages = Pages(nobody_there, Visitors())
        arrived, seen = [], []

        async def hear() -> dict[str, Any]:
            return {"type": "websocket.receive", "bytes": RERUN}

        for _student in range(ARRIVALS + 1):
            own = Page(pages.turns, pages.arrivals, CLASS, hear, nothing)
            arrived.append((own, asyncio.create_task(own.receive())))
            seen.append(await passed(arrived[-1][1]))
        arrived[0][0].end()
        await arrived[-1][1]
        for own, _task in arrived:
            own.end()
        return seen

    assert finished(come()) == [True] * ARRIVALS + [False]


async def nobody_there(*_asgi: object) -> None:
    pass


def visits(brief: float) -> list[bool]:
    """Which of some visits, each of which asks for one rerun and ends, waited for a turn, where those below so many seconds are brief."""

    async def app(_scope: object, receive: Callable[[], Awaitable[object]], _send: object) -> None:
        await receive()

    async def hear() -> dict[str, Any]:
        return {"type": "websocket.receive", "bytes": RERUN}

    async def come() -> list[bool]:
        pages = Pages(app, Visitors())
        end = await pages.turns.take(FLOODER, 1)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("serving.pages.BRIEF", brief)
            patch.setattr("serving.pages.STOPPING", 0.0)
            tasks, waited = [], []
            for _visit in range(VISITS[0] + 2):
                tasks.append(asyncio.create_task(pages({"type": "websocket", "client": (CLASS, 1)}, hear, nothing)))
                waited.append(not await passed(tasks[-1]))
            end()
            await asyncio.gather(*tasks)
        return waited

    return finished(come())


def test_where_one_brief_visit_follows_another_the_next_ones_take_turns():
    assert visits(BRIEF) == [False] * VISITS[0] + [True] * 2


def test_visits_that_last_take_none():
    assert not any(visits(0.0))

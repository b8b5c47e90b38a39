"""Whose turn it is on the Explore page."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from itertools import count

import pytest

from tests.elsewhere import finished
from views.explore import line as lines
from views.explore.line import EACH, Line, PATIENT, Urgency

FIRST, FINE, LONG = Urgency


def turns(*asked: tuple[str, Urgency, int], before: tuple[str, ...] = ()) -> str:
    """The visitors in the order of their turns, after these have been served; each asks for so many turns at once with the others."""
    line, order = Line(), []

    async def stand(visitor: str, urgency: Urgency, times: int) -> None:
        with line.place(visitor, urgency) as place:
            for _ in range(times):
                async with place:
                    order.append(visitor)
                    await asyncio.sleep(0)

    async def together() -> None:
        for visitor in before:
            await stand(visitor, FIRST, 1)
        order.clear()
        await asyncio.gather(*(stand(*each) for each in asked))

    finished(together())
    assert not line.places
    return "".join(order)


@pytest.fixture(autouse=True)
def impatient(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "patience" not in request.node.name:
        monkeypatch.setattr(lines, "PATIENT", 1000)


def test_the_more_urgent_comes_first_and_what_has_begun_is_done_before_its_like_begins():
    assert turns(("a", LONG, 2), ("b", FINE, 3), ("c", FIRST, 1), ("d", FINE, 3), ("e", FIRST, 2)) == "ceebbbdddaa"


def test_whoever_was_served_longest_ago_comes_first():
    assert turns(*((visitor, FIRST, 1) for visitor in "abcd"), before=("d", "a", "c")) == "bdac"


def test_one_visitor_with_many_requests_keeps_others_waiting_for_one_of_them():
    assert turns(*[("a", FIRST, 2)] * 5, ("b", FIRST, 2), ("c", FIRST, 1)) == "aabbc" + 8 * "a"


def test_an_address_with_ever_new_visitors_has_every_other_turn():
    now = count()
    line, order = Line(clock=lambda: float(next(now))), []

    async def stand(visitor: str, address: str) -> None:
        with line.place(visitor, FIRST, address) as place:
            async with place:
                order.append(address)
                await asyncio.sleep(0)

    async def together() -> None:
        await asyncio.gather(*(stand(f"tab{k}", "flood") for k in range(20)), *(stand(f"student{k}", "class") for k in range(5)))

    finished(together())
    assert order[:10].count("class") == 5


def test_one_visitor_has_so_many_places_and_what_is_fine_has_so_many_in_all(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lines, "MOST_FINE", 3)
    line, places = Line(), []
    for k in range(EACH):
        assert not line.full("a", FIRST)
        places.append(line.place("a", FINE if k < 2 else LONG))
        places[-1].__enter__()
    assert line.full("a", FIRST)
    assert not line.full("b", FINE)
    places.append(line.place("b", FINE))
    places[-1].__enter__()
    assert [line.full("b", urgency) for urgency in Urgency] == [False, True, False]
    for place in places:
        place.__exit__(None, None, None)
    assert not any(line.full("a", urgency) for urgency in Urgency)


def test_with_patience_what_is_not_urgent_has_its_turn_too():
    order = turns(("z", LONG, 3), *((visitor, FIRST, PATIENT) for visitor in "abc"))
    assert [k + 1 for k, visitor in enumerate(order) if visitor == "z"] == [PATIENT, 2 * PATIENT, 3 * PATIENT]


def test_whoever_goes_away_while_waiting_or_at_work_holds_nobody_up():
    line, order = Line(), []

    async def stand(visitor: str, act: Callable[[], Awaitable[object]]) -> None:
        with line.place(visitor, FIRST) as place:
            async with place:
                order.append(visitor)
                await act()

    async def together() -> None:
        gate = asyncio.Event()
        tasks = [asyncio.create_task(stand(visitor, gate.wait)) for visitor in "abcd"]
        while not order:
            await asyncio.sleep(0)
        tasks[1].cancel()  # waits
        tasks[0].cancel()  # works
        gate.set()
        await asyncio.gather(*tasks, return_exceptions=True)

    finished(together())
    assert order == ["a", "c", "d"]
    assert line.now is None
    assert not line.calls


def test_whoever_goes_away_as_the_next_one_is_chosen_is_passed_over():
    line, complaints = Line(), []

    async def together() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _loop, context: complaints.append(context))
        with line.place("a", FIRST) as gone, line.place("b", FIRST) as other:
            async with other:
                waits = asyncio.create_task(gone.__aenter__())
                await asyncio.sleep(0)
            waits.cancel()  # its place is given up only when it runs again, and the next one is chosen before that
            await asyncio.gather(waits, return_exceptions=True)
            async with other:
                pass

    finished(together())
    assert complaints == []

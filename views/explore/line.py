"""Whose turn it is with the process aside: one at a time, what is most urgent first, of equals the address that had least of late for
each of its pages, and there whoever was served longest ago."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from itertools import count

from serving.turns import Lately

EACH = 6  # places of one visitor: a browser has as many connections
MOST_FINE = 60  # places for what makes a map finer, of all visitors
PATIENT = 5  # every so many-th turn goes to whoever has stood there longest, however urgent the rest is
KEPT = 1000  # visitors of whom it is known when they were served


class Urgency(IntEnum):
    """What comes before what."""

    FIRST = 0  # what is seen at once
    FINE = 1  # what makes it finer
    LONG = 2  # a part of what takes minutes


class Line:
    """The line before something that does one thing at a time.

    Whoever has a place takes one turn after the other until they leave it; a visitor counts as served when the first of these begins. So what has
    begun is done before its like begins, a visitor with many places has one of them served before all others are, and who has just come is next.
    """

    def __init__(self, pages: Callable[[str], int] = lambda _address: 1, clock: Callable[[], float] = time.monotonic) -> None:
        self.pages, self.clock = pages, clock
        self.addresses = Lately(clock)
        self.places: list[Place] = []
        self.calls: dict[Place, asyncio.Future[None]] = {}  # those who wait for a turn
        self.now: Place | None = None
        self.numbers, self.turns = count(1), count(1)
        self.served: OrderedDict[str, int] = OrderedDict()

    def full(self, visitor: str, urgency: Urgency) -> bool:
        """Whether there is no place left for this visitor, or for anything so urgent."""
        mine = sum(place.visitor == visitor for place in self.places)
        return mine >= EACH or (urgency == Urgency.FINE and sum(place.urgency == urgency for place in self.places) >= MOST_FINE)

    @contextmanager
    def place(self, visitor: str, urgency: Urgency, address: str = "") -> Iterator[Place]:
        """A place in the line while the block lasts."""
        own = Place(self, visitor, urgency, next(self.numbers), address)
        self.places.append(own)
        try:
            yield own
        finally:
            self.places.remove(own)

    def choose(self) -> None:
        """Give a turn to the next one, if nobody has it."""
        here = [place for place, call in self.calls.items() if not call.done()]  # who has gone is still in it until his task runs again
        if self.now is not None or not here:
            return
        patient = next(self.turns) % PATIENT == 0
        self.now = own = min(here, key=(lambda place: place.number) if patient else self.rank)
        own.since = self.clock()
        self.calls.pop(own).set_result(None)
        if not own.begun:
            own.begun = True
            self.served[own.visitor] = next(self.numbers)
            self.served.move_to_end(own.visitor)
            while len(self.served) > KEPT:
                self.served.popitem(last=False)

    def rank(self, place: Place) -> tuple[int, bool, float, int, int]:
        return place.urgency, not place.begun, self.addresses.place(place.address), self.served.get(place.visitor, 0), place.number


class Place:
    """A place in a line; `async with` is a turn."""

    def __init__(self, line: Line, visitor: str, urgency: Urgency, number: int, address: str) -> None:
        self.line, self.visitor, self.urgency, self.number, self.address = line, visitor, urgency, number, address
        self.begun, self.since = False, 0.0

    async def __aenter__(self) -> None:
        loop = asyncio.get_running_loop()
        call = self.line.calls[self] = loop.create_future()
        loop.call_soon(self.line.choose)  # not at once: whoever has just had a turn may want the next one too
        try:
            await call
        except asyncio.CancelledError:
            self.line.calls.pop(self, None)
            await self.__aexit__()
            raise

    async def __aexit__(self, *_: object) -> None:
        if self.line.now is self:
            self.line.now = None
            self.line.addresses.charge(self.address, (self.line.clock() - self.since) / self.line.pages(self.address))
            asyncio.get_running_loop().call_soon(self.line.choose)

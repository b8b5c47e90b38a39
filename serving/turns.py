"""Turns with what does little at a time, shared fairly among addresses by their pages, and within an address among its connections."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import asynccontextmanager
from itertools import count
from math import inf

KEPT = 1000  # of whom it is remembered what they had
HALF = 10.0  # seconds
REST = 1.0  # times as long as a turn of one of the restless took, none of them has the next: half of the time is theirs


class Shares:
    """Who has had how much of what several want: start-time fair queueing (Goyal, Vin and Cheng 1996).

    `now` is what each of those who wait without end has had by now. Whoever comes after a rest stands there, with no debt and no savings.
    """

    def __init__(self) -> None:
        self.now = 0.0
        self.had: OrderedDict[Hashable, float] = OrderedDict()

    def place(self, who: Hashable) -> float:
        """The lower, the sooner it is their turn."""
        return max(self.had.get(who, 0.0), self.now)

    def begin(self, who: Hashable) -> None:
        self.now = self.place(who)

    def charge(self, who: Hashable, much: float) -> None:
        self.had[who] = self.place(who) + much
        self.had.move_to_end(who)
        while len(self.had) > KEPT:
            self.had.popitem(last=False)


class Lately:
    """How much each had of late: what was had HALF seconds ago counts half."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.had: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def much(self, who: Hashable) -> float:
        much, at = self.had.get(who, (0.0, 0.0))
        return much * 2 ** ((at - self.clock()) / HALF)

    def charge(self, who: Hashable, much: float) -> None:
        self.had[who] = self.much(who) + much, self.clock()
        self.had.move_to_end(who)
        while len(self.had) > KEPT:
            self.had.popitem(last=False)


class Turns:
    """So many turns at a time; the next goes to the address that had least for each of its pages, and there to the connection that had least of late.

    The restless, who ask without end, have one turn at a time together, and only where another one is left free for whoever else comes.
    """

    def __init__(self, most: int = 1, pages: Callable[[str], int] = lambda _address: 1, clock: Callable[[], float] = time.perf_counter) -> None:
        self.free, self.pages, self.clock = most, pages, clock
        self.addresses, self.connections = Shares(), Lately(clock)
        self.calls: dict[int, tuple[str, Hashable, bool, asyncio.Future[None]]] = {}
        self.numbers = count(1)
        self.rested = 0.0  # when the restless may go on

    def taken(self) -> bool:
        """Whether whoever comes now waits."""
        return not self.free

    @asynccontextmanager
    async def turn(self, address: str, connection: Hashable) -> AsyncIterator[None]:
        """A turn while the block lasts."""
        end = await self.take(address, connection)
        try:
            yield
        finally:
            end()

    async def take(self, address: str, connection: Hashable, restless: bool = False) -> Callable[[], None]:
        """Wait for a turn; returns what ends it, which may be called again. The time until then counts as theirs."""
        loop = asyncio.get_running_loop()
        number, call = next(self.numbers), loop.create_future()
        self.calls[number] = address, connection, restless, call
        self.choose()
        try:
            await call
        except asyncio.CancelledError:
            self.calls.pop(number, None)
            if not call.cancelled():  # it has been given, just now
                self.give_back()
            raise
        begun: float | None = self.clock()

        def end() -> None:
            nonlocal begun
            if begun is not None:
                spent, begun = self.clock() - begun, None
                self.addresses.charge(address, spent / self.pages(address))
                self.connections.charge(connection, spent)
                if restless:
                    self.rested = self.clock() + REST * spent
                    loop.call_later(REST * spent, self.choose)
                self.give_back()

        return end

    def choose(self) -> None:
        """Give the free turns to the next ones."""
        while number := min(filter(self.may, self.calls), key=self.rank, default=None):
            address, _connection, restless, call = self.calls.pop(number)
            if not call.cancelled():
                self.free -= 1
                self.rested = inf if restless else self.rested
                self.addresses.begin(address)
                call.set_result(None)

    def may(self, number: int) -> bool:
        restless = self.calls[number][2]
        return self.free > restless and not (restless and self.clock() < self.rested)

    def rank(self, number: int) -> tuple[float, float, int]:
        address, connection, _restless, _call = self.calls[number]
        return self.addresses.place(address), self.connections.much(connection), number

    def give_back(self) -> None:
        self.free += 1
        self.choose()

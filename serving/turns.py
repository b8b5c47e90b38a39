"""Turns with what does little at a time: next is the address that had least of late for each of its pages, and of its connections the one that had
least.

Who has rested is served at once, and who asks without end over many connections waits for their own.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import asynccontextmanager
from itertools import count
from math import inf, log2

KEPT = 1000  # of whom it is remembered what they had
HALF = 10.0  # seconds


class Lately:
    """How much each had of late: what was had HALF seconds ago counts half.

    Kept as it would count at the clock's zero, as a power of two: so two can be compared without the time (Cormode et al. 2009, forward decay).
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.had: OrderedDict[Hashable, float] = OrderedDict()

    def place(self, who: Hashable) -> float:
        """The lower, the less they had."""
        return self.had.get(who, -inf)

    def much(self, who: Hashable) -> float:
        return 2.0 ** (self.place(who) - self.clock() / HALF)

    def charge(self, who: Hashable, much: float) -> None:
        if (all_of_it := self.much(who) + much) > 0:
            self.had[who] = log2(all_of_it) + self.clock() / HALF
            self.had.move_to_end(who)
            while len(self.had) > KEPT:
                self.had.popitem(last=False)


class Turns:
    """So many turns at a time."""

    def __init__(self, most: int = 1, pages: Callable[[str], int] = lambda _address: 1, clock: Callable[[], float] = time.perf_counter) -> None:
        self.free, self.pages, self.clock = most, pages, clock
        self.addresses, self.connections = Lately(clock), Lately(clock)
        self.calls: dict[int, tuple[str, Hashable, asyncio.Future[None]]] = {}
        self.numbers = count()

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

    async def take(self, address: str, connection: Hashable) -> Callable[[], None]:
        """Wait for a turn; returns what ends it, which may be called again. The time until then counts as theirs."""
        number, call = next(self.numbers), asyncio.get_running_loop().create_future()
        self.calls[number] = address, connection, call
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
                self.give_back()

        return end

    def choose(self) -> None:
        """Give the free turns to the next ones."""
        while self.free and self.calls:
            _address, _connection, call = self.calls.pop(min(self.calls, key=self.rank))
            if not call.cancelled():
                self.free -= 1
                call.set_result(None)

    def rank(self, number: int) -> tuple[float, float, int]:
        address, connection, _call = self.calls[number]
        return self.addresses.place(address), self.connections.place(connection), number

    def give_back(self) -> None:
        self.free += 1
        self.choose()

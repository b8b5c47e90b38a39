"""Who asks, as far as an address tells, and how many pages that address has open: what it may have is meant for each of them."""

from __future__ import annotations

import ipaddress
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from starlette.types import Scope

LEAST = 4  # pages that every address counts as: those of one browser that another worker of this server holds open
LESSON = 2 * 3600.0  # seconds for which a lesson counts as open: its page holds no connection
MOST = 300  # lessons of an address, a class's
ADDRESSES = 10_000  # that are remembered for their lessons


def address_of(scope: Scope) -> str:
    """Where a request comes from, as uvicorn has it from the connection, or from a proxy that it trusts."""
    return household((scope.get("client") or ("", 0))[0])


def household(host: str) -> str:
    """The address; of the newer ones, of which a household has 2⁶⁴, the part that stands for the household."""
    try:
        number = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    return str(ipaddress.ip_network((number, 64), strict=False)) if number.version == 6 and not number.ipv4_mapped else host


class Visitors:
    """The open pages of each address. `clock` gives seconds and only goes forward."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.connected: Counter[str] = Counter()
        self.lessons: OrderedDict[str, deque[float]] = OrderedDict()

    @contextmanager
    def present(self, address: str) -> Iterator[None]:
        """A page is open while the block lasts."""
        self.connected[address] += 1
        try:
            yield
        finally:
            self.connected[address] -= 1
            if not self.connected[address]:
                del self.connected[address]

    def read(self, address: str) -> None:
        """A lesson was opened."""
        self.lessons.setdefault(address, deque(maxlen=MOST)).append(self.clock())
        self.lessons.move_to_end(address)
        while len(self.lessons) > ADDRESSES:
            self.lessons.popitem(last=False)

    def pages(self, address: str) -> int:
        """How many pages this address has open, LEAST at least."""
        opened, late = self.lessons.get(address, ()), self.clock() - LESSON
        return max(self.connected[address] + sum(at > late for at in opened), LEAST)


VISITORS = Visitors()

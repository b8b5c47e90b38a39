"""Who may have trainings worked on now, and who waits: a queue in which everyone has a place."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

AT_ONCE = 4  # people whose trainings are worked on together
TURN = 10.0  # seconds of a processor that one of them may have while others wait; then the others come first
PATIENCE = 5.0  # seconds after which somebody who has not asked again has left
MOST = 200  # people in the queue


@dataclass
class Ticket:
    """Somebody who trains: when they asked last, what they have had since their turn began, and whether a request of theirs is under way."""

    asked: float
    address: str = ""
    had: float = 0.0
    busy: int = 0


class Line:
    """A queue, of whose first people `AT_ONCE` are worked for. They ask again and again, and whoever does so no longer loses their place.

    Where they come from several addresses, of these one after the other has somebody in the queue, and none has more people there than open pages.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic, pages: Callable[[str], int] = lambda _address: MOST) -> None:
        self.now, self.pages = now, pages
        self.tickets: dict[str, Ticket] = {}  # in the order in which they came

    def place(self, who: str, address: str = "") -> int | None:
        """0 for those who are worked for, else how many come before them until they are, counted from 1; None where the queue is full."""
        self.sweep()
        if who not in self.tickets:
            if len(self.tickets) >= MOST or sum(own.address == address for own in self.tickets.values()) >= self.pages(address):
                return None
            self.tickets[who] = Ticket(self.now(), address)
        self.tickets[who].asked = self.now()
        return max(self.order().index(who) - AT_ONCE + 1, 0)

    def order(self) -> list[str]:
        """Everybody as their turn comes: the first of each address, then the second of each."""
        before = Counter[str]()
        ranks: dict[str, int] = {}
        for who, own in self.tickets.items():
            ranks[who] = before[own.address]
            before[own.address] += 1
        return sorted(self.tickets, key=ranks.__getitem__)

    def begin(self, who: str) -> None:
        """A request of theirs is under way: while it is, they have not left."""
        if who in self.tickets:
            self.tickets[who].busy += 1

    def end(self, who: str, seconds: float) -> None:
        """It is over, and they have had so many seconds; whoever has had their turn goes to the end where others wait."""
        if who not in self.tickets:
            return
        own = self.tickets[who]
        own.busy, own.asked, own.had = own.busy - 1, self.now(), own.had + seconds
        if own.had >= TURN and len(self.tickets) > AT_ONCE:
            del self.tickets[who]
            self.tickets[who] = Ticket(self.now(), own.address)

    def leave(self, who: str) -> None:
        """They have all they wanted."""
        self.tickets.pop(who, None)

    def counts(self) -> tuple[int, int]:
        """How many are worked for, and how many wait until they are."""
        self.sweep()
        return min(len(self.tickets), AT_ONCE), max(len(self.tickets) - AT_ONCE, 0)

    def sweep(self) -> None:
        """Let go of those who have left."""
        late = self.now() - PATIENCE
        for who in [who for who, own in self.tickets.items() if own.asked < late and not own.busy]:
            del self.tickets[who]

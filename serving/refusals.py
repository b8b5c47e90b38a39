"""Counts what is refused, and says in the log what and why: a line at once, then one a minute however many there are, so that no flood fills a disk.

Of an address the log has the network alone, /24 or of the newer ones /48, in which a person is one of many: enough to close a door, too little to
know who it was. No link stands in it.
"""

from __future__ import annotations

import ipaddress
import logging
import time
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from threading import Lock

from starlette.types import Scope

from serving import metrics
from serving.reasons import REASONS

PERIOD = 60.0  # seconds of which one line tells
NETWORKS = 1000  # of which it is counted in this time how much came from each
PREFIX = {4: 24, 6: 48}

log = logging.getLogger("uvicorn.error")


def refused(reason: str, address: str = "") -> None:
    """Something was refused for one of `REASONS`; `address`: whose it was, or a network, where known. Raises KeyError for another reason."""
    metrics.REFUSED.labels(reason).inc()
    ACCOUNT.take(reason, address)


def peer(scope: Scope) -> str:
    """The address that a request or connection comes from, as far as the server knows."""
    return str((scope.get("client") or [""])[0])


class Account:
    """What the log is told: the first of a kind at once, and at the end of each period how many more there were. Threads may share one."""

    def __init__(self, tell: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> None:
        self.tell, self.clock = tell, clock
        self.since: dict[str, float] = {}  # the beginning of a kind's period
        self.more: dict[str, Counter[str]] = {}  # and where the further ones came from
        self.turn = Lock()

    def take(self, reason: str, address: str) -> None:
        what, network = REASONS[reason], network_of(address)
        with self.turn:
            self.end(self.clock())
            if reason in self.since:
                counts = self.more[reason]
                counts[network if network in counts or len(counts) < NETWORKS else "elsewhere"] += 1
                return
            self.since[reason], self.more[reason] = self.clock(), Counter()
        self.tell(f"Refused ({reason}): {what}, from {network}.")

    def due(self) -> None:
        """Tell of the periods that are over."""
        with self.turn:
            self.end(self.clock())

    def end(self, now: float) -> None:
        for reason in [reason for reason, since in self.since.items() if now - since >= PERIOD]:
            counts, seconds = self.more[reason], now - self.since[reason]
            if not counts:
                del self.since[reason], self.more[reason]
                continue
            ((network, most),) = counts.most_common(1)
            self.tell(f"Refused ({reason}): and {counts.total()} more of these in the last {seconds:.0f} s, {most} of them from {network}.")
            self.since[reason], self.more[reason] = now, Counter()


@lru_cache(maxsize=1024)  # a flood comes from few
def network_of(address: str) -> str:
    """The part of an address that the log may have."""
    try:
        given = ipaddress.ip_interface(address.partition("%")[0])
    except ValueError:
        return "an unknown network"
    number = getattr(given.ip, "ipv4_mapped", None) or given.ip
    if number.is_loopback:
        return "this machine"
    return str(ipaddress.ip_network((number, PREFIX[number.version]), strict=False))


ACCOUNT = Account(lambda line: log.warning("%s", line))

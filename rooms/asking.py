"""How a page's request asks the rooms, be they in this process or in another."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.managers import RemoteError
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from rooms.apart import AT, Apart
from rooms.desk import Desk
from rooms.letters import own_letters
from rooms.refused import Refused
from rooms.register import RESTARTED, Register

P = ParamSpec("P")
T = TypeVar("T")

PAUSES = (0.0, 0.5, 1.0, 2.0)  # seconds after which it is tried again where nobody answers: so long a process takes to begin anew


class Ask(Protocol):
    """`await ask(Desk.look, code, address)`. Raises Refused."""

    async def __call__(self, what: Callable[Concatenate[Desk, P], T], /, *given: P.args, **named: P.kwargs) -> T: ...


def asking() -> Ask:
    """Asks the rooms' process where the environment names one, else a desk of this process."""
    address = os.environ.get(AT)
    return Line(address) if address else Here(Desk(Register(own=own_letters())))


class Here:
    """Asks a desk of this process, without waiting."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def __call__(self, what: Callable[Concatenate[Desk, P], T], /, *given: P.args, **named: P.kwargs) -> T:
        return what(self.desk, *given, **named)


class Line:
    """Asks the rooms' process, one round trip a call. Not the event loop waits for the answer but a thread: a busy processor may keep it away."""

    def __init__(self, address: str) -> None:
        self.address, self.wire = address, Wire(address)

    async def __call__(self, what: Callable[Concatenate[Desk, P], T], /, *given: P.args, **named: P.kwargs) -> T:
        for pause in PAUSES:
            wire = self.wire
            try:
                return await asyncio.get_running_loop().run_in_executor(wire.thread, wire.ask, what.__name__, given, named)
            except (EOFError, OSError, RemoteError):  # it has ended, or another has begun in its place, which does not know this wire
                if wire is self.wire:
                    self.wire = Wire(self.address)
                await asyncio.sleep(pause)
        raise Refused("restarted", RESTARTED)


class Wire:
    """One connection, and the thread that waits at it."""

    def __init__(self, address: str) -> None:
        self.address, self.thread, self.desk = address, ThreadPoolExecutor(1, "rooms"), None

    def ask(self, name: str, given: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """In that thread. Raises what the desk raises, or EOFError, OSError or RemoteError where nobody is at the other end any more."""
        if self.desk is None:
            apart = Apart(self.address)
            apart.connect()
            self.desk = apart.desk()  # pyright: ignore[reportAttributeAccessIssue]
        return getattr(self.desk, name)(*given, **named)

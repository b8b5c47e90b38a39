"""The pages' websockets: from which address they are, how fast one is read, and that those which ask without end do it one after another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, MutableMapping
from itertools import count
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from core.rate import Rate
from serving.private import ends_rerun, rerun_of
from serving.refusals import refused
from serving.turns import Turns
from serving.visitors import VISITORS, Visitors, address_of

HAND = (12, 1 / 4)  # messages of a page at once, and the seconds of silence that make up for one: who sends more takes turns
MOST = 200  # turns without any silence between: no person's; a page that is sent away comes back with its settings
SLOW = 0.1  # seconds that any other message takes then
ARRIVALS = 4  # first reruns at a time: more only keep each other, and everybody else, from the interpreter
BRIEF = 5.0  # seconds: nobody has looked at a page that was gone sooner
VISITS = (5, 1.0)  # so brief ones of an address at once, and seconds between them then
LONGEST = 2.0  # seconds of a turn; a rerun that takes longer goes on beside the next one
REST = 1.0  # times as long as a turn took, nobody has the next: half of the time is left to those who need none
BUSY = 1013  # "try again later", of the websocket protocol's registry
NUMBERS = count()  # of pages
STOPPING = 0.1  # seconds until a script has stopped whose page has gone


class Pages:
    """ASGI middleware that knows the open pages of every address, and keeps a few that ask without end from keeping the others waiting.

    First reruns go a few at a time. Further ones go one at a time where a page asks for more than a hand does; so do the first ones of an address
    from which one brief visit follows another. Where nobody else does, a turn comes at once, and what a page asks for in its turn is joined to it by
    Streamlit. Nothing is lost: what is not read yet waits in the network.
    """

    def __init__(self, app: ASGIApp, visitors: Visitors = VISITORS) -> None:
        self.app, self.visitors = app, visitors
        self.turns, self.arrivals, self.brief = Turns(1, visitors.pages), Turns(ARRIVALS, visitors.pages), Rate(*VISITS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            return await self.app(scope, receive, send)
        address, loop = address_of(scope), asyncio.get_running_loop()
        come = loop.time()
        page = Page(self.turns, self.turns if self.brief.wait(address, come) else self.arrivals, address, receive, send)
        with self.visitors.present(address):
            try:
                await self.app(scope, page.receive, page.send)
            finally:
                if loop.time() - come < BRIEF:
                    self.brief.spend(address, loop.time())
                loop.call_later(STOPPING, page.end)


class Page:
    """One page's websocket. `first` is where its first rerun has its turn, `turns` where those have theirs that are too many."""

    def __init__(self, turns: Turns, first: Turns | None, address: str, receive: Receive, send: Send) -> None:
        self.turns, self.first, self.address, self.hear, self.say = turns, first, address, receive, send
        self.number = next(NUMBERS)
        self.pace, self.silent = Rate(*HAND), 0.0  # seconds that it sent nothing
        self.over = asyncio.Event()  # its turn
        self.over.set()
        self.here = False  # it has a turn among those that are too many
        self.endless = 0  # turns since a message was no more than a hand sends
        self.gone = False  # it was sent away
        self.end: Callable[[], None] = lambda: None

    async def receive(self) -> MutableMapping[str, Any]:
        loop = asyncio.get_running_loop()
        asked = loop.time()
        message = await self.hear()
        self.silent += loop.time() - asked
        if data := message.get("bytes"):
            much, rerun = self.pace.spend("", self.silent), rerun_of(data) is not None
            if rerun and self.first:
                turns, self.first = self.first, None
                await self.begin(turns)
            elif much and not rerun:
                await asyncio.sleep(SLOW)
            elif much and not (self.here and not self.turns.calls):
                await self.begin(self.turns)
                self.endless += 1
            if not much:
                self.endless = 0
            if self.endless > MOST:
                return await self.sent_away()
        return message

    async def begin(self, turns: Turns) -> None:
        """Wait for a turn. It ends with the rerun, or after LONGEST."""
        loop = asyncio.get_running_loop()
        await self.over.wait()
        give_back = await turns.take(self.address, self.number)
        begun, self.here = loop.time(), turns is self.turns
        self.over.clear()

        def end() -> None:
            if not self.over.is_set():
                self.over.set()
                self.here = False
                late.cancel()
                loop.call_later(REST * (loop.time() - begun) if turns is self.turns and turns.calls else 0.0, give_back)

        self.end, late = end, loop.call_later(LONGEST, end)

    async def send(self, message: MutableMapping[str, Any]) -> None:
        if self.gone:
            return
        data = message.get("bytes")
        if not self.over.is_set() and data and ends_rerun(data):
            self.end()
        await self.say(message)

    async def sent_away(self) -> MutableMapping[str, Any]:
        """End the connection, and with it what is not read yet."""
        refused("connections", self.address)
        await self.say({"type": "websocket.close", "code": BUSY})
        self.gone = True
        return {"type": "websocket.disconnect", "code": BUSY}

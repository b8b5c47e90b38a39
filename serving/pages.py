"""The pages' websockets: from which address they are, how fast one is read, and that those which ask without end do it one after another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, MutableMapping
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from core.rate import Rate
from serving.private import ends_rerun, rerun_of
from serving.turns import Turns
from serving.visitors import VISITORS, Visitors, address_of

HAND = (60, 1 / 10)  # messages of a page at once, and seconds between them then: a key held down makes thirty a second, for two seconds and more
BRIEF = 5.0  # seconds: nobody has looked at a page that was gone sooner
VISITS = (10, 1.0)  # so brief ones of an address at once, and seconds between them then
LONGEST = 0.5  # seconds of a turn; a rerun that takes longer goes on beside the next one
REST = 1.0  # times as long as a turn took, nobody has the next: half of the time is left to those who need none
STOPPING = 0.1  # seconds until a script has stopped whose page has gone


class Pages:
    """ASGI middleware that knows the open pages of every address, and keeps a few that ask without end from keeping the others waiting.

    A page that sends faster than a hand can is read more slowly, and its reruns take turns with those of others of its kind. So do the first reruns
    of an address from which one brief visit follows another. Nothing is lost: what is not read yet waits in the network.
    """

    def __init__(self, app: ASGIApp, visitors: Visitors = VISITORS) -> None:
        self.app, self.visitors = app, visitors
        self.turns, self.brief = Turns(1, visitors.pages), Rate(*VISITS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            return await self.app(scope, receive, send)
        address, loop = address_of(scope), asyncio.get_running_loop()
        page = Page(self.turns, address, receive, send)
        with self.visitors.present(address):
            if self.brief.wait(address, loop.time()):
                await page.begin()
            come = loop.time()
            try:
                await self.app(scope, page.receive, page.send)
            finally:
                if loop.time() - come < BRIEF:
                    self.brief.spend(address, loop.time())
                loop.call_later(STOPPING, page.end)


class Page:
    """One page's websocket."""

    def __init__(self, turns: Turns, address: str, receive: Receive, send: Send) -> None:
        self.turns, self.address, self.hear, self.say = turns, address, receive, send
        self.pace, self.waited = Rate(*HAND), 0.0  # seconds for a turn, which are no rest
        self.over = asyncio.Event()  # its turn
        self.over.set()
        self.end: Callable[[], None] = lambda: None

    async def receive(self) -> MutableMapping[str, Any]:
        message = await self.hear()
        if data := message.get("bytes"):
            fast = False
            while wait := self.pace.spend("", asyncio.get_running_loop().time() - self.waited):
                fast = True
                await asyncio.sleep(wait)
            if fast and rerun_of(data) is not None:
                await self.begin()
        return message

    async def begin(self) -> None:
        """Wait for a turn. It ends with the rerun, or after LONGEST."""
        loop = asyncio.get_running_loop()
        asked = loop.time()
        await self.over.wait()
        give_back = await self.turns.take(self.address, id(self))
        begun = loop.time()
        self.waited += begun - asked
        self.over.clear()

        def end() -> None:
            if not self.over.is_set():
                self.over.set()
                late.cancel()
                loop.call_later(REST * (loop.time() - begun), give_back)

        self.end, late = end, loop.call_later(LONGEST, end)

    async def send(self, message: MutableMapping[str, Any]) -> None:
        data = message.get("bytes")
        if not self.over.is_set() and data and ends_rerun(data):
            self.end()
        await self.say(message)

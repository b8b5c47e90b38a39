"""The pages' websockets: reruns in turn, so that a few pages that ask without end do not keep the others waiting."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, MutableMapping
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from core.rate import Rate
from serving.private import ends_rerun, rerun_of
from serving.turns import Turns
from serving.visitors import VISITORS, Visitors, address_of

AT_ONCE = 2  # reruns: they share one interpreter, and a second one fills what the first leaves of it
LONGEST = 0.5  # seconds of a turn; a rerun that takes longer goes on beside those of others
OVERTAKING = 2  # reruns that a page may ask for while its own runs, which Streamlit then begins anew
STOPPING = 0.1  # seconds until a script has stopped whose page has gone
HAND = (60, 1 / 10)  # messages of a page at once, and seconds between them then: a key held down makes thirty a second, for two seconds and more


class Reruns:
    """ASGI middleware that lets a page ask for a rerun when it is its turn, and until that rerun ends for OVERTAKING more: Streamlit joins them.

    A page that sends faster than a hand can is read more slowly. Nothing is lost: what is not read yet waits in the network.
    """

    def __init__(self, app: ASGIApp, visitors: Visitors = VISITORS) -> None:
        self.app, self.visitors, self.turns = app, visitors, Turns(AT_ONCE, visitors.pages)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            return await self.app(scope, receive, send)
        address = address_of(scope)
        with self.visitors.present(address):
            page = Page(self.turns, address, receive, send)
            try:
                await self.app(scope, page.receive, page.send)
            finally:
                asyncio.get_running_loop().call_later(STOPPING, page.end)


class Page:
    """One page's websocket."""

    def __init__(self, turns: Turns, address: str, receive: Receive, send: Send) -> None:
        self.turns, self.address, self.hear, self.say = turns, address, receive, send
        self.pace = Rate(*HAND)
        self.end: Callable[[], None] = lambda: None  # of its turn
        self.over, self.overtaken = asyncio.Event(), 0
        self.over.set()

    async def receive(self) -> MutableMapping[str, Any]:
        message = await self.hear()
        data = message.get("bytes")
        if data:
            while wait := self.pace.spend("", asyncio.get_running_loop().time()):
                await asyncio.sleep(wait)
            if rerun_of(data) is not None:
                await self.begin()
        return message

    async def begin(self) -> None:
        """Wait for a turn, which ends with the rerun, or after LONGEST; where the page has one, that is enough for a while."""
        if not self.over.is_set() and self.overtaken < OVERTAKING:
            self.overtaken += 1
            return
        await self.over.wait()
        give_back = await self.turns.take(self.address, self)
        late = asyncio.get_running_loop().call_later(LONGEST, lambda: self.end())
        self.over.clear()
        self.overtaken = 0

        def end() -> None:
            self.over.set()
            late.cancel()
            give_back()

        self.end = end

    async def send(self, message: MutableMapping[str, Any]) -> None:
        data = message.get("bytes")
        if not self.over.is_set() and data and ends_rerun(data):
            self.end()
        await self.say(message)

"""The pages' websockets: from which address they are, and how fast one of them is read."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from core.rate import Rate
from serving.visitors import VISITORS, Visitors, address_of

HAND = (60, 1 / 10)  # messages of a page at once, and seconds between them then: a key held down makes thirty a second, for two seconds and more


class Pages:
    """ASGI middleware that knows the open pages of every address, and reads a page that sends faster than a hand can more slowly.

    Nothing is lost: what is not read yet waits in the network.
    """

    def __init__(self, app: ASGIApp, visitors: Visitors = VISITORS) -> None:
        self.app, self.visitors = app, visitors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            return await self.app(scope, receive, send)
        with self.visitors.present(address_of(scope)):
            await self.app(scope, paced(receive), send)


def paced(receive: Receive) -> Receive:
    """What is received, no faster than HAND allows."""
    pace = Rate(*HAND)

    async def heard() -> MutableMapping[str, Any]:
        message = await receive()
        while message.get("bytes") and (wait := pace.spend("", asyncio.get_running_loop().time())):
            await asyncio.sleep(wait)
        return message

    return heard

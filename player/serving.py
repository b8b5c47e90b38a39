"""How the browser is answered: files that it may keep, nothing held back, and headers that keep the page from loading anything from elsewhere."""

from __future__ import annotations

import gc
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from os import PathLike
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Streamlit needs inline styles, one inline script, and blob: addresses for the components' stubs; nothing needs eval or another host.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' blob: data:; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self' ws: wss: data: blob:; worker-src 'self' blob:; object-src 'none'; base-uri 'self'"
)

TCP = [(socket.AF_INET, socket.SOCK_STREAM), (socket.AF_INET6, socket.SOCK_STREAM)]


@asynccontextmanager
async def prompt_answers(_app: ASGIApp) -> AsyncIterator[None]:
    """While the server runs, its connections send every message at once, and a rerun is not held up by the garbage collector.

    An answer is written as head and body, a rerun as many small messages. Nagle's algorithm holds the second one back until the browser has
    acknowledged the first, 40 ms later: asyncio turns that off except on a socket that was opened without naming TCP, which is how Streamlit opens
    the server's. Connections inherit the option from it, and nothing hands it out, so it is looked for.

    What has been loaded until now stays for good. The collector need not go through it again and again: that took a sixth of a class's reruns.
    """
    for thing in gc.get_objects():
        if type(thing) is socket.socket and thing.fileno() >= 0 and (thing.family, thing.type) in TCP:
            thing.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    gc.collect()
    gc.freeze()
    yield


class Kept(StaticFiles):
    """Files that browsers may keep for ever, because their address changes with their contents."""

    def file_response(self, full_path: str | PathLike[str], *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(full_path, *args, **kwargs)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


class SecurityHeaders:
    """ASGI middleware that adds the policy to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = POLICY
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "same-origin"
            await send(message)

        await self.app(scope, receive, with_headers)

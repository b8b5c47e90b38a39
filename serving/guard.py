"""What is refused before Streamlit sees it: websockets of other sites' pages, and requests that bring something."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

READING = ("GET", "HEAD")
PORTS = {"http": 80, "https": 443}
LOCAL = ("localhost", "127.0.0.1", "0.0.0.0")

log = logging.getLogger("uvicorn.error")


class Guard:
    """ASGI middleware that lets through what reads, and websockets of the program's own pages.

    Streamlit compares a foreign origin with the machine's own address, which it asks an outside host for, one request after the other and with
    everybody waiting: ten such websockets stopped the server for 20 s where outside requests are swallowed. Nothing is uploaded, but Streamlit's
    route for that is open and keeps 200 MB.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.refused: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in READING:
            answer = PlainTextResponse("Nothing is sent here: GET and HEAD only.\n", 405, {"Allow": ", ".join(READING), "Connection": "close"})
            return await answer(scope, receive, send)
        if scope["type"] == "websocket":
            headers = Headers(scope=scope)
            origins = headers.getlist("origin")
            if foreign := [origin for origin in origins if not ours(origin, headers.get("host", ""))]:
                self.tell(foreign[0])
                return await send({"type": "websocket.close", "code": 1008, "reason": "This page is not of this address.\n"})
            # It is judged: without one Streamlit asks nobody.
            scope = {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"origin"]}
        await self.app(scope, receive, send)

    def tell(self, origin: str) -> None:
        """Log the first ones, for the person whose proxy it is."""
        if origin not in self.refused and len(self.refused) < 10:
            self.refused.add(origin)
            log.warning(
                "Refused the connection of a page of %r. If it is this program's, let the proxy pass the Host header on, "
                "or name the origin in server.corsAllowedOrigins.",
                origin[:200],
            )


def ours(origin: str, host: str) -> bool:
    """Whether a page of `origin` may connect: it came from the host that it asks, from this machine, or from where the settings say."""
    if not st.get_option("server.enableCORS"):
        return True
    try:
        page = urlsplit(origin)
        port = PORTS.get(page.scheme)
        asked = urlsplit(f"//{host}")
        if page.hostname and (page.hostname, page.port or port) == (asked.hostname, asked.port or port):
            return True
        named = [st.get_option("browser.serverAddress"), *st.get_option("server.corsAllowedOrigins")]
        return page.hostname in [*LOCAL, *(urlsplit(name if "//" in name else f"//{name}").hostname for name in named if name)]
    except ValueError:
        return False

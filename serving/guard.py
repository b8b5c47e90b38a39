"""Refuses, before Streamlit sees them, websockets of other sites' pages, and all requests that are not for reading but those that a route takes."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.refusals import peer, refused

READING = ("GET", "HEAD")
PORTS = {"http": 80, "https": 443}
LOCAL = ("localhost", "127.0.0.1", "0.0.0.0")

log = logging.getLogger("uvicorn.error")


class Guard:
    """ASGI middleware that lets through requests for reading, and websockets of the program's own pages.

    To judge a foreign origin Streamlit asks an outside host for the machine's own address, one such request after the other while everybody waits: on
    a network that swallows them, ten websockets stopped the server for 20 s. The program takes no uploads, but Streamlit's route for them is open
    and accepts 200 MB.
    """

    def __init__(self, app: ASGIApp, taking: Mapping[str, int] | None = None) -> None:
        """taking: the addresses to which the program's own pages may POST something, and how many bytes at most."""
        self.app, self.taking = app, dict(taking or {})
        self.refused: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "POST" and scope["path"] in self.taking:
            return await self.take(scope, receive, send, self.taking[scope["path"]])
        if scope["type"] == "http" and scope["method"] not in READING:
            refused("method", peer(scope))
            answer = PlainTextResponse("Nothing is sent here: GET and HEAD only.\n", 405, {"Allow": ", ".join(READING), "Connection": "close"})
            return await answer(scope, receive, send)
        if scope["type"] == "websocket":
            headers = Headers(scope=scope)
            origins = headers.getlist("origin")
            if foreign := [origin for origin in origins if not ours(origin, headers.get("host", ""))]:
                self.tell(foreign[0])
                refused("origin", peer(scope))
                return await send({"type": "websocket.close", "code": 1008, "reason": "This page is not of this address.\n"})
            # The origin has been judged here; without this header Streamlit asks no outside host.
            scope = {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"origin"]}
        await self.app(scope, receive, send)

    async def take(self, scope: Scope, receive: Receive, send: Send, most: int) -> None:
        """Let a POST of the program's own pages through once all of its body is here, if that is no longer than `most` bytes."""
        headers = Headers(scope=scope)
        if not any(ours(origin, headers.get("host", "")) for origin in headers.getlist("origin")):
            refused("origin", peer(scope))
            return await PlainTextResponse("This page is not of this address.\n", 403, {"Connection": "close"})(scope, receive, send)
        body, more = bytearray(), True
        while more:
            message = await receive()
            if message["type"] != "http.request":  # the sender has gone
                return None
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > most:
                refused("size", peer(scope))
                text = f"That is too much: {most} bytes are the most.\n"
                return await PlainTextResponse(text, 413, {"Connection": "close"})(scope, receive, send)
        whole = iter([{"type": "http.request", "body": bytes(body), "more_body": False}])

        async def again() -> Message:
            return next(whole, None) or await receive()

        return await self.app(scope, again, send)

    def tell(self, origin: str) -> None:
        """Log the first ten foreign origins, for whoever has set up a proxy."""
        if origin not in self.refused and len(self.refused) < 10:
            self.refused.add(origin)
            log.warning(
                "Refused the connection of a page of %r. If it is this program's, let the proxy pass the Host header on, "
                "or name the origin in server.corsAllowedOrigins.",
                origin[:200],
            )


def ours(origin: str, host: str) -> bool:
    """Whether a page of `origin` may connect to `host`: it came from that host, from this machine, or from a place that the settings name."""
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

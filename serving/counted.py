"""Counts what the server is asked and how long that takes, at its door: connections, changes, and every answer by its route."""

from __future__ import annotations

from time import perf_counter

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving import metrics, private

OTHER = "other"  # a page or route that is none
ROUTES = (  # by the first part of a path
    *("lane", "surface", "account", "ruler", "map", "best", "profile", "paths", "basins", "rates", "training", "ratesweep", "plane"),
    *("export", "lessons", "room", "network", "code", "assets", "static", "metrics", "_stcore"),
)
pages: dict[str, str] = {}  # names of pages by what browsers call them and by their paths, which the first visit brings


class Counted:
    """ASGI middleware that counts. Its labels are words of the program's own, whatever somebody asks for: names of `pages`, one of ROUTES,
    "document" for a page and "other" for what is none.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.stream = private.address_of(private.STREAM)
        self.base = private.address_of("").rstrip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self.answer(scope, receive, send)
        elif scope["type"] == "websocket" and scope["path"] == self.stream:
            await self.connection(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun, status = perf_counter(), "none"

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = str(message["status"])
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            route = self.route(scope["path"], status)
            metrics.ANSWERS.labels(route, status).inc()
            metrics.ANSWER_SECONDS.labels(route).observe(perf_counter() - begun)

    def route(self, path: str, status: str) -> str:
        """The label of a path."""
        first = path.removeprefix(self.base).lstrip("/").partition("/")[0]
        return first if first in ROUTES else "document" if status == "200" else OTHER

    async def connection(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A browser's connection: what it asks for, one at a time, of which only the last is answered."""
        here, first = False, True
        asked: tuple[float, str] | None = None  # when what is not answered yet was asked for, and of which page

        async def hearing() -> Message:
            nonlocal asked
            message = await receive()
            if (data := message.get("bytes")) and (page := private.rerun_of(data)) is not None:
                if asked is not None:
                    metrics.OVERTAKEN.inc()
                asked = perf_counter(), page
            return message

        async def noting(message: Message) -> None:
            nonlocal asked, first, here
            await send(message)
            if message["type"] == "websocket.accept":
                here = True
                metrics.SESSIONS.inc()
                again = private.comes_again(Headers(scope=scope).get("sec-websocket-protocol", ""))
                metrics.VISITS.labels("again" if again else "new").inc()
            elif asked is not None and (data := message.get("bytes")) and private.ends_rerun(data):
                since, page = asked
                (metrics.OPENINGS if first else metrics.CHANGES).labels(pages.get(page, OTHER)).observe(perf_counter() - since)
                asked, first = None, False

        try:
            await self.app(scope, hearing, noting)
        finally:
            if here:
                metrics.SESSIONS.dec()

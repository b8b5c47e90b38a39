"""Pages of another version of the program get nothing from this one: neither modules nor messages are mixed."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from player import VERSION
from serving.private import address_of, asks_of_its_server, place_of
from serving.refusals import refused

HEADER = "descent-version"  # what the page's own requests say
OTHER = "This page is of another version of the program: reload it.\n"


class Versions:
    """ASGI middleware that answers requests of another version's pages with 412, and does not open their websockets.

    Streamlit's script cannot be told to send a header: it is told an address below which its server is (serving/private.py), and that holds the
    version. Who says none, a browser that asks for a document, a proxy or a program, is answered as ever.
    """

    def __init__(self, app: ASGIApp, version: str = VERSION) -> None:
        self.app, self.version = app, version
        self.below = address_of(place_of(""))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            return await self.app(scope, receive, send)
        told, path = Headers(scope=scope).get(HEADER), scope["path"]
        if path.startswith(self.below):
            told, _, rest = path.removeprefix(self.below).partition("/")
            if told == self.version and not asks_of_its_server(rest):
                return await refuse(PlainTextResponse("There is nothing here.\n", 404), scope, receive, send)
            path = address_of(rest)
            scope = {**scope, "path": path, "raw_path": path.encode()}
        if told in (None, self.version):
            return await self.app(scope, receive, send)
        refused("version", (scope.get("client") or [""])[0])
        await refuse(PlainTextResponse(OTHER, 412, {"Cache-Control": "no-store"}), scope, receive, send)


async def refuse(answer: PlainTextResponse, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        return await answer(scope, receive, send)
    await send({"type": "websocket.close", "code": 1008, "reason": bytes(answer.body).decode()})

"""The document of every page: Streamlit's, with two scripts before its own."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from player import VERSION, opening
from serving.files import packed
from serving.private import document

THEIRS = ("content-encoding", "etag", "last-modified", "accept-ranges")  # what is said of a file that is not sent


class Document:
    """ASGI middleware that answers with the program's document wherever Streamlit would with its own, which it reads and compresses each time."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.answer = app, packed("index.html", document(VERSION, opening()).encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body: bytes | None = None

        async def replaced(message: Message) -> None:
            nonlocal body
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                pages = headers.get("content-type", "").startswith("text/html") and "content-disposition" not in headers  # no file of ours
                if message["status"] == 200 and pages:
                    own, body = self.answer.for_client(Headers(scope=scope).get("accept-encoding", ""))
                    for name in THEIRS:
                        del headers[name]
                    headers.update({name.decode(): value.decode() for name, value in own} | {"cache-control": "no-cache"})
            elif body is not None:
                if message.get("more_body"):
                    return
                message = {"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body}
            await send(message)

        await self.app(scope, receive, replaced if scope["type"] == "http" else send)

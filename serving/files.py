"""Files from memory, compressed once: the browser modules, Plotly, and Streamlit's own."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Mapping
from pathlib import PurePosixPath

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from serving.private import address_of, own_files

FOR_EVER = "public, max-age=31536000, immutable"  # an address holds a hash of its contents
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
}
PACKED = (".css", ".html", ".js", ".json", ".svg", ".txt", ".wasm")  # the others are compressed already
WORTH = 500  # bytes from which compressing is worth it: a shorter file fits into one packet with its headers
LEVEL = 6  # of gzip; 9 takes twice as long for Plotly and saves 0.2 %


class Files:
    """ASGI middleware that serves the `given` files, by their address without the server's base path, and Streamlit's scripts, styles and fonts.

    Starlette reads a file again for every request and compresses it each time, and Streamlit's files it does not compress at all: a class of fifty
    waited 27 s for theirs. Here a file is read once. The given ones are read before the server starts, so that a change on the disk is not served
    under an address whose contents browsers have kept; Streamlit's are read when they are first asked for.
    """

    def __init__(self, app: ASGIApp, given: Mapping[str, bytes]) -> None:
        self.app = app
        self.answers = {address_of(name): packed(name, content) for name, content in given.items()}
        self.streamlit = {address_of(name): path for name, path in own_files() if path.suffix in TYPES}
        self.reading: dict[str, asyncio.Task[Answer]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await self.find(scope["path"]) if scope["type"] == "http" else None
        if answer is None:
            return await self.app(scope, receive, send)
        headers, body = answer.for_client(Headers(scope=scope).get("accept-encoding", ""))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    async def find(self, address: str) -> Answer | None:
        if address in self.streamlit and address not in self.answers:
            if address not in self.reading:  # a whole class may ask for it at once: one thread reads it for all
                self.reading[address] = asyncio.create_task(asyncio.to_thread(self.read, address))
            return await asyncio.shield(self.reading[address])
        return self.answers.get(address)

    def read(self, address: str) -> Answer:
        answer = self.answers[address] = packed(address, self.streamlit[address].read_bytes())
        return answer


class Answer:
    """A file as it is sent: its media type, and its contents, compressed or not."""

    def __init__(self, kind: str, body: bytes, compressed: bool) -> None:
        self.kind, self.body, self.compressed = kind, body, compressed

    def for_client(self, accepted: str) -> tuple[list[tuple[bytes, bytes]], bytes]:
        """Headers and body for a client that accepts these encodings; without gzip among them the file is unpacked for this one answer."""
        as_it_is = not self.compressed or "gzip" in accepted.lower()
        body = self.body if as_it_is else gzip.decompress(self.body)
        headers = {"Content-Type": self.kind, "Content-Length": str(len(body)), "Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"}
        if self.compressed and as_it_is:
            headers["Content-Encoding"] = "gzip"
        return [(name.lower().encode(), value.encode()) for name, value in headers.items()], body


def packed(address: str, content: bytes) -> Answer:
    suffix = PurePosixPath(address).suffix
    compressed = suffix in PACKED and len(content) > WORTH
    return Answer(TYPES.get(suffix, "application/octet-stream"), gzip.compress(content, LEVEL, mtime=0) if compressed else content, compressed)

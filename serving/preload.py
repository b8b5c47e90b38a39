"""Names the browser modules and styles with the document of a page, so that the browser asks for all of them at once."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.private import address_of


class Preload:
    """ASGI middleware that adds a Link header with these files, by address without the server's base path, to the documents of these pages.

    Without it a browser learns of the first module when the page's script has run, of each import when it has read the importing module, and of
    the styles when all of these are there; the imports are five deep.
    """

    def __init__(self, app: ASGIApp, pages: Iterable[str], files: Iterable[str]) -> None:
        self.app = app
        self.pages = {address_of(page) for page in pages}
        self.link = ", ".join(f"<./{address}>; {relation(address)}" for address in files)  # relative, as Streamlit's own are

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_link(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                MutableHeaders(scope=message)["Link"] = self.link
            await send(message)

        here = scope["type"] == "http" and scope["path"] in self.pages
        await self.app(scope, receive, with_link if here else send)


def relation(address: str) -> str:
    """What a browser is to do with a file."""
    return 'rel="preload"; as="style"' if address.endswith(".css") else 'rel="modulepreload"'

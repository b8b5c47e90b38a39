"""The page names its modules in its first answer, so that they come together."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.private import address_of


class Preload:
    """ASGI middleware that names modules, by address without the server's base path, with the document of the first page.

    A browser finds an import when it has read the module before it, here five deep, and the first one when the script has run.
    """

    def __init__(self, app: ASGIApp, modules: Iterable[str]) -> None:
        self.app = app
        self.page = address_of("")
        self.link = ", ".join(f'<./{address}>; rel="modulepreload"' for address in modules)  # relative, as Streamlit's own are

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_link(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                MutableHeaders(scope=message)["Link"] = self.link
            await send(message)

        here = scope["type"] == "http" and scope["path"] == self.page
        await self.app(scope, receive, with_link if here else send)

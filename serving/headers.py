"""The security headers of every answer, of errors too: the page loads nothing from other sites, and other sites do not show it in a frame."""

from __future__ import annotations

import os
import re
import sys

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

EMBED = "DESCENT_LAB_EMBED"  # environment variable: sites that may show the page in a frame, as in frame-ancestors, with spaces between them
SOURCE = re.compile(r"\*|'self'|https?:|(https?://)?(\*\.)?[\w-]+(\.[\w-]+)*(:(\d+|\*))?", re.ASCII)

# A host name or address, with or without a port. A Host header that is anything else does not get into the policy.
HOST = re.compile(r"([\w.-]+|\[[\da-f:.]+\])(:\d+)?", re.ASCII | re.IGNORECASE)

# Streamlit needs inline styles, one inline script, and blob: addresses for the components' stubs; pictures and videos made in the page are looked at
# under such addresses too; nothing needs eval or another host.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; font-src 'self' data:; connect-src {connect}; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors {embed}"
)

STARTS = ("http.response.start", "websocket.http.response.start", "websocket.accept")


def embedders() -> str:
    """The sites that may show the page in a frame, from the environment; only its own where the variable is not set or cannot be read."""
    sources = os.environ.get(EMBED, "").split()
    if wrong := [source for source in sources if not SOURCE.fullmatch(source)]:
        print(
            f"{EMBED}: {wrong[0]!r} is not an origin like https://lms.example.edu, a pattern like https://*.example.edu, or *. "
            "Until that is corrected no other site can show the page in a frame.",
            file=sys.stderr,
        )
        return "'self'"
    return " ".join(dict.fromkeys(["'self'", *sources]))


def security(host: str, embed: str = "'self'") -> dict[str, str]:
    """The headers of an answer to a request for `host`. In older Safaris 'self' does not include websockets, so that the page's own is named."""
    connect = f"'self' ws://{host} wss://{host}" if HOST.fullmatch(host) else "'self'"
    return {
        "Content-Security-Policy": POLICY.format(connect=connect, embed=embed),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }


class SecurityHeaders:
    """ASGI middleware that adds the headers to every answer. It must be the outermost: Starlette makes its 500 outside an app's middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.embed = app, embedders()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await self.app(scope, receive, send)
        added = security(Headers(scope=scope).get("host", ""), self.embed)
        begun = False

        async def with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] in STARTS:
                begun = True
                message.setdefault("headers", [])
                MutableHeaders(scope=message).update(added)
            elif message["type"] == "websocket.close" and not begun:  # refused; the server's own answer would not have these headers
                begun = True
                headers = [(name.lower().encode(), value.encode()) for name, value in added.items()]
                await send({"type": "websocket.http.response.start", "status": 403, "headers": headers})
                message = {"type": "websocket.http.response.body", "body": message.get("reason", "").encode()}
            await send(message)

        await self.app(scope, receive, with_headers)

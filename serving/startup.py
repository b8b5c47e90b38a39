"""What the server does when it starts."""

from __future__ import annotations

import gc
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.types import ASGIApp

from serving import private
from serving.patience import Patience
from serving.room import make_room


@asynccontextmanager
async def while_running(_app: ASGIApp) -> AsyncIterator[None]:
    """While the server runs, its connections send every message at once and are not held open by who says nothing; a rerun is not held up by the
    garbage collector; and there is room for as many people as the system allows.

    An answer is written as head and body, a rerun as many small messages. Nagle's algorithm holds the second one back until the browser has
    acknowledged the first, 40 ms later: asyncio turns that off except on a socket that was opened without naming TCP, which is how Streamlit opens
    the server's. Connections inherit the option from it.

    What has been loaded until now stays for good. The collector need not go through it again and again: that took a sixth of a class's reruns.
    """
    for listening in private.listening():
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for settings in private.server_settings():
        settings.http_protocol_class = Patience
    if line := make_room():
        print(f"  {line}\n", flush=True)
    gc.collect()
    gc.freeze()
    yield

"""What the server does when it starts."""

from __future__ import annotations

import gc
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import TypeVar

from starlette.types import ASGIApp
from uvicorn import Config

from serving.patience import Patience
from serving.room import make_room

TCP = [(socket.AF_INET, socket.SOCK_STREAM), (socket.AF_INET6, socket.SOCK_STREAM)]
T = TypeVar("T")


@asynccontextmanager
async def while_running(_app: ASGIApp) -> AsyncIterator[None]:
    """While the server runs, its connections send every message at once and are not held open by who says nothing; a rerun is not held up by the
    garbage collector; and there is room for as many people as the system allows.

    An answer is written as head and body, a rerun as many small messages. Nagle's algorithm holds the second one back until the browser has
    acknowledged the first, 40 ms later: asyncio turns that off except on a socket that was opened without naming TCP, which is how Streamlit opens
    the server's. Connections inherit the option from it.

    What has been loaded until now stays for good. The collector need not go through it again and again: that took a sixth of a class's reruns.
    """
    for listening in in_memory(socket.socket):
        if listening.fileno() >= 0 and (listening.family, listening.type) in TCP:
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for settings in in_memory(Config):
        settings.http_protocol_class = Patience
    if line := make_room():
        print(f"  {line}\n", flush=True)
    gc.collect()
    gc.freeze()
    yield


def in_memory(kind: type[T]) -> Iterator[T]:
    """What Streamlit hands nobody out: its server's socket and settings."""
    return (thing for thing in gc.get_objects() if type(thing) is kind)

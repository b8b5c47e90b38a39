"""A server that is told to end sends its open pages on one after another."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from random import uniform

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

PARTING = "DESCENT_LAB_PARTING"  # environment variable: the seconds over which pages are sent on; 0, at once, where it is not set
MOST = 600.0


def parting() -> float:
    """The seconds from the environment; 0 where they cannot be read."""
    text = os.environ.get(PARTING, "0")
    with suppress(ValueError):
        if 0 <= (seconds := float(text)) <= MOST:
            return seconds
    print(f"{PARTING}: {text!r} is no number of seconds from 0 to {MOST:.0f}. Pages are sent on at once.", file=sys.stderr)
    return 0.0


class Parting(WebSocketsSansIOProtocol):
    """Uvicorn's websocket, which a server that ends closes at a moment by chance within some seconds, and serves until then.

    Every page connects to another server at once and has itself drawn there, which takes a tenth of a second of processor time: fifty in the same
    moment would wait for the last of them for seconds.
    """

    seconds = parting()

    def shutdown(self) -> None:
        if self.seconds:
            self.loop.call_later(uniform(0, self.seconds), self.leave)
        else:
            super().shutdown()

    def leave(self) -> None:
        if not self.transport.is_closing():  # nobody has left meanwhile
            super().shutdown()

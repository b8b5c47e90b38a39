"""Closes connections whose request does not arrive in time."""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from serving.headers import security
from serving.refusals import refused

SECONDS = 10.0  # from the opening of a connection, or from its last answer, to the last byte of a request; ours are one or two packets long


class Patience(H11Protocol):
    """Uvicorn's HTTP protocol, which closes a connection whose request has not arrived whole in time. Uvicorn itself would wait for ever.

    Every connection is an open file, of which there are only so many. The time goes for heads and bodies, however slowly they arrive, and for a
    connection without a request. No answer is sent: a browser that opened the connection in advance would take it for the answer to its next request.
    """

    deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self.watch()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self.watch()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.watch()

    def watch(self) -> None:
        """Set a deadline while the client owes the rest of a request, else none; a websocket has left for a protocol of its own."""
        here = self.transport.get_protocol() is self and not self.transport.is_closing()
        if not here or self.conn.their_state not in (h11.IDLE, h11.SEND_BODY):
            if self.deadline:
                self.deadline.cancel()
                self.deadline = None
        elif not self.deadline:
            self.deadline = self.loop.call_later(SECONDS, self.lose)

    def lose(self) -> None:
        """Close the connection. One without a request is a browser's that wanted to be early, and counts for nothing."""
        if self.conn.their_state is h11.SEND_BODY or self.conn.trailing_data[0]:
            refused("slow", self.client[0] if self.client else "")
        self.transport.abort()

    def send_400_response(self, msg: str) -> None:
        """The answer to bytes that are no HTTP, with the security headers: it goes past all middleware."""
        headers = {"Content-Type": "text/plain; charset=utf-8", "Content-Length": len(msg), "Connection": "close"} | security("")
        lines = ["HTTP/1.1 400 Bad Request", *(f"{name}: {value}" for name, value in headers.items()), "", msg]
        self.transport.write("\r\n".join(lines).encode("ascii"))
        self.transport.close()

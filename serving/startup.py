"""What the server does when it starts."""

from __future__ import annotations

import gc
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from multiprocessing import parent_process
from multiprocessing.process import BaseProcess
from threading import Thread

from starlette.types import ASGIApp

from serving import private
from serving.parting import Parting
from serving.patience import Patience
from serving.pulse import beating
from serving.room import make_room

SWITCH = 0.0005  # seconds for which a thread has the interpreter while others wait for it


@asynccontextmanager
async def while_running(_app: ASGIApp) -> AsyncIterator[None]:
    """Set up what holds while the server runs: no delay between small messages, patience with no client for ever, as many open files as the system
    allows, threads that take turns often, pages that come back, and a garbage collector that leaves alone what the program has loaded.

    An answer is written as head and body, and a rerun as many small messages. Nagle's algorithm holds the second message back until the browser has
    acknowledged the first, 40 ms later. asyncio turns it off, but not on a socket that was opened without naming TCP, as Streamlit opens the
    server's; connections inherit the option from that socket.

    A rerun lets go of the interpreter a hundred times and takes it up again; each time it waits for whoever has it. With Python's own 5 ms a class
    waited six times as long beside 20 connections that ask without end.

    What is loaded when the server starts stays for good. That the collector went through it again and again took a sixth of a class's reruns.
    """
    sys.setswitchinterval(SWITCH)
    private.log_no_visitors()
    private.send_to_who_is_there()
    for listening in private.listening():
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for settings in private.server_settings():
        settings.http_protocol_class, settings.ws_protocol_class = Patience, Parting
    line, parent = make_room(), parent_process()
    if parent is not None:  # one of several, for which that one has spoken
        Thread(target=end_after, args=[parent], daemon=True).start()
    elif line:
        print(f"  {line}\n", flush=True)
    gc.collect()
    gc.freeze()
    async with beating():
        yield


def end_after(parent: BaseProcess) -> None:
    """End this process once that one has ended, though it were killed: nobody would look after it, and it would keep the port."""
    parent.join()
    signal.raise_signal(signal.SIGTERM)

"""What counting costs: microseconds a change, an answer and a refusal, and milliseconds a scrape, alone and with another process's counts.

python -m benchmarks.counting
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from time import process_time
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from serving.counted import Counted
from serving.refusals import refused
from serving.scrape import told
from serving.together import FOLDER, counting_together

TIMES = 20_000
OUT = (40, 90, 250, 300, 45, 12_000)  # bytes of the messages that answer a change, as a slider's were on the Race page, and a lane's


def asking() -> bytes:
    """A change as a browser asks for it: 2.6 kB with the hashes of what it holds."""
    message = BackMsg()
    message.rerun_script.page_script_hash = "0" * 32
    message.rerun_script.cached_message_hashes.extend(f"{k:032d}" for k in range(75))
    return message.SerializeToString()


def answering() -> list[bytes]:
    messages = []
    for size in OUT:
        message = ForwardMsg(ref_hash="0" * size)
        messages.append(message.SerializeToString())
    end = ForwardMsg(script_finished=ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
    end.metadata.run.script_run_id = "0" * 36
    return [*messages, end.SerializeToString()]


async def changes(scope: Scope, receive: Receive, send: Send) -> None:
    """A connection on which so many changes are asked for and answered."""
    await send({"type": "websocket.accept"})
    answer = answering()
    for _ in range(TIMES):
        await receive()
        for data in answer:
            await send({"type": "websocket.send", "bytes": data})


async def lanes(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def sent(message: Message) -> None:
    pass


async def spent(app: ASGIApp, scope: dict[str, Any], times: int) -> float:
    """Seconds of the processor for so many calls."""
    asked: Message = {"type": "websocket.receive", "bytes": asking()}

    async def receive() -> Message:
        return asked

    begun = process_time()
    for _ in range(times):
        await app(scope, receive, sent)
    return process_time() - begun


async def cost(app: ASGIApp, scope: dict[str, Any], times: int) -> float:
    """Microseconds that counting adds to each of TIMES, at best of five."""
    more = [await spent(Counted(app), scope, times) - await spent(app, scope, times) for _ in range(5)]
    return min(more) / TIMES * 1e6


async def timed(each: Callable[[], Awaitable[Any]], times: int) -> float:
    begun = process_time()
    for _ in range(times):
        await each()
    return (process_time() - begun) / times


async def once() -> None:
    refused("lanes", "203.0.113.7")


async def main() -> None:
    change = await cost(changes, {"type": "websocket", "path": "/_stcore/stream", "headers": []}, 1)
    answer = await cost(lanes, {"type": "http", "path": "/lane/1", "headers": []}, TIMES)
    refusal, scrape = await timed(once, TIMES), await timed(lambda: told("application/openmetrics-text"), 20)
    print(f"{change:.1f} µs a change, {answer:.1f} µs an answer, {refusal * 1e6:.1f} µs a refusal, {scrape * 1e3:.1f} ms a scrape")


if __name__ == "__main__":
    if FOLDER in os.environ:
        asyncio.run(main())
    else:
        print(f"load {os.getloadavg()[0]:.1f}; one process:")
        asyncio.run(main())
        print("one of several:", flush=True)
        with counting_together():
            subprocess.run([sys.executable, "-m", "benchmarks.counting"], check=True)

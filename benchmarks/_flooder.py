"""Somebody who floods a server from an address of their own: so many connections, each of which sends as fast as it can. A process by itself."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import closing, suppress
from itertools import count
from random import Random
from time import monotonic
from typing import Any
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState, ContextInfo
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus, WebSocketException
from websockets.typing import Origin, Subprotocol

from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from player import ADDRESS, FILES
from views.explore.turns import TAB

CONNECTIONS = 20
OFTEN = 0.005  # seconds between two messages of a websocket, which the server cannot answer so fast
GENTLE = 15  # of nice: a flood comes from other machines, and takes none of this one's processors from the server and its students
EACH = 100  # bytes a slow sender sends at once

Answers = Counter[str]  # how many of each status


class Flooder:
    """`source`: the address that it comes from."""

    def __init__(self, address: str, source: str, end: float) -> None:
        self.address, self.source, self.end = address, source, end
        self.where, self.answers, self.numbers, self.random = urlsplit(address), Counter[str](), count(1), Random(1)

    @property
    def on(self) -> bool:
        return monotonic() < self.end

    async def asks(self, request: Callable[[], bytes]) -> None:
        """One request after the other over a connection; a new one where the server closes it."""
        while self.on:
            with suppress(OSError, EOFError):
                reader, writer = await asyncio.open_connection(self.where.hostname, self.where.port, local_addr=(self.source, 0))
                with closing(writer):
                    while self.on:
                        writer.write(request())
                        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
                        await reader.readexactly(int(head.partition("content-length:")[2].partition("\r\n")[0] or 0))
                        self.answers[head.split()[1]] += 1
                    return
            await asyncio.sleep(OFTEN)

    def get(self, path: str, **query: object) -> bytes:
        name = f"{TAB}: {next(self.numbers)}"  # a tab that nobody has seen
        return f"GET /{path}?{urlencode(query)} HTTP/1.1\r\nHost: {self.where.netloc}\r\nAccept-Encoding: gzip\r\n{name}\r\n\r\n".encode()

    def post(self, path: str, content: object) -> bytes:
        body = json.dumps(content).encode()
        head = f"POST /{path} HTTP/1.1\r\nHost: {self.where.netloc}\r\nOrigin: {self.address}\r\nContent-Length: {len(body)}\r\n\r\n"
        return head.encode() + body

    def place(self) -> dict[str, object]:
        """A start that nobody has had, on some surface."""
        name = self.random.choice(list(LANDSCAPES))
        x, y = (round(self.random.uniform(low, high), 6) for low, high in LANDSCAPES[name]().domain)
        return {"surface": name, "x": x, "y": y}

    def rule(self) -> str:
        return self.random.choice(list(OPTIMIZERS))

    async def lanes(self) -> None:
        await self.asks(lambda: self.get("lane/1", **self.place(), **{"1.rule": self.rule(), "steps": 500}))

    async def sweeps(self) -> None:
        kinds = ["map/first", "map/200", "basins/200", "rates", "paths", "best/adam"]
        await self.asks(lambda: self.get(self.random.choice(kinds), **self.place(), **{"1.rule": self.rule()}))

    async def trainings(self) -> None:
        kinds = ["training", "ratesweep", "plane"]
        await self.asks(lambda: self.get(self.random.choice(kinds), seed=next(self.numbers) % 100_000, who=f"flooder{next(self.numbers)}"))

    async def rooms(self) -> None:
        """Rooms opened, codes guessed, answers that nothing asks for."""

        def request() -> bytes:
            code, who = "".join(self.random.choices("CDFHJKMNPRTWXY34679", k=4)), f"{self.random.getrandbits(128):032x}"
            if self.random.random() < 0.5:
                return self.get("room/state", code=code, who=who)
            place = {"lesson": "zigzag", "step": "helped"}
            content = place if self.random.random() < 0.5 else {**place, "code": code, "who": who, "answer": 1}
            return self.post("room/open" if content is place else "room/tell", content)

        await self.asks(request)

    async def pages(self) -> None:
        await self.asks(lambda: self.get(self.random.choice(["", "explore", "train", "nowhere", "_stcore/health"])))

    async def files(self) -> None:
        names = [f"{ADDRESS}/{name}" for name in FILES]
        await self.asks(lambda: self.get(self.random.choice(names)))

    async def exports(self) -> None:
        kinds = ["export/page", "export/text/citations", "export/table/race/runs/csv", "code"]
        await self.asks(lambda: self.get(self.random.choice(kinds), **self.place(), link=f"https://example.edu/{next(self.numbers)}"))

    async def bodies(self) -> None:
        """Bodies that come a few bytes at a time, and never whole."""
        head = f"POST /room/tell HTTP/1.1\r\nHost: {self.where.netloc}\r\nOrigin: {self.address}\r\nContent-Length: 1900\r\n\r\n"
        while self.on:
            with suppress(OSError):
                _reader, writer = await asyncio.open_connection(self.where.hostname, self.where.port, local_addr=(self.source, 0))
                with closing(writer):
                    writer.write(head.encode())
                    for _part in range(18):
                        writer.write(b" " * EACH)
                        await writer.drain()
                        await asyncio.sleep(0.1)
                self.answers["none"] += 1

    def rerun(self) -> bytes:
        """A rerun of the whole page with settings that nobody has had."""
        own = ContextInfo(timezone="UTC", timezone_offset=0, locale="en-US", url=self.address, is_embedded=False, color_scheme="light")
        return BackMsg(rerun_script=ClientState(query_string=urlencode(self.place()), context_info=own)).SerializeToString()

    async def reruns(self) -> None:
        """A session that asks for rerun after rerun, and waits for none."""
        while self.on:
            with suppress(OSError, WebSocketException):
                try:
                    async with self.session() as socket:
                        reading = asyncio.create_task(self.read(socket))
                        with suppress(TimeoutError):
                            async with asyncio.timeout(self.end - monotonic()):
                                while True:
                                    await socket.send(self.rerun())
                                    await asyncio.sleep(OFTEN)
                        reading.cancel()
                except InvalidStatus as refused:
                    self.answers[str(refused.response.status_code)] += 1
            await asyncio.sleep(OFTEN)

    async def read(self, socket) -> None:
        with suppress(WebSocketException):
            async for _message in socket:
                self.answers["messages"] += 1

    async def arrivals(self) -> None:
        """Sessions that begin and end."""
        while self.on:
            with suppress(OSError, WebSocketException, TimeoutError):
                try:
                    async with asyncio.timeout(self.end - monotonic()), self.session() as socket:
                        await socket.send(self.rerun())
                        await socket.recv()
                        self.answers["200"] += 1
                except InvalidStatus as refused:
                    self.answers[str(refused.response.status_code)] += 1
            await asyncio.sleep(OFTEN)

    def session(self) -> connect:
        url = "ws" + self.address.removeprefix("http") + "/_stcore/stream"
        streamlit = [Subprotocol("streamlit")]
        return connect(
            url, origin=Origin(self.address), subprotocols=streamlit, max_size=None, proxy=None, local_addr=(self.source, 0), close_timeout=0.5
        )


KINDS: dict[str, Callable[[Flooder], Coroutine[Any, Any, None]]] = {
    "lanes": Flooder.lanes,
    "sweeps": Flooder.sweeps,
    "trainings": Flooder.trainings,
    "rooms": Flooder.rooms,
    "reruns": Flooder.reruns,
    "arrivals": Flooder.arrivals,
    "pages": Flooder.pages,
    "files": Flooder.files,
    "exports": Flooder.exports,
    "bodies": Flooder.bodies,
}


async def flood(address: str, source: str, kind: str, seconds: float) -> Answers:
    """Flood for so long; what came back."""
    own = Flooder(address, source, monotonic() + seconds)
    each = [asyncio.create_task(KINDS[kind](own)) for _connection in range(CONNECTIONS)]
    await asyncio.wait(each, timeout=seconds + 1)
    for task in each:
        task.cancel()
    await asyncio.wait(each)
    return own.answers


def main() -> None:
    address, source, kind, seconds = sys.argv[1:]
    os.nice(GENTLE)
    print(json.dumps(asyncio.run(flood(address, source, kind, float(seconds)))))


if __name__ == "__main__":
    main()

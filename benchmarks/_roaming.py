"""A student behind HAProxy whose server may die: comes back as Streamlit's browser side does, with the same link, and sends again what was lost."""

from __future__ import annotations

import asyncio
from contextlib import closing
from itertools import count
from time import perf_counter
from urllib.parse import parse_qsl, urlsplit

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin, Subprotocol

from benchmarks._student import Student, answer
from links.race import RACE

FIRST = (0.25, 0.5)  # seconds that Streamlit's page waits after a lost connection, between these
NEXT, MOST = 0.1, 4.0  # seconds after a first attempt that failed; each later one waits twice as long, at most so long
ASKED = ("_stcore/health", "_stcore/host-config")  # before each websocket


class Roaming(Student):
    """`returns` are moments of perf_counter: its page was lost, and stood on another server; `wrong` are changes and settings that were lost."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.turn = asyncio.Lock()
        self.returns: list[tuple[float, float]] = []
        self.wrong: list[str] = []
        self.watching: asyncio.Task[None] | None = None
        self.returning = False

    async def come(self, wait: float = 0.0) -> None:
        await asyncio.sleep(wait)
        with self.noted():
            await self.ask("")
            await self.connect()
            self.tally.opening.append(await self.rerun())
            self.watching = asyncio.create_task(self.watch())

    async def leave(self) -> None:
        if self.watching:
            self.watching.cancel()
        await super().leave()

    async def ask(self, path: str) -> None:
        """GET, as a browser does: with the cookie that it has, or the one that comes. Raises OSError for another answer than 200."""
        where = urlsplit(self.address)
        reader, writer = await asyncio.open_connection(where.hostname, where.port)
        with closing(writer):
            writer.write(f"GET /{path} HTTP/1.1\r\nHost: {where.netloc}\r\n{self.headers}Connection: close\r\n\r\n".encode())
            head = await answer(reader)
        if " 200 " not in head.partition("\r\n")[0]:
            raise OSError(head.partition("\r\n")[0])
        for line in head.split("\r\n"):
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                self.headers = f"Cookie: {value.partition(';')[0]}\r\n"

    async def connect(self) -> None:
        """Raises OSError, or what websockets raises."""
        for path in ASKED:
            await self.ask(path)
        cookie = {"Cookie": self.headers.strip().partition(": ")[2]} if self.headers else {}
        url = "ws" + self.address.removeprefix("http") + "/_stcore/stream"
        self.socket = await connect(
            url, origin=Origin(self.address), additional_headers=cookie, subprotocols=[Subprotocol("streamlit")], max_size=None, proxy=None
        )

    async def watch(self) -> None:
        """A page notices that its connection is lost while nobody does anything."""
        with self.noted():
            while self.socket:
                await self.socket.wait_closed()
                async with self.turn:
                    if self.socket and self.socket.close_code is not None:
                        await self.again()

    async def again(self) -> None:
        """Connect until that succeeds, and have the page drawn; raises OSError where no server is there for a minute."""
        self.returning, lost = True, perf_counter()
        wait, end = self.random.uniform(*FIRST), lost + 60
        for attempt in count():
            await asyncio.sleep(wait)
            try:
                await self.connect()
                await super().rerun()
                self.returning = False
                return self.returns.append((lost, perf_counter()))
            except (OSError, EOFError, InvalidStatus, ConnectionClosed):
                if perf_counter() > end:
                    raise
            wait = min(NEXT * 2**attempt, MOST)

    def ends(self, message: ForwardMsg) -> bool:
        """A server that does not know the page yet draws it once more when it has heard the widgets."""
        if self.returning and message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return False
        return super().ends(message)

    async def rerun(self, event: WidgetState | None = None, fragment: str = "") -> float:
        asked = perf_counter()
        async with self.turn:
            while True:
                try:
                    await super().rerun(event, fragment)
                except ConnectionClosed:
                    await self.again()
                    continue
                return perf_counter() - asked

    async def change(self) -> None:
        await super().change()
        self.compare()

    def compare(self) -> None:
        """What the page's address says is what this student has set; what is not so is noted, and taken over."""
        held = RACE.read(dict(parse_qsl(self.query)), "en")[0]
        self.wrong += [f"{key} is {held.get(key)!r}, not {value!r}" for key, value in self.flat.items() if held.get(key) != value]
        self.flat = held

"""Someone on the Explore page without a browser: the messages and the requests for maps that one sends while a slider is dragged."""

from __future__ import annotations

import asyncio
from contextlib import closing
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import urlencode, urlsplit

from benchmarks._student import PATIENCE, Student, Tally
from landscapes import LANDSCAPES
from links.explore import EXPLORE
from optimizers import OPTIMIZERS
from views.explore.turns import TAB

DRAG = 1.0  # seconds from grasping a slider to letting it go
DECLINED = 0.4  # seconds that the page waits when the server had no time for its map
FINE = 50_000  # bytes that a map of 200 × 200 cells has at least


@dataclass
class Explored(Tally):
    """What the explorers saw: a `Tally`, in which a change is letting go, and seconds of their maps."""

    first: list[float] = field(default_factory=list)  # the first map of a drag
    maps: list[float] = field(default_factory=list)  # every map while the hand moved
    fine: list[float] = field(default_factory=list)  # from letting go to the map of 200 × 200


class Explorer(Student):
    """One visit to the Explore page: a surface and a rule of its own, and a start that is dragged about."""

    path = "explore"
    tally: Explored

    def __init__(self, address: str, number: int, tally: Explored) -> None:
        super().__init__(address, number, tally)
        self.number = number
        surfaces, rules = list(LANDSCAPES), list(OPTIMIZERS)
        link = {"surface": surfaces[number % len(surfaces)], "1.rule": rules[3 * number % len(rules)]}
        self.flat, self.query = EXPLORE.read(link, "en")[0], urlencode(link)

    async def change(self) -> None:
        """Drag the start's x, and let it go; the map follows."""
        low, high = LANDSCAPES[self.flat["surface"]]().domain[0]
        where = urlsplit(self.address)
        reader, writer = await asyncio.open_connection(where.hostname, where.port)
        with closing(writer):
            begun, sizes = perf_counter(), []
            while not sizes or perf_counter() < begun + DRAG:
                self.flat["x"] = round(self.random.uniform(low, high), 6)
                sizes.append(await self.map(reader, writer, "first"))
                (self.tally.first if len(sizes) == 1 else self.tally.maps).append(self.took)
            (component,) = (id_ for id_ in self.fragments if id_.endswith("-live x"))
            event = self.let_go(component, self.flat["x"])
            let_go = perf_counter()
            rerun = asyncio.create_task(self.rerun(event, self.fragments[component]))
            size = sizes[-1]
            while size < FINE:
                size = await self.map(reader, writer, "200")
            self.tally.fine.append(perf_counter() - let_go)
            self.tally.change.append(await rerun)

    async def map(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, kind: str) -> int:
        """Ask for a map until it comes; its bytes. `took`: the seconds to its last byte."""
        link, asked = urlencode(EXPLORE.write(self.flat)), perf_counter()
        async with asyncio.timeout(PATIENCE):
            while True:
                writer.write(f"GET /map/{kind}?{link} HTTP/1.1\r\nHost: x\r\n{TAB}: {self.number}\r\n\r\n".encode())
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
                status = head.partition("\r\n")[0]
                if " 204" in status:
                    await asyncio.sleep(DECLINED)
                    continue
                length = int(head.partition("content-length: ")[2].partition("\r\n")[0])
                await reader.readexactly(length)
                if " 200" not in status:
                    raise OSError(f"{status}: {link}")
                self.took = perf_counter() - asked
                return length

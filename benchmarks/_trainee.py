"""Someone on the Train page without a browser, who asks for one slice of a training after the other, as its page does."""

from __future__ import annotations

import asyncio
import json
from contextlib import closing
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import urlencode, urlsplit

from benchmarks._student import PATIENCE, Student, Tally
from links.train import TRAIN

BUSY, QUEUE = 0.5, 0.4  # seconds that the page waits when the server has no time for it, and when others come first


@dataclass
class Trained(Tally):
    """What the trainees saw: a `Tally`, and seconds of their trainings."""

    begun: list[float] = field(default_factory=list)  # asking to the first numbers
    update: list[float] = field(default_factory=list)  # from one answer with numbers to the next
    whole: list[float] = field(default_factory=list)  # asking to the last numbers


class Trainee(Student):
    """One visit to the Train page: the opening's comparison, each time with a seed that nobody else has."""

    path = "train"
    tally: Trained

    def __init__(self, address: str, number: int, tally: Trained) -> None:
        super().__init__(address, number, tally)
        self.number, self.times = number, 0
        self.flat, self.query = TRAIN.read({}, "en")[0], ""

    async def change(self) -> None:
        """Train with another seed, to the end."""
        self.times += 1
        self.flat["seed"] = 1000 * self.number + self.times
        link = urlencode(TRAIN.write(self.flat) | {"who": f"trainee{self.number}", "again": ""})
        where = urlsplit(self.address)
        reader, writer = await asyncio.open_connection(where.hostname, where.port)
        asked, last, over = perf_counter(), None, False
        with closing(writer):
            while not over:
                async with asyncio.timeout(PATIENCE):
                    writer.write(f"GET /training?{link} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
                    body = await reader.readexactly(int((head.partition("content-length: ")[2] or "0").partition("\r\n")[0]))
                if not body:
                    await asyncio.sleep(BUSY)
                    continue
                told = json.loads(body[8 : 8 + int.from_bytes(body[:8], "little")])["value"]["trained"]
                if told["error"]:
                    raise OSError(told["error"])
                if told["place"]:
                    await asyncio.sleep(QUEUE)
                    continue
                now, over = perf_counter(), told["over"]
                (self.tally.begun if last is None else self.tally.update).append(now - (last or asked))
                last = now
            self.tally.whole.append(perf_counter() - asked)

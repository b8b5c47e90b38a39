"""A lecture hall's room of 300 students beside 50 on the Race page: what it takes of a core, and what the Race page feels of it.

With `--workers 2` from two processes at one port, whose rooms are in a third.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from time import perf_counter
from urllib.parse import urlencode, urlsplit

from benchmarks._report import machine
from benchmarks._server import Server, server
from benchmarks._student import Student, Tally
from benchmarks.classroom import row, three, visit, wrong

HALL, CLASS, SECONDS, PAUSE, ARRIVAL = 300, 50, 40.0, 2.0, 10.0
EVERY = 1.0  # seconds between two questions of a browser, a quarter more or less
REST, LATEST = 5, 8.0  # so many times as long as an answer took nothing is asked, and no longer than so many seconds
TURN = 10.0  # seconds that the teacher stays at a step, the last third of them with the answers shown
STEPS = [("zigzag", "valley"), ("zigzag", "helped")]
HEAD = (  # median, p95, most
    *("", "cores: server", "a poll", "the teacher's poll", "polls a second, answers", "Race: a change", "Race: `/lane`"),
    *("Room: errors", "Race: errors, lost, unfinished"),
)


@dataclass
class Heard:
    """Seconds of each kind of answer, and what went wrong."""

    polls: list[float] = field(default_factory=list)
    teacher: list[float] = field(default_factory=list)
    answers: int = 0
    errors: list[str] = field(default_factory=list)


class Browser:
    """A connection that stays open, as a browser keeps one."""

    def __init__(self, address: str) -> None:
        self.address, self.where = address, urlsplit(address)

    async def ask(self, path: str, content: object = None, secret: str = "") -> tuple[int, object]:
        """The answer's status and content; over another connection where the server has closed this one meanwhile, after 5 s without a request."""
        try:
            return await self.once(path, content, secret)
        except (EOFError, OSError):
            self.writer.close()
            return await self.once(path, content, secret)

    async def once(self, path: str, content: object, secret: str) -> tuple[int, object]:
        if not hasattr(self, "writer") or self.writer.is_closing():
            self.reader, self.writer = await asyncio.open_connection(self.where.hostname, self.where.port)
        body = b"" if content is None else json.dumps(content).encode()
        path += f"?{urlencode({'code': content['code']})}" if isinstance(content, dict) and "code" in content else ""
        head = [f"{'POST' if body else 'GET'} /room/{path} HTTP/1.1", f"Host: {self.where.netloc}", f"Origin: {self.address}"]
        head += [f"Content-Length: {len(body)}"] * bool(body) + [f"Room-Secret: {secret}"] * bool(secret)
        self.writer.write("\r\n".join([*head, "", ""]).encode() + body)
        told = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = int(told.partition("content-length:")[2].split("\r\n")[0] or 0)
        said = await self.reader.readexactly(length)
        return int(told.split()[1]), json.loads(said) if said else None


async def hall(host: Server, heard: Heard, seconds: float) -> None:
    """Everybody in the room for so long: 300 students who poll, and predict once a step, and the teacher who leads them."""
    teacher = Browser(host.address)
    lesson, step = STEPS[0]
    _status, room = await teacher.ask("open", {"lesson": lesson, "step": step})
    assert isinstance(room, dict)
    end = perf_counter() + seconds
    await asyncio.gather(lead(teacher, room, heard, end), *(student(host.address, number, room, heard, end) for number in range(HALL)))
    await teacher.ask("lead", {**room, "close": True})
    teacher.writer.close()


async def student(address: str, number: int, room: dict[str, str], heard: Heard, end: float) -> None:
    """One who polls without a pause, and thinks for some seconds before answering."""
    random, browser, since, due, place = Random(number), Browser(address), "", end, {}
    own = {"code": room["code"], "who": f"{random.getrandbits(128):032x}", "era": room["era"]}
    await asyncio.sleep(EVERY * random.random())
    while (asked := perf_counter()) < end:
        status, news = await browser.ask(f"state?{urlencode({**own, 'since': since})}")
        heard.polls.append(perf_counter() - asked)
        if status not in (200, 204):
            heard.errors.append(f"{status} {news}")
        if isinstance(news, dict) and status == 200:
            since, place = news["since"], {name: news[name] for name in ("lesson", "step")}
            due = end if news["revealed"] else asked + random.uniform(0, TURN / 2)
        if asked > due:
            answer = [[random.gauss(0, 1), random.gauss(0, 1)]] if place["step"] == "valley" else random.randrange(3)
            status, said = await browser.ask("tell", {**own, **place, "answer": answer})
            heard.answers += 1
            due = end
            if status not in (204, 409):  # 409: it came after the answers were shown
                heard.errors.append(f"{status} {said}")
        took = perf_counter() - asked
        await asyncio.sleep(max(EVERY, min(REST * took, LATEST)) * random.uniform(0.75, 1.25))
    browser.writer.close()


async def lead(teacher: Browser, room: dict[str, str], heard: Heard, end: float) -> None:
    begun, since, at = perf_counter(), "", (STEPS[0], False)
    while (asked := perf_counter()) < end:
        turn, part = divmod((asked - begun) / TURN, 1)
        (lesson, step), revealed = wanted = (STEPS[int(turn) % len(STEPS)], part > 2 / 3)
        if wanted != at:
            await teacher.ask("lead", {**room, "lesson": lesson, "step": step, "revealed": revealed})
            at = wanted
        asked = perf_counter()
        status, news = await teacher.ask(f"state?{urlencode({'code': room['code'], 'era': room['era'], 'since': since})}", secret=room["secret"])
        heard.teacher.append(perf_counter() - asked)
        if status not in (200, 204):
            heard.errors.append(f"{status} {news}")
        if isinstance(news, dict):
            since = str(news["since"])
        await asyncio.sleep(EVERY)


async def measured(host: Server, name: str, race: Sequence[Student], tally: Tally, room: bool) -> tuple[str, ...]:
    """A column of figures: so many seconds with these students on the Race page, and with the room or without."""
    tally.change.clear()
    tally.lane.clear()
    heard, start, work = Heard(), time.monotonic(), all_work(host)
    await asyncio.gather(*(each.stay(SECONDS, PAUSE) for each in race), *([hall(host, heard, SECONDS)] if room else []))
    wall, worked = time.monotonic() - start, all_work(host)
    cores = "no /proc" if work is None or worked is None else f"{(worked - work) / wall:.2f}"
    rate = f"{len(heard.polls) / wall:.0f}, {heard.answers}" if room else ""
    if heard.errors:
        print("first error:", heard.errors[0])
    return (name, cores, three(heard.polls), three(heard.teacher), rate, three(tally.change), three(tally.lane), str(len(heard.errors)), wrong(tally))


def all_work(host: Server) -> float | None:
    """Seconds of processor time of the server and of all that it has begun; None where there is no /proc."""
    own, aside = host.work(), host.work_aside()
    return None if own is None or aside is None else own + aside


async def lesson(host: Server) -> list[tuple[str, ...]]:
    await visit(host, 0, 3.0, Tally())
    tally = Tally()
    present = [Student(host.address, number, tally) for number in range(1, CLASS + 1)]
    columns = [await measured(host, f"a room of {HALL}", [], tally, room=True)]
    await asyncio.gather(*(each.come(ARRIVAL * place / CLASS) for place, each in enumerate(present)))
    columns.append(await measured(host, f"{CLASS} on the Race page", present, tally, room=False))
    columns.append(await measured(host, f"{CLASS} and a room of {HALL}", present, tally, room=True))
    columns.append(await measured(host, f"{CLASS} again", present, tally, room=False))
    await asyncio.gather(*(each.leave() for each in present))
    return columns


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, default=0, help="processes at one port; by default the program as `make run` starts it")
    workers = parser.parse_args().workers
    before = os.getloadavg()[0]
    with server(workers=workers) as host:
        columns = asyncio.run(lesson(host))
    for number, cells in enumerate(zip(HEAD, *columns, strict=True)):
        row(*cells)
        if number == 0:
            row("---", *["---:"] * len(columns))
    print(f"\n{machine(packages=('streamlit', 'starlette', 'uvicorn'))}; load of the machine {before:.1f} before, {os.getloadavg()[0]:.1f} after")


if __name__ == "__main__":
    main()

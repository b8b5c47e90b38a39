"""From one to four processes: how large a class each number of them bears, and what one change costs the server, part by part."""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from random import Random
from time import perf_counter
from urllib.parse import urlencode

from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks import _parts
from benchmarks._files import Page, fetch, fetched_by_a_browser
from benchmarks._report import machine, p95
from benchmarks._server import Server, server
from benchmarks._student import MOVES, Student, Tally
from benchmarks._tab import Tab
from benchmarks._wire import Wire
from benchmarks.classroom import row, visit, wrong
from core import parameters
from links.explore import EXPLORE
from links.race import RACE
from links.train import TRAIN
from optimizers import OPTIMIZERS
from views.explore.turns import TAB

PROCESSES = (1, 2, 3, 4)  # at ports of their own
TOGETHER = (2,)  # workers of one port
CLASSES = (25, 50, 100, 200)
GOAL = 0.3  # seconds that the p95 of a change may take
PAUSE = 2.0  # seconds from a student's change to the next one, on the average
ARRIVAL = 8.0  # seconds in which a class opens the page
SECONDS = 10.0  # that a class works
STILL = 0.03  # seconds of processor time in a second that count as none
TIMES, SPIED = 40, 5.0  # how often each thing is done for its cost, and for how many seconds again under the eyes of py-spy
HEAD = (
    "processes",
    "students",
    "change: median, p95",
    "`/lane` in a drag",
    "CPU a change, its drag with it",
    "MB, all processes",
    "cores: servers, students",
)


async def lesson(hosts: Sequence[Server], students: int, seconds: float) -> tuple[float, tuple[str, ...]]:
    """A class spread over these servers: the p95 of a change in seconds, and a row of figures."""
    tally = Tally()
    present = [Student(hosts[number % len(hosts)].address, number, tally) for number in range(1, students + 1)]
    await asyncio.gather(*(each.come(ARRIVAL * place / students) for place, each in enumerate(present)))
    begun, work, own = time.monotonic(), worked(hosts), time.process_time()
    await asyncio.gather(*(each.stay(seconds, PAUSE) for each in present))
    wall, work, own = time.monotonic() - begun, worked(hosts) - work, time.process_time() - own
    full = sum((host.memory() or 0) + (host.aside() or 0) for host in hosts)
    await asyncio.gather(*(each.leave() for each in present))
    changes = max(len(tally.change), 1)
    slow = p95(tally.change) if len(tally.change) > 1 else float("inf")
    if tally.errors or tally.lost or tally.unfinished:
        print(f"errors, lost, unfinished: {wrong(tally)}", flush=True)
    return slow, (
        str(students),
        f"{1000 * statistics.median(tally.change):.0f}, {1000 * slow:.0f} ms" if tally.change else "none",
        f"{len(tally.lane) / changes:.1f} of {MOVES}",
        f"{1000 * work / changes:.1f} ms",
        f"{full:.0f}",
        f"{work / wall:.2f}, {own / wall:.2f}",
    )


def worked(hosts: Sequence[Server]) -> float:
    """Seconds of processor time of these servers and all that they began."""
    return sum((host.work() or 0) + (host.work_aside() or 0) for host in hosts)


def classes(numbers: Sequence[int], sizes: Sequence[int], seconds: float) -> None:
    """Each number of processes at ports of their own, then as workers of one port; each with all classes, one after the other."""
    row(*HEAD)
    row(*["---:"] * len(HEAD))
    most: dict[str, int] = {}
    for name, number, workers in [(str(n), n, 0) for n in numbers] + [(f"{n} at one port", 1, n) for n in TOGETHER if n in numbers]:
        with ExitStack() as stack:
            hosts = [stack.enter_context(server(workers=workers)) for _ in range(number)]
            for host in hosts * max(workers, 1):  # the first visit of a process imports modules
                asyncio.run(visit(host, 0, 1.0, Tally()))
            for size in sizes:
                slow, cells = asyncio.run(lesson(hosts, size, seconds))
                row(name, *cells)
                if slow <= GOAL:
                    most[name] = size
    borne = "; ".join(f"{name}: {most.get(name, f'fewer than {min(sizes)}')}" for name in dict.fromkeys([*map(str, numbers), *most]))
    print(f"\nThe largest of these classes whose p95 is ≤ {1000 * GOAL:.0f} ms. Processes: {borne}.", flush=True)


# What one thing costs.


class Hand:
    """One person at one server, with nobody else; no setting is asked for twice."""

    def __init__(self, address: str, page: Page) -> None:
        self.address, self.page, self.random, self.seeds = address, page, Random(1), iter(range(10_000, 10**6))
        self.wire = Wire(address)
        self.race, self.explore = Tab(address), Tab(address, "explore")
        self.flat, self.map = RACE.read({}, "en")[0], EXPLORE.read({}, "en")[0]
        self.stops = parameters(OPTIMIZERS[self.flat["1.rule"]])["lr"].stops()

    async def begin(self) -> None:
        await self.race.open()
        await self.explore.open()
        await self.first()  # the process that makes maps has begun

    def place(self) -> float:
        return round(self.random.uniform(-1.5, 1.5), 6)

    async def change(self) -> None:
        """A rate on the Race page, let go."""
        await self.let_go(self.race, "1.lr", self.random.choice(self.stops) * self.random.uniform(0.99, 1))

    async def lane(self) -> None:
        """A lane while its rate is dragged."""
        link = urlencode(RACE.write(self.flat | {"1.lr": self.random.uniform(0.01, 0.1)}))
        while await self.got(f"/lane/1?{link}") == 204:
            await asyncio.sleep(0.1)

    async def start(self) -> None:
        """The start on the Race page, which all lanes follow: the whole page."""
        (path, _shown), *_ = self.race.find("number_input", "x")
        await self.race.set(path, WidgetState(double_value=self.place()))
        assert not self.race.said, self.race.said[0]

    async def first(self) -> None:
        """A map on the Explore page while the start is dragged, asked for until it comes."""
        link = urlencode(EXPLORE.write(self.map | {"x": self.place()}))
        while await self.got(f"/map/first?{link}") == 204:
            await asyncio.sleep(0.05)

    async def explored(self) -> None:
        """The start on the Explore page, let go; the whole page, without its map."""
        await self.let_go(self.explore, "x", self.place())

    async def train(self) -> None:
        """The first answer of a training: each of seven lanes a little, 0.28 s of a processor together."""
        link = urlencode(TRAIN.write(TRAIN.read({"seed": next(self.seeds)}, "en")[0]) | {"who": "hand", "again": ""})
        while await self.got(f"/training?{link}") == 204:
            await asyncio.sleep(0.05)

    async def open(self) -> None:
        """The Race page with a start of its own: a connection, a session, and the whole page."""
        tab = Tab(self.address, "", urlencode({"x": self.place(), "y": self.place()}))
        await tab.open()
        assert not tab.said, tab.said[0]
        await tab.close()

    async def files(self) -> None:
        """All files of a browser that comes with an empty cache."""
        await fetch(self.address, [*self.page.before, *self.page.after])

    async def let_go(self, tab: Tab, key: str, value: float) -> None:
        (path, _shown), *_ = tab.find("bidi_component", f"live {key}")
        await tab.tell(path, "value", value)
        assert not tab.said, tab.said[0]

    async def got(self, path: str) -> int:
        status, _headers, body = await self.wire.ask(path, headers={TAB: "hand"})
        assert status in (200, 204), f"{path}: {status} {body[:200]}"
        return status


async def cost(host: Server, doing: Callable[[], Awaitable[object]], times: int) -> tuple[float, float, float]:
    """Milliseconds of processor time that one takes, of the server and of the processes aside, and until it is done at the median."""
    for _warm in range(5):
        await doing()
    took: list[float] = []
    work, aside = host.work() or 0, host.work_aside() or 0
    for _time in range(times):
        begun = perf_counter()
        await doing()
        took.append(perf_counter() - begun)
    own, others = (host.work() or 0) - work, (host.work_aside() or 0) - aside
    return 1000 * own / times, 1000 * others / times, 1000 * statistics.median(took)


async def quiet(host: Server, most: int = 60) -> None:
    """Wait until the processes aside have loaded and compiled what they will need, so many seconds at most."""
    for _second in range(most):
        before = host.work_aside() or 0
        await asyncio.sleep(1)
        if (host.work_aside() or 0) - before < STILL:
            return


async def costs(host: Server, times: int, spied: float) -> None:
    """A table of what each thing costs, by part."""
    page = await fetched_by_a_browser(host.address)
    hand = Hand(host.address, page)
    await hand.begin()
    await quiet(host)
    doings = {
        "Race: a rate let go": hand.change,
        "Race: a lane in a drag": hand.lane,
        "Race: the start, all lanes": hand.start,
        "Explore: a map in a drag": hand.first,
        "Explore: the start let go": hand.explored,
        "Train: the first slice": hand.train,
        "Race opened": hand.open,
        "all its files": hand.files,
    }
    spying = _parts.there()
    columns: list[list[str]] = []
    for doing in doings.values():
        own, aside, took = await cost(host, doing, times)
        cells = [f"{took:.1f}", f"{own:.1f}", f"{aside:.1f}"]
        if spying:
            parts, done, seconds = await _parts.sampled(host, doing, spied)
            every = max(parts.total(), 1)
            cells += [f"{own * parts[name] / every:.1f}" for name in (*_parts.PARTS, _parts.OTHER)]
            cells += [f"{parts.total() / _parts.RATE:.2f} of {seconds:.2f} s, {done} times"]
        columns.append(cells)
    row("milliseconds", *doings)
    row("---", *["---:"] * len(doings))
    names = ["until it is done, median", "**CPU of the server**", "CPU of the processes aside"]
    if spying:
        names += [*_parts.PARTS, _parts.OTHER, "samples beside the CPU in that time"]
    for name, *cells in zip(names, *columns, strict=True):
        row(name, *cells)
    if not spying:
        print(f"\n{_parts.MISSING}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.processes", description=__doc__)
    parser.add_argument("--processes", type=int, nargs="*", default=list(PROCESSES), help="numbers of processes (1 2 3 4)")
    parser.add_argument("--sessions", type=int, nargs="*", default=list(CLASSES), help="students of the classes (25 50 100 200)")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long each class works (10)")
    parser.add_argument("--times", type=int, default=TIMES, help="how often each thing is done for its cost (40)")
    chosen = parser.parse_args()
    print(f"{machine(packages=('streamlit', 'numpy', 'py-spy'))}; load of the machine {os.getloadavg()[0]:.1f} before\n", flush=True)
    if not os.path.exists("/proc/self/stat"):
        sys.exit("What a process takes is read from /proc, which is not there.")
    with server(environment={"DESCENT_LAB_LIMITS": "off"}) as host:  # one hand asks for more than a person can
        asyncio.run(costs(host, chosen.times, SPIED))
    print(flush=True)
    if chosen.processes:
        classes(chosen.processes, chosen.sessions, chosen.seconds)
    print(f"\nload of the machine {os.getloadavg()[0]:.1f} after")


if __name__ == "__main__":
    main()

"""Three servers behind HAProxy while students drag rates: one is killed and comes back, then all are started anew one after another."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from random import Random

from benchmarks._report import machine
from benchmarks._roaming import Roaming
from benchmarks._student import Tally
from benchmarks.classroom import load, row, three
from tests import haproxy
from tests.cluster import Cluster, cluster

GOAL = 5.0  # seconds in which each is on another server
PAUSE = 4.0  # seconds from a student's change to the next one, on the average
RESTART = 5.0  # seconds until a server that was killed is started again, as the unit in deploy/ has it
ARRIVAL = 0.2  # seconds from one student's arrival to the next one's
NEW = 9  # students who come when all servers are there again
PARTING = 10.0  # seconds over which a server that ends sends its pages on, as the unit in deploy/ has it
BETWEEN = 3.0  # seconds after one server has come back before the next one goes, as deploy/README.md has it

HEAD = (
    "what happened",
    "students, of them on another server",
    "back with all settings: median, p95, most",
    f"goal: each ≤ {GOAL:.0f} s",
    "changes, of them lost",
    "settings that are not the student's",
    "errors, lost visits, unfinished",
    "new visitors on the server that came back",
    "a server: to end, until it answers again",
    "seeds",
)
Happened = tuple[str, float | None, str]  # the server that came back last; when it was lost, None for when each page noticed; how long it took
Event = Callable[[Cluster, Random], Awaitable[Happened]]


async def killed(servers: Cluster, random: Random) -> Happened:
    """One server, taken by chance, is killed and started again."""
    name = random.choice(sorted(servers.members))
    member = servers.members[name]
    when = await asyncio.to_thread(member.kill)
    await asyncio.sleep(RESTART)
    begun = time.perf_counter()
    await asyncio.to_thread(member.on)
    await asyncio.to_thread(member.answers)
    took = time.perf_counter() - begun
    await asyncio.to_thread(servers.back, name)
    return name, when, f"killed, {RESTART:.0f} + {took:.1f} s"


async def rolled(servers: Cluster, _random: Random) -> Happened:
    """All of them, one after another, as `systemctl restart` does it."""
    ends, starts = [], []
    for name, member in servers.members.items():
        ends.append(await asyncio.to_thread(member.off))
        begun = time.perf_counter()
        await asyncio.to_thread(member.on)
        await asyncio.to_thread(member.answers)
        starts.append(time.perf_counter() - begun)
        await asyncio.to_thread(servers.back, name)
        await asyncio.sleep(BETWEEN)
    return max(servers.members), None, f"{max(ends):.1f} s, {max(starts):.1f} s at most"


async def lesson(servers: Cluster, what: Event, students: int, pause: float, before: float, after: float, seed: int) -> tuple[str, ...]:
    """Students come and drag, something happens, they go on; its column of figures."""
    tally, random = Tally(), Random(seed)
    first = 1000 * seed + 1
    present = [Roaming(servers.address, number, tally) for number in range(first, first + students)]
    await asyncio.gather(*(student.come(ARRIVAL * place) for place, student in enumerate(present)))
    over = asyncio.Event()

    async def work(student: Roaming) -> None:
        while student.socket and not over.is_set():
            await student.stay(pause, pause)

    working = [asyncio.create_task(work(student)) for student in present]
    await asyncio.sleep(before + random.uniform(0, pause))
    name, since, took = await what(servers, random)
    came, returned = await newcomers(servers, name, first + students)
    await asyncio.sleep(after)
    over.set()
    await asyncio.gather(*working)
    for student in present:
        student.compare()
    await asyncio.gather(*(student.leave() for student in present))
    seconds = [back - (lost if since is None else since) for student in present for lost, back in student.returns]
    wrong = [each for student in present for each in student.wrong]
    if tally.errors + wrong:
        print(f"first: {(tally.errors + wrong)[0]}", file=sys.stderr)
    lost = sum(".lr is" in each for each in wrong)
    return (
        what.__name__,
        f"{students}, {sum(bool(student.returns) for student in present)}",
        three(seconds),
        "" if not seconds else "held" if max(seconds) <= GOAL else "NOT held",
        f"{len(tally.change)}, {lost}",
        str(len(wrong) - lost),
        f"{len(tally.errors)}, {tally.lost}, {tally.unfinished}",
        f"{returned} of {came}",
        took,
        f"students {first}–{first + students - 1}, the rest {seed}",
    )


async def newcomers(servers: Cluster, name: str, first: int) -> tuple[int, int]:
    """How many came, and how many of these the server of this name took."""
    tally = Tally()
    new = [Roaming(servers.address, number, tally) for number in range(first, first + NEW)]
    for student in new:
        await student.come()
    taken = sum(f"lab={name}" in student.headers for student in new)
    await asyncio.gather(*(student.leave() for student in new))
    return len(tally.opening), taken


def warm(servers: Cluster) -> None:
    """The first visit to a server imports modules."""
    for member in servers.members.values():
        tally = Tally()

        async def visit(address: str = member.address, tally: Tally = tally) -> None:
            student = Roaming(address, 0, tally)
            await student.come()
            await student.leave()

        asyncio.run(visit())
        if tally.errors:
            raise SystemExit(tally.errors[0])


def report(columns: Sequence[tuple[str, ...]]) -> None:
    for number, cells in enumerate(zip(HEAD, *columns, strict=True)):
        row(*cells)
        if number == 0:
            row("---", *["---:"] * len(columns))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.failover", description=__doc__)
    parser.add_argument("--students", type=int, default=100, help="at once (100)")
    parser.add_argument("--pause", type=float, default=PAUSE, help=f"seconds from a student's change to the next one, on the average ({PAUSE:.0f})")
    parser.add_argument("--before", type=float, default=20, help="seconds of work before (20)")
    parser.add_argument("--after", type=float, default=20, help="seconds of work after (20)")
    parser.add_argument("--seed", type=int, default=1, help="of the students, of who is killed, and when (1)")
    parser.add_argument("--only", choices=["killed", "rolled"], help="one of the two")
    chosen = parser.parse_args()
    path = haproxy.find()
    if path is None:
        return print(f"Nothing was measured. {haproxy.MISSING}")
    print(f"{machine()}, HAProxy {'.'.join(map(str, haproxy.version(path)))}; {load()} before\n", flush=True)
    columns = []
    for what in (killed, rolled):
        if chosen.only in (None, what.__name__):
            with tempfile.TemporaryDirectory() as folder, cluster(path, Path(folder), PARTING) as servers:
                warm(servers)
                columns.append(asyncio.run(lesson(servers, what, chosen.students, chosen.pause, chosen.before, chosen.after, chosen.seed)))
            print(" | ".join(columns[-1]), file=sys.stderr, flush=True)
    report(columns)
    print(f"\n{load()} after")


if __name__ == "__main__":
    main()

"""A class at work while somebody floods the server with 20 connections: what the class feels of it, by what is sent, without and with the flood."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections import Counter

from benchmarks._files import fetched_by_a_browser
from benchmarks._flooder import CONNECTIONS, KINDS
from benchmarks._report import machine
from benchmarks._server import Server, server
from benchmarks._student import MOVES, Student, Tally
from benchmarks.classroom import a_drag, load, row, three, visit, wrong

CLASS, ELSEWHERE = "127.0.0.1", "127.0.0.2"  # every address that begins with 127 is this machine, on Linux
STUDENTS, SECONDS, PAUSE, ARRIVAL = 25, 10.0, 2.0, 5.0
BEGUN = 1.0  # seconds that the flood goes on before the class is watched, and that the server has afterwards
GOAL = 0.3  # seconds, for the p95 of a change and of `/lane`
REFUSED = ("429", "503")
HEAD = (
    *("flood", "change without: median, p95, most", "with", "`/lane` without", "with", f"of {MOVES} in a drag, without, with"),
    *("errors, lost, unfinished", "flood: a second", "refused", "goal"),
)


async def watched(present: list[Student], seconds: float) -> Tally:
    """What the class sees in so many seconds."""
    tally = Tally()
    for student in present:
        student.tally = tally
    await asyncio.gather(*(student.come() for student in present if student.socket is None))  # whom the last flood threw out
    await asyncio.gather(*(student.stay(seconds, PAUSE) for student in present))
    return tally


async def flooded(host: Server, source: str, kind: str, seconds: float) -> Counter[str]:
    command = [sys.executable, "-m", "benchmarks._flooder", host.address, source, kind, str(seconds)]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    try:
        said, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    return Counter(json.loads(said))


async def beside(host: Server, present: list[Student], source: str, kind: str, seconds: float) -> tuple[str, ...]:
    """A row of figures: the class alone, and beside this flood."""
    alone = await watched(present, seconds)
    flood = asyncio.create_task(flooded(host, source, kind, seconds + 3 * BEGUN))
    await asyncio.sleep(2 * BEGUN)  # half of it until its process has begun
    among = await watched(present, seconds)
    answers = await flood
    await asyncio.sleep(BEGUN)
    met = all(times and sorted(times)[int(0.95 * len(times))] <= GOAL for times in (among.change, among.lane))  # nothing that came is no time
    refused = sum(answers[status] for status in REFUSED)
    return (
        *(kind, three(alone.change), three(among.change), three(alone.lane), three(among.lane)),
        f"{a_drag(alone.lane, alone.change).split()[0]}, {a_drag(among.lane, among.change).split()[0]}",
        *(wrong(among), f"{sum(answers.values()) / seconds:.0f}", str(refused), "met" if met else "missed"),
    )


async def floods(host: Server, kinds: list[str], sources: list[str], students: int, seconds: float) -> None:
    page = await fetched_by_a_browser(host.address)
    await visit(host, 0, 3.0, Tally())  # the first visit imports modules
    tally = Tally()
    present = [Student(host.address, number, tally, True, page) for number in range(1, students + 1)]
    await asyncio.gather(*(student.come(ARRIVAL * place / students) for place, student in enumerate(present)))
    await watched(present, 2 * PAUSE)
    for source in sources:
        print(f"\n{students} students at one address, {CONNECTIONS} connections from " + ("the same one\n" if source == CLASS else "another\n"))
        row(*HEAD)
        row("---", *["---:"] * (len(HEAD) - 1))
        for kind in kinds:
            row(*await beside(host, present, source, kind, seconds))
    await asyncio.gather(*(student.leave() for student in present))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.flood", description=__doc__)
    parser.add_argument("kinds", nargs="*", help=f"what is sent: {', '.join(KINDS)} (all)")
    parser.add_argument("--students", type=int, default=STUDENTS, help=f"in the class ({STUDENTS})")
    parser.add_argument("--seconds", type=float, default=SECONDS, help=f"that the class is watched without each flood, and with it ({SECONDS:.0f})")
    parser.add_argument("--from", dest="where", choices=["elsewhere", "class", "both"], default="both", help="the flooder's address (both)")
    chosen = parser.parse_args()
    if wrong_ones := set(chosen.kinds) - set(KINDS):
        parser.error(f"no such flood: {', '.join(sorted(wrong_ones))}")
    sources = {"elsewhere": [ELSEWHERE], "class": [CLASS], "both": [ELSEWHERE, CLASS]}[chosen.where]
    print(f"{machine()}; {load()} before", flush=True)
    with server() as fresh:
        asyncio.run(floods(fresh, chosen.kinds or list(KINDS), sources, chosen.students, chosen.seconds))
    print(f"\n{load()} after")


if __name__ == "__main__":
    main()

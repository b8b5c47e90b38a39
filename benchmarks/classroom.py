"""A class on one server: all come with their files, then every student drags a rate each 2 s; or a long lesson with comings and goings."""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import time
from collections.abc import Sequence
from itertools import count
from random import Random

from benchmarks._files import fetched_by_a_browser
from benchmarks._report import machine, p95
from benchmarks._server import Server, server
from benchmarks._student import MOVES, Student, Tally

GOALS = {50: "≤ 300 ms", 100: "≤ 1000 ms"}  # p95 of a change
READY = {50: "≤ 8 s"}  # asking for the page to its last file, for the last of a class
PAUSE = 2.0  # seconds from a student's change to the next one, on the average
ARRIVAL = 10.0  # seconds in which a class opens the page
STAY = (20.0, 90.0)  # seconds of a visit in the long lesson
UNKNOWN = "no /proc"

HEAD = (
    *(
        "students",
        "changes",
        "change: median, p95, most",
        "goal for its p95",
        "`/lane`: median, p95, most",
        "of these in a drag",
        "opening: median, p95, most",
        "ready with all files: median, p95, most",
        "goal for the last",
        "server's work a student: arriving",
    ),
    *("errors, lost, unfinished", "MB before, with all, after", "MB a session", "cores: server, students"),
)


async def lesson(host: Server, students: int, seconds: float, drags: bool) -> tuple[str, ...]:
    """A class that comes, works and goes; its column of figures."""
    page = await fetched_by_a_browser(host.address)
    await visit(host, 0, 3.0, Tally())  # the first visit imports modules, whose memory is no session's
    tally, before, idle = Tally(), host.memory(), host.work()
    present = [Student(host.address, number, tally, drags, page) for number in range(1, students + 1)]
    await asyncio.gather(*(student.come(ARRIVAL * place / students) for place, student in enumerate(present)))
    start, work, own = time.monotonic(), host.work(), time.process_time()
    await asyncio.gather(*(student.stay(seconds, PAUSE) for student in present))
    wall, worked, own = time.monotonic() - start, host.work(), time.process_time() - own
    full = host.memory()
    await asyncio.gather(*(student.leave() for student in present))
    await asyncio.sleep(2)
    return (
        *(
            str(students),
            str(len(tally.change)),
            three(tally.change),
            GOALS.get(students, ""),
            three(tally.lane),
            a_drag(tally.lane, tally.change),
            three(tally.opening),
            three(tally.ready),
            READY.get(students, ""),
            UNKNOWN if idle is None or work is None else f"{1000 * (work - idle) / students:.0f} ms",
        ),
        *(wrong(tally), ", ".join(megabytes(value) for value in (before, full, host.memory()))),
        UNKNOWN if before is None or full is None else f"{(full - before) / students:.2f}",
        f"{UNKNOWN if work is None or worked is None else f'{(worked - work) / wall:.2f}'}, {own / wall:.2f}",
    )


async def soak(host: Server, students: int, minutes: int) -> None:
    """So many seats, whose students come and go; a row every minute."""
    await visit(host, 0, 3.0, Tally())
    start, numbers, tally = time.monotonic(), count(1), Tally()
    end = start + 60 * minutes

    async def seat(place: int) -> None:
        await asyncio.sleep(ARRIVAL * place / students)
        while (left := end - time.monotonic()) > 0:
            number = next(numbers)
            await visit(host, number, min(left, Random(number).uniform(*STAY)), tally)

    async def watch() -> None:
        changes = lanes = 0
        row(
            "minute",
            "visits",
            "changes",
            "change: median, p95, most",
            "`/lane`: median, p95, most",
            "of these in a drag",
            "errors, lost, unfinished",
            "MB",
        )
        row(*["---:"] * 8)
        row("0", *[""] * 6, megabytes(host.memory()))
        for minute in range(1, minutes + 1):
            await asyncio.sleep(start + 60 * minute - time.monotonic())
            new = tally.change[changes:], tally.lane[lanes:]
            changes, lanes = len(tally.change), len(tally.lane)
            row(
                str(minute),
                str(len(tally.opening)),
                str(len(new[0])),
                three(new[0]),
                three(new[1]),
                a_drag(new[1], new[0]),
                wrong(tally),
                megabytes(host.memory()),
            )

    await asyncio.gather(watch(), *(seat(place) for place in range(students)))


async def visit(host: Server, number: int, seconds: float, tally: Tally) -> None:
    """One student's whole visit."""
    student = Student(host.address, number, tally)
    await student.come()
    await student.stay(seconds, PAUSE)
    await student.leave()


def three(seconds: Sequence[float]) -> str:
    """Median, p95 and most."""
    if len(seconds) < 2:
        return ""
    return ", ".join(f"{1000 * value:.0f}" for value in (statistics.median(seconds), p95(seconds), max(seconds))) + " ms"


def a_drag(lanes: Sequence[float], changes: Sequence[float]) -> str:
    """How many lanes came while a slider was dragged."""
    return f"{len(lanes) / max(len(changes), 1):.1f} of {MOVES}"


def wrong(tally: Tally) -> str:
    """How many of each; the first error in full goes to the terminal."""
    if tally.errors:
        print(f"first error: {tally.errors[0]}", file=sys.stderr)
    return f"{len(tally.errors)}, {tally.lost}, {tally.unfinished}"


def megabytes(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.0f}"


def row(*cells: str) -> None:
    print("| " + " | ".join(cells) + " |", flush=True)


def load() -> str:
    return f"load of the machine {os.getloadavg()[0]:.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.classroom", description=__doc__)
    parser.add_argument("--sessions", type=int, nargs="*", default=[50, 100], help="students of each class (50 100)")
    parser.add_argument("--seconds", type=float, default=40, help="how long a class works (40)")
    parser.add_argument("--soak", type=int, default=0, metavar="MINUTES", help="a lesson of so many minutes with comings and goings, instead")
    parser.add_argument("--soak-sessions", type=int, default=30, help="students present at any time in it (30)")
    parser.add_argument("--no-drag", action="store_true", help="a class that clicks on the slider's rail instead of dragging")
    chosen = parser.parse_args()
    print(f"{machine()}; {load()} before\n", flush=True)
    if chosen.soak:
        with server() as fresh:
            asyncio.run(soak(fresh, chosen.soak_sessions, chosen.soak))
    else:
        found = []
        for students in chosen.sessions:
            with server() as fresh:
                found.append(asyncio.run(lesson(fresh, students, chosen.seconds, not chosen.no_drag)))
            print(" | ".join(found[-1]), file=sys.stderr, flush=True)
        for number, cells in enumerate(zip(HEAD, *found, strict=True)):
            row(*cells)
            if number == 0:
                row("---", *["---:"] * len(found))
    print(f"\n{load()} after")


if __name__ == "__main__":
    main()

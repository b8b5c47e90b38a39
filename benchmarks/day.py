"""A long day: eight hours of students on all pages in sixty minutes, who come, sleep, load anew, change languages, and go; what grows meanwhile."""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random

from benchmarks._hall import Reader, hall
from benchmarks._report import machine
from benchmarks._server import Server, server
from benchmarks._visitor import Seen, Visitor
from benchmarks.classroom import row, three

HALL = 9  # students in the room of a lecture hall, beside their teacher
STAY = (40.0, 450.0)  # seconds of a visit: of a person, five minutes to an hour
EMPTY = (1.0, 20.0)  # seconds that a seat is empty
BELL = 450.0  # seconds: every hour of the day half of all leave within ten seconds, and others come
READERS = 0.15  # of those who come: to the lessons
MILLION = 1_000_000  # seeds of a day; the first one is the hall's
FLAT = 0.05  # of the mean: what may be gained from a third of the day to its end
FEW = 10  # open files that come and go by the moment at which they are counted
TRACE = re.compile(r"[^\n]*\nTraceback.*?\n\S[^\n]*", re.DOTALL)
TOLD = 10  # things that went wrong that are told whole

HEAD = (
    *("minute", "sessions", "visits", "changes", "change: median, p95, most", "answers", "answer: median, p95, most"),
    *("errors, lost, unfinished", "MB: server, aside", "open files: server, aside", "threads", "cores"),
)


@dataclass(frozen=True)
class Moment:
    """What the server had at a minute, and had worked until then."""

    minute: float
    memory: float
    aside: float
    files: int
    files_aside: int
    threads: int
    work: float


def counted(host: Server, minute: float) -> Moment:
    memory, aside, files, threads, work = host.memory(), host.aside(), host.files(), host.threads(), host.work()
    if memory is None or aside is None or files is None or threads is None or work is None:
        raise SystemExit("A day is counted by what /proc says of the server, which is not there.")
    return Moment(minute, memory, aside, *files, threads, work)


async def one(address: str, seed: int, seen: Seen, seconds: float) -> None:
    """The visit with this seed."""
    if seed % MILLION == 0:
        await hall(address, seed, seen, seconds, HALL)
    elif Random(f"kind {seed}").random() < READERS:
        reader = Reader(address, seed, seen)
        await reader.noted(reader.alone(seconds))
    else:
        await Visitor(address, seed, seen).visit(seconds)


def stay(seed: int) -> float:
    return Random(f"stay {seed}").uniform(*STAY)


async def day(host: Server, log: Path, minutes: float, sessions: int, seed: int, seen: Seen) -> list[Moment]:
    """All seats, and a row every minute."""
    start, numbers, visits = time.monotonic(), count(1), 0
    end = start + 60 * minutes

    async def seat(place: int) -> None:
        nonlocal visits
        own = Random(f"seat {seed} {place}")
        await asyncio.sleep(own.uniform(0, min(BELL, 10 * minutes) / 10))
        while (left := end - time.monotonic()) > 1:
            number, bell = seed * MILLION + next(numbers), BELL - (time.monotonic() - start) % BELL + own.uniform(0, 10)
            visits += 1
            await one(host.address, number, seen, min(left, stay(number), *([bell] if own.random() < 0.5 else [])))
            await asyncio.sleep(own.uniform(*EMPTY))

    async def watch() -> None:
        done, last = (0, 0), moments[0]
        row(*HEAD)
        row(*["---:"] * len(HEAD))
        while (left := end - time.monotonic()) > 0:
            await asyncio.sleep(min(60, left))
            now = counted(host, (time.monotonic() - start) / 60)
            changes, answers = seen.changes[done[0] :], seen.answers[done[1] :]
            done = len(seen.changes), len(seen.answers)
            row(
                *(f"{now.minute:.0f}", str(seen.present), str(visits), str(len(changes)), three(changes), str(len(answers)), three(answers)),
                f"{len(seen.errors) + traces(log)}, {len(seen.lost)}, {len(seen.unfinished)}",
                *(f"{now.memory:.0f}, {now.aside:.0f}", f"{now.files}, {now.files_aside}", str(now.threads)),
                f"{(now.work - last.work) / 60 / (now.minute - last.minute):.2f}",
            )
            moments.append(now)
            last = now

    moments = [counted(host, 0)]
    seats = [seat(place) for place in range(sessions - 1 - HALL)]
    await asyncio.gather(watch(), one(host.address, seed * MILLION, seen, 60 * minutes), *seats)
    return moments


def traces(log: Path) -> int:
    """How many traces of errors the server has written."""
    return log.read_text(errors="replace").count("Traceback")


def slope(moments: Sequence[Moment], name: str) -> tuple[float, float]:
    """What is gained in an hour, by a line of least squares, and the mean."""
    minutes, values = [each.minute for each in moments], [float(getattr(each, name)) for each in moments]
    return 60 * statistics.linear_regression(minutes, values).slope, statistics.fmean(values)


def growth(moments: Sequence[Moment]) -> bool:
    """A table of what grew after the first third of the day, when the caches are as full as they get; whether it is flat."""
    later = [each for each in moments if each.minute >= moments[-1].minute / 3]
    if len(later) < 3:
        print("\nThe day was too short to say what grows.")
        return True
    hours, flat = (later[-1].minute - later[0].minute) / 60, True
    print(f"\nFrom minute {later[0].minute:.0f} on; flat is a gain of less than {FLAT:.0%} of the mean until the end, or {FEW} of what is counted.\n")
    row("", "mean", "gained in an hour", "gained in all", "flat")
    row("---", *["---:"] * 4)
    for title, name, least in (
        ("MB: server", "memory", 0),
        ("MB: aside", "aside", 0),
        ("open files: server", "files", FEW),
        ("open files: aside", "files_aside", FEW),
        ("threads", "threads", FEW),
    ):
        gain, mean = slope(later, name)
        level = gain * hours < max(FLAT * mean, least)
        flat &= level
        row(title, f"{mean:.0f}", f"{gain:+.1f}", f"{gain * hours:+.1f}, {gain * hours / max(mean, 1):+.1%}", "yes" if level else "NO")
    return flat


def told(seen: Seen, log: Path, own: str) -> bool:
    """What was done and what went wrong, the first of each kind whole; whether nothing did."""
    print("\n" + ", ".join(f"{number} × {what}" for what, number in sorted(seen.did.items())))
    for name, wrong in (("error", seen.errors), ("lost", seen.lost), ("unfinished", seen.unfinished)):
        for each in wrong[:TOLD]:
            print(f"\n{name}: {each}")
    if trace := TRACE.search(log.read_text(errors="replace")):
        print(f"\nThe server's log:\n{trace[0][:500]}\n…\n{trace[0][-2000:]}")
    fine = not (seen.errors or seen.lost or seen.unfinished or trace)
    print(f"\n{'No error, nothing lost.' if fine else f'A student alone, with all that he does: `{own} --only SEED`.'}")
    return fine


async def alone(host: Server, seed: int, seen: Seen) -> None:
    await one(host.address, seed, seen, stay(seed))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.day", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60, help="how long the day is (60)")
    parser.add_argument("--sessions", type=int, default=60, help=f"seats, {HALL + 1} of them in a lecture hall's room (60)")
    parser.add_argument("--seed", type=int, default=1, help="of the day; the students' seeds follow from it (1)")
    parser.add_argument("--only", type=int, metavar="SEED", help="one student of a day before, who tells all that he does")
    chosen = parser.parse_args()
    print(f"{machine()}; load of the machine {os.getloadavg()[0]:.1f} before\n", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        log, seen = Path(folder, "log"), Seen(loud=chosen.only is not None)
        with server(log) as host:
            if chosen.only is not None:
                asyncio.run(alone(host, chosen.only, seen))
                flat = True
            else:
                own = f"--minutes {chosen.minutes:g} --sessions {chosen.sessions} --seed {chosen.seed}"
                print(f"`python -m benchmarks.day {own}`: students' seeds are {chosen.seed * MILLION} (the hall) and on from there\n", flush=True)
                flat = growth(asyncio.run(day(host, log, chosen.minutes, chosen.sessions, chosen.seed, seen)))
            fine = told(seen, log, "python -m benchmarks.day")
    print(f"\nload of the machine {os.getloadavg()[0]:.1f} after")
    sys.exit(not (fine and flat))


if __name__ == "__main__":
    main()

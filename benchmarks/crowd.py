"""People on the Explore page, and people who train networks, beside a class on the Race page, without browsers."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Sequence

from benchmarks._explorer import Explored, Explorer
from benchmarks._report import machine
from benchmarks._server import Server, server
from benchmarks._student import Student, Tally
from benchmarks._trainee import Trained, Trainee
from benchmarks.classroom import row, three, visit, wrong
from runs.compiled.cache import FOLDER

EXPLORERS, TRAINEES, CLASS, LESSON, PAUSE = 20, 20, 30, 40.0, 2.0
ARRIVAL = 10.0  # seconds in which they all come
CROWD = (  # median, p95, most
    *("on the Race page and on this", "Race: a change (goal p95 ≤ 500 ms)", "Race: `/lane`", "first map of a drag (goal p95 ≤ 2000 ms)"),
    *("let go to the full map", "maps in a drag of 1 s", "let go to the page's end", "Race: errors, lost, unfinished", "Explore: the same"),
)
TRAINING = (  # median, p95, most
    *("on the Race page and on Train", "Race: a change (goal p95 ≤ 500 ms)", "Race: `/lane`", "asking to the first numbers"),
    *("from numbers to numbers", "asking to the end of the training", "trainings", "Race: errors, lost, unfinished", "Train: the same"),
)


async def lesson(host: Server, others: Sequence[Student]) -> Tally:
    """A class on the Race page beside these people, who all come, stay and leave; what the class saw."""
    await visit(host, 0, 3.0, Tally())
    race = Tally()
    people = [*(Student(host.address, number, race) for number in range(1, CLASS + 1)), *others]
    await asyncio.gather(*(person.come(ARRIVAL * place / len(people)) for place, person in enumerate(people)))
    await asyncio.gather(*(person.stay(LESSON, PAUSE) for person in people))
    await asyncio.gather(*(person.leave() for person in people))
    return race


async def beside_trainees(host: Server) -> tuple[str, ...]:
    """A class on the Race page, and people on the Train page, each of whom trains the opening's comparison again and again."""
    found = Trained()
    race = await lesson(host, [Trainee(host.address, number, found) for number in range(1, TRAINEES + 1)])
    times = (three(found.begun), three(found.update), three(found.whole))
    return (f"{CLASS} and {TRAINEES}", three(race.change), three(race.lane), *times, str(len(found.whole)), wrong(race), wrong(found))


async def beside_explorers(host: Server, explorers: int) -> tuple[str, ...]:
    """A class on the Race page, and so many people on the Explore page; its column of figures."""
    explored = Explored()
    race = await lesson(host, [Explorer(host.address, number, explored) for number in range(1, explorers + 1)])
    drag = (len(explored.maps) + len(explored.first)) / max(len(explored.first), 1)
    maps = (three(explored.first), three(explored.fine), f"{drag:.1f}", three(explored.change)) if explorers else ("",) * 4
    return (f"{CLASS} and {explorers}", three(race.change), three(race.lane), *maps, wrong(race), wrong(explored))


def table(*columns: Sequence[str]) -> None:
    print()
    for number, line in enumerate(zip(*columns, strict=True)):
        row(*line)
        if number == 0:
            row("---", *["---:"] * (len(columns) - 1))


def crowd() -> None:
    """A class alone, and beside people of whom each has a rule and a surface of its own: before their kernels are there, and once they are."""
    columns = []
    with tempfile.TemporaryDirectory() as folder:
        for explorers in (0, EXPLORERS, EXPLORERS):
            with server(environment={FOLDER: f"{folder}/kernels"}) as host:
                columns.append(asyncio.run(beside_explorers(host, explorers)))
    table(CROWD, *columns)
    with server() as host:
        table(TRAINING, asyncio.run(beside_trainees(host)))


def main() -> None:
    before = os.getloadavg()[0]
    crowd()
    print(f"\n{machine(packages=('streamlit', 'numpy', 'numba'))}; load of the machine {before:.1f} before, {os.getloadavg()[0]:.1f} after")


if __name__ == "__main__":
    main()

"""What is looked at again and again while the server runs: how late the event loop is, how much work there is, what the log is still to say."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from core import InputError
from serving import metrics
from serving.refusals import ACCOUNT
from serving.together import serves

EVERY = 0.5  # seconds
ROOMS_EVERY = 5.0  # the same for what another process may have to be asked for
LOG = logging.getLogger(__name__)

watched: dict[str, Callable[[], None]] = {}  # what is asked by its name


def look() -> None:
    """Ask all of them."""
    for name, each in watched.items():
        try:
            each()
        except Exception:
            LOG.exception("%s", name)


rooms: Callable[[], Awaitable[tuple[int, int]]] | None = None


def count_rooms(count: Callable[[], Awaitable[tuple[int, int]]]) -> None:
    """Have a function tell how many rooms there are, and how many students in them."""
    global rooms
    rooms = count


async def look_at_rooms() -> None:
    """Ask for the rooms."""
    if rooms is None:
        return
    try:
        there, students = await rooms()
    except InputError:  # nobody can tell now
        return
    metrics.ROOMS.set(there)
    metrics.STUDENTS.set(students)


async def beat() -> None:
    """Look, every half second."""
    clock = asyncio.get_running_loop().time
    while True:
        due = clock() + EVERY
        await asyncio.sleep(EVERY)
        metrics.LAG.observe(max(clock() - due, 0.0))
        look()
        ACCOUNT.due()


async def beat_for_rooms() -> None:
    while True:
        try:
            await look_at_rooms()
        except Exception:
            LOG.exception("rooms")
        await asyncio.sleep(ROOMS_EVERY)


@asynccontextmanager
async def beating() -> AsyncIterator[None]:
    """The same while the block lasts."""
    serves()
    metrics.SESSIONS.set(0)  # where an earlier process of this number left another one
    tasks = [asyncio.create_task(each()) for each in (beat, beat_for_rooms)]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

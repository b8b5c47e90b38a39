"""What is looked at again and again while the server runs: how late the event loop is, how much work there is, what the log is still to say."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from serving import metrics
from serving.refusals import ACCOUNT

EVERY = 0.5  # seconds
LOG = logging.getLogger(__name__)

watched: dict[str, Callable[[], None]] = {}  # what is asked by its name


def look() -> None:
    """Ask all of them."""
    for name, each in watched.items():
        try:
            each()
        except Exception:
            LOG.exception("%s", name)


async def beat() -> None:
    """Look, every half second."""
    clock = asyncio.get_running_loop().time
    while True:
        due = clock() + EVERY
        await asyncio.sleep(EVERY)
        metrics.LAG.observe(max(clock() - due, 0.0))
        look()
        ACCOUNT.due()


@asynccontextmanager
async def beating() -> AsyncIterator[None]:
    """The same while the block lasts."""
    task = asyncio.create_task(beat())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

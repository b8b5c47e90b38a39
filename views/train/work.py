"""Who trains: a cluster where there is one, else some processes, each with so much memory and time; and what is trained so far, for everyone."""

from __future__ import annotations

import asyncio
import os
from collections import OrderedDict
from concurrent.futures import Executor
from functools import cache, partial
from threading import Thread
from typing import Any

import numpy as np

from core import InputError
from links.trained import Slice, advanced
from runs.aside import Aside, Lost
from runs.cluster import cluster
from runs.training import Progress
from serving.work import TRAININGS

WORKERS = max(1, min(2, os.cpu_count() or 1))
MEMORY = 4 << 30  # bytes of addresses that a process may have; the numbers of a training are a hundredth of that
PATIENCE = 60.0  # seconds for a slice of a training; what takes longer is ended
KEPT = 320 << 20  # bytes of trainings that are remembered: eight lanes with the longest paths at least


class Pool:
    """Some processes, of which the next that is free takes the next task."""

    def __init__(self, count: int = WORKERS) -> None:
        self.every = [Aside(memory=MEMORY) for _ in range(count)]
        self.free: list[Aside] = list(self.every)
        self.turn = asyncio.Semaphore(count)

    async def do(self, task: Any, *given: Any) -> Any:
        """What the task makes of what it is given; raises what it raises, and Lost where the process ends, or takes too long and is ended."""
        async with self.turn:
            own = self.free.pop()
            work = asyncio.ensure_future(asyncio.to_thread(own.once, task, *given))
            try:
                return await asyncio.wait_for(asyncio.shield(work), PATIENCE)
            except TimeoutError:
                own.kill()
                await asyncio.wait([work])
                work.exception()
                raise Lost from None
            finally:
                if not work.done():  # whoever asked has gone: the process is free when it has done
                    await asyncio.wait([work])
                self.free.append(own)


pool = Pool()
known: OrderedDict[Any, Slice] = OrderedDict()
under_way: dict[Any, asyncio.Future[Slice]] = {}


@cache
def wake() -> None:
    """Have the processes begin, once, before they are asked for anything: it takes half a second to load what they need."""
    for each in pool.every:
        Thread(target=each.do, args=(ready,), daemon=True).start()


def ready() -> None:
    """What the first training would wait for is loaded: this module has imported it."""


async def worked(task: Any, *given: Any) -> Any:
    """What the task makes of what it is given, on the cluster; where there is none, or it is lost, here."""
    where = cluster()
    if where and (result := where.begun(partial(given_away, task, given))):
        try:
            return await asyncio.wrap_future(result)
        except InputError:
            raise
        except Exception as problem:  # whatever may happen on other machines
            where.lost(problem)
    return await worked_here(task, *given)


def given_away(task: Any, given: tuple[Any, ...], executor: Executor) -> Any:
    (found,) = executor.map(task, *([each] for each in given))
    return found


async def worked_here(task: Any, *given: Any) -> Any:
    """The same in a process of this machine; one that is lost is tried again once."""
    try:
        return await pool.do(task, *given)
    except Lost:
        return await pool.do(task, *given)


async def advance(key: Any, whose: str, seconds: float, looks: bool) -> Slice:
    """A slice of a training, remembered: who asks for the same one at the same time gets the same slice. `whose` keeps those apart who began anew."""
    name = key, whose, looks
    if name not in under_way:
        under_way[name] = asyncio.ensure_future(slice_of(key, whose, seconds, looks))
        under_way[name].add_done_callback(lambda _done: under_way.pop(name, None))
    return await asyncio.shield(under_way[name])


async def slice_of(key: Any, whose: str, seconds: float, looks: bool) -> Slice:
    """The same, worked out."""
    before = known[key, whose].progress if (key, whose) in known else None
    found: Slice = await worked(advanced, key, before, seconds, looks)
    TRAININGS.worked(found.progress.seconds - (before.seconds if before else 0.0))
    if (key, whose) not in known or found.progress.step >= known[key, whose].progress.step:
        known[key, whose] = found._replace(seen=None)
    known.move_to_end((key, whose))
    while len(known) > 1 and sum(size(each.progress) for each in known.values()) > KEPT:
        known.popitem(last=False)
    return found


def size(progress: Progress) -> int:
    """Bytes, about."""
    state = progress.state if isinstance(progress.state, tuple) else (progress.state,)
    return progress.p.nbytes + progress.curves.nbytes + progress.path.nbytes + sum(each.nbytes for each in state if isinstance(each, np.ndarray))

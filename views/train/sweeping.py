"""The route that a browser asks again and again for a sweep over rates: each answer has more of its trainings, whoever had them made."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from concurrent.futures import Executor, FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from links import Flat
from links.ratesweep import Key, Reached, in_order, part, sweep_of, whole
from locales import _
from player.messages.ratesweep import swept
from runs.cluster import AT_ONCE, Cluster, cluster
from runs.training import Progress
from serving.work import TRAININGS
from views.train import work
from views.train.answers import TOGETHER, answered

CHUNK = 12  # trainings that a process, or a cluster, is given at a time
MOST = 50_000  # trainings whose end is remembered
UNFINISHED = 16  # trainings that are remembered half-way, of some megabytes at most
WAIT = 0.15  # seconds, where others have all that is left made

Name = tuple[Key, str]  # a training, and whose it is where it was begun anew

done: OrderedDict[Name, Reached] = OrderedDict()
begun: OrderedDict[Name, Progress] = OrderedDict()
taken: set[Name] = set()


@dataclass
class Away:
    """Trainings that a cluster has been given."""

    names: list[Name]
    result: Future[list[Reached]]


away: list[Away] = []


async def answer(request: Request) -> Response:
    """A little more of the sweep that the query describes."""
    return await answered(request, further)


async def further(flat: Flat, again: str) -> tuple[bytes, bool, float]:
    """The message with all that is there by now, whether that is all, and the seconds of a processor that it took."""
    sweep = sweep_of(flat)
    left = [name for key in in_order(sweep) if (name := (key, again)) not in done]
    spent = 0.0
    if left:
        free = [name for name in left if name not in taken]
        where, own = cluster(), set(left)
        if where and (given(where, free) or any(name in own for each in away for name in each.names)):
            spent = await collected(where)
        elif free:
            spent = await here(free)
        else:
            await asyncio.sleep(WAIT)
    where = cluster()
    address = where.address if where and where.lost_at is not None else ""
    note = _("The Dask cluster at {address} cannot be reached: these runs were made on this server.").format(address=address) if address else ""
    found = [[[done.get((key, again)) for key in keys] for keys in lane] for lane in sweep]
    return *swept(flat, found, note), spent


async def here(free: list[Name]) -> float:
    """More of these trainings, in the processes of this machine; the seconds that it took."""
    parts = [chosen for i in range(work.WORKERS) if (chosen := free[i :: work.WORKERS][:CHUNK])]
    ends = await asyncio.gather(*map(made, parts), return_exceptions=True)
    for end in ends:
        if isinstance(end, BaseException):
            raise end
    return sum(end for end in ends if not isinstance(end, BaseException))


async def made(names: list[Name]) -> float:
    """The same in one process."""
    jobs = [(name[0], begun.get(name)) for name in names]
    before = sum(progress.seconds for _key, progress in jobs if progress)
    taken.update(names)
    try:
        found, progress = await work.worked_here(part, jobs, TOGETHER)
    finally:
        taken.difference_update(names)
    keep(names, found)
    after = sum(each.seconds for each in found)
    if progress:
        begun[names[len(found)]] = progress
        after += progress.seconds
        while len(begun) > UNFINISHED:
            begun.popitem(last=False)
    spent = max(after - before, 0.0)
    TRAININGS.worked(spent)
    return spent


def given(where: Cluster, free: list[Name]) -> bool:
    """Whether a cluster was given some of these trainings: as many as it takes at a time."""
    before = len(away)
    while free and len(away) < AT_ONCE:
        names = free[:CHUNK]
        result = where.begun(partial(given_away, [key for key, _whose in names]))
        if result is None:
            break
        taken.update(names)
        away.append(Away(names, result))
        del free[:CHUNK]
    return len(away) > before


def given_away(keys: list[Key], executor: Executor) -> list[Reached]:
    return list(executor.map(whole, keys))


async def collected(where: Cluster) -> float:
    """Wait a moment for the cluster and keep what has come; the seconds that its processors took. What it has lost is free again."""
    await asyncio.to_thread(wait, [each.result for each in away], TOGETHER, FIRST_COMPLETED)
    spent = 0.0
    for each in [each for each in away if each.result.done()]:
        away.remove(each)
        taken.difference_update(each.names)
        try:
            found = each.result.result()
        except Exception as problem:  # whatever may happen on other machines
            where.lost(problem)
            continue
        keep(each.names, found)
        spent += sum(each.seconds for each in found)
    TRAININGS.worked(spent)
    return spent


def keep(names: list[Name], found: list[Reached]) -> None:
    """Remember what these trainings have reached."""
    for name, each in zip(names, found, strict=False):
        done[name] = each
        begun.pop(name, None)
    while len(done) > MOST:
        done.popitem(last=False)

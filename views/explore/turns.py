"""What the routes of the Explore page share: runs are made in a process aside, a part at a time, and remembered for everyone."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from functools import cache
from threading import Event, Thread
from time import perf_counter
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from links import Flat
from links.explore import EXPLORE
from locales import speaking
from player.messages.maps import ready
from runs.aside import Aside
from serving.visitors import VISITORS, address_of
from serving.work import SWEEPS
from views.explore.line import Line, Place, Urgency

LOG = logging.getLogger(__name__)
KEPT = 24  # results that are remembered, of 3 MB at most
TAB = "Descent-Tab"  # header: the name that a browser's tab gives itself, by which people behind one proxy are told apart

# The process has less right to the processor than this one, which answers the Race page. It makes a part of one result at a time, so that whoever is
# next waits for one part of a larger result at most.
worker = Aside()
awake = Event()
line = Line(VISITORS.pages)
known: OrderedDict[object, Any] = OrderedDict()
begun: OrderedDict[object, list[Any]] = OrderedDict()  # the parts that there are of a result

SWEEPS.watch(lambda: (int(line.now is not None), len(line.calls)), [worker])


@cache
def wake() -> None:
    """Have the process begin, once, before it is asked for anything: it takes half a second to load what it needs."""
    Thread(target=begin, daemon=True).start()


def begin() -> None:
    worker.do(ready)
    awake.set()


async def in_line(request: Request, urgency: Urgency, answer: Callable[[Place], Coroutine[Any, Any, bytes | None]]) -> Response:
    """What `answer` brings to whoever asks, who has a place in the line; 204 where there is none left, or it brings None: ask again."""
    address = address_of(request.scope)
    visitor = request.headers.get(TAB) or address
    if line.full(visitor, urgency):
        SWEEPS.ended("full")
        return Response(status_code=204)
    try:
        with line.place(visitor, urgency, address) as place:
            data = await while_there(request, answer(place))
    except Exception:
        LOG.exception("%s", request.url)
        SWEEPS.ended("failed")
        return Response("This could not be worked out; the server's log says why.", status_code=500)
    SWEEPS.ended("left" if data is None else "done")
    if data is None:
        return Response(status_code=204)
    return Response(data, media_type="application/octet-stream", headers={"Cache-Control": "no-store"})


async def while_there(request: Request, work: Coroutine[Any, Any, bytes | None]) -> bytes | None:
    """What the work brings; None as soon as nobody waits for it: then it is given up, and a place in the line is free."""
    working, leaving = asyncio.create_task(work), asyncio.create_task(left(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        leaving.cancel()
        working.cancel()  # which changes nothing where it is done
    await asyncio.wait({working})
    return None if working.cancelled() else working.result()


async def left(request: Request) -> None:
    """Return when whoever asks has gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def answered(
    request: Request, urgency: Urgency, made: Callable[[Flat, Place], Awaitable[Any]], packed: Callable[[Flat, Any], bytes]
) -> Response:
    """What `made` makes of the settings that the query describes, packed in their language; 204 where that is None, or there is no place left."""

    async def answer(place: Place) -> bytes | None:
        flat = await asyncio.to_thread(read, request)
        found = await made(flat, place)
        return None if found is None else await asyncio.to_thread(said, packed, flat, found)

    return await in_line(request, urgency, answer)


async def at_last(place: Place, task: Callable[..., bytes | None], *given: Any) -> bytes:
    """What a task brings in the end that answers None while there is more to do, and is told how many others wait."""
    data = None
    while data is None:
        async with place:
            data = await elsewhere(worker.do, task, *given, len(line.calls))
    return data


async def in_turn(place: Place, key: object, parts: Sequence[tuple[Any, ...]], joined: Callable[[list[Any]], Any]) -> Any:
    """The results of these parts, (task, *arguments) each, joined and remembered by the key; who asks for the same meanwhile helps to make it."""
    while key not in known:
        async with place:
            if key in known:
                break
            found = remembered(begun, key, begun.get(key, []))
            task, *given = parts[len(found)]
            found.append(await elsewhere(worker.do, task, *given))
            if len(found) == len(parts):
                remembered(known, key, joined(begun.pop(key)))
    return remembered(known, key, known[key])


def remembered(memory: OrderedDict[object, Any], key: object, value: Any) -> Any:
    """The value, which is kept as the newest of so many."""
    memory[key] = value
    memory.move_to_end(key)
    while len(memory) > KEPT:
        memory.popitem(last=False)
    return value


async def elsewhere(work: Callable[..., Any], *given: Any) -> Any:
    """What work that cannot be ended brings, in a thread: whoever has the turn meanwhile has it until that is done, even where it is given up."""
    working, begun = asyncio.create_task(asyncio.to_thread(work, *given)), perf_counter()
    try:
        return await asyncio.shield(working)
    finally:
        await asyncio.wait({working})
        SWEEPS.worked(perf_counter() - begun)


def read(request: Request) -> Flat:
    return EXPLORE.read(dict(request.query_params), "en")[0]


def said(packed: Callable[[Flat, Any], bytes], flat: Flat, found: Any) -> bytes:
    with speaking(flat["lang"]):
        return packed(flat, found)

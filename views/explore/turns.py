"""What the routes of the Explore page share: runs are made in a process aside, a part at a time, and remembered for everyone."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from functools import cache
from threading import Event, Thread
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from links import Flat
from links.explore import EXPLORE
from locales import speaking
from player.messages.maps import ready
from runs.aside import Aside
from views.explore.line import Line, Place, Urgency

LOG = logging.getLogger(__name__)
KEPT = 24  # results that are remembered, of 3 MB at most
TAB = "Descent-Tab"  # header: the name that a browser's tab gives itself, by which people behind one proxy are told apart

# The process has less right to the processor than this one, which answers the Race page. It makes a part of one result at a time, so that whoever is
# next waits for one part of a larger result at most.
worker = Aside()
awake = Event()
line = Line()
known: OrderedDict[object, Any] = OrderedDict()


@cache
def wake() -> None:
    """Have the process begin, once, before it is asked for anything: it takes half a second to load what it needs."""
    Thread(target=begin, daemon=True).start()


def begin() -> None:
    worker.do(ready)
    awake.set()


async def in_line(request: Request, urgency: Urgency, answer: Callable[[Place], Awaitable[bytes | None]]) -> Response:
    """What `answer` brings to whoever asks, who has a place in the line; 204 where there is none left, or it brings None: ask again."""
    visitor = request.headers.get(TAB) or (request.client.host if request.client else "")
    if line.full(visitor, urgency):
        return Response(status_code=204)
    try:
        with line.place(visitor, urgency) as place:
            data = await answer(place)
    except Exception:
        LOG.exception("%s", request.url)
        return Response("This could not be worked out; the server's log says why.", status_code=500)
    if data is None:
        return Response(status_code=204)
    return Response(data, media_type="application/octet-stream", headers={"Cache-Control": "no-store"})


async def answered(
    request: Request, urgency: Urgency, made: Callable[[Flat, Place], Awaitable[Any]], packed: Callable[[Flat, Any], bytes]
) -> Response:
    """What `made` makes of the settings that the query describes, packed in their language; 204 where that is None, or there is no place left."""

    async def answer(place: Place) -> bytes | None:
        flat = await asyncio.to_thread(read, request)
        found = await made(flat, place)
        return None if found is None else await asyncio.to_thread(said, packed, flat, found)

    return await in_line(request, urgency, answer)


async def at_last(request: Request, place: Place, task: Callable[..., bytes | None], *given: Any) -> bytes | None:
    """What a task brings in the end that answers None while there is more to do, and is told how many others wait; None as soon as nobody waits."""
    data = None
    while data is None:
        async with place:
            if await request.is_disconnected():
                return None
            data = await asyncio.to_thread(worker.do, task, *given, len(line.calls))
    return data


async def in_turn(request: Request, place: Place, key: object, parts: Iterable[tuple[Any, ...]], joined: Callable[[list[Any]], Any]) -> Any:
    """The results of these parts, (task, *arguments) each, joined and remembered by the key; None as soon as nobody waits for them."""
    if key not in known:
        found = []
        for task, *given in parts:
            async with place:
                if await request.is_disconnected():
                    return None
                found.append(await asyncio.to_thread(worker.do, task, *given))
        known[key] = joined(found)
        while len(known) > KEPT:
            known.popitem(last=False)
    known.move_to_end(key)
    return known[key]


def read(request: Request) -> Flat:
    return EXPLORE.read(dict(request.query_params), "en")[0]


def said(packed: Callable[[Flat, Any], bytes], flat: Flat, found: Any) -> bytes:
    with speaking(flat["lang"]):
        return packed(flat, found)

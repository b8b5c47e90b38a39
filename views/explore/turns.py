"""What the routes of the Explore page share: runs are made in a process aside, a part at a time, and remembered for everyone."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from functools import cache
from threading import Thread
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from links import Flat
from links.explore import EXPLORE
from locales import speaking
from player.messages.maps import ready
from runs.aside import Aside

LOG = logging.getLogger(__name__)
KEPT = 24  # results that are remembered, of 3 MB at most

# The process has less right to the processor than this one, which answers the Race page. It makes a part of one result at a time, whoever's turn it
# is: what is one part waits for one part of each larger result at most.
worker = Aside()
turn = asyncio.Lock()
waiting = 0  # people whose results are under way
known: OrderedDict[object, Any] = OrderedDict()


@cache
def wake() -> None:
    """Have the process begin, once, before it is asked for anything: it takes half a second to load what it needs."""
    Thread(target=worker.do, args=(ready,), daemon=True).start()


async def answered(request: Request, made: Callable[[Flat], Awaitable[Any]], packed: Callable[[Flat, Any], bytes]) -> Response:
    """What `made` makes of the settings that the query describes, packed in their language; 204 where that is None."""
    try:
        flat = await asyncio.to_thread(read, request)
        found = await made(flat)
        if found is None:
            return Response(status_code=204)
        data = await asyncio.to_thread(said, packed, flat, found)
    except Exception:
        return failed(request)
    return sent(data)


def sent(data: bytes) -> Response:
    return Response(data, media_type="application/octet-stream", headers={"Cache-Control": "no-store"})


def failed(request: Request) -> Response:
    """The answer to a request that ended in the exception that is being handled."""
    LOG.exception("%s", request.url)
    return Response("This could not be worked out; the server's log says why.", status_code=500)


async def at_last(request: Request, task: Callable[..., bytes | None], *given: Any) -> Response:
    """What a task brings in the end that answers None while there is more to do, and is told how many others wait; 204 as soon as nobody waits."""
    global waiting
    waiting += 1
    try:
        data = None
        while data is None:
            async with turn:
                if await request.is_disconnected():
                    return Response(status_code=204)
                data = await asyncio.to_thread(worker.do, task, *given, waiting - 1)
    except Exception:
        return failed(request)
    finally:
        waiting -= 1
    return sent(data)


async def in_turn(request: Request, key: object, parts: Iterable[tuple[Any, ...]], joined: Callable[[list[Any]], Any]) -> Any:
    """The results of these parts, (task, *arguments) each, joined and remembered by the key; None as soon as nobody waits for them."""
    if key not in known:
        found = []
        for task, *given in parts:
            async with turn:
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

"""The routes that a browser asks, one small part after the other, for rules at their best: a row of the table, and the profile over all surfaces."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from links import Flat
from links.best import Found, SURFACES, found, on, problem_of
from links.entries import surface_of
from links.explore import EXPLORE
from locales import speaking
from optimizers import OPTIMIZERS
from player.messages.best import profile, row
from views.explore import maps

LOG = logging.getLogger(__name__)
WAITING = 12  # under way: whoever asks for one more asks again later
KEPT = 4000  # of 1 kB each: ten profiles

known: OrderedDict[Any, Found] = OrderedDict()
under_way: dict[Any, asyncio.Task[Found]] = {}


async def rule(request: Request) -> Response:
    """The row of a rule on the surface that the query describes; 404 for no such rule or no minimum, 204 where the server has no time for it."""
    name = request.path_params["rule"]
    flat = await asyncio.to_thread(read, request.query_params)
    if name not in OPTIMIZERS or surface_of(flat).lowest is None:
        raise HTTPException(404)
    try:
        its = await made(request, flat, name)
        return Response(status_code=204) if its is None else packed(await asyncio.to_thread(spoken, row, flat, its))
    except Exception:
        return failed(request)


async def surfaces(request: Request) -> Response:
    """The profile over the first n surfaces; 404 for another n, 204 where the server has no time for it, or nobody waits any longer."""
    n = request.path_params["n"]
    if n not in map(str, range(1, len(SURFACES) + 1)):
        raise HTTPException(404)
    try:
        flat = await asyncio.to_thread(read, request.query_params)
        rows = []
        for surface in SURFACES[: int(n)]:
            own = await asyncio.to_thread(on, surface, flat)
            rows.append([await made(request, own, name) for name in OPTIMIZERS])
            if None in rows[-1]:
                return Response(status_code=204)
        return packed(await asyncio.to_thread(spoken, profile, flat, [[its.best for its in each] for each in rows]))
    except Exception:
        return failed(request)


async def made(request: Request, flat: Flat, name: str) -> Found | None:
    """The rule at its best on the settings' problem, worked out once for all who ask; None where there is no time for it, or nobody waits."""
    key = name, problem_of(flat)
    if key in known:
        known.move_to_end(key)
        return known[key]
    if key not in under_way:
        if len(under_way) >= WAITING or await request.is_disconnected():
            return None
        under_way.setdefault(key, asyncio.create_task(work(key, flat, name)))
    return await asyncio.shield(under_way[key])


async def work(key: Any, flat: Flat, name: str) -> Found:
    """Have it worked out by the process aside, when it is its turn, and remember it."""
    try:
        async with maps.turn:
            its = await asyncio.to_thread(maps.worker.do, found, flat, name)
        known[key] = its
        while len(known) > KEPT:
            known.popitem(last=False)
        return its
    finally:
        under_way.pop(key, None)


def read(link: Mapping[str, str]) -> Flat:
    return EXPLORE.read(dict(link), "en")[0]


def spoken(message: Any, flat: Flat, *given: Any) -> bytes:
    with speaking(flat["lang"]):
        return message(flat, *given)


def packed(data: bytes) -> Response:
    return Response(data, media_type="application/octet-stream", headers={"Cache-Control": "no-store"})


def failed(request: Request) -> Response:
    LOG.exception("%s", request.url)
    return Response("This could not be worked out; the server's log says why.", status_code=500)

"""The route that a browser asks while a slider is dragged: the message that a rerun would send to the lane's panel, without a rerun."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from links import Flat
from links.data import table_of
from links.display import display_of
from links.entries import race_of
from locales import speaking
from player import messages
from serving.turns import Turns
from serving.visitors import VISITORS, address_of

LOG = logging.getLogger(__name__)

# One lane is worked out at a time, however many people drag: a rerun waits for the interpreter about thirty times, each time behind every thread
# that computes. With a thread for each person a class of fifty waited 2 s for a change, with one for all 0.05 s.
# Who has the turn next is whose address had least of late for each of its pages: 20 connections that ask without end wait for each other.
TURN = Turns(1, VISITORS.pages)
QUIET = asyncio.Lock()  # for what can wait: a key press that met a ruler under way took 0.6 s on a busy machine when both took the same turn
WAITED = 0.06  # seconds: a lane that waited longer than this for other work while it was worked out says that the server has enough to do
REST = 1.0  # seconds in which it then works out no lane, so that changes come first: a class of a hundred waited 1.6 s for one (p95), with this 0.8 s

rested = 0.0  # the end of that rest, on the event loop's clock

Message = Callable[[str, Mapping[str, str]], bytes]  # (what is asked for, the link) → what is sent


async def answer(request: Request) -> Response:
    """The message for lane i of the race that the query describes; 404 where that has no lane i, 204 where the server has no time for it."""
    global rested
    async with TURN.turn(address_of(request.scope), request.client):
        response, waited = await worked_out(request, packed, request.path_params["i"])
        if waited > WAITED:
            rested = asyncio.get_running_loop().time() + REST
    return response


async def quietly(request: Request, message: Message, name: str) -> Response:
    """What can wait: worked out one at a time as well, where no lane is; 204 otherwise. No lane waits for it, and how long it waited puts no lane
    to rest: a ruler gives way to others by itself.
    """
    if TURN.taken() or QUIET.locked():
        return Response(status_code=204)
    async with QUIET:
        response, _waited = await worked_out(request, message, name)
    return response


async def worked_out(request: Request, message: Message, name: str) -> tuple[Response, float]:
    """What is asked for under this name, for whoever has the turn, and the seconds that it waited for other work."""
    clock = asyncio.get_running_loop().time
    if clock() < rested or await request.is_disconnected():  # the slider was let go meanwhile
        return Response(status_code=204), 0.0
    begun = clock()
    try:
        data, worked = await asyncio.to_thread(timed, message, name, request.query_params)
    except HTTPException:
        raise
    except Exception:
        LOG.exception("%s", request.url)
        return Response("The lane could not be worked out; the server's log says why.", status_code=500), 0.0
    waited = clock() - begun - worked
    return Response(data, media_type="application/octet-stream", headers={"Cache-Control": "no-store"}), waited


def timed(message: Message, name: str, link: Mapping[str, str]) -> tuple[bytes, float]:
    """The message, and the seconds of computing that it took."""
    begun = time.thread_time()
    return message(name, link), time.thread_time() - begun


async def surface(request: Request) -> Response:
    """The message for the surface of the race that the query describes, in its turn among the lanes; 204 as for these."""
    async with TURN.turn(address_of(request.scope), request.client):
        response, _waited = await worked_out(request, packed_surface, "")
    return response


def packed_surface(_name: str, link: Mapping[str, str]) -> bytes:
    """The message for the surface of a link, as the stage takes it."""
    flat, _ignored = table_of(dict(link)).read(dict(link), "en")
    return messages.surface(race_of(flat), display_of(flat))


def packed(i: str, link: Mapping[str, str]) -> bytes:
    """The message for lane i of a link, as its panel takes it. Raises HTTPException 404 where the link has no such lane."""
    flat, lane = read(i, link)
    with speaking(flat["lang"]):
        return messages.lane(race_of(flat), lane, display_of(flat))


def read(i: str, link: Mapping[str, str]) -> tuple[Flat, int]:
    """The settings of a link, and the number of its lane i. Raises HTTPException 404 where it has no such lane."""
    flat, _ignored = table_of(dict(link)).read(dict(link), "en")
    lanes = {str(n): n for n in range(1, flat["lanes"] + 1)}
    if i not in lanes:
        raise HTTPException(404)
    return flat, lanes[i]

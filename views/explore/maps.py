"""The route that a browser asks for a map of runs, while a hand moves and after it."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from links.axes import FINE
from player.messages.maps import COARSE, advance
from views.explore import turns

SIZES = {"first": 0, str(COARSE): COARSE, str(FINE): FINE}  # cells along each axis; the first map is as fine as it can be at once
WAITING = 60  # people who wait for a fine map: whoever asks for one more asks again later

# Fine maps are made one after the other, so that a first map waits for a slice of one of them at most, however many people wait. A browser asks for
# one map at a time.
line = asyncio.Lock()
under_way = 0


async def answer(request: Request) -> Response:
    """The map of n × n cells that the query describes; 404 for another n, 204 where the server has no time for it, or nobody waits any longer."""
    global under_way
    n = SIZES.get(request.path_params["n"])
    if n is None:
        raise HTTPException(404)
    if n == FINE and under_way >= WAITING:
        return Response(status_code=204)
    under_way += n == FINE
    try:
        async with line if n == FINE else nullcontext():
            return await turns.at_last(request, advance, dict(request.query_params), n)
    finally:
        under_way -= n == FINE
